// What others name is refused, and says by what it is named.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newSequence } from "../../../testing/sequenced.ts";
import { asOwner } from "../../../testing/wire.ts";
import { newWorkflow } from "../../../testing/workflowing.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { JSON_PLACES, KEYS, NOUNS, type Noun } from "./places-store.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

function names(text: string, params: unknown[] = []) {
  return asOwner(world, async (client) =>
    (await client.query<{ name: string }>(text, params)).rows.map(({ name }) => name),
  );
}

test("every foreign key to something that can be deleted is decided about", async () => {
  for (const noun of Object.keys(NOUNS) as Noun[]) {
    const found = await names(
      `select k.conrelid::regclass || '.' || a.attname as name
         from pg_constraint k
        cross join lateral unnest(k.conkey) as c (attnum)
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.attnum and a.attname <> 'team_id'
        where k.contype = 'f' and k.confrelid = to_regclass($1) order by 1`,
      [noun],
    );
    assert.deepEqual(
      Object.keys(KEYS[noun]).toSorted(),
      found,
      `decide about ${noun} in access/uses/places-store.ts`,
    );
  }
});

test("so is every column of JSON", async () => {
  const found = await names(
    `select c.relname || '.' || a.attname as name
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.atttypid = 'jsonb'::regtype`,
  );
  assert.deepEqual(
    Object.keys(JSON_PLACES).toSorted(),
    found.toSorted(),
    "decide about it in access/uses/places-store.ts",
  );
});

const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;
const NOTHING = [{ type: "wait" as const, hours: 1 }];

async function newStage(name: string) {
  return (await team.api.contactStages.create({ name })).contact_stage.id;
}

async function refusedInUse(call: Promise<unknown>, uses: string) {
  const refusal = await refused(call);
  assert.equal(refusal.code, "still_in_use");
  assert.ok(refusal.message.includes(uses), refusal.message);
  return refusal;
}

test("a stage that a sequence excludes is not deleted, also where its contacts go elsewhere", async () => {
  const [id, to] = [await newStage("Customer"), await newStage("Elsewhere")];
  const sequence = await newSequence(team, { name: "Cold", excluded_contact_stage_ids: [id] });
  const refusal = await refusedInUse(
    team.api.contactStages.delete({ id, reassign_to: to }),
    'The stage "Customer" is still used by the sequence "Cold"',
  );
  assert.deepEqual((refusal.body as { used_by: unknown }).used_by, [
    { type: "sequence", id: sequence.id, name: "Cold" },
  ]);
  await team.api.sequences.update({ id: sequence.id, excluded_contact_stage_ids: [] });
  await team.api.contactStages.delete({ id });
});

test("a list that a workflow's filter names is not deleted, and is once the workflow is gone", async () => {
  const { label } = (await team.api.labels.create({
    name: "Warm",
    modality: "contacts",
  })) as {
    label: { id: string };
  };
  const { workflow } = await newWorkflow(team, {
    name: "Nightly",
    trigger: NIGHTLY,
    actions: NOTHING,
    filters: { contact_label_ids: [label.id] },
  });
  await refusedInUse(team.api.labels.delete({ id: label.id }), 'the workflow "Nightly"');
  await team.api.workflows.delete({ id: workflow.id });
  await team.api.labels.delete({ id: label.id });
});
