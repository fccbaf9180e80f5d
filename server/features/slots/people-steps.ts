// Steps that people do: a task on the day it is due, for whoever sends; a mail by hand with its draft. What keeps a mail
// back keeps a task back too, as far as it is about the person and not about the mail.

import { holdsOn } from "../../domain/gate.ts";
import { titleFor } from "../../domain/task.ts";
import { newId } from "../../ids.ts";
import { happened } from "../enrollments/happenings.ts";
import { type By, type Happening, record } from "../events/store.ts";
import { type Placed, placeAll } from "../explaining/standings.ts";
import { readStandings } from "../explaining/store.ts";
import { insertStepTasks, type StepTask } from "../tasks/store.ts";
import * as store from "./people-steps-store.ts";
import { type DueStep, notePlanned } from "./planning-store.ts";
import { asking } from "./surroundings.ts";

export async function openStepTasks(by: By, rows: readonly DueStep[]) {
  if (rows.length === 0) return;
  const { db, teamId, now } = by;
  const standings = await readStandings(
    db,
    teamId,
    rows.map(({ id }) => id),
  );
  const placed = await placeAll(asking(by), standings);
  const waits: { id: string; planAt: Temporal.Instant }[] = [];
  const failing: { enrollmentId: string; what: { is: "notSent"; code: string } }[] = [];
  const open: Placed[] = [];
  for (const one of placed) {
    const [hold] = holdsOn(one.standing.facts);
    if (!hold) open.push(one);
    else if (hold.outcome === "wait")
      waits.push({ id: one.row.id, planAt: hold.until ?? now.add({ minutes: 5 }) });
    else if (hold.outcome === "fail")
      failing.push({
        enrollmentId: one.row.id,
        what: { is: "notSent", code: hold.failure ?? "other_safeguard" },
      });
  }
  if (waits.length > 0) await notePlanned(db, teamId, waits);
  await openTasks(by, open);
  if (failing.length > 0) await happened(by, failing);
}

async function openTasks(by: By, placed: readonly Placed[]) {
  if (placed.length === 0) return;
  const { db, teamId, now } = by;
  const doers = await store.doersOf(
    db,
    teamId,
    placed.map(({ row }) => row.id),
  );
  const tasks = placed.flatMap((one) => taskFor(one, doers.get(one.row.id) ?? null, now) ?? []);
  const opened = await store.openedOnce(db, teamId, tasks);
  await insertStepTasks(db, teamId, opened);
  if (opened.length > 0) await record(by, ...opened.map(toldOf));
}

function taskFor({ row, around }: Placed, userId: string | null, now: Temporal.Instant): StepTask | null {
  const step = around.steps.find(({ id }) => id === row.currentStepId);
  if (!step || !userId || step.type === "auto_email") return null;
  const type = step.type === "manual_email" ? "outreach_manual_email" : step.type;
  return {
    id: newId(),
    ...{ userId, creatorId: userId, contactId: row.contactId, accountId: row.accountId, dealId: null, type },
    ...{ status: "scheduled", priority: step.priority ?? "medium", title: titleFor(type, row.contactName) },
    ...{ note: step.note, callScript: null, relevantFields: null, dueAt: row.dueAt ?? now },
    ...{
      completedAt: null,
      completedBy: null,
      skippedAt: null,
      createdFrom: "sequence",
      sequenceId: row.sequenceId,
    },
    ...{ stepId: step.id, enrollmentId: row.id, messageId: null, createdAt: now },
  };
}

function toldOf({ id, type, contactId, sequenceId }: StepTask): Happening {
  return {
    type: "task.created",
    subject: { type: "task", id },
    data: { type, contact_id: contactId, sequence_id: sequenceId },
  };
}
