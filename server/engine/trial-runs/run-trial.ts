// One trial run, as the engine of the installation does it: what the sequence depends on is copied into a folder, a sandbox is started
// on it as a process of its own, and what it finds is written down. Killed at any moment, the next worker begins anew: nothing of it
// has left, and the folder of before is deleted.

import { createWriteStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Act, App } from "../../app.ts";
import { failProgress } from "../../features/events/progress/commands.ts";
import { noteUnderWay } from "../../features/events/progress/store.ts";
import { finishTrialRun } from "../../features/insight/trial-runs/commands.ts";
import { type Copied, copyForTrial } from "../../features/insight/trial-runs/copying.ts";
import {
  beginTrialRun,
  findTrialRunOfJob,
  noteReached,
  type TrialEmailRow,
  type TrialPerson,
  type TrialRun,
} from "../../features/insight/trial-runs/store.ts";

import type { TrialOutcome } from "./carry-out.ts";
import { runInSandbox, TrialFailed, type TrialOrder } from "./sandbox-process.ts";

type Job = { teamId: string; progressId: string };
type Surely = <T>(attempt: () => Promise<T>) => Promise<T | null>;
type Acting = <T>(work: (act: Act) => Promise<T>) => Promise<T | null>;

const NOTES_EVERY_MS = 500;
const ENDED_EARLY =
  "Its sandbox ended early, for example because memory or disk was full. Nothing was changed. The server's log says why.";

export async function runTrial(
  app: App,
  job: Job,
  signal: AbortSignal,
  { surely, acting }: { surely: Surely; acting: Acting },
): Promise<"over" | "stopped"> {
  // Each has a database and a processor of its own: one at a time is enough for a machine.
  const letGo = await app.db.holdAlone("trial run");
  if (!letGo) throw new Error("another trial run is at it; this one waits its turn");
  const folder = join(app.config.dataDir, "trial-run");
  try {
    const run = await find(app, job); // where it was cancelled after a kill, its folder is still deleted
    if (!run || run.finishedAt) return "over";
    const result = await surely(() => tryOut(app, { job, run, folder }, signal));
    if (result === "stopped") return signal.aborted ? "stopped" : "over";
    if (result !== null)
      await acting((act) =>
        "refused" in result
          ? failProgress(act, job.progressId, `The trial run has no result. ${result.refused}`)
          : finishTrialRun(act, run, result),
      );
    return "over";
  } finally {
    await rm(folder, { recursive: true, force: true });
    await letGo();
  }
}

const find = (app: App, { teamId, progressId }: Job) =>
  app.db.inTeam(teamId, (db) => findTrialRunOfJob(db, teamId, progressId));

type Trial = { job: Job; run: TrialRun; folder: string };
type Found = Parameters<typeof finishTrialRun>[2];

async function tryOut(
  app: App,
  trial: Trial,
  signal: AbortSignal,
): Promise<Found | { refused: string } | "stopped"> {
  const begun = performance.now();
  const { run, folder } = trial;
  const at = app.now();
  await app.db.inTeam(trial.job.teamId, (db) => beginTrialRun(db, trial.job.teamId, run.id, at));
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copied = await copy(app, trial, at);
  const order: TrialOrder = {
    task: {
      teamId: trial.job.teamId,
      userId: run.userId,
      sequenceId: run.sequenceId,
      wish: { ...run.wish, contactIds: copied.added },
      peopleIds: copied.peopleIds,
    },
    at: `${at}`,
    publicUrl: app.config.publicUrl,
  };
  await writeFile(join(folder, "order.json"), JSON.stringify(order), { mode: 0o600 });
  const watch = watchTrial(app, trial, at, signal);
  const heard = { people: [] as TrialPerson[], emails: [] as TrialEmailRow[] };
  let report: TrialOutcome["report"] | null = null;
  let refused: string | null = null;
  try {
    await runInSandbox(folder, watch.signal, (line) => {
      if ("reached" in line) watch.show(Temporal.Instant.from(line.reached));
      else if ("email" in line) heard.emails.push(line.email);
      else if ("person" in line) heard.people.push(line.person);
      else if ("report" in line) ({ report } = line);
      else ({ refused } = line);
    });
  } catch (error) {
    if (!(error instanceof TrialFailed)) throw error;
    app.log.warn({ err: error, trialRun: run.id }, "the sandbox of a trial run ended early");
    return { refused: ENDED_EARLY };
  } finally {
    watch.end();
  }
  if (watch.signal.aborted) return "stopped";
  if (refused !== null) return { refused };
  if (report === null) throw new Error("the sandbox of a trial run ended without a report");
  return { ...heard, report: wholeReport(report, copied, performance.now() - begun) };
}

function wholeReport(found: TrialOutcome["report"], copied: Copied, tookMs: number): Found["report"] {
  const { endings, waits, othersEmails, agreement } = found;
  return {
    inSequence: copied.peopleIds.length,
    added: copied.added.length,
    leftOut: copied.peopleLeftOut,
    others: copied.others,
    hasMoreOthers: copied.hasMoreOthers,
    othersEmails,
    endings,
    waits,
    agreement,
    tookSeconds: Math.round(tookMs / 100) / 10,
  };
}

async function copy(app: App, { job: { teamId }, run, folder }: Trial, now: Temporal.Instant) {
  const file = createWriteStream(join(folder, "rows.jsonl"), { mode: 0o600 });
  const { sequenceId, wish } = run;
  const copied = await app.db.inTeam(teamId, (db) =>
    copyForTrial(
      db,
      { teamId, sequenceId, contactIds: wish.contactIds, mailboxIds: wish.mailboxIds, now },
      async (table, rows) => {
        if (rows.length > 0 && !file.write(`${JSON.stringify({ table, rows })}\n`))
          await new Promise<void>((resolve) => file.once("drain", resolve));
      },
    ),
  );
  file.end();
  await finished(file);
  return copied;
}

/** Writes down every half second how far the time of the sandbox is, and sees whether a user has stopped the trial run. */
function watchTrial(app: App, { job, run }: Trial, begun: Temporal.Instant, signal: AbortSignal) {
  const stopping = new AbortController();
  const { teamId, progressId } = job;
  let reached = begun;
  let isBusy = false;
  const note = async () => {
    if (isBusy) return;
    isBusy = true;
    try {
      const [at, now] = [reached, app.now()];
      const days = Math.floor(at.since(begun).total("hours") / 24);
      const found = await app.db.inTeam(teamId, async (db) => {
        await noteReached(db, teamId, run.id, at);
        await noteUnderWay(db, teamId, progressId, days, now);
        return findTrialRunOfJob(db, teamId, progressId);
      });
      if (!found || found.finishedAt) stopping.abort();
    } catch (error) {
      app.log.warn({ err: error, trialRun: run.id }, "how far a trial run is could not be written down");
    } finally {
      isBusy = false;
    }
  };
  const timer = setInterval(() => void note(), NOTES_EVERY_MS);
  return {
    signal: AbortSignal.any([signal, stopping.signal]),
    show(at: Temporal.Instant) {
      reached = at;
    },
    end: () => clearInterval(timer),
  };
}
