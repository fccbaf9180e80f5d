// Wherever a contact or an account is named, a merge knows of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plant, plantContact, plantMessage } from "../../../testing/planted.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { candidatesOf, newWorkflow, overOf, ran, untilHolds } from "../../../testing/workflowing.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { ACCOUNT_PLACES } from "../account-merging/places-store.ts";
import { CONTACT_PLACES } from "./places-store.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function sql<Row extends object = Record<string, unknown>>(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) => (await client.query<Row>(text, params)).rows);
}

/** Columns of tables, as `table.column`: by what they are called, and by what they refer to. */
async function columnsNaming(target: "contacts" | "accounts", called: string) {
  const rows = await sql<{ name: string }>(
    `select c.relname || '.' || a.attname as name
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        and (a.attname ~ $2
             or exists (select from pg_constraint k where k.contype = 'f' and k.conrelid = c.oid
                           and k.confrelid = to_regclass($1) and a.attnum = any(k.conkey) and a.attname <> 'team_id'))
      order by 1`,
    [target, called],
  );
  return rows.map(({ name }) => name);
}

test("every column that names a contact is moved by a merge, or is said to stay", async () => {
  const found = await columnsNaming(
    "contacts",
    "(^|_)(contact|entity|record|subject)_ids?$|^(contacts|entities)$",
  );
  assert.ok(found.length > 25, `${found.length} columns`);
  assert.deepEqual(
    found.filter((name) => !(name in CONTACT_PLACES)),
    [],
    "decide about these in removal/contact-merging/places-store.ts",
  );
});

test("so is every column that names an account", async () => {
  const found = await columnsNaming("accounts", "(^|_)account_ids?$");
  assert.ok(found.length > 8, `${found.length} columns`);
  assert.deepEqual(
    found.filter((name) => !(name in ACCOUNT_PLACES)),
    [],
    "decide about these in removal/account-merging/places-store.ts",
  );
});

test("what is said of columns is said of columns that are there", async () => {
  const all = new Set(
    (
      await sql<{ name: string }>(
        "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'",
      )
    ).map(({ name }) => name),
  );
  const named = [...Object.keys(CONTACT_PLACES), ...Object.keys(ACCOUNT_PLACES)];
  assert.deepEqual(
    named.filter((name) => !all.has(name)),
    [],
  );
});

const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;
const WAIT = { type: "wait" as const, hours: 2 };
const onList = (name: string) => ({ type: "add_to_list" as const, label_names: [name] });

const merge = (winner_id: string, ...loser_ids: string[]) =>
  team.api.contacts.merge({ winner_id, loser_ids });

async function waiting(workflowId: string, entity_ids: string[]) {
  const { workflow_run } = await team.api.workflows.run({ id: workflowId, entity_ids });
  await untilHolds(
    () => candidatesOf(team, workflow_run.id),
    (all) => all.length === entity_ids.length && all.every(({ held_up }) => held_up?.code === "waiting"),
  );
  return workflow_run.id;
}

const listsOf = async (id: string) => (await team.api.contacts.get({ id })).labels.map(({ name }) => name);

test("a contact that waits in a workflow goes on as the one it was merged into", async () => {
  const [winner = "", loser = ""] = await newContacts(team, 2);
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [WAIT, onList("Goes on")] });
  const run = await waiting(workflow.id, [loser]);
  await merge(winner, loser);
  world.advance({ hours: 2, minutes: 1 });
  const { candidates } = await overOf(team, run);
  assert.deepEqual(
    candidates.map(({ entity_id, verdict }) => [entity_id, verdict]),
    [[winner, "done"]],
  );
  assert.deepEqual(await listsOf(winner), ["Goes on"]);
});

test("of several in one workflow one goes on, and the others are left out", async () => {
  const [winner = "", loser = "", other = "", another = ""] = await newContacts(team, 4);
  const task = { type: "create_task", task_type: "call", user_id: team.owner.id } as const;
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [WAIT, task] });
  const run = await waiting(workflow.id, [winner, loser]);
  const runOfLosers = await waiting(workflow.id, [other, another]);
  await merge(winner, loser, other, another);
  world.advance({ hours: 2, minutes: 1 });
  const saidOf = async (id: string) =>
    (await overOf(team, id)).candidates
      .map(({ entity_id, verdict, code }) => [entity_id, verdict, code])
      .toSorted();
  const leftOut = [winner, "skipped", "merged"];
  assert.deepEqual(await saidOf(run), [[winner, "done", null], leftOut]);
  assert.deepEqual(await saidOf(runOfLosers), [leftOut, leftOut]);
});

