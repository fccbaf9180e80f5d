// What an import's row has changed about a record, and how it is undone: all of it, or nothing where the same was
// changed since.

import type { ContactDetails } from "../contacts/contact-facts.ts";

export type FieldSnapshot = Readonly<Record<string, unknown>>;
export type RecordDifference = { before: FieldSnapshot; after: FieldSnapshot };

/** A contact as facts only. */
export function flat({ facts, emails, phones }: ContactDetails): FieldSnapshot {
  return { ...facts, emails, phones };
}

/** Null where nothing differs. */
export function difference(before: FieldSnapshot, after: FieldSnapshot): RecordDifference | null {
  const keys = Object.keys({ ...before, ...after }).filter(
    (key) => before[key] !== after[key] && printed(before[key]) !== printed(after[key]),
  );
  if (keys.length === 0) return null;
  const pick = (facts: FieldSnapshot) => Object.fromEntries(keys.map((key) => [key, facts[key] ?? null]));
  return { before: pick(before), after: pick(after) };
}

/** Reckoned from the others, so they are no reason to leave anything alone. */
const FOLLOWS = new Set(["prospectScore", "stageUpdatedAt", "updatedAt", "companyDomain"]);

/** The facts to write, or null where one of them is no longer as the import left it. */
export function putBack(current: FieldSnapshot, { before, after }: RecordDifference): FieldSnapshot | null {
  const isTouched = Object.keys(after).some(
    (key) => !FOLLOWS.has(key) && printed(current[key]) !== printed(after[key]),
  );
  return isTouched ? null : before;
}

/** JSON keeps an instant as text and drops what is undefined, so what comes back from there is compared as such. */
function printed(value: unknown) {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
