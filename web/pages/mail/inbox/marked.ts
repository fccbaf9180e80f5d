// The words of a mail by which it was read as what it is, marked where they are shown.

import type { Incoming } from "./queries.ts";

type Evidence = Incoming["evidence"][number];
type MarkedText = { text: string; rule: string | null };

/** `whole` is the text that the places of the evidence count in; `shown` is the part of it that is on the screen. */
export function markedIn(
  shown: string,
  whole: string,
  evidence: readonly Evidence[],
  where: "text" | "subject",
): MarkedText[] {
  const spans = evidence
    .filter((one) => one.where === where && !one.rule.startsWith("answers us"))
    .flatMap((one) => placeOf(shown, whole, one) ?? [])
    .sort((a, b) => a.from - b.from || b.to - a.to);
  const parts: MarkedText[] = [];
  let at = 0;
  for (const { from, to, rule } of spans) {
    if (from < at) continue; // marked already
    if (from > at) parts.push({ text: shown.slice(at, from), rule: null });
    parts.push({ text: shown.slice(from, to), rule });
    at = to;
  }
  if (at < shown.length) parts.push({ text: shown.slice(at), rule: null });
  return parts;
}

const LONGEST = 200;

function placeOf(shown: string, whole: string, { quote, rule, from, to }: Evidence) {
  const isPlaced = from !== undefined && to !== undefined;
  const words = (isPlaced ? whole.slice(from, to) : quote.replaceAll("…", "")).trim();
  // A whole mail that is marked tells nothing.
  if (words.length < 2 || words.length > LONGEST || words.length === shown.length) return null;
  const found = shown.indexOf(words);
  return found < 0 ? null : { from: found, to: found + words.length, rule };
}
