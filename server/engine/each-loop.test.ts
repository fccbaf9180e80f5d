// Every loop of the engine that works team by team, with one team for which every read fails: it is put aside, and the other teams
// are worked for. The scenarios are a complete table of the loops, so a new loop does not compile without one.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { App } from "../app.ts";
import type { Db } from "../db/connect.ts";
import { LOOPS, type LoopName } from "../domain/basics/engine-loops.ts";
import { until } from "../testing/sending.ts";
import { asOwner } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";
import { askOnce } from "./automation/ask-models.ts";
import { proposeOnce } from "./automation/run-copilots.ts";
import { startWorkflows } from "./automation/run-workflows.ts";
import { markOnce } from "./planning/mark-unresponsive.ts";
import { planOnce } from "./planning/plan-steps.ts";
import { remindOnce } from "./planning/remind.ts";
import { replanOnce } from "./planning/replan.ts";
import { resumePaused } from "./planning/resume-paused.ts";
import { skipOnce } from "./planning/skip-tasks.ts";
import { answerAsProspects } from "./receiving/answer-as-prospects.ts";
import { findTestsOnce } from "./receiving/find-placement-tests.ts";
import { eachTeam } from "./running/each-team.ts";
import { probeMailboxes, reconcileOnce } from "./sending/reconcile.ts";
import { sendTestsOnce } from "./sending/send-placement-tests.ts";
import { addUpOnce } from "./upkeep/add-days-up.ts";
import { applyRetentionOnce } from "./upkeep/apply-retention.ts";
import { checkOnce } from "./upkeep/check-domains.ts";
import { decideAbTestsOnce } from "./upkeep/decide-ab-tests.ts";
import { followActivityOnce } from "./upkeep/follow-activity.ts";
import { followRampsOnce } from "./upkeep/follow-ramps.ts";
import { followScoresOnce } from "./upkeep/follow-scores.ts";
import { pushOnce } from "./upkeep/send-pushes.ts";
import { sendDueReports } from "./upkeep/send-reports.ts";
import { startWebhooks } from "./upkeep/send-webhooks.ts";
import { sweep } from "./upkeep/sweep.ts";
import { watchBrakesOnce } from "./upkeep/watch-brakes.ts";

const teams: Team[] = [];
const world = useWorld({ role: "api", catcher: true }, async (opened) => {
  for (const name of ["Before", "Failing", "Behind"]) teams.push(await opened.newTeam(name));
  poison(opened.running.app);
});

/** What finds the teams that have work, and one round. */
type Scenario = { lists: string | null; round(app: App): Promise<unknown> };

const fence = { isOpen: true } as Parameters<typeof sendDueReports>[0]["fence"];

const SCENARIOS: Record<Exclude<LoopName, "send-mails">, Scenario> = {
  "plan-steps": { lists: "teams_with_plans_due(at timestamptz)", round: (app) => planOnce({ app }) },
  "queue-mails": { lists: "teams_with_mails_due(at timestamptz)", round: (app) => planOnce({ app }) },
  replan: { lists: "teams_with_replans()", round: (app) => replanOnce({ app }) },
  "skip-tasks": { lists: "teams_with_tasks_to_skip(at timestamptz)", round: (app) => skipOnce({ app }) },
  "mark-unresponsive": { lists: "teams_with_unanswered(at timestamptz)", round: (app) => markOnce({ app }) },
  "decide-ab-tests": {
    lists: "teams_with_ab_tests_due(at timestamptz)",
    round: (app) => decideAbTestsOnce({ app }),
  },
  "apply-retention": {
    lists: "teams_with_retention_due(at timestamptz)",
    round: (app) => applyRetentionOnce({ app }),
  },
  remind: { lists: "teams_with_reminders_due(at timestamptz)", round: (app) => remindOnce({ app }) },
  "follow-scores": {
    lists: "teams_with_scores_to_follow(at timestamptz)",
    round: (app) => followScoresOnce({ app }),
  },
  "follow-activity": { lists: "teams_with_activity()", round: (app) => followActivityOnce({ app }) },
  "run-copilots": { lists: "teams_with_copilots_due(at timestamptz)", round: (app) => proposeOnce({ app }) },
  "release-orphans": { lists: "teams_with_orphans()", round: (app) => reconcileOnce({ app }) },
  "resolve-doubts": { lists: "teams_with_unclear()", round: (app) => reconcileOnce({ app }) },
  "send-placement-tests": {
    lists: "teams_with_placements_due(at timestamptz)",
    round: (app) => sendTestsOnce({ app, fence }),
  },
  "find-placement-tests": {
    lists: "teams_with_placements_due(at timestamptz)",
    round: (app) => findTestsOnce({ app }),
  },
  "probe-mailboxes": { lists: null, round: (app) => probeMailboxes({ app }) },
  "resume-paused": { lists: "teams_with_resumes_due(at timestamptz)", round: (app) => resumePaused({ app }) },
  "end-holds": { lists: "teams_with_holds_over(at timestamptz)", round: (app) => resumePaused({ app }) },
  "answer-as-prospects": {
    lists: "teams_with_catcher_answers_due(by_now timestamptz)",
    round: (app) => answerAsProspects({ app }),
  },
  "send-webhooks": {
    lists: "teams_with_webhook_work(at timestamptz)",
    async round(app) {
      const stop = startWebhooks(app);
      await untilTried("send-webhooks");
      await stop(1_000);
    },
  },
  "run-workflows": {
    lists: "teams_with_workflow_work(at timestamptz)",
    async round(app) {
      const stop = startWorkflows(app);
      await untilTried("run-workflows");
      await stop();
    },
  },
  "send-reports": {
    lists: "teams_with_reports_due(at timestamptz)",
    round: (app) => sendDueReports({ app, fence }),
  },
  "send-pushes": {
    lists: "teams_with_devices_to_tell(at timestamptz)",
    round: (app) => pushOnce({ app, fence }),
  },
  "add-days-up": {
    lists: "teams_with_days_to_count(now timestamptz)",
    // It waits for open transactions, also those of other tests in the same cluster, and may leave it to the next round.
    round: (app) =>
      until(async () => {
        await addUpOnce({ app });
        return done.size > 0;
      }),
  },
  "ask-models": { lists: "teams_with_model_work(at timestamptz)", round: (app) => askOnce({ app }) },
  "check-domains": {
    lists: "teams_with_domains_to_check(at timestamptz)",
    round: (app) => checkOnce({ app }),
  },
  "follow-ramps": { lists: "teams_with_ramps_due(at timestamptz)", round: (app) => followRampsOnce({ app }) },
  "watch-brakes": {
    lists: "teams_with_brakes_to_watch(at timestamptz)",
    round: (app) => watchBrakesOnce({ app }),
  },
  sweep: { lists: null, round: (app) => sweep(app) },
  "revive-jobs": { lists: null, round: (app) => sweep(app) },
};

