// The record of processing says what the team says of itself and what its data and settings say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newContact } from "../../../testing/sequenced.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

const world = useWorld();

async function sectionsOf(own: Team) {
  const { sections } = (await own.api.processingRecords.show({})).processing_record;
  return new Map(sections.map(({ title, lines }) => [title, lines]));
}

test("a new team's record says what is not filled in, and counts what there is", async () => {
  const own = await world.newTeam("Norrland Kraft");
  await newContact(own, { first_name: "Ines" });
  const sections = await sectionsOf(own);
  assert.deepEqual(sections.get("Controller"), ["Not filled in yet."]);
  assert.equal(sections.get("People whose data is kept")?.[1], "1 user of the team");
  assert.match(sections.get("People whose data is kept")?.[0] ?? "", /^1 contact in /);
  assert.deepEqual(sections.get("Where the data comes from"), ["Added by a user or a program: 1 contact"]);
  assert.deepEqual(sections.get("Lawful basis"), ["No field of contacts is chosen for it."]);
  assert.deepEqual(sections.get("Recipients"), ["None."]);
});

test("own texts are kept as written, what is left out stays, and each change is in the history", async () => {
  const own = await world.newTeam("Texts");
  const { processing_record: first } = await own.api.processingRecords.update({
    controller: "Norrland Kraft AB\nStorgatan 1, Umeå",
    purposes: "Selling <turbines>",
  });
  assert.deepEqual([first.controller, first.transfers], ["Norrland Kraft AB\nStorgatan 1, Umeå", ""]);
  const { processing_record: second } = await own.api.processingRecords.update({ transfers: "None" });
  assert.deepEqual([second.purposes, second.transfers], ["Selling <turbines>", "None"]);
  assert.deepEqual((await sectionsOf(own)).get("Controller"), ["Norrland Kraft AB", "Storgatan 1, Umeå"]);
  const { audit_log } = await own.api.auditLog.list({ limit: 50 });
  assert.equal(audit_log.filter(({ type }) => type === "processing_record.changed").length, 2);

  const file = await own.api.processingRecords.file({});
  const page = Buffer.from(await file.bytes()).toString();
  assert.ok(page.includes("<p>Storgatan 1, Umeå</p>"), page);
  assert.ok(page.includes("Selling &lt;turbines&gt;") && !page.includes("<turbines>"));
});

test("contacts are counted by the field that holds the lawful basis", async () => {
  const own = await world.newTeam("Bases");
  const { typed_custom_fields } = await own.api.customFields.create({
    label: "Lawful basis",
    modality: "contact",
    type: "picklist",
    meta: { picklist_values: [{ name: "Consent" }, { name: "Legitimate interests" }] },
  });
  const [field] = typed_custom_fields;
  const consent = field?.picklist_values.find(({ name }) => name === "Consent");
  assert.ok(field && consent);
  await own.api.processingRecords.update({ lawful_basis_field_id: field.id });
  for (const first_name of ["Ines", "Mona"])
    await newContact(own, { first_name, typed_custom_fields: { [field.id]: consent.id } });
  await newContact(own, { first_name: "Leo" });
  assert.deepEqual((await sectionsOf(own)).get("Lawful basis"), [
    "Consent: 2 contacts",
    "Not filled in: 1 contact",
  ]);

  const { typed_custom_fields: others } = await own.api.customFields.create({
    label: "Shoe size",
    modality: "contact",
    type: "number",
  });
  const unfit = own.api.processingRecords.update({ lawful_basis_field_id: others[0]?.id ?? "" });
  assert.equal((await refused(unfit)).code, "lawful_basis_field_unfit");
  const stranger = await world.newTeam("Strangers");
  const theirs = stranger.api.processingRecords.update({ lawful_basis_field_id: field.id });
  assert.equal((await refused(theirs)).code, "lawful_basis_field_unfit");

  await own.api.customFields.delete({ id: field.id });
  assert.deepEqual((await sectionsOf(own)).get("Lawful basis"), ["No field of contacts is chosen for it."]);
});

test("it says how long each kind of data is kept, and who gets data", async () => {
  const own = await world.newTeam("Recipients");
  await own.api.dataRetention.update({ rules: [{ kind: "notes", keep_days: 365 }] });
  await own.api.webhookSubscriptions.create({
    url: "https://hooks.kraft.example/cadenza",
    types: ["contact.created"],
  });
  const sections = await sectionsOf(own);
  const kept = sections.get("How long data is kept") ?? [];
  assert.ok(
    kept.includes("Notes: 365 days") && kept.includes("Texts of emails: until deleted by a user"),
    kept.join("\n"),
  );
  assert.deepEqual(sections.get("Recipients"), ["Receivers of webhooks: hooks.kraft.example"]);
});

test("members may not read it", async () => {
  const own = await world.newTeam("Members");
  const email = "mona@members.example";
  const { invitation_url } = await own.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mona", password });
  const { api } = await world.signIn(email, password);
  assert.equal((await refused(api.processingRecords.show({}))).code, "admin_only");
});
