// Two callers change the same record: with `If-Match`, the second one overwrites nothing. Tried with every call that takes it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { Refused } from "@cadenza/sdk";
import { newCopilotWish } from "../testing/copiloted.ts";
import { newMailbox } from "../testing/sequenced.ts";
import { call } from "../testing/wire.ts";
import { makeSequence } from "../testing/wishes/sequences.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

let fields = 0;

type Record = { id?: string; etag?: string | undefined };
type Given = { ifMatch?: string | undefined };

/** How a record is made, read and changed to the value given. */
type Case = {
  make(): Promise<string>;
  read(id: string): Promise<Record | undefined>;
  change(id: string, value: string, given?: Given): Promise<unknown>;
};

const among = (rows: readonly Record[], id: string) => rows.find((one) => one.id === id);

const stage = (noun: "contactStages" | "accountStages" | "opportunityStages"): Case => ({
  make: async () => {
    const { api } = team;
    if (noun === "contactStages") return (await api.contactStages.create({ name: "made" })).contact_stage.id;
    if (noun === "accountStages") return (await api.accountStages.create({ name: "made" })).account_stage.id;
    return (await api.opportunityStages.create({ name: "made" })).opportunity_stage.id;
  },
  read: async (id) => among(Object.values(await team.api[noun].list()).flat() as Record[], id),
  change: (id, name, given) => team.api[noun].update({ id, name }, given),
});

const sequence = {
  make: async () => (await makeSequence(team)).id,
  read: async (id: string) => ({ id, etag: (await team.api.sequences.show({ id })).etag }),
};

