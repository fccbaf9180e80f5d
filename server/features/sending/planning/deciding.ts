// Contacts at a branch go on along one of its paths: at once where its condition holds, otherwise when the time has passed
// in which it may still come to hold. Until then they are looked at again.

import { decidedBy, nextLook } from "../../../domain/sequences/branch-condition.ts";
import { becauseOf } from "../../../domain/sequences/condition-words.ts";
import type { BranchPath } from "../../../domain/sequences/step-paths.ts";
import { advance } from "../../enrollments/advancing/commands.ts";
import { verdictsOf } from "../../enrollments/branching/deciding.ts";
import { type Decision, saveDecisions } from "../../enrollments/branching/store.ts";
import { happening } from "../../enrollments/enrollments/apply-transition.ts";
import { type By, recordAll } from "../../events/events/store.ts";
import type { EnrollmentWithContext } from "../../gate/facts/standings.ts";
import { notePlanned } from "./planning-store.ts";

export function isAtBranch({ row, around }: EnrollmentWithContext) {
  return around.steps.some(({ id, type }) => id === row.currentStepId && type === "branch");
}

/** The enrollments are locked, and nothing holds them. */
export async function decideBranches(by: By, placed: readonly EnrollmentWithContext[]) {
  for (const own of Map.groupBy(placed, ({ row }) => row.currentStepId).values()) await decideBranch(by, own);
}

async function decideBranch(by: By, people: readonly EnrollmentWithContext[]) {
  const { db, teamId, now } = by;
  const [first] = people;
  const step = first?.around.steps.find(({ id }) => id === first.row.currentStepId);
  if (!first || !step?.condition) return;
  const { condition } = step;
  const { ownerId } = first.around.sequence;
  const asked = people.map(({ row }) => ({ enrollmentId: row.id, contactId: row.contactId }));
  const verdicts = await verdictsOf({ db, teamId, now, ownerId }, condition, asked);
  const decided: Decision[] = [];
  const waits: { id: string; planAt: Temporal.Instant }[] = [];
  for (const { row } of people) {
    const { holds, held } = verdicts.get(row.id) ?? { holds: false, held: [] };
    const dueAt = row.dueAt ?? now;
    const isOver = Temporal.Instant.compare(decidedBy(condition, dueAt), now) <= 0;
    const path: BranchPath | null = holds ? "yes" : isOver ? "no" : null;
    if (path) decided.push({ enrollmentId: row.id, stepId: step.id, path, held });
    else waits.push({ id: row.id, planAt: nextLook(condition, dueAt, now) });
  }
  if (waits.length > 0) await notePlanned(db, teamId, waits);
  const positions = new Map(first.around.steps.map(({ id, position }) => [id, position]));
  const because = (one: Decision) => becauseOf(condition, one, (id) => positions.get(id) ?? null);
  await goOn(by, people, decided, { position: step.position, because });
}

async function goOn(
  by: By,
  people: readonly EnrollmentWithContext[],
  decided: readonly Decision[],
  { position, because }: { position: number; because: (decision: Decision) => string },
) {
  if (decided.length === 0) return;
  await saveDecisions(by.db, by.teamId, decided, by.now);
  const rows = new Map(people.map(({ row }) => [row.id, row]));
  await recordAll(
    by,
    decided.flatMap((one) => {
      const row = rows.get(one.enrollmentId);
      const data = { step_position: position, path: one.path, because: because(one) };
      return row ? [happening("enrollment.branched", one.enrollmentId, row, data)] : [];
    }),
  );
  await advance(
    by,
    decided.map(({ enrollmentId, stepId, path }) => ({ enrollmentId, stepId, path, at: by.now })),
  );
}
