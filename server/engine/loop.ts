// What happens without a caller. Work that comes by the row will be a list to go round; what there is
// so far comes by the clock, as jobs that one process of all picks up.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app.ts";
import { answerLater } from "../features/enrichment/answering.ts";
import { listTeamIds } from "../features/teams/store.ts";
import { pauseNewcomers } from "../features/unsubscribing/newcomers.ts";
import { crashPoint } from "../seams.ts";
import { startAddingUp } from "./add-days-up.ts";
import { startAnswering } from "./answer-as-prospects.ts";
import { startAskingModels } from "./ask-models.ts";
import { startChecking } from "./check-domains.ts";
import { startCounting } from "./count-tables.ts";
import { eachTeam } from "./each-team.ts";
import { type Engine, newEngineId, startBeating } from "./engine.ts";
import { startFollowingActivity } from "./follow-activity.ts";
import { startFollowingScores } from "./follow-scores.ts";
import { startMarking } from "./mark-unresponsive.ts";
import { startOrdering } from "./order-words.ts";
import { startPlanning } from "./plan-steps.ts";
import { startReading } from "./read-mailboxes.ts";
import { startReconciling } from "./reconcile.ts";
import { startReplanning } from "./replan.ts";
import { startResuming } from "./resume-paused.ts";
import { revive } from "./revive.ts";
import { startCopilots } from "./run-copilots.ts";
import { runProgress } from "./run-progress.ts";
import { startWorkflows } from "./run-workflows.ts";
import { startSending } from "./send-mails.ts";
import { startReporting } from "./send-reports.ts";
import { startWebhooks } from "./send-webhooks.ts";
import { startSkipping } from "./skip-tasks.ts";
import { sweep } from "./sweep.ts";
import { openFence, startWatching } from "./watch-fence.ts";
import { startWatchingLogins } from "./watch-logins.ts";

const WEBHOOKS_GRACE_MS = 2_000;
const MAILS_GRACE_MS = 5_000;
const BEGIN_AGAIN_MS = 500;

/** Answers what stops it. The jobs stop with the door they came through. */
export async function startEngine(app: App): Promise<() => Promise<void>> {
  await app.jobs.work("sweep", async () => {
    await crashPoint("job-before-work");
    const swept = await sweep(app);
    await crashPoint("job-after-work");
    app.log.info({ swept }, "swept");
  });
  // A process that starts may be the one that was killed a moment ago: nobody waits for its heartbeat to be missed.
  await eachTeam({ app }, "revive-jobs", await app.db.inTransaction(listTeamIds), (teamId) =>
    revive(app, teamId, { seconds: 0 }),
  );
  await app.jobs.work(
    "progress",
    (data, signal) => runProgress(app, data as { teamId: string; progressId: string }, signal),
    { atOnce: 2 },
  );
  await app.jobs.work("enrichment-request", (data) =>
    answerLater(app, data as { teamId: string; requestId: string }),
  );
  // One of them may wait for an import for minutes, and another reader is not to wait for that.
  await app.jobs.work(
    "pause-newcomers",
    (data, signal) => pauseNewcomers(app, data as { teamId: string; messageId: string }, signal),
    { atOnce: 3 },
  );
  await app.jobs.work("plant-sample", async (data) => {
    const { plantSample } = await import("../sample/plant.ts"); // once in a team's life, if at all
    const isPlanted = await plantSample(app, data as { teamId: string; userId: string });
    await app.catcher.open();
    app.log.info({ isPlanted }, isPlanted ? "planted the sample team" : "the team has contacts: no sample");
  });
  await app.jobs.schedule("sweep", "17 * * * *");
  const stopWebhooks = startWebhooks(app);
  const stopWorkflows = startWorkflows(app);
  const stopResuming = startResuming(app);
  const stopAnswering = startAnswering(app);
  const stopMailing = app.config.engineLoops > 0 ? startMailingSurely(app) : async () => {};
  return async () => {
    await Promise.all([
      stopWebhooks(WEBHOOKS_GRACE_MS),
      stopWorkflows(),
      stopResuming(),
      stopAnswering(),
      stopMailing(),
    ]);
  };
}

/** Also where the database goes away while we begin: it comes back, and nobody else would begin for us. */
function startMailingSurely(app: App) {
  const stopping = new AbortController();
  const begin = async () => {
    while (!stopping.signal.aborted) {
      try {
        return await startMailing(app);
      } catch (error) {
        app.log.warn({ err: error }, "the engine could not begin, and tries again");
        await sleep(BEGIN_AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    return null;
  };
  const begun = begin();
  return async () => {
    stopping.abort();
    await (await begun)?.();
  };
}

/** What is on its way is brought to its end, as far as the grace goes; the rest is another engine's. */
export async function startMailing(app: App, id = newEngineId()) {
  const stopping = new AbortController();
  const fence = await openFence(app, id); // before anybody sees this engine at work
  const stopBeating = await startBeating(app, id);
  const engine: Engine = { app, id, fence, stopping: stopping.signal };
  const watching = startWatching(engine);
  const watchingLogins = startWatchingLogins(engine);
  const counting = startCounting(engine);
  const ordering = startOrdering(engine);
  const planning = Promise.all([
    startPlanning(engine),
    startReplanning(engine),
    startSkipping(engine),
    startMarking(engine),
    startFollowingScores(engine),
    startFollowingActivity(engine),
    startCopilots(engine),
  ]);
  const stopSending = startSending(engine);
  const reconciling = startReconciling(engine);
  const reading = startReading(engine);
  const checking = startChecking(engine);
  const reporting = startReporting(engine);
  const addingUp = startAddingUp(engine);
  const askingModels = startAskingModels(engine);
  return async () => {
    stopping.abort();
    const rounds = [
      ...[watching, watchingLogins, counting, ordering, planning, reconciling, reading, checking, reporting],
      ...[addingUp, askingModels],
    ];
    const done = Promise.all([...rounds, stopSending()]);
    await Promise.race([done, sleep(MAILS_GRACE_MS, undefined, { ref: false })]);
    await stopBeating();
  };
}