const CASES: { [call: string]: Case } = {
  "contacts.update": {
    make: async () => (await team.api.contacts.create({ first_name: "made" })).contact.id,
    read: async (id) => (await team.api.contacts.get({ id })).contact,
    change: (id, title, given) => team.api.contacts.update({ id, title }, given),
  },
  "accounts.update": {
    make: async () => (await team.api.accounts.create({ name: "made" })).account.id,
    read: async (id) => (await team.api.accounts.get({ id })).account,
    change: (id, industry, given) => team.api.accounts.update({ id, industry }, given),
  },
  "opportunities.update": {
    make: async () => (await team.api.opportunities.create({ name: "made" })).opportunity.id,
    read: async (id) => (await team.api.opportunities.get({ id })).opportunity,
    change: (id, description, given) => team.api.opportunities.update({ id, description }, given),
  },
  "contactStages.update": stage("contactStages"),
  "accountStages.update": stage("accountStages"),
  "opportunityStages.update": stage("opportunityStages"),
  "customFields.update": {
    make: async () => {
      fields += 1;
      const wish = { label: `made${fields}`, modality: "contact", type: "date" } as const;
      return (await team.api.customFields.create(wish)).typed_custom_fields[0]?.id ?? "";
    },
    read: async (id) => among((await team.api.typedCustomFields.list()).typed_custom_fields, id),
    change: (id, label, given) =>
      team.api.customFields.update({ fields: [{ id: `contact.${id}`, label }] }, given),
  },
  "folders.update": {
    make: async () => (await team.api.folders.create({ kind: "templates", name: "made" })).folder.id,
    read: async (id) => among((await team.api.folders.list()).folders, id),
    change: (id, name, given) => team.api.folders.update({ id, name }, given),
  },
  "holidays.update": {
    make: async () => (await team.api.holidays.create({ name: "made", starts_on: "2027-01-04" })).holiday.id,
    read: async (id) => among((await team.api.holidays.list()).holidays, id),
    change: (id, name, given) => team.api.holidays.update({ id, name }, given),
  },
  "views.update": {
    make: async () => (await team.api.views.create({ subject: "contacts", name: "made" })).view.id,
    read: async (id) => among((await team.api.views.list()).views, id),
    change: (id, name, given) => team.api.views.update({ id, name }, given),
  },
  "webhookSubscriptions.update": {
    make: async () => {
      const wish = { url: "https://hooks.example.invalid/", types: ["team.changed"] };
      return (await team.api.webhookSubscriptions.create(wish)).webhook_subscription.id;
    },
    read: async (id) => (await team.api.webhookSubscriptions.get({ id })).webhook_subscription,
    change: (id, description, given) => team.api.webhookSubscriptions.update({ id, description }, given),
  },
  "schedules.update": {
    make: async () => (await team.api.schedules.create({ name: "made" })).emailer_schedule.id,
    read: async (id) => (await team.api.schedules.show({ id })).emailer_schedule,
    change: (id, name, given) => team.api.schedules.update({ id, name }, given),
  },
  "rulesets.update": {
    make: async () => (await team.api.rulesets.create({ name: "made" })).sequence_ruleset.id,
    read: async (id) => (await team.api.rulesets.show({ id })).sequence_ruleset,
    change: (id, name, given) => team.api.rulesets.update({ id, name }, given),
  },
  "templates.update": {
    make: async () => (await team.api.templates.create({ name: "made" })).emailer_template.id,
    read: async (id) => (await team.api.templates.show({ id })).emailer_template,
    change: (id, subject, given) => team.api.templates.update({ id, subject }, given),
  },
  "sequences.update": {
    ...sequence,
    change: (id, description, given) => team.api.sequences.update({ id, description }, given),
  },
  "sequences.change": {
    ...sequence,
    change: (id, description, given) => team.api.sequences.change({ id, description }, given),
  },
  "steps.update": {
    make: async () => (await makeSequence(team)).step,
    read: async (id) => (await team.api.steps.show({ id })).emailer_step,
    change: (id, note, given) => team.api.steps.update({ id, note }, given),
  },
  "touches.update": {
    make: async () => {
      const { id } = await makeSequence(team);
      const { emailer_touches } = await team.api.touches.list({ emailer_campaign_id: id });
      return emailer_touches[0]?.id ?? "";
    },
    read: async (id) => (await team.api.touches.show({ id })).emailer_touch,
    change: (id, subject, given) => team.api.touches.update({ id, emailer_template: { subject } }, given),
  },
  "emailAccounts.update": {
    make: async () => (await newMailbox(team)).id,
    read: async (id) => among((await team.api.emailAccounts.list()).email_accounts, id),
    change: (id, display_name, given) => team.api.emailAccounts.update({ id, display_name }, given),
  },
  "emailerMessages.update": {
    make: async () => {
      const { contact } = await team.api.contacts.create({ email: `made${Math.random()}@copies.example` });
      const wish = { contact_id: contact.id, subject: "made", body_html: "<p>made</p>" };
      return (await team.api.emailerMessages.create(wish)).emailer_message.id;
    },
    read: async (id) => (await team.api.emailerMessages.show({ id })).emailer_message,
    change: (id, subject, given) => team.api.emailerMessages.update({ id, subject }, given),
  },
  "notes.update": {
    make: async () => {
      const { contact } = await team.api.contacts.create({ first_name: "made" });
      return (await team.api.notes.create({ contact_id: contact.id, content: "made" })).note.id;
    },
    read: async (id) => (await team.api.notes.show({ id })).note,
    change: (id, content, given) => team.api.notes.update({ id, content }, given),
  },
  "tasks.update": {
    make: async () => {
      const { contact } = await team.api.contacts.create({ first_name: "made" });
      return (await team.api.tasks.create({ contact_id: contact.id, type: "call" })).task.id;
    },
    read: async (id) => (await team.api.tasks.get({ id })).task,
    change: (id, title, given) => team.api.tasks.update({ id, title }, given),
  },
  "workflows.update": {
    make: async () => {
      const trigger = { type: "event", event: "message.replied" } as const;
      const wish = { name: "made", trigger, actions: [{ type: "notify" as const, text: "made" }] };
      return (await team.api.workflows.create(wish)).workflow.id;
    },
    read: async (id) => (await team.api.workflows.get({ id })).workflow,
    change: (id, text, given) =>
      team.api.workflows.update({ id, actions: [{ type: "notify", text }] }, given),
  },
  "copilots.update": {
    make: async () => (await team.api.copilots.create(await newCopilotWish(team))).copilot.id,
    read: async (id) => (await team.api.copilots.show({ id })).copilot,
    change: (id, name, given) => team.api.copilots.update({ id, name }, given),
  },
  "teams.update": {
    make: async () => "",
    read: async () => (await team.api.teams.current()).team,
    change: (_, opt_out_html_template, given) => team.api.teams.update({ opt_out_html_template }, given),
  },
  "processingRecords.update": {
    make: async () => "",
    read: async () => (await team.api.processingRecords.show()).processing_record,
    change: (_, purposes, given) => team.api.processingRecords.update({ purposes }, given),
  },
  "scoreFormula.replace": {
    make: async () => "",
    read: async () => (await team.api.scoreFormula.show()).score_formula,
    change: (_, name, given) =>
      team.api.scoreFormula.replace(
        { signals: [{ field: "title", operator: "is_known", weight: 1, name }] },
        given,
      ),
  },
};

test("each call that takes If-Match is tried", () => {
  const conditional = endpoints.flatMap(({ name, endpoint }) => (endpoint.ifMatch ? [name] : []));
  assert.deepEqual(Object.keys(CASES).sort(), conditional.sort());
});

const refused = (code: string, status: number) => (error: unknown) =>
  error instanceof Refused && error.code === code && error.status === status;

for (const [name, { make, read, change }] of Object.entries(CASES)) {
  test(`${name} overwrites no change made since the record was read`, async () => {
    const id = await make();
    const first = await read(id);
    assert.match(first?.etag ?? "", /^[\w-]{20}$/);
    assert.equal((await read(id))?.etag, first?.etag);
    await change(id, "theirs"); // without a condition, as before
    const second = await read(id);
    assert.notEqual(second?.etag, first?.etag);
    await assert.rejects(change(id, "mine", { ifMatch: first?.etag }), refused("changed_since_read", 412));
    assert.equal((await read(id))?.etag, second?.etag);
    await change(id, "mine", { ifMatch: second?.etag });
    const third = await read(id);
    assert.notEqual(third?.etag, second?.etag);
    await change(id, "theirs", { ifMatch: third?.etag });
    assert.equal((await read(id))?.etag, second?.etag, "the same content has the same etag");
    const both = ["one", "other"].map((value) => change(id, value, { ifMatch: second?.etag }));
    const outcomes = await Promise.allSettled(both);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  });
}

