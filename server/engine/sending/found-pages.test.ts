// Contacts that a batch has found and not processed: an engine dies between two pages of them, and the next run finds
// them.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { newContacts } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { newWorkflow, overOf } from "../../testing/workflowing.ts";
import { type Team, useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

const PAGE = 999;
const REST = 51;

/** One page is through, the other is still to come. */
async function halfwayThrough(t: TestContext, extra: Record<string, unknown> = {}) {
  const team = await world.newTeam();
  const people = await newContacts(team, PAGE + REST);
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: [{ type: "create_task", task_type: "call" }],
    ...extra,
  });
  t.after(() => team.api.workflows.archive({ id: workflow.id })); // or the next test's engine begins with these
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id });
  const engine = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "workflow-between-steps=kill:1",
  });
  t.after(engine.stop);
  assert.equal(await engine.ended, "SIGKILL");
  const tasked = new Set(await contactsWithTasks(team));
  const waiting = people.filter((id) => !tasked.has(id));
  assert.equal(waiting.length, REST);
  return { team, id: workflow.id, runId: workflow_run.id, waiting };
}

function contactsWithTasks(team: Team) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query("select contact_id from tasks where team_id = $1", [team.id]);
    return rows.map(({ contact_id }) => contact_id as string);
  });
}

async function runOf({ api }: Team, id: string) {
  return (await api.workflowRuns.get({ id })).workflow_run;
}

test("they count as waiting, and a question about one is answered as under way", async (t) => {
  const { team, id, runId, waiting } = await halfwayThrough(t);
  const run = await runOf(team, runId);
  assert.equal(run.status, "running");
  assert.deepEqual(run.counts, { waiting: REST, done: PAGE, skipped: 0, failed: 0 });
  assert.equal(run.num_found, PAGE + REST);
  const { explanation } = await team.api.workflows.explain({ id, entity_id: waiting[0] ?? "" });
  assert.equal(explanation.code, null);
  assert.match(explanation.sentence, /runs for this record\. In progress\.$/);
  const { workflow } = await team.api.workflows.get({ id });
  assert.deepEqual([workflow.num_waiting, workflow.held_up], [REST, []]);
});

test("no other run takes them, and caps count them", async (t) => {
  const { team, id, runId } = await halfwayThrough(t, { caps: { per_day: PAGE + REST + 1 } });
  await newContacts(team, 3);
  const tried = await team.api.workflows.run({ id }, { dryRun: true });
  assert.equal(tried.outlook?.num_candidates, 1);
  const { workflow_run } = await team.api.workflows.run({ id });
  const engine = startEngineProcess(world);
  t.after(engine.stop);
  const [first, second] = [await overOf(team, runId), await overOf(team, workflow_run.id)];
  assert.deepEqual(first.run.counts, { waiting: 0, done: PAGE + REST, skipped: 0, failed: 0 });
  assert.deepEqual(second.run.counts, { waiting: 0, done: 1, skipped: 2, failed: 0 });
  const tasked = await contactsWithTasks(team);
  assert.deepEqual([tasked.length, new Set(tasked).size], [PAGE + REST + 1, PAGE + REST + 1]);
});

test("a cancelled run has a line for each of them", async (t) => {
  const { team, runId } = await halfwayThrough(t);
  await team.api.workflowRuns.cancel({ id: runId });
  const run = await runOf(team, runId);
  assert.deepEqual(
    [run.status, run.counts],
    ["cancelled", { waiting: 0, done: PAGE, skipped: REST, failed: 0 }],
  );
  const { workflow_candidates, pagination } = await team.api.workflowRuns.candidates({
    id: runId,
    verdict: "skipped",
  });
  assert.equal(pagination.total_entries, REST);
  assert.ok(workflow_candidates.every(({ code }) => code === "cancelled"));
});

test("a workflow that is put away leaves each of them out, with a line", async (t) => {
  const { team, id, runId } = await halfwayThrough(t);
  await team.api.workflows.archive({ id });
  assert.deepEqual((await runOf(team, runId)).counts, { waiting: 0, done: PAGE, skipped: REST, failed: 0 });
  const { pagination } = await team.api.workflowRuns.candidates({ id: runId, verdict: "skipped" });
  assert.equal(pagination.total_entries, REST);
});

test("a workflow that is switched off has a line for each of them, and they wait", async (t) => {
  const { team, id, runId } = await halfwayThrough(t);
  await team.api.workflows.activate({ id, everybody: true });
  await team.api.workflows.deactivate({ id });
  const { pagination } = await team.api.workflowRuns.candidates({ id: runId, verdict: "waiting" });
  assert.equal(pagination.total_entries, REST);
  assert.deepEqual((await runOf(team, runId)).counts, { waiting: REST, done: PAGE, skipped: 0, failed: 0 });
  const engine = startEngineProcess(world);
  t.after(engine.stop);
  const { run } = await overOf(team, runId); // a user asked for it, so it belongs to them whether the workflow is on or off
  assert.deepEqual(run.counts, { waiting: 0, done: PAGE + REST, skipped: 0, failed: 0 });
});
