// A step can say after how many days of its schedule an open task is skipped.
//
// Rows are read when they may be due; the days are counted here, so that a schedule changed meanwhile counts. The tasks
// of paused contacts are checked again when they resume.

import { leftUndone } from "../../../domain/sequences/cadence.ts";
import { placeFor } from "../../../domain/time/schedule.ts";
import { holdContacts } from "../../contacts/contact-rows/holding-store.ts";
import { type By, record } from "../../events/events/store.ts";
import { type BatchMode, inParts } from "../../events/set-aside/commands.ts";
import { advanceLocked, type DoneStep } from "../advancing/commands.ts";
import { type EnrollmentFacts, lockEnrollments } from "../enrollments/locking-store.ts";
import { plansOf } from "../enrollments/store.ts";
import * as store from "./skipping-store.ts";
import { lockMails, passOverMails } from "./store.ts";

const BATCH = 200;

/** One batch of a team. Answers how many were looked at. */
export async function skipOverdue(by: By, manner: BatchMode = "together"): Promise<number> {
  const { db, teamId, now } = by;
  const seen = await store.findToSkip(db, teamId, now, BATCH);
  await inParts(by, { loop: "skip-tasks", manner }, seen, (some) => skipThese(by, some));
  return seen.length;
}

async function skipThese(by: By, seen: readonly store.TaskToSkip[]) {
  const { db, teamId, now } = by;
  await holdContacts(
    db,
    teamId,
    seen.flatMap(({ contactId }) => contactId ?? []),
  );
  const rows = await lockEnrollments(
    db,
    teamId,
    seen.flatMap(({ enrollmentId }) => enrollmentId ?? []),
  );
  const mails = await lockMails(
    db,
    teamId,
    seen.flatMap(({ messageId }) => messageId ?? []),
  );
  const tasks = await store.lockToSkip(
    db,
    teamId,
    seen.map(({ id }) => id),
    now,
  );
  const plans = await plansOf(db, teamId, [...new Set(rows.map(({ sequenceId }) => sequenceId))]);
  const standing = new Map(rows.map((row) => [row.id, row]));
  const underway = new Set(mails.filter(({ delivery }) => ONWARD.includes(delivery)).map(({ id }) => id));
  const late: store.TaskToSkip[] = [];
  const later: { id: string; skipAt: Temporal.Instant | null }[] = [];
  for (const task of tasks) {
    const row = standing.get(task.enrollmentId ?? "");
    const at = row ? skippedAt(task, row, plans.get(row.sequenceId)) : null;
    if (task.messageId && underway.has(task.messageId))
      later.push({ id: task.id, skipAt: now.add({ hours: 1 }) });
    else if (!at || Temporal.Instant.compare(at, now) > 0) later.push({ id: task.id, skipAt: at });
    else late.push(task);
  }
  if (later.length > 0) await store.lookLater(db, teamId, later);
  if (late.length > 0) await skip(by, late, rows);
}

const ONWARD = ["planned", "claimed", "dot", "unconfirmed"];

type Plan = Awaited<ReturnType<typeof plansOf>> extends Map<string, infer One> ? One : never;

/** Null: not as things are. */
function skippedAt(task: store.TaskToSkip, row: EnrollmentFacts, plan: Plan | undefined) {
  const step = plan?.steps.find(({ id }) => id === task.stepId);
  const isHere = row.state === "active" && row.currentStepId === task.stepId;
  if (!plan || !step || step.autoSkipInDays === null || !isHere) return null;
  return leftUndone({ ...placeFor(plan.schedule, row), due: task.dueAt, days: step.autoSkipInDays });
}

async function skip(by: By, tasks: readonly store.TaskToSkip[], rows: readonly EnrollmentFacts[]) {
  const { db, teamId, now } = by;
  await store.writeSkipped(
    db,
    teamId,
    tasks.map(({ id }) => id),
    now,
  );
  await passOverMails(
    db,
    teamId,
    tasks.flatMap(({ messageId }) => messageId ?? []),
    now,
  );
  await record(
    by,
    ...tasks.map(({ id, type, contactId, sequenceId }) => ({
      type: "task.skipped" as const,
      subject: { type: "task" as const, id },
      data: { type, contact_id: contactId, sequence_id: sequenceId, reason: "not_done_in_time" },
    })),
  );
  const done = tasks.flatMap(({ enrollmentId, stepId }): DoneStep[] =>
    enrollmentId && stepId ? [{ enrollmentId, stepId, at: now }] : [],
  );
  await advanceLocked(by, rows, done);
}
