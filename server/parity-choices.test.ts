// What Apollo publishes and Cadenza once ignored: it takes effect now, or is refused with a sentence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantCompanies } from "./testing/people.ts";
import { newContact, newMailbox, newSequence } from "./testing/sequenced.ts";
import { call } from "./testing/wire.ts";
import { refused, type Team, useWorld } from "./testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

test("a sequence is made for the user that is named, and for nobody who is not there", async () => {
  const { user } = await team.api.users.invite({ email: "mona@owners.example" });
  const made = await team.api.sequences.create({ name: "Hers", user_id: user.id });
  assert.equal(made.emailer_campaign.user_id, user.id);
  const missing = { name: "Whose", user_id: "64f0aa0000000000000000ff" };
  assert.equal((await refused(team.api.sequences.create(missing))).code, "owner_not_found");
});

test("texts that Apollo would generate are refused, and empty ones are not", async () => {
  const { id, steps } = await newSequence(team);
  const tree = await team.api.sequences.show({ id });
  const write = (rest: object) =>
    team.api.sequences.update({
      id,
      emailer_steps: [
        {
          id: steps[0],
          type: "auto_email",
          emailer_touches: [{ id: tree.emailer_touches[0]?.id, ...rest }],
        },
      ],
      force: true,
    });
  for (const rest of [
    { generation_options: [{ type: "opener" }] },
    { generation_tone: { tone_type: "dry" } },
  ])
    assert.equal((await refused(write(rest))).code, "generation_not_offered");
  await write({ generation_options: [], generation_tone: {} });
});

test("a report is sorted by a metric as it is requested, too", async () => {
  const references = { smart_datetime_reference: "x", smart_user_id_reference: "y" };
  const metric = { value: "num_emails_sent", ...references } as const;
  const wish = { metrics: [metric], group_by: [{ name: "smart_user_id" as const }] };
  const [byName, asRequested] = await Promise.all([
    team.api.reports.sync({ ...wish, sorts: [{ metric: "num_emails_sent", asc: true }] }),
    team.api.reports.sync({ ...wish, sorts: [{ metric, asc: true }] }),
  ]);
  assert.deepEqual(asRequested, byName);
});

test("what Apollo does with fields by itself is refused by name", async () => {
  const { typed_custom_fields } = await team.api.customFields.create({
    label: "Booth",
    modality: "contact",
    type: "string",
  });
  const id = typed_custom_fields[0]?.id ?? "";
  for (const [name, value] of Object.entries({
    schedule: { enabled: true },
    autorun_downstream_enrichment: true,
    field_group_id: id,
  })) {
    const refusal = await refused(team.api.customFields.update({ fields: [{ id, [name]: value }] }));
    assert.deepEqual([refusal.code, refusal.message.startsWith(name)], ["field_setting_not_offered", true]);
  }
  const other = { fields: [{ id, modality: "account" as const }] };
  assert.equal((await refused(team.api.customFields.update(other))).code, "field_of_another_modality");
  await team.api.customFields.update({ fields: [{ id, modality: "contact", label: "Hall" }] });
});

test("a copy of a mail goes to a contact who is named by id", async () => {
  await newMailbox(team);
  const [to, copied] = [await newContact(team), await newContact(team, { email: "copy@kraft.example" })];
  const { emailer_message } = await team.api.emailerMessages.create({
    contact_id: to,
    subject: "Hello",
    recipients: [{ contact_id: copied, recipient_type_cd: "cc" }],
  });
  assert.deepEqual(emailer_message.cc_emails, ["copy@kraft.example"]);
});

test("a company is shown with its owners, the companies it owns, and the account of it", async () => {
  const [top = ""] = await plantCompanies(world, team, [{ name: "Top", domain: "top.example" }]);
  const [middle = ""] = await plantCompanies(world, team, [
    { name: "Middle", domain: "middle.example", ownedByOrganizationId: top },
  ]);
  await plantCompanies(world, team, [
    {
      name: "Low",
      domain: "low.example",
      ownedByOrganizationId: middle,
      estimatedNumEmployees: 12,
      country: "Sweden",
    },
  ]);
  const { account } = await team.api.accounts.create({ name: "Low", domain: "low.example" });
  const enrich = async (domain: string) => (await team.api.organizations.enrich({ domain })).organization;
  const [low, high] = [await enrich("low.example"), await enrich("top.example")];
  assert.deepEqual(
    [low?.owned_by_organization?.name, low?.ultimate_parent_organization?.id, low?.account?.id],
    ["Middle", top, account.id],
  );
  assert.deepEqual(
    [high?.suborganizations.map(({ id }) => id), high?.num_suborganizations, high?.owned_by_chain],
    [[middle], 1, []],
  );
  const owned = await enrich("middle.example");
  assert.deepEqual(owned?.subsidiary_rollups, {
    total_estimated_employee_count: 12,
    countries: ["Sweden"],
    industries: [],
  });
});

test("companies that own each other are shown to the end of the circle", async () => {
  const [one = ""] = await plantCompanies(world, team, [{ name: "One", domain: "one.example" }]);
  await plantCompanies(world, team, [{ name: "Two", domain: "two.example", ownedByOrganizationId: one }]);
  const two = (await team.api.organizations.enrich({ domain: "two.example" })).organization?.id ?? "";
  await plantCompanies(world, team, [
    { id: one, name: "One", domain: "one.example", ownedByOrganizationId: two },
  ]);
  const { organization } = await team.api.organizations.enrich({ domain: "one.example" });
  assert.deepEqual(
    organization?.owned_by_chain.map(({ name }) => name),
    ["Two"],
  );
});

test("each user of a search has every key that Apollo prints", async () => {
  const { body } = await call(`${world.url}/api/v1/users/search`, { key: team.key });
  const [user] = body.users as (Record<string, unknown> & { assistant_setting: { user_id: string } })[];
  assert.ok(user);
  const { linked_salesforce, credit_limit, assistant_setting, id } = user;
  assert.deepEqual([linked_salesforce, credit_limit, assistant_setting.user_id], [false, null, id]);
});
