// What an answer shows after people in sequences were managed: they themselves, and how the sequences stand now.

import type { Act } from "../../app.ts";
import { NOT_SENT } from "../../domain/enrollment.ts";
import type { ChangeRow } from "../changes/store.ts";
import { readContacts } from "../contacts/store.ts";
import { type Counts, countsBySequence, NOBODY } from "../enrollments/store.ts";
import type { SequenceRow } from "../sequences/store.ts";
import { stepsOf } from "../sequences/whole.ts";

export type Done = {
  sequences: readonly SequenceRow[];
  contactIds: readonly string[];
  skipped: ReadonlyMap<string, string>;
  change: Pick<ChangeRow, "id" | "undoUntil"> | null;
};

export async function readShown({ db, caller }: Pick<Act, "db" | "caller">, done: Done) {
  const { teamId } = caller;
  const ids = done.sequences.map(({ id }) => id);
  const [contacts, counts, steps] = await Promise.all([
    readContacts(db, teamId, done.contactIds),
    countsBySequence(db, teamId, ids, NOT_SENT),
    Promise.all(ids.map((id) => stepsOf(db, teamId, id))),
  ]);
  const counted = done.sequences.map((sequence) => ({ sequence, counts: counts.get(sequence.id) ?? NOBODY }));
  const total = counted.map((one) => one.counts).reduce(sum, NOBODY);
  return { ...done, contacts, counted, total, steps: steps.flat() };
}

function sum(one: Counts, other: Counts): Counts {
  const keys = Object.keys(NOBODY) as (keyof Counts)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as Counts;
}
