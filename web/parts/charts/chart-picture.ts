// A chart as a PNG file: the drawing on the page with its colours, under a title and a legend.

import type { ChartSeries } from "./chart-table.ts";

const SCALE = 2;
const TITLE_HEIGHT = 28;
const LEGEND_HEIGHT = 26;
const SWATCH = 10;

/** What a style sheet says of the parts of a drawing; outside the page it is lost unless each part has it. */
const STYLES = [
  ...["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "opacity"],
  ...["font-family", "font-size", "font-weight", "text-anchor"],
];

export async function pictureOf(
  chart: HTMLElement,
  { title, series }: { title: string; series: readonly ChartSeries[] },
): Promise<Blob> {
  const drawing = chart.querySelector<SVGSVGElement>("svg.recharts-surface");
  if (!drawing) throw new Error("a chart without a drawing");
  const { width, height } = drawing.getBoundingClientRect();
  const image = await imageOf(drawing, width, height);
  const foot = series.length > 1 ? LEGEND_HEIGHT : 0;
  return framed(chart, title, { width, height: height + foot }, (pen, top) => {
    pen.drawImage(image, PADDING, top, width, height);
    if (foot > 0)
      drawLegend(pen, chart, series, { y: top + height + LEGEND_HEIGHT / 2, right: PADDING + width });
  });
}

type Paint = (pen: CanvasRenderingContext2D, top: number) => void;

/** A picture with its title, on the page's background. */
export function framed(
  chart: HTMLElement,
  title: string,
  { width, height }: { width: number; height: number },
  paint: Paint,
): Promise<Blob> {
  const top = PADDING + TITLE_HEIGHT;
  const canvas = document.createElement("canvas");
  canvas.width = (width + 2 * PADDING) * SCALE;
  canvas.height = (top + height + PADDING) * SCALE;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("a browser that cannot draw");
  pen.scale(SCALE, SCALE);
  const look = getComputedStyle(chart);
  pen.fillStyle = colorIn(chart, "var(--bg)");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = look.color;
  pen.font = `600 15px ${look.fontFamily}`;
  pen.textBaseline = "middle";
  pen.fillText(title, PADDING, PADDING + TITLE_HEIGHT / 3, width);
  paint(pen, top);
  return new Promise((done, fail) =>
    canvas.toBlob((png) => (png ? done(png) : fail(new Error("no picture came of it"))), "image/png"),
  );
}

/** Where the drawing begins at the left. */
export const PADDING = 16;

async function imageOf(drawing: SVGSVGElement, width: number, height: number) {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const parts = [...drawing.querySelectorAll<SVGElement>("*")];
  [...copy.querySelectorAll<SVGElement>("*")].forEach((part, n) => {
    const shown = parts[n];
    if (!shown) return;
    const style = getComputedStyle(shown);
    for (const name of STYLES) part.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

function drawLegend(
  pen: CanvasRenderingContext2D,
  chart: HTMLElement,
  series: readonly ChartSeries[],
  { y, right }: { y: number; right: number },
) {
  const look = getComputedStyle(chart);
  pen.font = `13px ${look.fontFamily}`;
  let x = PADDING;
  for (const { name, label, color } of series) {
    const words = label ?? name;
    const room = SWATCH + 6 + pen.measureText(words).width;
    if (x + room > right) return;
    pen.fillStyle = colorIn(chart, color);
    pen.fillRect(x, y - SWATCH / 2, SWATCH, SWATCH);
    pen.fillStyle = look.color;
    pen.fillText(words, x + SWATCH + 6, y);
    x += room + 16;
  }
}

/** What a colour of the theme is on this page; a canvas knows neither variables nor names of a theme. */
function colorIn(chart: HTMLElement, color: string) {
  const probe = document.createElement("span");
  const [name, shade] = color.split(".");
  probe.style.color = /^[a-z]+\.\d$/.test(color) ? `var(--mantine-color-${name}-${shade})` : color;
  chart.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
