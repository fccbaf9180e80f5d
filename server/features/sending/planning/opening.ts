// Steps that are no automatic mail: a task on the day it is due, for the sender; a manual mail with its draft; a branch that
// is decided. What keeps a mail back keeps these back too, as far as it is about the person and not about the mail.
//
// However often a step is looked at, it has one task for each enrollment. An open one stays, one that was withdrawn
// is opened once more, and an enrollment whose task is done goes on.

import { LOCK_NAMES } from "../../../db/lock-names.ts";
import { holdsOn, nextCheckAt } from "../../../domain/gate/gate.ts";
import type { GateFacts } from "../../../domain/gate/gate-facts.ts";
import { taskCapsOf, withOpened } from "../../../domain/gate/limits-taken.ts";
import { titleFor } from "../../../domain/work/task.ts";
import { newId } from "../../../kernel/ids.ts";
import { advance } from "../../enrollments/advancing/commands.ts";
import { happened } from "../../enrollments/enrollments/enrollment-events.ts";
import { type Passed, passOverSteps } from "../../enrollments/step-tasks/passing.ts";
import * as store from "../../enrollments/step-tasks/store.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import { readStandings } from "../../gate/facts/facts-store.ts";
import { asking } from "../../gate/facts/gate-facts.ts";
import { lockNames } from "../../gate/facts/gate-store.ts";
import { type EnrollmentWithContext, placeAll } from "../../gate/facts/standings.ts";
import { doersOf } from "../../gate/facts/task-counts-store.ts";
import { previewFirstMails } from "../../sequences/composing/commands.ts";
import { insertStepTasks, type StepTask } from "../../work/tasks/store.ts";
import { decideBranches, isAtBranch } from "./deciding.ts";
import { draftMails } from "./drafting.ts";
import { type DueStep, insertSkipped, notePlanned } from "./planning-store.ts";

/** The enrollments are locked. */
export async function openStepTasks(by: By, rows: readonly DueStep[]) {
  if (rows.length === 0) return;
  const { db, teamId, now } = by;
  const ids = rows.map(({ id }) => id);
  const known = await store.lastTasksAt(db, teamId, ids);
  const done = rows.filter(({ id }) => known.get(id)?.is === "done");
  const standings = await readStandings(
    db,
    teamId,
    ids.filter((id) => known.get(id)?.is !== "done"),
  );
  const { open, waits, failing, skipped } = judged(await placeCounted(by, standings), now);
  if (waits.length > 0) await notePlanned(db, teamId, waits);
  const { branches = [], tasks = [] } = Object.groupBy(open, (one) =>
    isAtBranch(one) ? "branches" : "tasks",
  );
  await decideBranches(by, branches);
  await openTasks(by, tasks, known);
  await passOver(by, failing);
  await skipMails(by, skipped);
  await advance(
    by,
    done.map(({ id, stepId }) => ({ enrollmentId: id, stepId, at: known.get(id)?.doneAt ?? now })),
  );
}

/** Where tasks are counted, two engines count one after the other. */
async function placeCounted(by: By, standings: Parameters<typeof placeAll>[1]) {
  const { db, teamId } = by;
  const placed = await placeAll(asking(by), standings);
  const caps = new Set(placed.flatMap(({ standing }) => taskCapsOf(standing.facts)));
  if (caps.size === 0) return placed;
  const alone = [...caps].sort().map((key) => LOCK_NAMES.caps(teamId, key));
  await lockNames(db, { shared: [], alone });
  return placeAll(asking(by), standings);
}

/** They have no address: their mail is skipped. */
async function skipMails(by: By, skipped: readonly Passed[]) {
  if (skipped.length === 0) return;
  const slots = skipped.map(({ enrollmentId, stepId }) => ({ id: newId(), enrollmentId, stepId }));
  await insertSkipped(by.db, by.teamId, slots, by.now);
  await passOverSteps(by, skipped);
}

/** Where the sequence says so, a step that must not be done is passed over, and the history says why. */
async function passOver(by: By, failing: readonly Failing[]) {
  if (failing.length === 0) return;
  const { left } = await happened(by, failing);
  const codes = new Map(failing.map(({ enrollmentId, what }) => [enrollmentId, what.code]));
  await passOverSteps(
    by,
    left.flatMap(({ row, code }) =>
      code === "rule_off" && row.currentStepId
        ? [{ enrollmentId: row.id, stepId: row.currentStepId, reason: codes.get(row.id) }]
        : [],
    ),
  );
}

type Failing = { enrollmentId: string; what: { is: "notSent"; code: string } };