test("a change answers the new etag, and a search the same one as the record by itself", async () => {
  const id = await CASES["notes.update"]?.make();
  assert.ok(id);
  const { note } = await team.api.notes.update({ id, content: "Changed" });
  const found = (await team.api.notes.search({ q_keywords: "Changed" })).notes[0];
  assert.equal(found?.id, id);
  assert.equal(note.etag, found?.etag);
  assert.equal(note.etag, (await team.api.notes.show({ id })).note.etag);

  const { account } = await team.api.accounts.create({ name: "Kraft", domain: "kraft.example" });
  const { account: changed } = await team.api.accounts.update({
    id: account.id,
    phone: "+47 1",
    industry: "power",
  });
  assert.equal(changed.etag, (await team.api.accounts.get({ id: account.id })).account.etag);

  const { opportunity } = await team.api.opportunities.create({ name: "Plant", account_id: account.id });
  const { opportunity: next } = await team.api.opportunities.update({ id: opportunity.id, amount: "12" });
  assert.equal(next.etag, (await team.api.opportunities.get({ id: opportunity.id })).opportunity.etag);
});

test("the steps of a sequence and the texts of its emails are a part of it", async () => {
  const { id, step } = await makeSequence(team);
  const etag = async () => (await team.api.sequences.show({ id })).etag;
  const { etag: first, emailer_templates } = await team.api.sequences.show({ id });
  await team.api.steps.update({ id: step, wait_time: 9 });
  const second = await etag();
  assert.notEqual(second, first);
  await team.api.templates.update({ id: emailer_templates[0]?.id ?? "", subject: "Another" });
  assert.notEqual(await etag(), second);
  await assert.rejects(
    team.api.sequences.update({ id, name: "Mine" }, { ifMatch: second }),
    refused("changed_since_read", 412),
  );
  const changed = await team.api.sequences.update({ id, name: "Mine" }, { ifMatch: await etag() });
  assert.equal(changed.etag, await etag());
});

test("what happens to a contact by itself is no change of it", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  await team.api.notes.create({ contact_id: contact.id, content: "Called" });
  await team.api.tasks.create({ contact_id: contact.id, type: "call" });
  const again = (await team.api.contacts.get({ id: contact.id })).contact;
  assert.equal(again.etag, contact.etag);
});

test("an etag is taken in quotation marks or without, among others, and * stands for any", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const send = (ifMatch: string, title: string, path = `/api/v1/contacts/${contact.id}`, more = {}) =>
    call(world.url + path, {
      method: "PATCH",
      key: team.key,
      headers: { "content-type": "application/json", "if-match": ifMatch, ...more },
      body: JSON.stringify({ title }),
    });
  const etag = async () => (await team.api.contacts.get({ id: contact.id })).contact.etag;
  assert.equal((await send(`"${await etag()}"`, "One")).status, 200);
  assert.equal((await send(`"gone", ${await etag()}`, "Two")).status, 200);
  assert.equal((await send("*", "Three")).status, 200);
  const answers = [await send('W/"weak"', "Four"), await send("", "Four"), await send('"other"', "Four")];
  assert.deepEqual(
    answers.map(({ status, body }) => [status, (body as { code: string }).code]),
    [
      [422, "if_match_malformed"],
      [422, "if_match_malformed"],
      [412, "changed_since_read"],
    ],
  );
  const missing = await send("*", "Four", "/api/v1/contacts/0123456789abcdef01234567");
  assert.equal(missing.status, 422, "as the read of the contact answers");
  const dry = await send('"other"', "Four", undefined, { "dry-run": "true" });
  assert.equal(dry.status, 412);
  assert.equal((await team.api.contacts.get({ id: contact.id })).contact.title, "Three");
});

test("a repeated call gets its first answer, though the record has changed by then", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const given = { ifMatch: contact.etag, idempotencyKey: "conditional" };
  const mine = { id: contact.id, title: "Mine" };
  await team.api.contacts.update(mine, given);
  await team.api.contacts.update({ id: contact.id, title: "Theirs" });
  assert.equal((await team.api.contacts.update(mine, given)).contact.title, "Mine");
  await assert.rejects(
    team.api.contacts.update(mine, { ...given, ifMatch: "another" }),
    refused("idempotency_key_reused", 422),
  );
});

test("a call that takes no condition says so, and so does one for several records", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const wish = { contact_ids: [contact.id], title: "Mine" };
  await assert.rejects(
    team.api.contacts.bulkUpdate(wish, { ifMatch: contact.etag }),
    refused("if_match_not_offered", 422),
  );
  const both = [await CASES["customFields.update"]?.make(), await CASES["customFields.update"]?.make()];
  await assert.rejects(
    team.api.customFields.update(
      { fields: both.map((id) => ({ id: id ?? "", label: "Mine" })) },
      { ifMatch: "x" },
    ),
    refused("if_match_takes_one", 422),
  );
});
