// An enrollment at a manual step waits for a user: for whom, and with which task.

import type { TaskOfStep } from "../../../domain/gate/standing.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";

/** A mail that a user has sent by hand, and that waits for its turn, waits like every other mail. */
export async function withTasks(
  { db, caller }: ReadContext,
  placed: readonly EnrollmentWithContext[],
): Promise<EnrollmentWithContext[]> {
  const tasks = await store.openTasksOf(
    db,
    caller.teamId,
    placed.filter(isByPeople).map(({ row }) => row.id),
  );
  const byEnrollment = new Map(tasks.map(({ enrollmentId, ...task }) => [enrollmentId, task]));
  return placed.map((one) => {
    const task = byEnrollment.get(one.row.id);
    if (!task) return one;
    return { ...one, standing: task.isPendingSend ? asMail(one, task) : { ...one.standing, task } };
  });
}

function isByPeople({ row, standing: { facts } }: EnrollmentWithContext) {
  return row.state === "active" && facts.step !== null && facts.step.type !== "auto_email";
}

function asMail({ standing }: EnrollmentWithContext, { mailDueAt }: TaskOfStep) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: mailDueAt ?? facts.membership.dueAt };
  const step = facts.step && { ...facts.step, type: "auto_email" as const };
  return { ...standing, facts: { ...facts, membership, step, mail: null } };
}
