// Contacts who join while another sequence is busy with them, where the caller wants them to wait for it.

import type { Act } from "../../../app.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { holdBusyElsewhere } from "../enrollments/waiting-store.ts";
import type { EnrollingCandidate } from "./candidate-facts.ts";
import type { Joining } from "./store.ts";
import type { JoinTerms } from "./terms.ts";

/** The engine does not resume contacts whom a user has paused, so they wait for no sequence either. */
export async function busyElsewhere(
  { db, caller, holdsNobody }: Act,
  { waitsForOthers, start, sequence }: JoinTerms,
  people: readonly EnrollingCandidate[],
) {
  if (!waitsForOthers || start.inactiveReason === REASONS.manuallyPaused) return new Set<string>();
  const ids = people.filter(({ elsewhere }) => elsewhere.length > 0).map(({ id }) => id);
  return holdBusyElsewhere(db, caller.teamId, sequence.id, ids, !holdsNobody);
}

/** Who waits for another sequence begins paused, and everybody else as was asked. */
export function startsOf(enrollments: readonly Joining[], { start }: JoinTerms) {
  const waiting = { ...start, state: "paused" as const, inactiveReason: REASONS.inAnotherSequence };
  const groups = [
    [enrollments.filter(({ waits }) => !waits), start],
    [enrollments.filter(({ waits }) => waits), waiting],
  ] as const;
  return groups.filter(([people]) => people.length > 0);
}
