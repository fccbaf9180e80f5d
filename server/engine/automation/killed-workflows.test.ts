// Workflows that are killed at any moment: each candidate is there once, each action is done once, and the counts add up.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { brokenPromises } from "../../testing/joining-checks.ts";
import { newContacts, newMailbox, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { newWorkflow, onWorkflow, untilHolds } from "../../testing/workflowing.ts";
import { type Team, useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

const POINTS = [
  "workflow-before-found",
  "workflow-before-commit",
  "workflow-between-steps",
  "workflow-before-commit",
  "workflow-between-steps",
  "workflow-before-commit",
  "workflow-between-steps",
] as const;

/** What is so of all candidates of a workflow, and of what was done to them. */
function accountOf(team: Team, workflowId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select (select count(*)::int from workflow_candidates where team_id = $1 and workflow_id = $2) as candidates,
              (select count(distinct entity_id)::int from workflow_candidates where team_id = $1 and workflow_id = $2) as people,
              (select count(*)::int from workflow_candidates where team_id = $1 and workflow_id = $2 and verdict = 'done') as done,
              (select count(*)::int from workflow_results r join workflow_candidates c on c.team_id = r.team_id and c.id = r.candidate_id
                where r.team_id = $1 and c.workflow_id = $2) as results,
              (select coalesce(sum(num_found), 0)::int from workflow_runs where team_id = $1 and workflow_id = $2) as found,
              (select count(*)::int from workflow_runs r where r.team_id = $1 and r.workflow_id = $2 and r.counts @> (
                select jsonb_object_agg(concat_ws(' ', told.verdict, told.code), told.count)
                  from (select verdict, code, count(*) as count from workflow_candidates c
                         where c.team_id = r.team_id and c.run_id = r.id group by verdict, code) told)) as runs_counted_rightly,
              (select count(*)::int from enrollments where team_id = $1) as enrollments,
              (select count(*)::int from tasks where team_id = $1) as tasks,
              (select count(distinct contact_id)::int from tasks where team_id = $1) as tasked,
              (select count(*)::int from workflow_notices where team_id = $1) as notices`,
      [team.id, workflowId],
    );
    return rows[0] as Record<string, number>;
  });
}

async function killedAt(t: { after(end: () => Promise<void>): void }, point: string) {
  const engine = startEngineProcess(world, { CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill:1` });
  t.after(engine.stop);
  assert.equal(await engine.ended, "SIGKILL", point);
}

test(`a batch killed ${POINTS.length} times does each action once`, { timeout: 30 * 60_000 }, async (t) => {
  const team = await world.newTeam();
  const [sequence, box] = [await newSequence(team), await newMailbox(team)];
  const many = 1_200;
  await newContacts(team, many);
  const { workflow } = await newWorkflow(team, {
    trigger: { type: "schedule", every: "day" },
    actions: [
      { type: "create_task", task_type: "call" },
      {
        type: "add_to_sequence",
        emailer_campaign_id: sequence.id,
        send_email_from_email_account_id: [box.id],
        sequence_unverified_email: true,
      },
      { type: "notify", text: "Joined" },
    ],
  });
  const { workflow_run } = await team.api.workflows.run({ id: workflow.id });
  for (const point of POINTS) await killedAt(t, point);
  const midway = await accountOf(team, workflow.id);
  assert.ok((midway.results ?? 0) > 0 && (midway.results ?? 0) < 3 * many, "it was killed on its way");
  const last = startEngineProcess(world);
  t.after(last.stop);
  const { run } = await untilHolds(
    async () => ({ run: (await team.api.workflowRuns.get({ id: workflow_run.id })).workflow_run }),
    ({ run: found }) => found.status === "done",
  );
  assert.deepEqual(run.counts, { waiting: 0, done: many, skipped: 0, failed: 0 });
  assert.deepEqual(await accountOf(team, workflow.id), {
    candidates: many,
    people: many,
    done: many,
    results: 3 * many,
    found: many,
    runs_counted_rightly: 1,
    enrollments: many,
    tasks: many,
    tasked: many,
    notices: many,
  });
  assert.deepEqual(await brokenPromises(world, team), []);
});

test("what was triggered is taken once, killed before it was kept and after", {
  timeout: 30 * 60_000,
}, async (t) => {
  const team = await world.newTeam();
  const { id } = await onWorkflow(team, {
    trigger: { type: "event", event: "contact.created" },
    reentry: "every_time",
    actions: [{ type: "create_task", task_type: "call" }],
  });
  const many = 300;
  for (const point of ["workflow-before-taken", "workflow-before-commit", "workflow-between-steps"]) {
    await newContacts(team, many / 3);
    await killedAt(t, point);
  }
  const account = await allDoneOnce(t, { team, id, many });
  assert.equal(account.runs_counted_rightly, 1);
});

/** A last engine goes on to the end: each was found, taken and given a task once. */
async function allDoneOnce(t: TestContext, { team, id, many }: { team: Team; id: string; many: number }) {
  const last = startEngineProcess(world);
  t.after(last.stop);
  const account = await untilHolds(
    () => accountOf(team, id),
    ({ done }) => done === many,
  );
  assert.deepEqual(
    [account.candidates, account.people, account.results, account.found, account.tasks, account.tasked],
    [many, many, many, many, many, many],
  );
  return account;
}

test("a date that comes takes each contact once, killed before they were found and after", {
  timeout: 30 * 60_000,
}, async (t) => {
  const team = await world.newTeam();
  const { typed_custom_fields } = await team.api.customFields.create({
    label: "Renewal",
    modality: "contact",
    type: "date",
  });
  const field = typed_custom_fields[0]?.id ?? "";
  const many = 300;
  const now = world.running.app.now();
  const yesterday = now.toZonedDateTimeISO("UTC").toPlainDate().subtract({ days: 1 }).toString();
  await newContacts(team, many, { typed_custom_fields: { [field]: yesterday } });
  const { id } = await onWorkflow(team, {
    trigger: { type: "date_field", field, at: "00:00", time_zone: "UTC" },
    actions: [{ type: "create_task", task_type: "call" }],
  });
  await asOwner(world, (client) =>
    client.query(
      "update workflows set next_run_at = date_trunc('day', $2::timestamptz) - interval '3 days' where id = $1",
      [id, now.toString()],
    ),
  );
  for (const point of ["workflow-before-found", "workflow-before-commit", "workflow-between-steps"])
    await killedAt(t, point);
  await allDoneOnce(t, { team, id, many });
});
