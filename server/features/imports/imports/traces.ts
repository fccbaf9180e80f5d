// The rows of an import about one record, as one history that can be gone back.

import { type FieldSnapshot, putBack } from "../../../domain/imports/import-undo.ts";
import type { Traces } from "./kinds.ts";

export function lastTouch({ rows }: Traces) {
  return rows.reduce(
    (last, { touchedAt }) => (Temporal.Instant.compare(touchedAt, last) > 0 ? touchedAt : last),
    rows[0]?.touchedAt as Temporal.Instant,
  );
}

/** From the last row back to the first. */
export function putAllBack(current: FieldSnapshot, { rows }: Traces): FieldSnapshot | null {
  let standing = current;
  let back: FieldSnapshot = {};
  for (const { difference } of [...rows].reverse()) {
    if (!difference) continue;
    const facts = putBack(standing, difference);
    if (facts === null) return null;
    standing = { ...standing, ...facts };
    back = { ...back, ...facts };
  }
  return back;
}

export function ownOf(fields: FieldSnapshot | undefined): FieldSnapshot {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([id, value]) => [`field ${id}`, value]));
}

/** The lists that the import has put them on, as far as they are still on them. */
export function stillOn({ rows }: Traces, names: readonly string[] | undefined): FieldSnapshot {
  const put = rows.flatMap(({ difference }) => (difference?.after.lists as string[] | undefined) ?? []);
  const there = new Set((names ?? []).map((name) => name.toLowerCase()));
  return put.length > 0 && put.every((name) => there.has(name.trim().toLowerCase())) ? { lists: put } : {};
}
