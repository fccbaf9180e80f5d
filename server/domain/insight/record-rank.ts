// Which of the records that a search found comes first: by how well its name fits what was typed, then by what the user
// opened last.

export const RECORD_TYPES = [
  "contact",
  "account",
  "sequence",
  "deal",
  "label",
  "user",
  "message",
  "incoming_mail",
] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

export type Candidate = {
  type: RecordType;
  id: string;
  name: string;
  detail: string | null;
  contactId: string | null;
  /** Null: every word occurs. Otherwise how similar the words are, from 0 to 1. */
  similarity: number | null;
};

export type Ranked = Candidate & { match: "exact" | "similar" };

type Terms = { words: readonly string[]; openedIds: readonly string[]; perType: number };

const OPENED = 0.25;

/** The best first, of each kind at most `perType`. */
export function rankRecords(found: readonly Candidate[], terms: Terms): Ranked[] {
  const opened = new Map(terms.openedIds.map((id, at) => [id, at]));
  const scored = found.map((one) => ({ one, score: scoreOf(one, terms.words) + bonus(opened.get(one.id)) }));
  scored.sort(
    (a, b) => b.score - a.score || placeOf(a.one) - placeOf(b.one) || compare(a.one.name, b.one.name),
  );
  const counts = new Map<RecordType, number>();
  return scored.flatMap(({ one }) => {
    const count = (counts.get(one.type) ?? 0) + 1;
    counts.set(one.type, count);
    return count > terms.perType ? [] : [{ ...one, match: one.similarity === null ? "exact" : "similar" }];
  });
}

function scoreOf({ name, similarity }: Candidate, words: readonly string[]) {
  if (similarity !== null) return 0.4 * similarity;
  const text = name.toLowerCase();
  const typed = words.join(" ");
  if (text === typed) return 1;
  if (text.startsWith(typed)) return 0.9;
  const parts = text.split(/[^\p{L}\p{N}]+/u);
  const begun = words.filter((word) => parts.some((part) => part.startsWith(word))).length;
  if (begun === words.length) return 0.8;
  const inName = words.filter((word) => text.includes(word)).length;
  return 0.45 + (0.1 * begun + 0.15 * inName) / Math.max(1, words.length);
}

/** What was opened last comes before equals, and never before a clearly better name. */
function bonus(at: number | undefined) {
  return at === undefined ? 0 : OPENED * (1 - at / 60);
}

const placeOf = ({ type }: Candidate) => RECORD_TYPES.indexOf(type);

function compare(one: string, other: string) {
  return one < other ? -1 : one > other ? 1 : 0;
}
