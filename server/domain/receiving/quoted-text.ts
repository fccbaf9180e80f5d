// Separates what a contact wrote from quotes and signatures.
//
// Opt-outs, interest and dates are looked for in `fresh` alone: below it is our own mail, with our own "unsubscribe".
// When in doubt text counts as quoted, but never all of it: a mail that begins with a quotation is answered below or
// between, so lines marked with > are dropped and the rest is fresh.

import { endsAsQuestion } from "./questions.ts";
import {
  ANY_FIELD,
  ATTRIBUTION,
  BETWEEN_DASHES,
  DEVICE,
  DISCLAIMER,
  FORWARD,
  FRAME_ABOVE,
  FRAME_BELOW,
  GOODBYE,
  HEADER_FIELD,
  introducesByShape,
  namesComment,
  REPLY_ABOVE,
  SEPARATOR,
} from "./quoting-words.ts";

type MailWithQuote = { fresh: string; quoted: string; isForward: boolean };

const MOST_LINES = 3000;

/** How the introduction of a quotation begins. */
const INTRODUCTION = /^[\s>]*(?:On|At|Am|Le|El|Il|Em|Op|Den|På|W dniu|Wiadomość)\s/;

/** A day with an hour and an address: without a colon at its end only this makes "On … wrote" the introduction of a quotation. */
const SOMEONE_AT_A_TIME = /20\d\d.{0,20}\d:\d\d[^@]{1,120}@/;

export function writtenIn(text: string): MailWithQuote {
  const all = text.slice(0, 60_000).replace(/\r\n?/g, "\n").split("\n", MOST_LINES);
  const invited = withoutInvitation(all);
  const lines = withoutFrame(invited, invited !== all);
  const cut = quoteStart(lines, lines !== all);
  const above = lines.slice(0, cut.at);
  const fresh = above.filter((line) => !/^\s{0,3}>/.test(line));
  const quoted = [...above.filter((line) => /^\s{0,3}>/.test(line)), ...lines.slice(cut.at)];
  return {
    fresh: withoutSignature(fresh).join("\n").trim(),
    quoted: quoted.join("\n").trim(),
    isForward: cut.isForward,
  };
}

/** Ticket systems ask for an answer above a line. Where that is the mail's first line, what was typed is below it. */
function withoutInvitation(lines: string[]) {
  const at = lines.findIndex((line) => REPLY_ABOVE.test(line));
  if (at === -1) return lines;
  const hasWords = lines.slice(0, at).some((line) => line.trim() !== "");
  return hasWords ? lines.slice(0, at) : withoutByline(lines.slice(at + 1));
}

/** "A comment was added to INC0012345." above, and "25-11-2026 10:20:11 GMT - Kim Osei" before what Kim Osei typed. */
function withoutFrame(lines: string[], isFramed: boolean) {
  const at = lines.findIndex((line) => line.trim() !== "" && !FRAME_ABOVE.test(line.trim()));
  const saysSo = isFramed || lines.slice(0, Math.max(0, at)).some((line) => line.trim() !== "");
  return saysSo && namesComment(lines[at]) ? lines.slice(at + 1) : lines;
}

/** "Tom Berg (Norrland)", "Mar 3, 2026, 10:00 CET" or "Tom Berg commented:" above what Tom Berg typed. */
function withoutByline(lines: string[]) {
  const isByline = (line: string) =>
    line.length < 70 && ((/20\d\d/.test(line) && /\d:\d\d/.test(line)) || /[^:]:\s*$/.test(line));
  const at = lines.slice(0, 8).findIndex(isByline);
  return at === -1 ? lines : lines.slice(at + 1);
}

/** The first line from which on all is quoted; an attribution above marked lines ends with them. */
function quoteStart(lines: string[], isFramed: boolean) {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (FORWARD.test(line)) return { at, isForward: true };
    // The comment before, which is ours: what was typed now is above it.
    if (isFramed && namesComment(line) && lines.slice(0, at).some((one) => one.trim() !== ""))
      return { at, isForward: false };
    if (SEPARATOR.test(line) || BETWEEN_DASHES.test(line) || isHeaderBlock(lines, at))
      return { at, isForward: false };
    const length = attributionAt(lines, at);
    if (length === 0) continue;
    const next = lines.slice(at + length).find((one) => one.trim() !== "");
    // Marked lines are dropped one by one: there may be answers between them. The attribution itself must go too.
    if (next !== undefined && /^\s{0,3}>/.test(next)) {
      lines.fill("", at, at + length);
      continue;
    }
    return { at, isForward: false };
  }
  return { at: lines.length, isForward: false };
}

