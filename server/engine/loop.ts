// What happens without a caller. Work that comes by the row will be a list to go round; what there is
// so far comes by the clock, as jobs that one process of all picks up.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../app.ts";
import { listTeamIds } from "../features/identity/teams/store.ts";
import { answerLater } from "../features/prospecting/enrichment/answering.ts";
import { pauseNewcomers } from "../features/receiving/unsubscribing/newcomers.ts";
import type { SandboxTime } from "../sandbox-time.ts";
import { crashPoint } from "../seams.ts";
import { startAskingModels } from "./automation/ask-models.ts";
import { startCopilots } from "./automation/run-copilots.ts";
import { startWorkflows } from "./automation/run-workflows.ts";
import { startMarking } from "./planning/mark-unresponsive.ts";
import { startPlanning } from "./planning/plan-steps.ts";
import { startReminding } from "./planning/remind.ts";
import { startReplanning } from "./planning/replan.ts";
import { startResuming } from "./planning/resume-paused.ts";
import { startSkipping } from "./planning/skip-tasks.ts";
import { startAnswering } from "./receiving/answer-as-prospects.ts";
import { startFindingTests } from "./receiving/find-placement-tests.ts";
import { startReading } from "./receiving/read-mailboxes.ts";
import { eachTeam } from "./running/each-team.ts";
import { type Engine, newEngineId, startBeating } from "./running/engine.ts";
import { turnTime } from "./sandbox/turn-time.ts";
import { startReconciling } from "./sending/reconcile.ts";
import { startSending } from "./sending/send-mails.ts";
import { startSendingTests } from "./sending/send-placement-tests.ts";
import { openFence, startWatching } from "./sending/watch-clone-guard.ts";
import { startAddingUp } from "./upkeep/add-days-up.ts";
import { startApplyingRetention } from "./upkeep/apply-retention.ts";
import { startChecking } from "./upkeep/check-domains.ts";
import { startCounting } from "./upkeep/count-tables.ts";
import { startDecidingAbTests } from "./upkeep/decide-ab-tests.ts";
import { startOrdering } from "./upkeep/flush-search-index.ts";
import { startFollowingActivity } from "./upkeep/follow-activity.ts";
import { startFollowingRamps } from "./upkeep/follow-ramps.ts";
import { startFollowingScores } from "./upkeep/follow-scores.ts";
import { revive } from "./upkeep/revive.ts";
import { runProgress } from "./upkeep/run-progress.ts";
import { startPushing } from "./upkeep/send-pushes.ts";
import { startReporting } from "./upkeep/send-reports.ts";
import { startWebhooks } from "./upkeep/send-webhooks.ts";
import { sweep } from "./upkeep/sweep.ts";
import { startWatchingBrakes } from "./upkeep/watch-brakes.ts";
import { startWatchingLogins } from "./upkeep/watch-logins.ts";

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
  // A process that starts may be the one that was killed a moment ago: its jobs are revived without waiting for a
  // missed heartbeat.
  await eachTeam({ app }, "revive-jobs", await app.db.inTransaction(listTeamIds), (teamId) =>
    revive(app, teamId, { seconds: 0 }),
  );
  await app.jobs.work(
    "progress",
    (data, signal) => runProgress(app, data as { teamId: string; progressId: string }, signal),
    { atOnce: 3 }, // a trial run and a team that moves in take minutes each
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
    app.log.info(
      { isPlanted },
      isPlanted ? "added the sample data" : "the team has contacts, so no sample data was added",
    );
  });
  await app.jobs.schedule("sweep", "17 * * * *");
  const calls = new Set<Promise<unknown>>();
  const stopWebhooks = startWebhooks(app, calls);
  const stopWorkflows = startWorkflows(app, calls);
  const stopResuming = app.sandbox ? noLoop : startResuming(app);
  const stopAnswering = app.sandbox ? noLoop : startAnswering(app);
  const stopMailing = app.config.engineLoops > 0 ? startMailingSurely(app, calls) : noLoop;
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

const noLoop = async () => {};

/** Also where the database goes away while we begin: it comes back, and no other process would begin for us. */
function startMailingSurely(app: App, calls: ReadonlySet<Promise<unknown>>) {
  const stopping = new AbortController();
  const begin = async () => {
    while (!stopping.signal.aborted) {
      try {
        return await startMailing(app, newEngineId(), calls);
      } catch (error) {
        app.log.warn({ err: error }, "the engine could not start and tries again");
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
export async function startMailing(
  app: App,
  id = newEngineId(),
  calls: ReadonlySet<Promise<unknown>> = new Set(),
) {
  const stopping = new AbortController();
  const fence = await openFence(app, id); // before anybody sees this engine at work
  const stopBeating = await startBeating(app, id);
  const engine: Engine = { app, id, fence, stopping: stopping.signal };
  const watching = startWatching(engine);
  const watchingLogins = startWatchingLogins(engine);
  const counting = startCounting(engine);
  const ordering = startOrdering(engine);
  const beside = [watching, watchingLogins, counting, ordering];
  const work = app.sandbox ? turning(engine, app.sandbox, calls) : startRounds(engine);
  return async () => {
    stopping.abort();
    const done = Promise.all([...beside, work()]);
    await Promise.race([done, sleep(MAILS_GRACE_MS, undefined, { ref: false })]);
    await stopBeating();
  };
}

/** Answers what waits for its end. */
function turning(engine: Engine, time: SandboxTime, calls: ReadonlySet<Promise<unknown>>) {
  const turned = turnTime(engine, time, calls);
  return () => turned;
}

/** Answers what waits for their end. */
function startRounds(engine: Engine) {
  const planning = Promise.all([
    startPlanning(engine),
    startReplanning(engine),
    startSkipping(engine),
    startMarking(engine),
    startReminding(engine),
    startApplyingRetention(engine),
    startDecidingAbTests(engine),
    startFollowingScores(engine),
    startFollowingActivity(engine),
    startCopilots(engine),
  ]);
  const stopSending = startSending(engine);
  const reconciling = startReconciling(engine);
  const reading = startReading(engine);
  const checking = startChecking(engine);
  const reporting = startReporting(engine);
  const pushing = startPushing(engine);
  const addingUp = startAddingUp(engine);
  const ramping = startFollowingRamps(engine);
  const placing = Promise.all([startSendingTests(engine), startFindingTests(engine)]);
  const braking = startWatchingBrakes(engine);
  const askingModels = startAskingModels(engine);
  return () => {
    const rounds = [
      planning,
      reconciling,
      reading,
      checking,
      reporting,
      pushing,
      addingUp,
      askingModels,
      ramping,
      braking,
      placing,
    ];
    return Promise.all([...rounds, stopSending()]);
  };
}
