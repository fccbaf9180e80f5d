// Whether what a change did to one enrollment can still be put back, and as what.
//
// Nothing has changed in the row itself, or we would not ask. But the world went on: the sequence may have been
// switched off or on since, and the contact may have unsubscribed, which leaves whoever is finished as they are.

import { type LeftCode, whyBarred } from "./deciding.ts";
import { REASONS, type Standing } from "./enrollment.ts";
import type { Conditions } from "./failures.ts";

export type World = Conditions & {
  /** Whose mailbox it was before, and who owns the sequence, have both not left. */
  areUsersThere: boolean;
  isSequenceActive: boolean;
  isSequenceArchived: boolean;
  /** Somebody has put the same contact into the same sequence again. */
  isThereAgain: boolean;
};

export type UndoCode = LeftCode | "changed_since" | "in_sequence_again";

export type Undoing = { standing: Standing; code: null } | { standing: null; code: UndoCode };

export function undoneTo(before: Standing, world: World, now: Temporal.Instant): Undoing {
  if (world.isThereAgain) return left("in_sequence_again");
  if (before.state !== "active" && before.state !== "paused") return back(before);
  if (world.isSequenceArchived) return left("sequence_archived");
  const barred = whyBarred(world);
  if (barred) return left(barred);
  return before.state === "paused" ? undonePause(before, world) : undoneActive(before, world, now);
}

function undonePause(before: Standing, { isSequenceActive }: World): Undoing {
  const waitsInVain = before.inactiveReason === REASONS.sequenceInactive && isSequenceActive;
  return waitsInVain ? left("changed_since") : back(before);
}

function undoneActive(before: Standing, world: World, now: Temporal.Instant): Undoing {
  if (!world.areUsersThere) return left("user_deleted");
  if (world.isSequenceActive) return back(before);
  return back({ ...before, state: "paused", inactiveReason: REASONS.sequenceInactive, pausedAt: now });
}

function back(standing: Standing): Undoing {
  return { standing, code: null };
}

function left(code: UndoCode): Undoing {
  return { standing: null, code };
}
