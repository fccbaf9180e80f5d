// The same as a page that a person can open and read: no script, no picture, nothing from outside.

import { escapedHtml } from "../../../domain/templates/mail-template.ts";
import type { StoredFile } from "../../../http/files.ts";
import type { PersonalData } from "./reading.ts";

const STYLE =
  ":root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}" +
  "h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2.5rem;border-bottom:1px solid color-mix(in srgb,currentColor 25%,transparent)}" +
  "dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem;padding:.75rem 0;margin:0;border-top:1px solid color-mix(in srgb,currentColor 12%,transparent)}" +
  "dt,p{color:color-mix(in srgb,currentColor 75%,transparent)}dd{margin:0;overflow-wrap:anywhere}";

export function readableFile(data: PersonalData): StoredFile {
  return {
    fileName: `personal-data-${data.contactId}.html`,
    contentType: "text/html",
    content: Buffer.from(pageOf(data), "utf8"),
  };
}

/** As the database prints it. */
const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?\+00:00$/;

function pageOf({ name, contactId, madeAt, sections }: PersonalData) {
  const about = escapedHtml(name ?? contactId);
  const kept = sections.filter(({ records }) => records.length > 0);
  const empty = sections.filter(({ records }) => records.length === 0).map(({ title }) => title);
  const nothing =
    empty.length > 0 ? `<h2>Nothing is kept under</h2><p>${escapedHtml(empty.join(", "))}</p>` : "";
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>Personal data of ${about}</title><style>${STYLE}</style></head><body><main><h1>Personal data of ${about}</h1>` +
    `<p>All that is kept about this person, as of ${madeAt.toString({ smallestUnit: "second" }).replace("T", " ").replace("Z", " UTC")}.</p>` +
    `${kept.map(sectionOf).join("")}${nothing}</main></body></html>\n`
  );
}

function sectionOf({ title, about, records }: PersonalData["sections"][number]) {
  const count = records.length === 1 ? "" : ` (${records.length})`;
  return `<section><h2>${escapedHtml(title)}${count}</h2><p>${escapedHtml(about)}</p>${records.map(recordOf).join("")}</section>`;
}

function recordOf(record: Record<string, unknown>) {
  const lines = Object.entries(record).map(
    ([name, value]) => `<dt>${escapedHtml(labelOf(name))}</dt><dd>${escapedHtml(textOf(value))}</dd>`,
  );
  return `<dl>${lines.join("")}</dl>`;
}

/** `email_unsubscribed_at` is "Email unsubscribed at". */
function labelOf(name: string) {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value.replace(MOMENT, "$1 $2 UTC");
  if (typeof value === "number") return String(value);
  if (Array.isArray(value) && value.every((one) => typeof one !== "object"))
    return value.map(textOf).join("\n");
  return JSON.stringify(value, null, 2);
}
