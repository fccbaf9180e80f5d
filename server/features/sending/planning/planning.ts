// From enrollments whose step comes due to what will be done about it: a mail's slot, up to a day ahead, so that what
// will go out can be seen; a task on the day it is due.
//
// The slot is one row per enrollment and step, whatever happens: planned again after a pause it is the same row, and
// one that was sent is never planned again. A mail without an address gets no slot: it is skipped when it is due,
// since an address may come until then. An enrollment whose step's mail has left goes on, and one without a step is
// given one.

import { rankOf } from "../../../domain/sequences/priority.ts";
import { newId } from "../../../kernel/ids.ts";
import { advance, type DoneStep } from "../../enrollments/advancing/commands.ts";
import { placeLost } from "../../enrollments/advancing/placing.ts";
import { type By, type Happening, record } from "../../events/events/store.ts";
import { openStepTasks } from "./opening.ts";
import * as store from "./planning-store.ts";

/** The enrollments are locked. */
export async function plan(by: By, rows: readonly store.DueStep[]) {
  const { db, teamId, now } = by;
  const done: DoneStep[] = [];
  const mails: store.DueStep[] = [];
  const people: store.DueStep[] = [];
  const lost: string[] = [];
  for (const row of rows) {
    if (row.stepType === null) lost.push(row.id);
    else if (row.slot === "sent" || row.slot === "skipped") done.push(doneBefore(row, now));
    else if (isUnderway(row) || !row.isStepOn) continue;
    else if (row.stepType === "auto_email" && !row.skipsMails) mails.push(row);
    else people.push(row);
  }
  const later = people.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, now) > 0);
  await store.notePlanned(
    db,
    teamId,
    rows.map(({ id }) => ({ id, planAt: later.find((row) => row.id === id)?.dueAt ?? null })),
  );
  await planMails(by, mails);
  const due = people.filter((row) => !later.includes(row));
  if (due.length > 0) await openStepTasks(by, due);
  if (done.length > 0) await advance(by, done);
  if (lost.length > 0) await placeLost(by, lost);
}

function isUnderway({ slot }: store.DueStep) {
  return slot === "claimed" || slot === "dot" || slot === "unconfirmed";
}

function doneBefore({ id, stepId, slotDoneAt }: store.DueStep, now: Temporal.Instant): DoneStep {
  return { enrollmentId: id, stepId, at: slotDoneAt ?? now };
}

async function planMails(by: By, rows: readonly store.DueStep[]) {
  if (rows.length === 0) return;
  const slots = rows.map((row) => ({
    id: newId(),
    enrollmentId: row.id,
    stepId: row.stepId,
    dueAt: row.dueAt,
    rank: rankOf({
      isByHand: false,
      isFollowUp: row.isFollowUp,
      policy: row.priorityPolicy,
      score: row.score,
      dueAt: row.dueAt,
    }),
  }));
  const planned = await store.planSlots(by.db, by.teamId, slots, by.now);
  await record(
    by,
    ...planned.map(
      ({ id, sequenceId, contactId, dueAt }): Happening => ({
        type: "message.scheduled",
        subject: { type: "message", id },
        data: { sequence_id: sequenceId, contact_id: contactId, due_at: dueAt },
      }),
    ),
  );
}
