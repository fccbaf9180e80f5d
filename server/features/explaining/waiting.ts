// Whoever stands at a step that people do waits for a person: for whom, and with which task.

import type { TaskOfStep } from "../../domain/explaining.ts";
import type { Asking } from "./around.ts";
import type { Placed } from "./standings.ts";
import * as store from "./store.ts";

/** A mail that somebody has sent by hand, and that waits for its turn, waits like every other mail. */
export async function withTasks({ db, caller }: Asking, placed: readonly Placed[]): Promise<Placed[]> {
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

function isByPeople({ row, standing: { facts } }: Placed) {
  return row.state === "active" && facts.step !== null && facts.step.type !== "auto_email";
}

function asMail({ standing }: Placed, { mailDueAt }: TaskOfStep) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: mailDueAt ?? facts.membership.dueAt };
  const step = facts.step && { ...facts.step, type: "auto_email" as const };
  return { ...standing, facts: { ...facts, membership, step, mail: null } };
}