for (const [loop, { lists, round }] of Object.entries(SCENARIOS))
  test(`${loop}: a team for which it fails is put aside, and the others are worked for`, async () => {
    if (lists) await listAll(lists);
    world.advance({ hours: 24 }); // what an earlier round put aside is tried again
    done.clear();
    await round(world.running.app);
    const [first, failing, last] = teams as [Team, Team, Team];
    for (const { id } of [first, last]) assert.ok((done.get(id) ?? 0) > 0, `nothing was done for ${id}`);
    const aside = await sql("select subject_id, error from set_aside where team_id = $1 and loop = $2", [
      ...[failing.id, loop],
    ]);
    assert.deepEqual(aside, [{ subject_id: failing.id, error: "poisoned" }]);
    assert.deepEqual(await sql("select 1 from set_aside where team_id <> $1", [failing.id]), []);
    if (lists) await listNone(lists);
  });

test("a team that was put aside is left alone for longer each time, and is told", async () => {
  const { app } = world.running;
  const [, failing] = teams as [Team, Team, Team];
  await sql("delete from set_aside");
  let tried = 0;
  const round = () =>
    eachTeam({ app }, "replan", [failing.id], async () => {
      tried += 1;
      throw new Error("poisoned");
    });
  world.advance({ hours: 24 });
  await round();
  await round();
  assert.equal(tried, 1);
  world.advance({ seconds: 6 });
  await round();
  assert.equal(tried, 2);
  world.advance({ seconds: 6 });
  await round();
  assert.equal(tried, 2);
  const [row] = await sql("select tries, extract(epoch from until - since)::int as s from set_aside");
  assert.deepEqual([row?.tries, Number(row?.s) >= 30], [2, true]);
  const told = await sql("select data ->> 'loop' as loop from events where type = 'work.set_aside'");
  assert.ok(told.some(({ loop }) => loop === "replan"));
});

test("a team whose work takes long delays no other team", async () => {
  const { app } = world.running;
  const [first, , last] = teams as [Team, Team, Team];
  const stopping = new AbortController().signal;
  let end = () => {};
  const long = new Promise<void>((resolve) => {
    end = resolve;
  });
  const worked: string[] = [];
  const round = () =>
    eachTeam({ app, stopping }, "replan", [first.id, last.id], async (teamId) => {
      if (teamId === first.id) await long;
      worked.push(teamId);
      return 1;
    });
  assert.equal(await round(), 1);
  assert.equal(await round(), 1);
  assert.deepEqual(worked, [last.id, last.id]);
  end();
  await long;
});

test("every loop has words", () => {
  for (const { says, ...loop } of Object.values(LOOPS)) {
    assert.match(says, /^[A-Z]/);
    assert.equal(loop.row === null, "because" in loop, says);
  }
});

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const done = new Map<string, number>();

/** The first and the last team were worked for, and the one between them was put aside. */
function untilTried(loop: LoopName) {
  const [first, , last] = teams as [Team, Team, Team];
  return until(async () => {
    if (!done.get(first.id) || !done.get(last.id)) return false;
    return (await sql("select 1 from set_aside where loop = $1", [loop])).length > 0;
  });
}

/** Each statement for the failing team fails in the database, but for those that put it aside; of the others they are counted. */
function poison(app: App) {
  const [, failing] = teams as [Team, Team, Team];
  const { db } = app;
  const watched = (teamId: string, open: Db): Db => {
    const before = async (text: string) => {
      done.set(teamId, (done.get(teamId) ?? 0) + 1);
      if (teamId === failing.id && !/insert into (set_aside|events)/.test(text))
        await open.run("do $$ begin raise exception 'poisoned'; end $$");
    };
    return {
      ...open,
      rows: (text, params) => before(text).then(() => open.rows(text, params)),
      row: (text, params) => before(text).then(() => open.row(text, params)),
      run: (text, params) => before(text).then(() => open.run(text, params)),
      raw: (text, params) => before(text).then(() => open.raw(text, params)),
    };
  };
  app.db = {
    ...db,
    inTeam: (teamId, work, how) => db.inTeam(teamId, (open) => work(watched(teamId, open)), how),
  };
}

/** The engine finds work of all three teams, the failing one between the others. */
function listAll(signature: string) {
  return replaced(signature, `values ${teams.map(({ id }) => `('${id}'::text)`).join(", ")}`);
}

function listNone(signature: string) {
  return replaced(signature, "select null::text where false");
}

function replaced(signature: string, body: string) {
  return sql(`create or replace function ${signature} returns table (team_id text) language sql volatile security definer
    set search_path = public, pg_temp begin atomic ${body}; end`);
}
