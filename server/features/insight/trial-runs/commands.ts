// A sequence is tried out in a sandbox of its own. The engine does the work (engine/trial-runs/run-trial.ts): here it is asked for, and
// what it found is written down.

import type { Act } from "../../../app.ts";
import type { JobType } from "../../../domain/basics/job-types.ts";
import { newId } from "../../../kernel/ids.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { everybodyIn } from "../../enrollments/enrolling/resolve-contacts.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { cancelProgress, completeProgress, startProgress } from "../../events/progress/commands.ts";
import { lockWork } from "../../events/progress/store.ts";
import { usableMailboxes } from "../../mailboxes/mailboxes/usable.ts";
import { findVisible, getVisible, lockFor } from "../../sequences/sequences/finding.ts";
import { MOST_PEOPLE } from "./copying.ts";
import * as store from "./store.ts";

const JOB: JobType = "trial_run";

export type TrialAsked = Omit<store.TrialWish, "contactIds"> & {
  sequenceId: string;
  contactIds: readonly string[];
  labelNames: readonly string[];
};

export async function startTrialRun(act: Act, asked: TrialAsked) {
  const { app, db, caller, now } = act;
  if (app.sandbox) throw new Refusal("trial_run_in_sandbox");
  const sequence = await lockFor(act, asked.sequenceId, "edit");
  if (sequence.archivedAt) throw new Refusal("sequence_archived");
  if (sequence.stepCount === 0) throw new Refusal("sequence_without_steps");
  const { days, replies, waived } = asked;
  const contactIds = await everybodyIn(act, { ...asked, filter: null });
  const unknown = await store.firstUnknown(db, caller.teamId, contactIds);
  if (unknown !== null) throw new Refusal("trial_run_contact_not_found", { id: unknown });
  if (contactIds.length > MOST_PEOPLE) throw new Refusal("trial_run_too_many", { most: MOST_PEOPLE });
  if (contactIds.length > 0) await refuseWithoutMailbox(act, asked.mailboxIds);
  if ((await store.countRunning(db, caller.teamId)) > 0) throw new Refusal("trial_run_running");
  const id = newId();
  const job = await startProgress(act, {
    jobType: JOB,
    entityIds: [],
    total: days,
    params: { trial_run_id: id, days },
    resultPath: `/trial_runs/${id}`,
  });
  const wish = { days, replies, waived, contactIds, mailboxIds: [...asked.mailboxIds] };
  await store.insertTrialRun(db, caller.teamId, {
    id,
    sequenceId: sequence.id,
    userId: caller.userId,
    progressId: job.id,
    wish,
    createdAt: now,
  });
  await record(byCaller(act), {
    type: "trial_run.started",
    subject: { type: "sequence", id: sequence.id },
    data: { days, trial_run_id: id },
  });
  return getTrialRun(act, id);
}

async function refuseWithoutMailbox(act: Act, mailboxIds: readonly string[]) {
  if (mailboxIds.length === 0) throw new Refusal("joining_mailbox_missing");
  await usableMailboxes(act, mailboxIds, null);
}

type Asking = Pick<Act, "db" | "caller">;

/** One's own; admins see those of all. */
export async function getTrialRun({ db, caller }: Asking, id: string) {
  const run = await store.findTrialRun(db, caller.teamId, id);
  const isTheirs = run?.userId === caller.userId || caller.role === "admin";
  const sequence = run && isTheirs ? await findVisible({ db, caller }, run.sequenceId) : null;
  if (!run || !sequence) throw new Refusal("record_not_found");
  return run;
}

export async function listTrialRuns(asking: Asking, sequenceId: string) {
  const { db, caller } = asking;
  await getVisible(asking, sequenceId);
  const userId = caller.role === "admin" ? null : caller.userId;
  return store.listTrialRuns(db, caller.teamId, { sequenceId, userId });
}

export async function deleteTrialRun(act: Act, id: string) {
  const run = await getTrialRun(act, id);
  if (run.finishedAt === null) await cancelProgress(act, run.progressId);
  await store.deleteTrialRun(act.db, act.caller.teamId, id);
  await record(byCaller(act), {
    type: "trial_run.deleted",
    subject: { type: "sequence", id: run.sequenceId },
    data: { trial_run_id: id },
  });
}

type TrialFound = {
  report: store.TrialReport;
  people: readonly store.TrialPerson[];
  emails: readonly store.TrialEmailRow[];
};

const AT_ONCE = 500;

/** Nothing where it was stopped or deleted meanwhile. */
export async function finishTrialRun(act: Act, { id, progressId }: store.TrialRun, found: TrialFound) {
  const { db, caller } = act;
  const work = await lockWork(db, caller.teamId, progressId);
  if (!work || work.finishedAt || !(await store.findTrialRun(db, caller.teamId, id))) return;
  for (const people of inPieces(found.people)) await store.insertPeople(db, caller.teamId, id, people);
  for (const emails of inPieces(found.emails)) await store.insertEmails(db, caller.teamId, id, emails);
  await store.writeReport(db, caller.teamId, id, found.report);
  await completeProgress(act, work);
}

function* inPieces<T>(all: readonly T[]) {
  for (let start = 0; start < all.length; start += AT_ONCE) yield all.slice(start, start + AT_ONCE);
}
