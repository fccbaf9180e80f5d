// The people of a company, or some contacts, managed in all their sequences at once: as far as the caller may change those, as one
// change with one undo.

import type { Act } from "../../../app.ts";
import type { EnrollmentState } from "../../../domain/enrollments/enrollment.ts";
import { mayEdit, mayView } from "../../../domain/identity/sharing.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { sequenceViewerOf } from "../../sequences/sequences/finding.ts";
import { findSequences, type SequenceRow } from "../../sequences/sequences/store.ts";
import { type EnrollmentAction, manage } from "../managing/commands.ts";
import { namedOnly } from "../managing/managing-input.ts";
import { pairsOf } from "./store.ts";

type ActionEverywhere = Extract<EnrollmentAction, { is: "pause" }> | { is: "resume" | "finish" | "remove" };

type EverywhereWish = {
  accountIds: readonly string[];
  contactIds: readonly string[];
  action: ActionEverywhere;
  isAsync: boolean;
};

/** A contact whose sequence is inactive is paused with it, and would go on with it: pausing includes these. */
const STATES: Record<ActionEverywhere["is"], readonly EnrollmentState[]> = {
  pause: ["active", "paused"],
  resume: ["paused"],
  finish: ["active", "paused"],
  remove: ["active", "paused", "finished", "failed"],
};

export async function manageEverywhere(act: Act, wish: EverywhereWish) {
  const { accountIds, contactIds, action, isAsync } = wish;
  if (accountIds.length + contactIds.length === 0) throw new Refusal("selection_empty");
  const states = STATES[action.is];
  const pairs = await pairsOf(act.db, act.caller.teamId, { accountIds, contactIds, states });
  const seen = await visible(act, [...new Set(pairs.map(({ sequenceId }) => sequenceId))]);
  const sequences = seen.filter(({ isMine }) => isMine).map(({ sequence }) => sequence);
  const mine = new Set(sequences.map(({ id }) => id));
  const closed = new Set(seen.filter(({ isMine }) => !isMine).map(({ sequence }) => sequence.id));
  const within = pairs.filter(({ sequenceId }) => mine.has(sequenceId));
  // A sequence that the caller may not see is not told of, not even as a number.
  const outside = pairs.filter(({ sequenceId }) => closed.has(sequenceId));
  const named = peopleIn(within);
  const where = { sequences, counts: countBySequence(within), numNotPermitted: peopleIn(outside).length };
  const untouched = { changed: new Map<string, number>(), people: [], skipped: new Map(), change: null };
  if (named.length === 0) return { ...where, progress: null, done: untouched, named };
  const result = await manage(act, {
    sequenceIds: [...mine],
    whom: { ...namedOnly(named), states },
    action,
    isAsync,
    pairs: within.length,
    job: {
      type: `sequence_${action.is}_contacts`,
      params: { sequence_ids: [...mine], account_ids: accountIds },
    },
  });
  return result.progress
    ? { ...where, progress: result.progress, done: null, named }
    : { ...where, progress: null, done: summed(result.done), named };
}

/** What was changed, as numbers by sequence and as people. */
function summed({ changed, skipped, change }: NonNullable<Awaited<ReturnType<typeof manage>>["done"]>) {
  const pairs = changed.map(({ before }) => before);
  return { changed: countBySequence(pairs), people: peopleIn(pairs), skipped, change };
}

/** Those that the caller may see, by name, and whether the caller may change them. */
async function visible(
  act: Act,
  ids: readonly string[],
): Promise<{ sequence: SequenceRow; isMine: boolean }[]> {
  const viewer = await sequenceViewerOf(act);
  const rows = await findSequences(act.db, act.caller.teamId, ids);
  return rows
    .filter((sequence) => mayView(sequence, viewer))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map((sequence) => ({ sequence, isMine: mayEdit(sequence, viewer) }));
}

type Pair = { sequenceId: string; contactId: string };

const peopleIn = (pairs: readonly Pair[]) => [...new Set(pairs.map(({ contactId }) => contactId))];

function countBySequence(pairs: readonly Pair[]) {
  return new Map(
    [...Map.groupBy(pairs, ({ sequenceId }) => sequenceId)].map(([id, all]) => [id, all.length]),
  );
}
