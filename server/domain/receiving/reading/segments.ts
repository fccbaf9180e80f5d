// A mail's text in sentences, each with its place, so that the words that decided can be marked in the mail.
//
// Easy to get wrong: lines are wrapped in the middle of a sentence, and a point also ends "14." and "Art.". A split too
// many costs less than a whole paragraph read as one sentence, so lists and short lines are split.

export type Segment = { text: string; from: number; to: number };

const MOST_SEGMENTS = 60;
const LONGEST_TEXT = 6000;
const LONGEST = 240;
/** A line shorter than this was ended by its writer, not by the mail program. */
const WRAPS_FROM = 55;
/** One of this length that is followed by a small letter goes on. */
const GOES_ON_FROM = 32;

export function segmentsOf(text: string): Segment[] {
  const found: Segment[] = [];
  const source = text.slice(0, LONGEST_TEXT);
  let from = 0;
  for (let at = 0; at <= source.length && found.length < MOST_SEGMENTS; at++) {
    if (at < source.length && at - from < LONGEST && !endsAt(source, from, at)) continue;
    const to = at - from >= LONGEST ? lastGap(source, from, at) : Math.min(at + 1, source.length);
    add(found, source, from, to);
    from = to;
    at = to - 1;
    if (to >= source.length) break;
  }
  return found;
}

function add(found: Segment[], source: string, from: number, to: number) {
  const text = source.slice(from, to);
  const start = from + (text.length - text.trimStart().length);
  const trimmed = text.trim();
  if (/[\p{L}\p{N}]/u.test(trimmed)) found.push({ text: trimmed, from: start, to: start + trimmed.length });
}

function endsAt(source: string, from: number, at: number): boolean {
  const char = source[at] ?? "";
  if (char === "\n") return endsLine(source, from, at);
  if ("。！？".includes(char)) return true;
  if (!".!?".includes(char)) return false;
  const next = source[at + 1] ?? " ";
  if (next !== " " && next !== "\n") return false;
  if (char !== ".") return true;
  // "14. March", "Art. 17" and "t.o.m. 3 mars" go on.
  let start = at;
  while (start > from && at - start < 20 && !/[\s.]/.test(source[start - 1] ?? "")) start--;
  if (/(?:19|20)\d\d$/.test(source.slice(Math.max(from, at - 4), at))) return true; // "02.08.2026. In urgent cases"
  return at - start > 3 && !/\d/.test(source[at - 1] ?? "");
}

function endsLine(source: string, from: number, at: number): boolean {
  const rest = source.slice(at + 1, at + 3);
  if (/^\s*\n/.test(rest) || rest.trim() === "") return true;
  const lineStart = Math.max(from, source.lastIndexOf("\n", at - 1) + 1);
  const length = at - lineStart;
  if (length >= GOES_ON_FROM && /^\p{Ll}/u.test(rest)) return false;
  return length < WRAPS_FROM || /^[-*•\d]/.test(rest);
}

function lastGap(source: string, from: number, at: number) {
  const gap = Math.max(source.lastIndexOf(" ", at), source.lastIndexOf("\n", at));
  return gap > from ? gap + 1 : at;
}
