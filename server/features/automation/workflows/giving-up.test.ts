// A search that fails is given up for the run it was for, whatever other engines have in hand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { newWorkflow } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { findOnce, giveUpFinding } from "./scheduling.ts";

const world = useWorld({ role: "api" });

async function runOf(team: Team) {
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    filters: { q_title: "sales" },
    actions: [{ type: "notify", text: "It happened" }],
  });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id });
  return { workflowId: workflow.id, runId: workflow_run.id };
}

test("another engine that is at the broken run by now does not cost the next one its search", async () => {
  const team = await world.newTeam();
  await newContact(team);
  const broken = await runOf(team);
  const sound = await runOf(team);
  await asOwner(world, (client) =>
    client.query(
      `update workflow_versions set definition = jsonb_set(definition, '{filters}', '{"contact_created_at_range": {"min": "never"}}')
        where workflow_id = $1`,
      [broken.workflowId],
    ),
  );
  const { app } = world.running;
  let failed = "";
  const finding = app.db.inTeam(team.id, (db) =>
    findOnce(db, team.id, app.now(), (runId) => {
      failed = runId;
    }),
  );
  await assert.rejects(finding);
  assert.equal(failed, broken.runId);
  const giveUp = () => app.db.inTeam(team.id, (db) => giveUpFinding(db, team.id, failed, app.now()));
  const statuses = async () => {
    const both = [broken, sound].map(({ runId }) => team.api.workflowRuns.get({ id: runId }));
    return (await Promise.all(both)).map(({ workflow_run }) => workflow_run.status);
  };
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select from workflow_runs where id = $1 for update", [broken.runId]);
    await giveUp();
    await client.query("rollback");
  });
  assert.deepEqual(await statuses(), ["finding", "finding"], "whoever is at it says what comes of it");
  await giveUp();
  assert.deepEqual(await statuses(), ["failed", "finding"]);
});
