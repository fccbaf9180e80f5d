// Whether a change of one enrollment can still be undone, and to which state.
//
// The row itself is unchanged, or this would not be asked. But the sequence may have been switched off or on since, and
// the contact may have unsubscribed, in which case a finished enrollment stays as it is.

import { type LeftCode, whyBarred } from "./deciding.ts";
import { type EnrollmentStatus, REASONS } from "./enrollment.ts";
import type { Conditions } from "./failures.ts";

export type UndoConditions = Conditions & {
  /** Whose mailbox it was before, and who owns the sequence, have both not left. */
  areUsersThere: boolean;
  isSequenceActive: boolean;
  isSequenceArchived: boolean;
  /** The same contact was added to the same sequence again. */
  isThereAgain: boolean;
};

export type UndoCode = LeftCode | "changed_since" | "in_sequence_again";

export type Undoing = { standing: EnrollmentStatus; code: null } | { standing: null; code: UndoCode };

export function undoneTo(before: EnrollmentStatus, world: UndoConditions, now: Temporal.Instant): Undoing {
  if (world.isThereAgain) return left("in_sequence_again");
  if (before.state !== "active" && before.state !== "paused") return back(before);
  if (world.isSequenceArchived) return left("sequence_archived");
  const barred = whyBarred(world);
  if (barred) return left(barred);
  return before.state === "paused" ? undonePause(before, world) : undoneActive(before, world, now);
}

function undonePause(before: EnrollmentStatus, { isSequenceActive }: UndoConditions): Undoing {
  const waitsInVain = before.inactiveReason === REASONS.sequenceInactive && isSequenceActive;
  return waitsInVain ? left("changed_since") : back(before);
}

function undoneActive(before: EnrollmentStatus, world: UndoConditions, now: Temporal.Instant): Undoing {
  if (!world.areUsersThere) return left("user_deleted");
  if (world.isSequenceActive) return back(before);
  return back({ ...before, state: "paused", inactiveReason: REASONS.sequenceInactive, pausedAt: now });
}

function back(standing: EnrollmentStatus): Undoing {
  return { standing, code: null };
}

function left(code: UndoCode): Undoing {
  return { standing: null, code };
}
