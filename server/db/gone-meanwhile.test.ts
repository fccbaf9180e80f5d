// A write names a record that is deleted meanwhile: it is done for the others, and no fault is reported.

import assert from "node:assert/strict";
import { test } from "node:test";
import { waitForJob } from "@cadenza/sdk";
import type { Act } from "../app.ts";
import { actFor } from "../engine/running/act-for.ts";
import { deleteContact } from "../features/removal/contact-removal/deleting.ts";
import { bothAtOnce } from "../testing/held-open.ts";
import { bringIn } from "../testing/imported.ts";
import { newContacts } from "../testing/sequenced.ts";
import { asOwner } from "../testing/wire.ts";
import { newWorkflow, ran } from "../testing/workflowing.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

let lists = 0;

/** Two people, of whom the first is deleted while the work is done that puts both on a list. */
async function whileOneGoes<T>(work: (ids: string[], list: string) => Promise<T>) {
  const ids = await newContacts(team, 2);
  const list = `List ${++lists}`;
  await team.api.labels.create({ name: list, modality: "contacts" });
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const [, done] = await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act: Act) => {
        await deleteContact(act, ids[0] ?? "");
        await beforeCommit();
      }),
    () => work(ids, list),
  );
  const members = await asOwner(world, (client) =>
    client.query(
      `select h.contact_id from contact_labels h join labels l on l.team_id = h.team_id and l.id = h.label_id
        where l.team_id = $1 and l.name = $2`,
      [team.id, list],
    ),
  );
  const on = members.rows.map((row) => row.contact_id);
  assert.ok(on.includes(ids[1]) && !on.includes(ids[0]), "the other one is on the list");
  return done;
}

const faults = () => world.logged.filter((line) => ["warn", "error"].includes(JSON.parse(line).level));

const NIGHTLY = { type: "schedule", cron: "0 3 * * *" } as const;

const asked = (ids: string[], list: string) => ({
  entity_ids: ids,
  label_names: [list],
  modality: "contacts",
});

test("people are put on a list while one of them is deleted, and the others come onto it", async () => {
  await whileOneGoes((ids, list) => team.api.labels.addEntityIds(asked(ids, list)));
});

test("so are those of a job", async () => {
  const before = faults().length;
  await whileOneGoes(async (ids, list) => {
    const started = await team.api.labels.addEntityIds({ ...asked(ids, list), async: true });
    assert.ok("entity_progress_job" in started);
    const { status } = await waitForJob(team.api, started.entity_progress_job.id);
    assert.equal(status, "done");
  });
  assert.deepEqual(faults().slice(before), []);
});

test("so are those of a workflow", async () => {
  const before = faults().length;
  await whileOneGoes(async (ids, list) => {
    const actions = [{ type: "add_to_list" as const, label_names: [list] }];
    const { workflow } = await newWorkflow(team, { trigger: NIGHTLY, actions });
    const { candidates } = await ran(team, workflow.id, ids);
    assert.equal(candidates.find(({ entity_id }) => entity_id === ids[1])?.verdict, "done");
  });
  assert.deepEqual(faults().slice(before), []);
});

test("so are those of a file", async () => {
  const before = faults().length;
  await whileOneGoes(async (ids, list) => {
    const people = await Promise.all(ids.map((id) => team.api.contacts.get({ id })));
    const lines = people.map(({ contact }) => `${contact.first_name},${contact.last_name},${contact.email}`);
    const text = ["First Name,Last Name,Email", ...lines].join("\n");
    const { job } = await bringIn(team, text, { label_names: [list] });
    assert.equal(job.status, "done");
  });
  assert.deepEqual(faults().slice(before), []);
});

test("a trigger that copies from another row says so where that row is gone", async () => {
  const sources = await asOwner(world, (client) =>
    client.query<{ name: string; source: string }>(
      `select distinct p.proname as name, p.prosrc as source from pg_trigger t join pg_proc p on p.oid = t.tgfoid
        where not t.tgisinternal and p.prosrc ~* 'into new\\.'`,
    ),
  );
  assert.ok(sources.rows.length > 0);
  // Rows that are counted or collected are there in any case.
  const silent = sources.rows.filter(({ source }) => !/if not found then|array_agg\(|count\(/.test(source));
  assert.deepEqual(silent, []);
});
