// What an answer shows after people in sequences were managed: they themselves, and how the sequences stand now.

import type { Act } from "../../../app.ts";
import type { Db } from "../../../db/connect.ts";
import { NOT_SENT } from "../../../domain/enrollments/enrollment.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { readContacts } from "../../contacts/contacts/reading-store.ts";
import {
  areAtMost,
  countsBySequence,
  type EnrollmentCounts,
  NOBODY,
} from "../../sequences/enrollment-counts/store.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { stepsOf } from "../../sequences/sequences/whole.ts";
import { listSteps } from "../../sequences/steps/store.ts";
import type { ChangeRow } from "../changes/store.ts";

export type ManagedRecords = {
  sequences: readonly SequenceRow[];
  contactIds: readonly string[];
  skipped: ReadonlyMap<string, string>;
  change: Pick<ChangeRow, "id" | "undoUntil"> | null;
};

/**
 * Above this the answer has no counts: the sequence is locked, and pausing one contact must not wait until a million
 * are counted.
 */
const MOST_COUNTED = 20_000;

/** Without counts where there are too many to count. */
export async function readShown({ db, caller }: Pick<Act, "db" | "caller">, done: ManagedRecords) {
  const { teamId } = caller;
  const { sequences } = done;
  const ids = sequences.map(({ id }) => id);
  const contacts = await readContacts(db, teamId, done.contactIds, viewerIn(caller));
  const isCounted = await areAtMost(db, teamId, ids, MOST_COUNTED);
  const numbers = isCounted ? await counted(db, teamId, sequences) : await uncounted(db, teamId, sequences);
  return { ...done, contacts, ...numbers };
}

async function counted(db: Db, teamId: string, sequences: readonly SequenceRow[]) {
  const ids = sequences.map(({ id }) => id);
  const [counts, steps] = await Promise.all([
    countsBySequence(db, teamId, ids, NOT_SENT),
    Promise.all(ids.map((id) => stepsOf(db, teamId, id))),
  ]);
  const each = sequences.map((sequence) => ({ sequence, counts: counts.get(sequence.id) ?? NOBODY }));
  return { counted: each, total: each.map((one) => one.counts).reduce(sum, NOBODY), steps: steps.flat() };
}

async function uncounted(db: Db, teamId: string, sequences: readonly SequenceRow[]) {
  const steps = await Promise.all(sequences.map(({ id }) => listSteps(db, teamId, id)));
  return {
    counted: sequences.map((sequence) => ({ sequence, counts: null })),
    total: null,
    steps: steps.flat().map((step) => ({ step })),
  };
}

function sum(one: EnrollmentCounts, other: EnrollmentCounts): EnrollmentCounts {
  const keys = Object.keys(NOBODY) as (keyof EnrollmentCounts)[];
  return Object.fromEntries(keys.map((key) => [key, one[key] + other[key]])) as EnrollmentCounts;
}
