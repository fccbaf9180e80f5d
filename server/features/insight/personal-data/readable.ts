// The same as a page that a person can open and read: no script, no picture, nothing from outside.

import { escapedHtml } from "../../../domain/templates/mail-template.ts";
import { plainPage } from "../../../domain/templates/plain-page.ts";
import type { StoredFile } from "../../../http/files.ts";
import type { PersonalData } from "./reading.ts";

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
  const kept = sections.filter(({ records }) => records.length > 0);
  const empty = sections.filter(({ records }) => records.length === 0).map(({ title }) => title);
  const nothing =
    empty.length > 0 ? `<h2>Nothing is kept under</h2><p>${escapedHtml(empty.join(", "))}</p>` : "";
  const moment = madeAt.toString({ smallestUnit: "second" }).replace("T", " ").replace("Z", " UTC");
  return plainPage(
    `Personal data of ${name ?? contactId}`,
    `<p>All that is kept about this person, as of ${moment}.</p>${kept.map(sectionOf).join("")}${nothing}`,
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
