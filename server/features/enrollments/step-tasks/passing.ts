// A step that is not carried out and passed over: the person goes on to the next, and the history says why.

import { type By, recordAll } from "../../events/events/store.ts";
import { advance } from "../advancing/commands.ts";
import { happening } from "../enrollments/apply-transition.ts";
import * as store from "./store.ts";

export type Passed = { enrollmentId: string; stepId: string; reason: string | undefined };

/** The contacts are held. Who was at the last step is through, which has an event of its own. */
export async function passOverSteps(by: By, passed: readonly Passed[]) {
  if (passed.length === 0) return;
  const { db, teamId, now } = by;
  await advance(
    by,
    passed.map(({ enrollmentId, stepId }) => ({ enrollmentId, stepId, at: now })),
  );
  const reasons = new Map(passed.map(({ enrollmentId, reason }) => [enrollmentId, reason]));
  const positions = await store.positionsOf(db, teamId, [...reasons.keys()]);
  await recordAll(
    by,
    positions.map(({ id, position, sequenceId, contactId }) =>
      happening(
        "enrollment.moved",
        id,
        { sequenceId, contactId },
        { step_position: position, reason: reasons.get(id) },
      ),
    ),
  );
}
