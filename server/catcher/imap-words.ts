// IMAP's words: what a command consists of, and how strings, dates and lists are written in an answer.
//
// Answers are built as text of which each character is one byte, so that a mail's bytes can stand among the words
// and the length of a literal is the length of its text.

import type { CommandPart } from "./imap-reader.ts";

/** An atom, a string (quoted or literal), or a list. */
export type Token = string | Buffer | Token[];

// A word with brackets is one word: BODY.PEEK[HEADER.FIELDS (From To)]<0.100>.
const WORD = /"(?:[^"\\]|\\.)*"|\(|\)|(?:[^\s()"[]|\[[^\]]*\]?)+/g;
const DEEPEST = 20;

export function tokensOf(parts: readonly CommandPart[]): Token[] {
  const all: Token[] = [];
  const open: Token[][] = [all];
  for (const part of parts) {
    const words = typeof part === "string" ? (part.match(WORD) ?? []) : [part];
    for (const word of words) {
      const list = open.at(-1) ?? all;
      if (word === "(" && open.length < DEEPEST) {
        const inner: Token[] = [];
        list.push(inner);
        open.push(inner);
      } else if (word === ")") {
        if (open.length > 1) open.pop();
      } else list.push(typeof word === "string" ? read(word) : word);
    }
  }
  return all;
}

function read(word: string): Token {
  return word.startsWith('"') ? Buffer.from(word.slice(1, -1).replace(/\\(.)/g, "$1")) : word;
}

export function tokenText(token: Token | undefined): string {
  if (token === undefined || Array.isArray(token)) return "";
  return token.toString();
}

/** A string of an answer, or NIL. What cannot stand between quotes is sent as a literal. */
export function imapString(text: string | null | undefined): string {
  if (text === null || text === undefined) return "NIL";
  if (text.length < 1000 && /^[\x20-\x7e]*$/.test(text)) return `"${text.replace(/["\\]/g, "\\$&")}"`;
  return `{${text.length}}\r\n${text}`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `17-Jul-2026 02:44:25 +0000`, as INTERNALDATE has it. */
export function writtenMoment(at: Temporal.Instant) {
  const { day, month, year, hour, minute, second } = at.toZonedDateTimeISO("UTC");
  const two = (n: number) => String(n).padStart(2, "0");
  const date = `${String(day).padStart(2, " ")}-${MONTHS[month - 1]}-${year}`;
  return `"${date} ${two(hour)}:${two(minute)}:${two(second)} +0000"`;
}

/** What APPEND gives as a mail's time; null for an invalid one. */
export function readImapDate(text: string): Temporal.Instant | null {
  const [, day = "", month = "", year, time, hours, minutes] =
    /^ ?(\d{1,2})-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text) ?? [];
  if (!time) return null;
  return instantIn(`${year}-${monthOf(month)}-${day.padStart(2, "0")}T${time}${hours}:${minutes}`);
}

/** The day that SINCE and its like name, as `2026-07-17`: days are compared as they are written. */
export function readDay(text: string): string {
  const [, day = "", month = "", year = ""] = /^(\d{1,2})-(\w{3})-(\d{4})$/.exec(text) ?? [];
  return `${year}-${monthOf(month)}-${day.padStart(2, "0")}`;
}

function monthOf(name: string) {
  const index = MONTHS.findIndex((month) => month.toLowerCase() === name.toLowerCase());
  return String(index + 1).padStart(2, "0");
}

function instantIn(text: string) {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return null;
  }
}

/** `1:4,7,9:*` as ranges; null for an invalid set. The star is the largest number there is. */
export type NumberSet = readonly (readonly [number, number])[];

export function readSet(text: string): NumberSet | null {
  if (!/^(?:\d+|\*)(?::(?:\d+|\*))?(?:,(?:\d+|\*)(?::(?:\d+|\*))?)*$/.test(text)) return null;
  const number = (word: string) => (word === "*" ? Number.POSITIVE_INFINITY : Number(word));
  return text.split(",").map((range) => {
    const [from = "", to = from] = range.split(":");
    return [number(from), number(to)] as const;
  });
}

/** `9:*` where the largest is 5 means 5: the ends of a range stand in either order. */
export function isIn(set: NumberSet, number: number, largest: number) {
  return set.some(([from, to]) => {
    const a = from === Number.POSITIVE_INFINITY ? largest : from;
    const b = to === Number.POSITIVE_INFINITY ? largest : to;
    return number >= Math.min(a, b) && number <= Math.max(a, b);
  });
}
