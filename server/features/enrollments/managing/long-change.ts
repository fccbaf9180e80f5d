// The part of a change to many people that an engine does, a batch of contacts at a time.

import type { Act } from "../../../app.ts";
import { goByIds } from "../../../db/planning.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { ItemOutcome } from "../../events/progress/store.ts";
import { lockFor } from "../../sequences/sequences/finding.ts";
import type { SequenceRow } from "../../sequences/sequences/store.ts";
import { selectedContacts } from "../enrollments/locking-store.ts";
import { type EnrollmentAction, type EnrollmentSelection, type Managing, manageThese } from "./commands.ts";

const DONE: Record<EnrollmentAction["is"], string> = {
  finish: "finished",
  stop: "stopped",
  remove: "removed",
  pause: "paused",
  resume: "resumed",
  retry: "retried",
  restart: "restarted",
  move: "moved",
};

type Instructions = Pick<Managing, "sequenceIds" | "action"> & {
  whom: Omit<EnrollmentSelection, "contactIds">;
};

/** Called by the engine for each batch of contacts. */
export async function workOnEnrollments(
  act: Act,
  instructions: Record<string, unknown>,
  contactIds: readonly string[],
): Promise<ItemOutcome[]> {
  const { sequenceIds, whom, action } = withInstants(instructions as unknown as Instructions);
  await goByIds(act.db);
  const { open, closed } = await lockOpen(act, sequenceIds);
  const codes = await closedFor(act, closed, { ...whom, contactIds });
  const { skipped } = await manageThese(act, open, { ...whom, contactIds }, action);
  return contactIds.map((id) => {
    const code = codes.get(id) ?? skipped.get(id);
    if (!skipped.has(id)) return { outcome: DONE[action.is], code: code ?? null };
    return { outcome: "skipped", code: code ?? null };
  });
}

type ClosedCode = "record_not_found" | "sequence_not_permitted";

/** Of several, those that were closed to the caller since the work was asked for do not stop the others. */
async function lockOpen(act: Act, ids: readonly string[]) {
  const open: SequenceRow[] = [];
  const closed = new Map<string, ClosedCode>();
  for (const id of [...new Set(ids)].sort())
    try {
      open.push(await lockFor(act, id, "edit"));
    } catch (error) {
      const code = error instanceof Refusal ? error.code : null;
      if (ids.length === 1 || !(code === "record_not_found" || code === "sequence_not_permitted"))
        throw error;
      closed.set(id, code);
    }
  return { open, closed };
}

/** Who is in a sequence that is closed now, and was left as they are there. */
async function closedFor(
  { db, caller }: Act,
  closed: ReadonlyMap<string, ClosedCode>,
  whom: EnrollmentSelection,
) {
  const codes = new Map<string, ClosedCode>();
  for (const [id, code] of closed)
    for (const contactId of await selectedContacts(db, caller.teamId, { ...whom, sequenceIds: [id] }))
      codes.set(contactId, code);
  return codes;
}

// Instructions are kept as JSON, where an instant is text.
function withInstants({ sequenceIds, whom, action }: Instructions): Instructions {
  const dueBefore = whom.dueBefore ? Temporal.Instant.from(String(whom.dueBefore)) : null;
  const until =
    action.is === "pause" && action.until ? Temporal.Instant.from(String(action.until)) : undefined;
  return {
    sequenceIds,
    whom: { ...whom, dueBefore },
    action: until && action.is === "pause" ? { ...action, until } : action,
  };
}
