// A heat map as a PNG file, painted from what stands on the page: names, cells, and the scale below.

import { framed, PADDING } from "../../../parts/charts/chart-picture.ts";

/** `data-cell`, `data-scale` and `data-name` say what each part of the map is. */
export function pictureOfHeatMap(map: HTMLElement, title: string): Promise<Blob> {
  const place = map.getBoundingClientRect();
  return framed(map, title, place, (pen, top) => {
    const at = (part: Element) => {
      const { left, top: above, width, height } = part.getBoundingClientRect();
      return { x: left - place.left + PADDING, y: above - place.top + top, width, height };
    };
    for (const cell of map.querySelectorAll("[data-cell]")) {
      const { x, y, width, height } = at(cell);
      pen.fillStyle = getComputedStyle(cell).backgroundColor;
      pen.fillRect(x, y, width, height);
    }
    for (const scale of map.querySelectorAll("[data-scale]")) paintScale(pen, scale, at(scale));
    for (const name of map.querySelectorAll<HTMLElement>("[data-name]")) paintName(pen, name, at(name));
  });
}

type Place = { x: number; y: number; width: number; height: number };

function paintScale(pen: CanvasRenderingContext2D, scale: Element, { x, y, width, height }: Place) {
  const { color, backgroundColor } = getComputedStyle(scale);
  const fill = pen.createLinearGradient(x, 0, x + width, 0);
  fill.addColorStop(0, backgroundColor);
  fill.addColorStop(1, color);
  pen.fillStyle = fill;
  pen.fillRect(x, y, width, height);
}

/** Longer names are cut off, as on the page. */
function paintName(pen: CanvasRenderingContext2D, name: HTMLElement, { x, y, width, height }: Place) {
  const { font, color, textAlign } = getComputedStyle(name);
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.font = font;
  pen.fillStyle = color;
  pen.textBaseline = "middle";
  const isCentered = textAlign === "center" && name.scrollWidth <= width;
  pen.textAlign = isCentered ? "center" : "left";
  pen.fillText(name.textContent, isCentered ? x + width / 2 : x, y + height / 2);
  pen.restore();
}
