// An enrollment at a manual step waits for a user: for whom, and with which task. One at a branch may wait for its condition.

import type { BranchOfStep, TaskOfStep } from "../../../domain/gate/standing.ts";
import { decidedBy } from "../../../domain/sequences/branch-condition.ts";
import { conditionSays } from "../../../domain/sequences/condition-words.ts";
import { verdictsOf } from "../../enrollments/branching/deciding.ts";
import type { ReadContext } from "../../gate/facts/around.ts";
import * as store from "../../gate/facts/facts-store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";

/** A mail that a user has sent by hand, and that waits for its turn, waits like every other mail. */
export async function withWaits(
  asking: ReadContext,
  placed: readonly EnrollmentWithContext[],
): Promise<EnrollmentWithContext[]> {
  const { db, caller } = asking;
  const manual = placed.filter(isByPeople);
  const tasks = await store.openTasksOf(
    db,
    caller.teamId,
    manual.map(({ row }) => row.id),
  );
  const byEnrollment = new Map(tasks.map(({ enrollmentId, ...task }) => [enrollmentId, task]));
  const branches = await branchesOf(asking, manual);
  return placed.map((one) => {
    const branch = branches.get(one.row.id);
    if (branch) return { ...one, standing: { ...one.standing, branch } };
    const task = byEnrollment.get(one.row.id);
    if (!task) return one;
    return { ...one, standing: task.isPendingSend ? asMail(one, task) : { ...one.standing, task } };
  });
}

function isByPeople({ row, standing: { facts } }: EnrollmentWithContext) {
  return row.state === "active" && facts.step !== null && facts.step.type !== "auto_email";
}

/** By enrollment, what the branch at which it stands asks, and whether it holds now. */
async function branchesOf({ db, caller, now }: ReadContext, placed: readonly EnrollmentWithContext[]) {
  const found = new Map<string, BranchOfStep>();
  for (const own of Map.groupBy(placed, ({ row }) => row.currentStepId).values()) {
    const [first] = own;
    const step = first?.around.steps.find(({ id }) => id === first.row.currentStepId);
    if (!first || !step?.condition) continue;
    const { condition } = step;
    const positions = new Map(first.around.steps.map(({ id, position }) => [id, position]));
    const says = conditionSays(condition, (id) => positions.get(id) ?? null);
    const asked = { db, teamId: caller.teamId, now, ownerId: first.around.sequence.ownerId };
    const people = own.map(({ row }) => ({ enrollmentId: row.id, contactId: row.contactId }));
    const verdicts = await verdictsOf(asked, condition, people);
    for (const { row } of own)
      found.set(row.id, {
        says,
        holds: verdicts.get(row.id)?.holds ?? false,
        decidedBy: decidedBy(condition, row.dueAt ?? now),
      });
  }
  return found;
}

function asMail({ standing }: EnrollmentWithContext, { mailDueAt }: TaskOfStep) {
  const { facts } = standing;
  const membership = { ...facts.membership, dueAt: mailDueAt ?? facts.membership.dueAt };
  const step = facts.step && { ...facts.step, type: "auto_email" as const };
  return { ...standing, facts: { ...facts, membership, step, mail: null } };
}
