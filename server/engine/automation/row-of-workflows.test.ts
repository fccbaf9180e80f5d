// Whatever fails of one workflow or one of its candidates puts that one aside; the team's other workflows go on, and it is made up
// for once what was wrong is gone. What an event sets off is in row-of-each-loop.test.ts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { until } from "../../testing/sending.ts";
import { newContact, newContacts } from "../../testing/sequenced.ts";
import { asOwner, call } from "../../testing/wire.ts";
import { onWorkflow, type WorkflowWish } from "../../testing/workflowing.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { startWorkflows } from "./run-workflows.ts";

const world = useWorld({ role: "api" });

const TELL: WorkflowWish["actions"] = [{ type: "notify", text: "It happened" }];

function sql(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query<Record<string, unknown>>(text, params)).rows);
}

let made = 0;

/** What is written of this row fails. Answers what takes that away. */
async function poison(table: string, when: string) {
  const name = `poison_${++made}`;
  await sql(`create function ${name}() returns trigger language plpgsql as $$ begin raise exception 'poisoned'; end $$;
    create trigger ${name} before insert or update on ${table} for each row when (${when}) execute function ${name}();`);
  return () => sql(`drop trigger ${name} on ${table}`);
}

async function whileRunning<T>(work: () => Promise<T>) {
  const stop = startWorkflows(world.running.app);
  try {
    return await work();
  } finally {
    await stop();
  }
}

const asideIn = async (team: Team) =>
  (await sql("select loop, subject_id from set_aside where team_id = $1", [team.id])).map(
    ({ loop, subject_id }) => `${loop} ${subject_id}`,
  );

const doneOf = async (id: string) =>
  Number(
    (
      await sql("select count(*) as n from workflow_candidates where workflow_id = $1 and verdict = 'done'", [
        id,
      ])
    )[0]?.n,
  );

/** Two workflows, of which the first fails until it is healed. */
async function bothTake(team: Team, bad: string, good: string, heal: () => Promise<unknown>) {
  await whileRunning(async () => {
    await until(async () => (await doneOf(good)) === 1);
    await until(async () => (await asideIn(team)).length > 0);
    await sleep(500);
  });
  assert.deepEqual(await asideIn(team), [`run-workflows ${bad}`]);
  assert.equal(await doneOf(bad), 0);
  await heal();
  world.advance({ minutes: 1 });
  await whileRunning(() => until(async () => (await doneOf(bad)) === 1));
  assert.equal(await doneOf(good), 1, "nothing is done twice");
}

test("a workflow whose run by the clock cannot be started is put aside, and the others are started", async () => {
  const team = await world.newTeam();
  await newContact(team);
  const wish: WorkflowWish = { trigger: { type: "schedule", every: "day" }, actions: TELL };
  const [bad, good] = [await onWorkflow(team, wish), await onWorkflow(team, wish)];
  const heal = await poison("workflow_runs", `new.workflow_id = '${bad.id}'`);
  await sql("update workflows set next_run_at = 'epoch' where team_id = $1", [team.id]);
  await bothTake(team, bad.id, good.id, heal);
});

test("a workflow that cannot take what came by webhook is put aside, and the others take theirs", async () => {
  const team = await world.newTeam();
  const contact_id = await newContact(team);
  const wish: WorkflowWish = { trigger: { type: "webhook" }, actions: TELL };
  const [bad, good] = [await onWorkflow(team, wish), await onWorkflow(team, wish)];
  const heal = await poison("workflow_runs", `new.workflow_id = '${bad.id}'`);
  for (const { secrets } of [bad, good]) {
    const url = (secrets.hook_url ?? "").replace(/^https?:\/\/[^/]+/, world.url);
    const headers = { "content-type": "application/json" };
    const { status } = await call(url, { method: "POST", headers, body: JSON.stringify({ contact_id }) });
    assert.ok(status < 300, String(status));
  }
  await bothTake(team, bad.id, good.id, heal);
});

test("a workflow whose failed search cannot be written down is put aside, and the others search", async () => {
  const team = await world.newTeam();
  await newContact(team);
  const wish: WorkflowWish = { trigger: { type: "schedule", every: "day" }, actions: TELL };
  const [bad, good] = [await onWorkflow(team, wish), await onWorkflow(team, wish)];
  for (const { id } of [bad, good]) await team.api.workflows.run({ id });
  const heal = await poison("workflow_runs", `new.workflow_id = '${bad.id}' and new.status <> 'finding'`);
  await bothTake(team, bad.id, good.id, heal);
});

test("of a workflow's candidates the one that fails is put aside, and the others go on", async () => {
  const team = await world.newTeam();
  const contacts = await newContacts(team, 3);
  const { id } = await onWorkflow(team, {
    trigger: { type: "event", event: "contact.updated" },
    actions: [
      { type: "wait", days: 1 },
      { type: "notify", text: "It happened" },
    ],
  });
  for (const one of contacts) await team.api.contacts.update({ id: one, title: "Boss" });
  const waiting = async () =>
    Number((await sql("select count(*) as n from workflow_candidates where workflow_id = $1", [id]))[0]?.n);
  await whileRunning(() => until(async () => (await waiting()) === 3));
  const [bad] = await sql("select id from workflow_candidates where workflow_id = $1 and entity_id = $2", [
    ...[id, contacts[1]],
  ]);
  const heal = await poison("workflow_candidates", `new.id = '${bad?.id}'`);
  world.advance({ hours: 25 });
  await whileRunning(async () => {
    await until(async () => (await asideIn(team)).length > 0);
    await until(async () => {
      world.advance({ seconds: 5 });
      return (await doneOf(id)) === 2;
    });
  });
  assert.equal(await doneOf(id), 2);
  assert.deepEqual(await asideIn(team), [`run-workflows ${bad?.id}`]);
  await heal();
  world.advance({ hours: 7 });
  await whileRunning(() => until(async () => (await doneOf(id)) === 3));
});
