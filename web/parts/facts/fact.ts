// A value of a record that a user may change: what a control shows of it, and what is written. The record's page and the
// tables ask the same one.

export type Choice = { value: string; label: string };

export type WordsInput = {
  kind?: "text" | "lines" | "number" | "date" | "url";
  value: string;
  /** How it reads, where it is written otherwise: "€48,000". */
  says?: string;
};

export type FactInput =
  | WordsInput
  | { kind: "choice"; value: string | null; choices: readonly Choice[]; mayClear?: boolean }
  | { kind: "choices"; value: readonly string[]; choices: readonly Choice[] }
  | { kind: "yesNo"; value: boolean | null }
  /** Several short texts that read as one: first name and last name. */
  | { kind: "names"; value: readonly string[]; labels: readonly string[] };

export type FactValue = FactInput["value"];

export type Fact<Row, Change> = {
  label: string;
  input: (row: Row) => FactInput;
  change: (value: FactValue, row: Row) => Change;
  /** Why a value cannot be asked of the server. */
  refuses?: (value: FactValue) => string | undefined;
};

/** Of a text; empty where it is anything else. */
export const wordsIn = (value: FactValue) => (typeof value === "string" ? value.trim() : "");

export const orNull = (value: FactValue) => wordsIn(value) || null;

/** A text that is written as it stands, under its key. */
export function textFact<Key extends string>(
  label: string,
  key: Key,
  kind: NonNullable<WordsInput["kind"]> = "text",
): Fact<Record<Key, string | null>, Record<Key, string | null>> {
  return {
    label,
    input: (row) => ({ kind, value: row[key] ?? "" }),
    change: (value) => ({ [key]: orNull(value) }) as Record<Key, string | null>,
  };
}

/** One of several, under its key. */
export function choiceFact<Key extends string>(
  label: string,
  key: Key,
  choices: readonly Choice[],
): Fact<Record<Key, string | null>, Record<Key, string | null>> {
  return {
    label,
    input: (row) => ({ kind: "choice", value: row[key], choices }),
    change: (value) => ({ [key]: orNull(value) }) as Record<Key, string | null>,
  };
}

export function isAlike(one: FactValue, other: FactValue) {
  return plain(one) === plain(other);
}

function plain(value: FactValue) {
  if (value === null || value === "") return "";
  if (typeof value === "string") return value.trim();
  return typeof value === "boolean" ? String(value) : JSON.stringify(value);
}
