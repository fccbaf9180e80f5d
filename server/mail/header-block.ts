// A block of header fields: of a mail, of one that came back inside a report, of a report itself.
//
// Read leniently and bounded: broken mailers fold wrongly, leave out the space, or repeat a field ten thousand times.

import type { HeaderFields } from "../domain/receiving/incoming-mail.ts";

const MOST_FIELDS = 1000;
const LONGEST_VALUE = 8000;

/** The fields of a block, unfolded, up to its first empty line. */
export function headerFieldsOf(block: string): HeaderFields {
  const fields: Record<string, string[]> = Object.create(null);
  let open: { name: string; parts: string[]; length: number } | null = null;
  let count = 0;
  const close = () => {
    if (!open) return;
    fields[open.name] ??= [];
    fields[open.name]?.push(printable(open.parts.join(" ")));
    open = null;
  };
  for (const line of linesOf(block)) {
    if (line.trim() === "") break;
    if (/^[ \t]/.test(line)) {
      if (open !== null) append(open, line.trim());
      continue;
    }
    close();
    const at = line.indexOf(":");
    const name = line.slice(0, Math.max(at, 0)).trimEnd().toLowerCase();
    if (!/^[\x21-\x39\x3b-\x7e]{1,100}$/.test(name) || ++count > MOST_FIELDS) continue;
    open = { name, parts: [], length: 0 };
    append(open, line.slice(at + 1).trim());
  }
  close();
  return fields;
}

function append(open: { parts: string[]; length: number }, part: string) {
  const room = LONGEST_VALUE - open.length;
  if (room <= 0) return;
  open.parts.push(part.slice(0, room));
  open.length += part.length;
}

/** Several blocks, with empty lines between them. */
export function blocksOf(text: string, most: number): HeaderFields[] {
  return text
    .replace(/\r\n?/g, "\n")
    .split(/\n[ \t]*\n+/)
    .filter((block) => block.trim() !== "")
    .slice(0, most)
    .map((block) => headerFieldsOf(block.replace(/^\n+/, "")));
}

function linesOf(block: string) {
  return block.replace(/\r\n?/g, "\n").replace(/^\n+/, "").split("\n");
}

/** Control characters out: they cannot be stored, or turn one field into two. */
export function printable(text: string) {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}

/** The Message-IDs in a field, each with its angle brackets; where there are no brackets, its words that hold an @. */
export function messageIdsIn(values: readonly string[] | undefined, most: number): string[] {
  const found: string[] = [];
  for (const value of values ?? []) {
    const bracketed = value.match(/<[^<>\s]{1,500}>/g);
    found.push(...(bracketed ?? bareIds(value)));
  }
  const ids = [...new Set(found)];
  // The first is the root of the thread, the last are its newest; what lies between matters least.
  return ids.length <= most ? ids : [...ids.slice(0, most / 2), ...ids.slice(-most / 2)];
}

function bareIds(value: string) {
  const words = value.split(/[\s,;"]+/).filter((word) => /^[^@\s<>]{1,300}@[^@\s<>]{1,190}$/.test(word));
  return words.map((word) => `<${word}>`);
}
