// "Add contacts to sequence" in n8n: the project's one connector, tried out, done, and told contact by contact.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { description } from "../../sdk/adding.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { type Team, useWorld } from "../../server/testing/world.ts";
import { type N8n, openN8n } from "./n8n.ts";
import type { Json } from "./shapes.ts";

let n8n: N8n;
let team: Team;
let mailbox: string;
before(async () => {
  n8n = await openN8n();
});
after(() => n8n?.close());
const world = useWorld({ engineLoops: 1 }, async (opened) => {
  team = await opened.newTeam();
  mailbox = (await newMailbox(team)).id;
});

type Answer = Json & {
  contacts: { id: string }[];
  skipped_contact_ids: Record<string, string>;
  skipped_contacts: {
    contact_id: string;
    reasons: { code: string; flag: string | null; sentence: string }[];
  }[];
  previews: unknown[];
  entity_progress_job: { status: string; counts: Json };
};

function add(sequence: string, more: Json, items: Json[], node: Json = {}) {
  n8n.credential = { baseUrl: world.url, apiKey: team.key };
  const sequenceId = { __rl: true, mode: "list", value: sequence };
  const parameters = { sequenceId, email_account_ids: [mailbox], contact_ids: "={{ $json.id }}", ...more };
  return n8n.run({ resource: "sequence", operation: "addContacts", parameters, items, node });
}

const enrolled = async (sequence: string) =>
  (await team.api.enrollments.search({ emailer_campaign_ids: [sequence] })).pagination.total_entries;

test("tried out first, then done: the same verdicts, each with its reason and what would let them in", async () => {
  const { id: sequence } = await newSequence(team);
  const good = await newContacts(team, 2);
  const bare = await newContact(team, { email: undefined });
  const items = [...good, bare].map((id) => ({ id }));
  const dry = await add(sequence, { options: { dryRun: true } }, items);
  assert.equal(dry.error, undefined);
  const shown = dry.items[0]!.json as Answer;
  assert.deepEqual([shown.dry_run, shown.previews.length, shown.contacts.length], [true, 2, 2]);
  assert.equal(await enrolled(sequence), 0);

  const real = await add(sequence, {}, items);
  assert.equal(real.items.length, 1, "three items in one call");
  assert.deepEqual(real.items[0]?.pairedItem, [{ item: 0 }, { item: 1 }, { item: 2 }]);
  const answer = real.items[0]!.json as Answer;
  assert.deepEqual(answer.contacts.map(({ id }) => id).sort(), [...good].sort());
  assert.deepEqual(answer.skipped_contact_ids, shown.skipped_contact_ids);
  const [skipped] = answer.skipped_contacts;
  assert.deepEqual(
    [skipped?.contact_id, skipped?.reasons[0]?.code, skipped?.reasons[0]?.flag],
    [bare, "contacts_without_email", "sequence_no_email"],
  );
  assert.ok(skipped?.reasons[0]?.sentence);
  assert.equal(await enrolled(sequence), 2);

  const flagged = await add(sequence, { additionalFields: { sequence_no_email: true } }, [{ id: bare }]);
  assert.equal((flagged.items[0]!.json as Answer).contacts.length, 1);
});

test("one at a time gives an item for each; what differs never goes together", async () => {
  const { id: sequence } = await newSequence(team);
  const { id: other } = await newSequence(team);
  const ids = await newContacts(team, 4);
  const each = await add(
    sequence,
    { together: false },
    ids.slice(0, 2).map((id) => ({ id })),
  );
  assert.deepEqual(
    each.items.map(({ pairedItem }) => pairedItem),
    [[{ item: 0 }], [{ item: 1 }]],
  );
  const mixed = ids.slice(2).map((id, index) => ({ id, sequence: [sequence, other][index] }));
  const { items } = await add("={{ $json.sequence }}", {}, mixed);
  assert.deepEqual(
    items.map(({ pairedItem }) => pairedItem),
    [[{ item: 0 }], [{ item: 1 }]],
  );
  assert.deepEqual([await enrolled(sequence), await enrolled(other)], [3, 1]);
});

test("the answer goes to the field that is named, beside what the item had", async () => {
  const { id: sequence } = await newSequence(team);
  const [id = ""] = await newContacts(team, 1);
  const { items } = await add(sequence, { options: { output_variable: "added" } }, [{ id, campaign: "May" }]);
  const json = items[0]?.json as { id: string; campaign: string; added: Answer };
  assert.deepEqual([json.id, json.campaign, json.added.contacts.length], [id, "May", 1]);
});

test("in the background it is waited for, where that is wished", async () => {
  const { id: sequence } = await newSequence(team);
  const ids = await newContacts(team, 3);
  const options = { async: true, wait: true };
  const { items, error } = await add(sequence, { contact_ids: ids.join(", "), options }, [{}]);
  assert.equal(error, undefined);
  const job = (items[0]!.json as Answer).entity_progress_job;
  assert.deepEqual([job.status, job.counts], ["done", { added: 3 }]);
});

test("bad ids are named, all of them, before anything is sent", async () => {
  const { id: sequence } = await newSequence(team);
  const [id = ""] = await newContacts(team, 1);
  const { error } = await add(sequence, { contact_ids: `x1, ${id}, y2` }, [{}]);
  assert.match(error?.message ?? "", /"x1" is not a valid ID; contact_ids: "y2" is not a valid ID/);
  assert.match(error?.description ?? "", /Nothing was sent/);
  assert.equal(await enrolled(sequence), 0);
});

test("a refusal of one call leaves the others done, where it is to go on", async () => {
  const { id: sequence } = await newSequence(team);
  const [id = ""] = await newContacts(team, 1);
  const rows = [
    { id, sequence: "64f0aa0000000000000000ff" },
    { id, sequence },
  ];
  const { items } = await add("={{ $json.sequence }}", {}, rows, { onError: "continueRegularOutput" });
  assert.equal(items.length, 2);
  assert.ok(items.some(({ json }) => typeof json.error === "string"));
  assert.equal(await enrolled(sequence), 1);
});

test("the same run of a workflow tried again adds no contact twice and gets the first answer", async () => {
  const { id: sequence } = await newSequence(team);
  const [id = ""] = await newContacts(team, 1);
  n8n.credential = { baseUrl: world.url, apiKey: team.key };
  const sequenceId = { __rl: true, mode: "id", value: sequence };
  const parameters = { sequenceId, email_account_ids: [mailbox], contact_ids: id };
  const wish = { resource: "sequence", operation: "addContacts", parameters, executionId: "the-same" };
  const first = await n8n.run(wish);
  const second = await n8n.run(wish);
  assert.deepEqual(second.items[0]?.json, first.items[0]?.json);
});

test("it is the SDK's connector: the node carries its form and its code", () => {
  const require = createRequire(join(n8n.built, "here.js"));
  const carried = require("./dist/nodes/Cadenza/made/adding.js") as { description: typeof description };
  assert.deepEqual(carried.description, description);
  const flags = Object.keys(description.configuration.properties).filter((name) =>
    /^sequence_(?!id)/.test(name),
  );
  const properties = readFileSync(join(n8n.built, "dist/nodes/Cadenza/made/properties.js"), "utf8");
  for (const flag of flags) assert.ok(properties.includes(`name: "${flag}"`), flag);
});
