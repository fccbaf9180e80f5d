// Text that a model wrote and a user may send: one line of plain text, without anything that mail programs, browsers or
// our templates interpret. Other text is refused whole, never repaired: an attacker whose link was removed would try
// something else next.

import { isHostName } from "../contacts/companies.ts";

type NotPlain =
  | "empty"
  | "too_long"
  | "too_many_sentences"
  | "line_breaks"
  | "invisible_characters"
  | "markup"
  | "template"
  | "link"
  | "number";

export const MOST_OPENER_CHARACTERS = 240;
const MOST_REASON_CHARACTERS = 200;
const MOST_SENTENCES = 2;
/** Controls, zero widths, turned directions, letters that show nothing, and marks heaped on one letter. */
const INVISIBLE = /\p{C}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u3164|\uffa0|\p{Variation_Selector}|\p{M}{3,}/u;

/** An opener that may be used in a mail, or why it may not. */
export function readOpener(value: unknown) {
  return readPlain(value, { characters: MOST_OPENER_CHARACTERS, sentences: MOST_SENTENCES });
}

export function readReason(value: unknown) {
  return readPlain(value, { characters: MOST_REASON_CHARACTERS, sentences: MOST_SENTENCES });
}

type Plain = { kind: "plain"; text: string } | { kind: "unfit"; why: NotPlain };

function readPlain(value: unknown, most: { characters: number; sentences: number }): Plain {
  const text = typeof value === "string" ? value.replace(/^ +|(?<! ) +$/g, "") : "";
  const why = faultIn(text, most);
  return why ? { kind: "unfit", why } : { kind: "plain", text: text.replace(/ {2,}/g, " ") };
}

// The length first: nothing else looks at a megabyte.
function faultIn(text: string, most: { characters: number; sentences: number }): NotPlain | null {
  if (text.length > most.characters) return "too_long";
  if (text === "") return "empty";
  if (/[\r\n\u0085\u2028\u2029\v\f]/.test(text)) return "line_breaks";
  if (INVISIBLE.test(text)) return "invisible_characters";
  if (/[{}]|\$\(|%\}|\{%/.test(text)) return "template";
  if (/[<>`|\\[\]]|\*\*|__|&#?\w{1,30};|^\s*(?:#|[-*+] )/.test(text)) return "markup";
  if (/:\/\/|@|\bwww\.|\b(?:mailto|tel|javascript|data|https?):/i.test(text) || namesDomain(text))
    return "link";
  if (/\d(?:[ ().\-/]{0,2}\d){6,}/.test(text)) return "number";
  return sentencesIn(text) > most.sentences ? "too_many_sentences" : null;
}

/** Mail programs make a link of it. */
function namesDomain(text: string) {
  const names =
    text.normalize("NFKC").match(/(?<![\p{L}\p{N}-])[\p{L}\p{N}-]+(?:[.\u3002][\p{L}\p{N}-]+)+/gu) ?? [];
  return names.some((name) => isHostName(name.replaceAll("\u3002", ".")));
}

function sentencesIn(text: string) {
  return (text.match(/(?<![.!?…])[.!?…]+(?=\s|$)/gu) ?? []).length + (/[.!?…]$/u.test(text) ? 0 : 1);
}
