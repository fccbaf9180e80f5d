// The funnel as a PNG file, painted from its table on the page: the words, the numbers and the bars.

import { framed, PADDING } from "../../../parts/charts/chart-picture.ts";

/** Words for screen readers are drawn on the page in a box of one pixel. */
const UNSEEN = 1;

export function pictureOfFunnel(chart: HTMLElement, title: string): Promise<Blob> {
  const table = chart.querySelector("table");
  if (!table) throw new Error("a funnel without its table");
  const place = table.getBoundingClientRect();
  return framed(chart, title, place, (pen, top) => {
    const at = ({ left, top: above, width, height }: DOMRect) => ({
      x: left - place.left + PADDING,
      y: above - place.top + top,
      width,
      height,
    });
    for (const bar of table.querySelectorAll("[data-bar]")) {
      const { x, y, width, height } = at(bar.getBoundingClientRect());
      const look = getComputedStyle(bar);
      pen.save();
      pen.globalAlpha = Number(look.opacity);
      pen.fillStyle = look.backgroundColor;
      pen.fillRect(x, y, width, height);
      pen.restore();
    }
    for (const text of textsIn(table)) {
      const holder = text.parentElement;
      const box = holder?.getBoundingClientRect();
      if (!holder || !box || box.width <= UNSEEN) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const line = at(range.getBoundingClientRect());
      const limit = at(box);
      const { fontStyle, fontWeight, fontSize, fontFamily, color } = getComputedStyle(holder);
      pen.save();
      pen.beginPath();
      pen.rect(limit.x, limit.y, limit.width, limit.height); // longer words are cut off, as on the page
      pen.clip();
      // Not `font`: it is empty where figures are tabular.
      pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      pen.fillStyle = color;
      pen.textBaseline = "middle";
      pen.fillText(text.data, line.x, line.y + line.height / 2);
      pen.restore();
    }
  });
}

function textsIn(table: HTMLElement): Text[] {
  const walk = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walk.nextNode()) if (walk.currentNode instanceof Text) found.push(walk.currentNode);
  return found;
}
