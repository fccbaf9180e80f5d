// A report as a mail: its first lines to look at, and all of them as a file.

import { type Lines, printLines } from "../../../kernel/csv-lines.ts";
import { say, spokenRegion } from "../../../kernel/say.ts";

type ReportMail = { subject: string; html: string; text: string; csv: string; fileName: string };

/** A mail with more rows is too long to read. */
const SHOWN = 50;

type Report = { name: string; columns: readonly string[]; lines: Lines };

export function letterOf(
  { name, columns, lines }: Report,
  { on, url }: { on: string; url: string },
): ReportMail {
  const shown = lines.slice(0, SHOWN);
  const more = lines.length - shown.length;
  const rest =
    more > 0
      ? say("{more, plural, one {# more row is} other {# more rows are}} in the attached file.", { more })
      : "";
  const style = 'style="padding:4px 12px 4px 0;border-bottom:1px solid #ddd;text-align:left"';
  const row = (cells: readonly unknown[], tag: "td" | "th") =>
    `<tr>${cells.map((cell) => `<${tag} ${style}>${escaped(said(cell))}</${tag}>`).join("")}</tr>`;
  const html =
    `<p><strong>${escaped(name)}</strong>, ${escaped(on)}</p>` +
    `<table style="border-collapse:collapse;font-size:14px"><thead>${row(columns, "th")}</thead>` +
    `<tbody>${shown.map((line) => row(line, "td")).join("")}</tbody></table>` +
    `<p>${rest} <a href="${escaped(url)}">${escaped(say("Open reports in Cadenza"))}</a></p>`;
  const text = [
    `${name}, ${on}`,
    "",
    ...[columns, ...shown].map((cells) => cells.map(said).join("\t")),
    "",
    `${rest} ${url}`.trim(),
    "",
  ].join("\n");
  const fileName = `${
    name
      .replace(/[^\p{L}\p{N} _-]+/gu, " ")
      .trim()
      .slice(0, 80) || "report"
  }.csv`;
  return { subject: `${oneLine(name)}, ${on}`, html, text, csv: printLines([columns, ...lines]), fileName };
}

function said(cell: unknown) {
  if (cell === null) return "–";
  return typeof cell === "number" ? cell.toLocaleString(spokenRegion()) : String(cell);
}

/** A line break in a subject would begin another header. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").trim();

const escaped = (text: string) =>
  text.replace(
    /[&<>"']/g,
    (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign] as string,
  );
