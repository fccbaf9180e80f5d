// A key that may plan files and change nothing: what CI holds while it looks at a pull request.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact } from "../../../testing/sequenced.ts";
import { type Team, useWorld, type World } from "../../../testing/world.ts";

let world: World;
let team: Team;
useWorld({}, async (given) => {
  world = given;
  team = await world.newTeam();
});

const FILES = [
  {
    path: "sequences/planned/sequence.yaml",
    text: "key: planned\nname: Planned\nfolder: [New folder]\nschedule: nights\nsteps:\n  - type: auto_email\n    variants:\n      - subject: Hello\n        html: <p>Hello {{first_name}}</p>\n",
  },
  {
    path: "schedules/nights.yaml",
    text: 'name: Nights\ntime_zone: UTC\nhours:\n  monday:\n    - ["20:00", "22:00"]\n',
  },
  { path: "rulesets/gentle.yaml", text: "name: Gentle\n" },
  { path: "templates/hello.html", text: "---\nname: Hello\nsubject: Hello\n---\n<p>Hello</p>\n" },
  { path: "fields/contact-plant.yaml", text: "name: Plant\nof: contact\ntype: string\n" },
];

async function keyWith(...scopes: string[]) {
  const { api_key } = await team.api.apiKeys.create({
    name: "CI",
    scopes: scopes.map((scope) => `api/v1/${scope}`),
  });
  return world.client({ apiKey: api_key.key ?? "" });
}

const nothing = async () => {
  const [sequences, schedules, fields] = await Promise.all([
    team.api.sequences.search({}),
    team.api.schedules.list({}),
    team.api.customFields.list({}),
  ]);
  assert.equal(sequences.pagination.total_entries, 0);
  assert.ok(!JSON.stringify([schedules, fields]).includes("Nights"));
  assert.ok(!JSON.stringify(fields).includes("Plant"));
};

test("a key that may only plan plans and lints every kind of file, and applies none", async () => {
  const ci = await keyWith("emailer_campaigns/plan");
  const { plan, findings } = await ci.sequences.importFiles({ files: FILES }, { dryRun: true });
  assert.deepEqual(plan.map(({ kind, verdict }) => `${kind} ${verdict}`).sort(), [
    "field create",
    "ruleset create",
    "schedule create",
    "sequence create",
    "template create",
  ]);
  assert.ok(findings.some(({ code }) => code === "no_unsubscribe_line"));
  await nothing();
  for (const wish of [{}, { overwrite: true }, { move: true }])
    await assert.rejects(ci.sequences.importFiles({ files: FILES, ...wish }), {
      status: 403,
      code: "scope_missing",
    });
  await nothing();
});

test("a key that may only plan reads no contact and no sequence, and makes nothing", async () => {
  const ci = await keyWith("emailer_campaigns/plan");
  const contact = await newContact(team, { first_name: "Ines" });
  const refused = { status: 403, code: "scope_missing" };
  await assert.rejects(
    ci.sequences.importFiles({ files: FILES, preview_contact_id: contact }, { dryRun: true }),
    refused,
  );
  const { label } = await team.api.labels.create({ name: "People", modality: "contacts" });
  await assert.rejects(
    ci.sequences.importFiles({ files: FILES, check_label_id: label.id }, { dryRun: true }),
    refused,
    "how many of a list have which value",
  );
  await assert.rejects(ci.sequences.search({}), refused);
  await assert.rejects(ci.sequences.create({ name: "By CI" }), refused);
  await assert.rejects(ci.sequences.create({ name: "By CI" }, { dryRun: true }), refused);
  await assert.rejects(ci.contacts.get({ id: contact }), refused);
});

test("with the permission to see contacts beside it, such a key previews the emails", async () => {
  const ci = await keyWith("emailer_campaigns/plan", "contacts/show");
  const contact = await newContact(team, { first_name: "Ole" });
  const { previews } = await ci.sequences.importFiles(
    { files: FILES, preview_contact_id: contact },
    { dryRun: true },
  );
  assert.equal(previews?.[0]?.body_text, "Hello Ole");
});

test("beside the permission to import, it plans all kinds and applies those that the key may write", async () => {
  const importing = await keyWith("emailer_campaigns/import");
  await assert.rejects(importing.sequences.importFiles({ files: FILES }, { dryRun: true }), {
    code: "scope_missing",
  });
  const both = await keyWith("emailer_campaigns/import", "emailer_campaigns/plan");
  assert.equal((await both.sequences.importFiles({ files: FILES }, { dryRun: true })).plan.length, 5);
  await assert.rejects(both.sequences.importFiles({ files: FILES }), { code: "scope_missing" });
});