function judged(placed: readonly EnrollmentWithContext[], now: Temporal.Instant) {
  const open: EnrollmentWithContext[] = [];
  const waits: { id: string; planAt: Temporal.Instant }[] = [];
  const failing: Failing[] = [];
  const skipped: Passed[] = [];
  const counted: GateFacts[] = [];
  for (const one of placed) {
    const { id, currentStepId } = one.row;
    const facts = withOpened(one.standing.facts, counted);
    const [hold] = holdsOn(facts);
    if (!hold) {
      open.push(one);
      if (taskCapsOf(facts).length > 0) counted.push(facts);
    } else if (hold.outcome === "wait") waits.push({ id, planAt: nextCheckAt(hold, now) });
    else if (hold.outcome === "skip" && currentStepId)
      skipped.push({ enrollmentId: id, stepId: currentStepId, reason: hold.code });
    else if (hold.outcome === "fail")
      failing.push({ enrollmentId: id, what: { is: "notSent", code: hold.failure ?? "other_safeguard" } });
  }
  return { open, waits, failing, skipped };
}

async function openTasks(
  by: By,
  placed: readonly EnrollmentWithContext[],
  known: ReadonlyMap<string, store.KnownTask>,
) {
  if (placed.length === 0) return;
  const { db, teamId, now } = by;
  const doers = await doersOf(
    db,
    teamId,
    placed.map(({ row }) => row.id),
  );
  const texts = await textsFor(by, placed);
  const mails = await draftMails(by, placed, texts, doers);
  const tasks = placed.flatMap((one) => {
    const userId = doers.get(one.row.id);
    const messageId = mails.get(one.row.id) ?? null;
    return userId ? (taskFor(one, { userId, messageId, text: texts.get(one.row.id), now }) ?? []) : [];
  });
  const again = tasks.flatMap((task) => {
    const before = known.get(task.enrollmentId);
    const isSame = before && (before.is === "open" || before.type === task.type); // the step may be another kind by now
    return isSame ? [{ ...task, id: before.id, isBack: before.is === "withdrawn" }] : [];
  });
  const renewed = new Set(again.map(({ enrollmentId }) => enrollmentId));
  if (again.length > 0) await store.renewTasks(db, teamId, again, now);
  const opened = await insertStepTasks(
    db,
    teamId,
    tasks.filter(({ enrollmentId }) => !renewed.has(enrollmentId)),
  );
  const ids = new Set(opened.map(({ id }) => id));
  const told = [...tasks.filter(({ id }) => ids.has(id)), ...again.filter(({ isBack }) => isBack)];
  if (told.length > 0) await record(by, ...told.map(toldOf));
}

export type Text = Awaited<ReturnType<typeof previewFirstMails>>[number];

/** What is written for a step, filled for each: the mail to send, or what to say. */
async function textsFor(by: By, placed: readonly EnrollmentWithContext[]) {
  const texts = new Map<string, Text>();
  for (const own of Map.groupBy(placed, ({ row }) => `${row.sequenceId} ${row.currentStepId}`).values()) {
    const [first] = own;
    const { sequenceId, currentStepId: stepId } = first?.row ?? {};
    if (!sequenceId || !stepId || !first?.around.touches.some((touch) => touch.stepId === stepId)) continue;
    const enrollments = own.map(({ row: { contactId, mailboxId } }) => ({ contactId, mailboxId }));
    const previews = await previewFirstMails(asking(by), { sequenceId, stepId, enrollments });
    const byContact = new Map(previews.map((preview) => [preview.contactId, preview]));
    for (const { row } of own) {
      const text = byContact.get(row.contactId);
      if (text) texts.set(row.id, text);
    }
  }
  return texts;
}

type Terms = { userId: string; messageId: string | null; text: Text | undefined; now: Temporal.Instant };

type TaskOfStep = StepTask & { enrollmentId: string };

function taskFor(
  { row, around }: EnrollmentWithContext,
  { userId, messageId, text, now }: Terms,
): TaskOfStep | null {
  const step = around.steps.find(({ id }) => id === row.currentStepId);
  if (!step || step.type === "auto_email" || step.type === "branch") return null;
  const isMail = step.type === "manual_email";
  const type = step.type === "manual_email" ? "outreach_manual_email" : step.type;
  return {
    id: newId(),
    userId,
    creatorId: userId,
    contactId: row.contactId,
    accountId: row.accountId,
    dealId: null,
    type,
    status: "scheduled",
    priority: step.priority ?? "medium",
    title: titleFor(type, row.contactName),
    note: step.note,
    callScript: isMail ? null : (text?.mail?.text ?? null),
    relevantFields: null,
    subject: isMail ? (text?.mail?.subject ?? null) : null,
    dueAt: row.dueAt ?? now,
    completedAt: null,
    completedBy: null,
    skippedAt: null,
    createdFrom: "sequence",
    sequenceId: row.sequenceId,
    stepId: step.id,
    enrollmentId: row.id,
    messageId,
    createdAt: now,
  };
}

function toldOf({ id, type, contactId, sequenceId, enrollmentId }: StepTask): Happening {
  return {
    type: "task.created",
    subject: { type: "task", id },
    data: { type, contact_id: contactId, sequence_id: sequenceId, enrollment_id: enrollmentId },
  };
}
