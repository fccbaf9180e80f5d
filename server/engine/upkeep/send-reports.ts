// Saved reports go out when they are due: a run is begun, made and mailed, each in transactions of its own. What a
// dead engine had taken goes to another engine after that time. A mail whose final dot may have been written is never
// sent again.
//
// A copy of the database sends none: its reports are the real one's to send.

import type { App } from "../../app.ts";
import type { Db } from "../../db/connect.ts";
import { nextReportRun } from "../../domain/insight/report-rhythm.ts";
import { record } from "../../features/events/events/store.ts";
import { inParts } from "../../features/events/set-aside/commands.ts";
import { rhythmOf } from "../../features/insight/report-schedules/commands.ts";
import { again, mailReport } from "../../features/insight/report-schedules/mailing.ts";
import { CannotMake, makeRun } from "../../features/insight/report-schedules/making.ts";
import type { ClaimedMail, ClaimedRun } from "../../features/insight/report-schedules/runs-store.ts";
import * as runs from "../../features/insight/report-schedules/runs-store.ts";
import { newId } from "../../kernel/ids.ts";
import { crashPoint } from "../../seams.ts";
import { AskerLeft, actFor } from "../running/act-for.ts";
import { batchOf, eachTeam, type Looping } from "../running/each-team.ts";
import { byEngine, type Engine, goRound } from "../running/engine.ts";

const EVERY_MS = 1_000;
/** Longer than a report may take to count, and a mail to be handed over. */
const MAKING = { minutes: 3 };
const MAILING = { minutes: 5 };
const MOST_TRIES = 5;

type Looking = Pick<Engine, "app" | "fence">;

export function startReporting(engine: Engine) {
  return goRound(engine, { everyMs: EVERY_MS, what: "sending reports" }, () => sendDueReports(engine));
}

/** Answers how much it did. */
export async function sendDueReports({ fence, ...looping }: Looping & Looking) {
  const { app } = looping;
  if (!fence.isOpen) return 0;
  const teams = await app.db.inTransaction((db) => runs.teamsWithReportsDue(db, app.now()));
  return eachTeam(looping, "send-reports", teams, async (teamId) => {
    const begun = await begin(app, teamId);
    const made = await make(app, teamId);
    return begun + made + (await mail({ app, fence }, teamId));
  });
}

/** However long nothing ran, what was missed is one run. */
async function begin(app: App, teamId: string) {
  return batchOf(app, teamId, async (by, manner) => {
    const { db, now } = by;
    const due = await runs.lockDue(db, teamId, now);
    await inParts(by, { loop: "send-reports", manner }, due, async (some) => {
      for (const schedule of some) {
        const nextAt = nextReportRun(rhythmOf(schedule), now);
        await runs.beginRun(db, teamId, {
          id: newId(),
          scheduleId: schedule.id,
          dueAt: schedule.nextRunAt,
          nextAt,
          now,
        });
      }
    });
    return due.length;
  });
}

async function make(app: App, teamId: string) {
  const now = app.now();
  const claimed = await app.db.inTeam(teamId, (db) => runs.claimRuns(db, teamId, now, now.add(MAKING)));
  for (const run of claimed) {
    await crashPoint("report-before-made");
    await makeOne(app, teamId, run).catch((error: unknown) => noteUnmade(app, teamId, run, error));
  }
  return claimed.length;
}

async function makeOne(app: App, teamId: string, run: ClaimedRun) {
  if (run.tries > MOST_TRIES)
    throw new CannotMake("Cadenza was stopped during each attempt to create the report.");
  const owner = await app.db.inTeam(teamId, (db) => runs.findRun(db, teamId, run.id));
  if (!owner) return; // its schedule was deleted
  await actFor(app, { teamId, userId: owner.ownerId, cause: "clock" }, (act) => makeRun(act, run));
  await crashPoint("report-after-made");
}

async function noteUnmade(app: App, teamId: string, run: ClaimedRun, error: unknown) {
  const now = app.now();
  const isFinal = error instanceof CannotMake || error instanceof AskerLeft || run.tries >= MOST_TRIES;
  const said =
    error instanceof CannotMake
      ? error.message
      : error instanceof AskerLeft
        ? "The user who scheduled the report has left the team."
        : "The report could not be created because of an internal error. The server log has the details.";
  if (!isFinal || run.tries >= MOST_TRIES)
    app.log.warn({ err: error, runId: run.id }, "a report could not be created");
  await app.db.inTeam(teamId, async (db) => {
    const next = isFinal ? null : now.add({ seconds: 10 * 2 ** run.tries });
    await runs.noteUnmade(db, teamId, run, said, next, now);
    if (isFinal) await tell(app, db, teamId, { scheduleId: run.scheduleId, runId: run.id, state: "failed" });
  });
}

async function mail({ app, fence }: Looking, teamId: string) {
  const now = app.now();
  const until = now.add(MAILING);
  const { claimed, lost, left } = await app.db.inTeam(teamId, async (db) => ({
    ...(await runs.claimReportMails(db, teamId, now, until)),
    left: await runs.waitUntil(db, teamId, now, until),
  }));
  for (const one of claimed) await mailOne({ app, fence }, teamId, one);
  const touched = new Set([...claimed.map(({ runId }) => runId), ...lost, ...left.map(({ id }) => id)]);
  for (const runId of touched)
    await app.db.inTeam(teamId, async (db) => {
      const ended = await runs.endRun(db, teamId, runId, app.now());
      if (ended) await tell(app, db, teamId, { scheduleId: ended.scheduleId, runId, state: ended.state });
    });
  return claimed.length + lost.length;
}

async function mailOne({ app, fence }: Looking, teamId: string, one: ClaimedMail) {
  const mayRelease = async () => {
    if (!fence.isOpen) return false;
    const noted = await app.db.inTeam(teamId, (db) => runs.noteDot(db, teamId, one, app.now()));
    await crashPoint("report-dot-written");
    return noted === 1;
  };
  const end = await mailReport(app, teamId, one, mayRelease).catch((error: unknown) => {
    app.log.error({ err: error, runId: one.runId }, "a report could not be emailed");
    return again(
      app,
      one,
      "The report could not be sent because of an internal error. The server log has the details.",
    );
  });
  await crashPoint("report-before-record");
  await app.db.inTeam(teamId, (db) => runs.noteMailEnd(db, teamId, one, end, app.now()));
}

type End = { scheduleId: string; runId: string; state: runs.RunState };

function tell(app: App, db: Db, teamId: string, { scheduleId, runId, state }: End) {
  return record(byEngine(app, db, teamId), {
    type: state === "sent" ? "report.sent" : "report.failed",
    subject: { type: "report_schedule", id: scheduleId },
    data: { run_id: runId },
  });
}