test("a workflow that takes no contact twice remembers whom it took as another contact", async () => {
  const [winner = "", loser = ""] = await newContacts(team, 2);
  const { workflow } = await newWorkflow(team, {
    trigger: NIGHTLY,
    actions: [onList("Once")],
    reentry: "once",
  });
  const first = await ran(team, workflow.id, [loser]);
  assert.equal(first.run.counts.done, 1);
  await merge(winner, loser);
  const second = await ran(team, workflow.id, [winner]);
  assert.equal(second.run.counts.done, 0);
});

test("a contact that a run has found and not come to is found as the one it was merged into", async () => {
  const [winner = "", loser = ""] = await newContacts(team, 2);
  const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions: [WAIT] });
  const at = { workflow_id: workflow.id, version: 1 };
  const run_id = await plant(world, team, "workflow_runs", {
    ...at,
    cause: "schedule",
    trigger_key: "schedule:test",
    status: "running",
    started_at: new Date(),
  });
  await sql(
    `insert into workflow_found (team_id, run_id, page, workflow_id, version, runs_anyway, found_at, entities, contacts, owners)
     values ($1, $2, 0, $3, 1, false, now(), $4, $4, array[null])`,
    [team.id, run_id, workflow.id, [loser]],
  );
  await merge(winner, loser);
  const lines = await sql(
    "select entity_id, contact_id, verdict from workflow_candidates where run_id = $1",
    [run_id],
  );
  assert.deepEqual(lines, [{ entity_id: winner, contact_id: winner, verdict: "waiting" }]);
});

test("accounts go on likewise", async () => {
  const made = ["One", "Other"].map((name) => team.api.accounts.create({ name }));
  const [winner = "", loser = ""] = (await Promise.all(made)).map(({ account }) => account.id);
  const { workflow } = await newWorkflow(team, {
    entity: "account",
    trigger: NIGHTLY,
    actions: [WAIT, onList("Companies")],
  });
  const run = await waiting(workflow.id, [loser]);
  await team.api.accounts.merge({ winner_id: winner, loser_ids: [loser] });
  world.advance({ hours: 2, minutes: 1 });
  const { candidates } = await overOf(team, run);
  assert.deepEqual(
    candidates.map(({ entity_id, verdict }) => [entity_id, verdict]),
    [[winner, "done"]],
  );
});

test("a copilot's rejection stays, whichever contact it was said of", async () => {
  const [winner = "", loser = ""] = await newContacts(team, 2);
  const sequence = await newSequence(team);
  const mailbox = (await newMailbox(team)).id;
  const copilot_id = await plant(world, team, "copilots", {
    user_id: team.owner.id,
    name: "Daily",
    sequence_id: sequence.id,
    mailbox_ids: [mailbox],
    per_day: 5,
    is_reviewed: true,
    hour: 8,
    example_ids: [loser, winner],
    created_at: new Date(),
    updated_at: new Date(),
  });
  const common = {
    copilot_id,
    day: "2026-11-20",
    score: 1,
    rank: 1,
    reasons: "[]",
    traits: "{}",
    created_at: new Date(),
  };
  await plant(world, team, "copilot_proposals", { ...common, contact_id: winner, position: 1 });
  await plant(world, team, "copilot_proposals", {
    ...common,
    contact_id: loser,
    position: 2,
    state: "rejected",
  });
  await merge(winner, loser);
  const kept = await sql("select contact_id, state from copilot_proposals where copilot_id = $1", [
    copilot_id,
  ]);
  assert.deepEqual(kept, [{ contact_id: winner, state: "rejected" }]);
  assert.deepEqual(await sql("select example_ids from copilots where id = $1", [copilot_id]), [
    { example_ids: [winner] },
  ]);
});

test("what a reader's program was is erased with the contact, also where another contact had the mail", async () => {
  const [winner, loser] = [await newContact(team), await plantContact(world, team)];
  const sequence = await newSequence(team);
  const message_id = await plantMessage(world, team, sequence.id, { contact_id: loser });
  await plant(world, team, "message_events", {
    message_id,
    contact_id: loser,
    type: "open",
    at: new Date(),
    is_machine: false,
    user_agent: "Reader 7",
  });
  await merge(winner, loser);
  const agents = "select contact_id, user_agent from message_events where message_id = $1";
  assert.deepEqual(await sql(agents, [message_id]), [{ contact_id: winner, user_agent: "Reader 7" }]);
  await team.api.contacts.delete({ id: winner });
  assert.deepEqual(await sql(agents, [message_id]), [{ contact_id: null, user_agent: null }]);
});