/** Over how many lines "On Tuesday, Ole Dahl <ole@…> wrote:" runs here; 0 where it does not. */
function attributionAt(lines: readonly string[], at: number) {
  if ((lines[at] ?? "").trim() === "") return 0;
  for (let length = 1; length <= 4; length++) {
    const last = lines[at + length - 1]?.trim();
    if (!last) return 0;
    if (!/[:：]\s*$|pisze\s*$|\bwrote(?: ?-{2,10})?$/.test(last)) continue;
    const span = lines.slice(at, at + length);
    return introduces(span) && !beginsLater(span) ? length : 0;
  }
  return 0;
}

function introduces(span: readonly string[]) {
  const whole = span
    .map((line) => line.replace(/^[\s>]+/, ""))
    .join(" ")
    .replace(/^-{2,10} | -{2,10}$/g, ""); // as Zoho puts it: "---- On …, ole@… wrote ----"
  if (whole.length >= 400) return false;
  const line = whole.replace(/\s+/g, " ").trim();
  if (!/[:：]$|pisze$/.test(line) && !(SOMEONE_AT_A_TIME.test(line) && INTRODUCTION.test(line))) return false;
  return ATTRIBUTION.test(line) || introducesByShape(line);
}

/** Without an empty line between, what the contact wrote would else count as the beginning of "On … wrote:". */
function beginsLater([first = "", ...rest]: readonly string[]) {
  const below = rest.map((_, at) => rest.slice(at)).filter((lines) => introduces(lines));
  // A sentence that ends, or an introduction of its own below.
  if (below.length > 0 && /[^.\s]{2}[.!?]$/.test(first.trim())) return true;
  if (below.some(([line = ""]) => INTRODUCTION.test(line))) return true;
  const isDated = /20\d\d/.test(first) && /\d[:.h]\d\d/.test(first);
  if (isDated || (INTRODUCTION.test(first) && /\d/.test(first))) return false;
  return below.some(([line = ""]) => !/^[\s>]*</.test(line));
}

/** Outlook's way: From, Sent, To, Subject, at least three of them on neighbouring lines. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!ANY_FIELD.test(lines[at] ?? "")) return false;
  const near = lines.slice(at, at + 8).filter((line) => line.trim() !== "");
  if (HEADER_FIELD.test(lines[at] ?? "") && near.filter((line) => HEADER_FIELD.test(line)).length >= 3)
    return true;
  // "Estimada Mara: …" stands above a header block, and does not belong to it.
  const next = lines.findIndex((line, index) => index > at && line.trim() !== "");
  if (next > at + 1 && isHeaderBlock(lines, next)) return false;
  // Another language's: three fields in a row, one with an address and one with a year and an hour.
  const fields = near.slice(0, 4).filter((line) => ANY_FIELD.test(line));
  const named = fields.some((line) => /[^\s@<]{1,64}@[^\s@>]{3,255}/.test(line));
  return fields.length >= 3 && named && fields.some((line) => /20\d\d/.test(line) && /\d[:.]\d\d/.test(line));
}

function withoutSignature(lines: readonly string[]): readonly string[] {
  const marks = lines.findIndex(
    (line, at, all) =>
      /^--\s?$/.test(line) ||
      DEVICE.test(line.trim()) ||
      DISCLAIMER.test(line) ||
      FRAME_BELOW.test(line) ||
      /^_{8,}\s*$/.test(line) ||
      (/^_{2,}$/.test(line) && / mailing list$/i.test(all[at + 1] ?? "")),
  );
  const kept = withoutLastLine(marks === -1 ? lines : lines.slice(0, marks));
  for (let at = kept.length - 1; at > 0 && at >= kept.length - 16; at--)
    if (GOODBYE.test((kept[at] ?? "").trim()) && isShortBlock(kept.slice(at + 1))) return kept.slice(0, at);
  return kept;
}

/** People name their telephone as they like: "Sent from a magnificent torch of pixels", apart and last. */
function withoutLastLine(lines: readonly string[]) {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const isName = /^sent from .{1,50}$/i.test(lines[last] ?? "") && lines[last - 1]?.trim() === "";
  return isName ? lines.slice(0, last) : lines;
}

const isShortBlock = (lines: readonly string[]) =>
  lines.every((line) => line.length <= 90 && !endsAsQuestion(line)) &&
  lines.filter((line) => line.trim() !== "").length <= 12;
