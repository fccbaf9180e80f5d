// Programs written for Apollo, as their published code calls it: what they send is understood, also where it is not what
// Apollo's reference names. Each would otherwise be refused, or worse, be answered with everything.

import assert from "node:assert/strict";
import { test } from "node:test";
import { plantCompanies, plantPeople } from "./testing/people.ts";
import { MAIL_STEP, newContact, newMailbox, newSequence } from "./testing/sequenced.ts";
import { call } from "./testing/wire.ts";
import { type Team, useWorld } from "./testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

type Row = Record<string, unknown> & { id: string };

/** As the program sends it; what it cannot go on from fails here. */
async function send(method: string, path: string, body?: object, by: Team = team) {
  const answer = await call(`${world.url}/api/v1${path}`, {
    method,
    key: by.key,
    ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  assert.equal(answer.status, 200, `${method} ${path} ${answer.text.slice(0, 300)}`);
  return answer.body as Record<string, Row> & Record<string, Row[]>;
}

const idsOf = (rows: readonly { id: string }[] | undefined) => rows?.map(({ id }) => id);

test("Supaglue makes a sequence that is to be active, adds its steps one by one, and then contacts", async () => {
  const post = (path: string, body: object) =>
    call(`${world.url}/v1${path}`, {
      method: "POST",
      body: JSON.stringify({ ...body, api_key: team.key }),
      headers: { "content-type": "application/json", "cache-control": "no-cache" },
    });
  const made = await post("/emailer_campaigns", {
    name: "From Supaglue",
    permissions: "team_can_use",
    active: true,
    label_ids: [],
    user_id: null,
  });
  assert.equal(made.status, 200, made.text);
  const { id, active } = made.body.emailer_campaign as Row;
  assert.equal(active, false);
  const step = await post("/emailer_steps", {
    emailer_campaign_id: id,
    position: 1,
    type: "auto_email",
    wait_mode: "second",
    wait_time: 0,
  });
  const { emailer_step, emailer_touch, emailer_template } = step.body as Record<string, Row>;
  const touch = await call(`${world.url}/v1/emailer_touches/${emailer_touch?.id}?api_key=${team.key}`, {
    method: "PUT",
    body: JSON.stringify({
      id: emailer_touch?.id,
      emailer_step_id: emailer_step?.id,
      type: "new_thread",
      emailer_template: { id: emailer_template?.id, subject: "Hello", body_html: "<p>Hello</p>" },
    }),
  });
  assert.equal(touch.status, 200, touch.text);

  const contact = await newContact(team);
  const check = await post("/emailer_campaigns/check_contacts_deployability", { contact_ids: [contact] });
  assert.deepEqual([check.status, check.body.num_total_dangerous_contacts], [200, 0]);
  const mailbox = (await newMailbox(team)).id;
  const added = await post(`/emailer_campaigns/${id}/add_contact_ids`, {
    contact_ids: [contact],
    emailer_campaign_id: id,
    send_email_from_email_account_id: mailbox,
    userId: team.owner.id,
  });
  const [one] = added.body.contacts as (Row & { contact_campaign_statuses: Row[] })[];
  assert.partialDeepStrictEqual(one?.contact_campaign_statuses[0], {
    emailer_campaign_id: id,
    send_email_from_email_account_id: mailbox,
    added_by_user_id: team.owner.id,
  });
});

test("contacts active in another sequence are counted without naming it", async () => {
  const { id } = await newSequence(team, { active: true });
  const contact = await newContact(team);
  const mailbox = (await newMailbox(team)).id;
  await send("POST", `/emailer_campaigns/${id}/add_contact_ids`, {
    contact_ids: [contact],
    emailer_campaign_id: id,
    send_email_from_email_account_id: mailbox,
  });
  const found = await team.api.joining.checkDeployability({ contact_ids: [contact] });
  assert.deepEqual([found.num_active_in_other_campaigns, found.show_warning], [1, true]);
});

test("Pipedream finds a contact by its address, and sends all of it back with what is new", async () => {
  const email = "pipedream@norrland.example";
  const { contact } = await team.api.contacts.create({
    first_name: "Ines",
    email,
    mobile_phone: "+46701234567",
    label_names: ["Kept"],
  });
  const { contacts } = await send("GET", `/contacts/search?q_keywords=${encodeURIComponent(email)}`);
  await send("PUT", `/contacts/${contact.id}`, { ...contacts?.[0], title: "Plant manager" });
  const { contact: after } = await team.api.contacts.get({ id: contact.id });
  const { title, etag, updated_at: _, prospect_score: __, prospect_score_parts: ___, ...rest } = after;
  assert.notEqual(etag, contact.etag);
  assert.equal(title, "Plant manager");
  assert.deepEqual(
    rest,
    Object.fromEntries(Object.entries(contact).filter(([key]) => key in rest)),
    "and nothing else is another",
  );
});

test("Apollo's n8n node narrows a search of contacts by display_name, email and lists", async () => {
  const mine = await world.newTeam();
  const { contact } = await mine.api.contacts.create({
    first_name: "Ines",
    last_name: "Okafor",
    email: "ines@n8n.example",
    label_names: ["Q3"],
  });
  await mine.api.contacts.create({ first_name: "Ole", email: "ole@n8n.example" });
  for (const filter of [{ display_name: "okafor" }, { email: "ines@n8n.example" }, { label_names: ["q3"] }])
    assert.deepEqual(
      idsOf((await send("POST", "/contacts/search", { page: 1, per_page: 25, ...filter }, mine)).contacts),
      [contact.id],
      JSON.stringify(filter),
    );
  const all = await mine.api.contacts.search({ label_names: [] });
  assert.equal(all.pagination.total_entries, 2, "a list with no names in it filters nothing");
});

test("Apollo's n8n node searches accounts, names their stage, and changes many at once", async () => {
  const mine = await world.newTeam();
  const { account } = await send(
    ...(["POST", "/accounts"] as const),
    {
      name: "Norrland Kraft",
      domain: "norrland.example",
      label_names: ["Key"],
      account_stage_name: "current client",
    },
    mine,
  );
  const { account_stages } = await mine.api.accountStages.list();
  const stage = account_stages.find(({ id }) => id === account?.account_stage_id);
  assert.equal(stage?.name, "Current Client");
  await mine.api.accounts.create({ name: "Sydkraft", domain: "syd.example", phone: "+46 40 1" });
  for (const filter of [{ display_name: "norr" }, { domain: "norrland.example" }, { label_names: ["key"] }])
    assert.deepEqual(
      idsOf((await send("POST", "/accounts/search", filter, mine)).accounts),
      [account?.id],
      JSON.stringify(filter),
    );
  assert.deepEqual(
    idsOf((await send("POST", "/accounts/search", { label_names: ["none"] }, mine)).accounts),
    [],
  );

  const row = { id: account?.id, name: "", domain: "", phone: "+46 90 2" };
  const changed = await send("POST", "/accounts/bulk_update", { accounts: [row] }, mine);
  assert.deepEqual(changed.accounts, [{ id: account?.id, phone: "+46 90 2" }]);
  const { account: after } = await mine.api.accounts.get({ id: account?.id ?? "" });
  assert.deepEqual([after.name, after.domain], ["Norrland Kraft", "norrland.example"]);
  const wrong = await call(`${world.url}/api/v1/accounts`, {
    method: "POST",
    key: mine.key,
    body: JSON.stringify({ name: "x", account_stage_name: "Nowhere" }),
  });
  assert.deepEqual([wrong.status, wrong.body.error], [422, "There is no stage Nowhere."]);
});

test("what Apollo's n8n node leaves empty in a row of contacts is not taken away", async () => {
  const { contact } = await team.api.contacts.create({ first_name: "Ines", title: "Buyer" });
  const row = { id: contact.id, first_name: "", last_name: "Berg", email: "", title: "" };
  await send("POST", "/contacts/bulk_update", { contacts: [row] });
  const { contact: after } = await team.api.contacts.get({ id: contact.id });
  assert.deepEqual([after.name, after.title], ["Ines Berg", "Buyer"]);
});

test("Apollo's n8n node makes and finds tasks of its own two types, due dates left empty", async () => {
  const mine = await world.newTeam();
  const contact_id = await newContact(mine);
  const row = { priority: "high", due_at: "", contact_id, note: "", user_id: mine.owner.id };
  const { tasks } = await send(
    ...(["POST", "/tasks/bulk_create"] as const),
    {
      tasks: [
        { ...row, type: "email" },
        { ...row, type: "linkedin" },
        { ...row, type: "call" },
      ],
    },
    mine,
  );
  assert.deepEqual(
    tasks?.map(({ type }) => type),
    ["outreach_manual_email", "linkedin_step_message", "call"],
  );
  const search = { page: 1, per_page: 25, open_factor_names: ["task_is_pending"] };
  const found = await send("POST", "/tasks/search", { ...search, task_types: ["email", "linkedin"] }, mine);
  assert.deepEqual(idsOf(found.tasks)?.sort(), [tasks?.[0]?.id, tasks?.[1]?.id].sort());
});

test("Apollo's n8n node logs calls in its own words", async () => {
  const words = [
    ["connected", "completed"],
    ["left_message", "no_answer"],
    ["not_attempted", "queued"],
  ];
  for (const [status, kept] of words) {
    const { phone_call } = await send("POST", "/phone_calls", {
      status,
      direction: "inbound",
      duration: 60,
      called_at: "2026-02-03T09:00:00.000Z",
    });
    assert.partialDeepStrictEqual(phone_call, {
      status: kept,
      inbound: true,
      duration: 60,
      start_time: "2026-02-03T09:00:00.000+00:00",
    });
  }
});

test("Apollo's n8n node adds a field by name and entity_type", async () => {
  const { typed_custom_fields } = await send("POST", "/fields", {
    name: "Booth",
    type: "text",
    entity_type: "account",
  });
  assert.partialDeepStrictEqual(typed_custom_fields?.[0], {
    name: "Booth",
    type: "string",
    modality: "account",
  });
  for (const [body, missing] of [
    [{ type: "text", entity_type: "account" }, "label"],
    [{ type: "text", name: "Hall" }, "modality"],
  ] as const) {
    const refused = await call(`${world.url}/api/v1/fields`, {
      method: "POST",
      key: team.key,
      body: JSON.stringify(body),
    });
    assert.deepEqual([refused.status, refused.body.error], [422, `Required parameter '${missing}' missing`]);
  }
});

test("an upsert by a profile finds its contact, however the address is written, and no other", async () => {
  const mine = await world.newTeam();
  const { contact } = await mine.api.contacts.create({
    first_name: "Jürgen",
    linkedin_url: "https://www.linkedin.com/in/J%C3%BCrgen-Maier/?trk=x",
  });
  await mine.api.contacts.create({
    first_name: "Stranger",
    linkedin_url: "http://www.linkedin.com/in/stranger",
  });
  await mine.api.contacts.create({ first_name: "Nobody's" });
  const found = async (filter: object) =>
    idsOf((await send("POST", "/contacts/search", { page: 1, per_page: 5, ...filter }, mine)).contacts);
  for (const url of [
    "http://www.linkedin.com/in/j%c3%bcrgen-maier",
    "linkedin.com/in/jürgen-maier/",
    "https://de.linkedin.com/in/Jürgen-Maier",
  ]) {
    assert.deepEqual(await found({ linkedin_url: url }), [contact.id], url);
    assert.deepEqual(await found({ person_linkedin_urls: [url] }), [contact.id], url);
  }
  for (const url of ["http://www.linkedin.com/in/somebody-else", "https://www.linkedin.com/", "n/a", "%"])
    assert.deepEqual(await found({ linkedin_url: url }), [], url);
  assert.equal((await found({ linkedin_url: "" }))?.length, 3, "an empty one was not said");
});

test("one sequence is named by itself when people are taken out of it", async () => {
  const { id } = await newSequence(team, { active: true });
  const contact = await newContact(team);
  const mailbox = (await newMailbox(team)).id;
  await send("POST", `/emailer_campaigns/${id}/add_contact_ids`, {
    contact_ids: [contact],
    emailer_campaign_id: id,
    send_email_from_email_account_id: mailbox,
  });
  const { contacts } = await send("POST", "/emailer_campaigns/remove_or_stop_contact_ids", {
    emailer_campaign_id: id,
    contact_ids: [contact],
    mode: "mark_as_finished",
  });
  const [one] = contacts as unknown as (Row & { contact_campaign_statuses: Row[] })[];
  assert.equal(one?.contact_campaign_statuses[0]?.status, "finished");
  const unnamed = await call(`${world.url}/api/v1/emailer_campaigns/remove_or_stop_contact_ids`, {
    method: "POST",
    key: team.key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ contact_ids: [contact], mode: "remove" }),
  });
  assert.deepEqual(
    [unnamed.status, unnamed.body.error],
    [422, "Required parameter 'emailer_campaign_ids' missing"],
  );
});

test("mailboxes are answered where older clients look for them", async () => {
  const mine = await world.newTeam();
  const mailbox = await newMailbox(mine);
  for (const path of ["/email_account/search", "/email_accounts/search"])
    for (const method of ["GET", "POST"]) {
      const { email_accounts } = await send(method, path, method === "POST" ? {} : undefined, mine);
      assert.deepEqual(idsOf(email_accounts), [mailbox.id], `${method} ${path}`);
    }
});

test("a typed client makes tasks for contacts it lists, for itself, by the words of its own", async () => {
  const mine = await world.newTeam();
  const contacts = [await newContact(mine), await newContact(mine)];
  const { account } = await mine.api.accounts.create({ name: "Norrland", domain: "norrland.example" });
  const one = await send(
    ...(["POST", "/tasks"] as const),
    { contact_ids: contacts.slice(0, 1), note: "Ask", type: "contact_action_item", priority: "medium" },
    mine,
  );
  assert.deepEqual(
    [one.task?.contact_id, one.task?.user_id, one.task?.type, one.task?.task_ids],
    [contacts[0], mine.owner.id, "action_item", undefined],
  );
  const several = await send("POST", "/tasks", { contact_ids: contacts, type: "call", note: "Ring" }, mine);
  const made = several.task?.task_ids as string[];
  assert.deepEqual([made.length, several.task?.id], [2, made[0]]);
  const firm = await send("POST", "/tasks", { account_id: account.id, type: "account_action_item" }, mine);
  const search = async (filter: object) =>
    new Set(idsOf((await send("POST", "/tasks/search", filter, mine)).tasks));
  const calls = new Set(made);
  assert.deepEqual(await search({ task_type_cds: ["contact_call"] }), calls);
  assert.deepEqual(await search({ task_type_cds: ["contact_action_item"] }), new Set([one.task?.id]));
  assert.deepEqual(await search({ task_type_cds: ["account_action_item"] }), new Set([firm.task?.id]));
  assert.deepEqual(await search({ account_ids: [account.id] }), new Set([firm.task?.id]));
  assert.deepEqual(await search({ opportunity_ids: [account.id] }), new Set());
  assert.equal(
    (await send("POST", "/tasks/search", { task_type_cds: ["account_action_item"] }, mine)).pagination
      ?.total_entries as unknown,
    1,
  );
  const sorted = await send(
    "POST",
    "/tasks/search",
    { multi_sort: [{ task_created_at: { order: "desc" } }] },
    mine,
  );
  assert.equal(sorted.tasks?.[0]?.id, firm.task?.id);
});

test("deals are found by their names and stages, calls by several contacts", async () => {
  const mine = await world.newTeam();
  const { opportunity_stages: stages } = await mine.api.opportunityStages.list();
  const [first, second] = stages.map(({ id }) => id);
  const made = async (name: string, opportunity_stage_id: string | undefined) =>
    (await mine.api.opportunities.create({ name, ...(opportunity_stage_id && { opportunity_stage_id }) }))
      .opportunity.id;
  const [plant, office] = [await made("New plant", first), await made("New office", second)];
  const found = async (filter: object) =>
    idsOf((await send("POST", "/opportunities/search", filter, mine)).opportunities);
  assert.deepEqual(await found({ q_opportunity_name: "PLANT" }), [plant]);
  assert.deepEqual(await found({ opportunity_stage_ids: [second] }), [office]);
  assert.deepEqual(await found({ q_opportunity_name: "zzz" }), []);
  const contact = await newContact(mine);
  const { phone_call } = await mine.api.phoneCalls.create({ contact_id: contact, status: "completed" });
  await mine.api.phoneCalls.create({ contact_id: await newContact(mine), status: "completed" });
  assert.deepEqual(
    idsOf((await send("POST", "/phone_calls/search", { contact_ids: [contact] }, mine)).phone_calls),
    [phone_call.id],
  );
});

test("an invalid email address is named in every answer that leaves it out", async () => {
  const mine = await world.newTeam();
  const { contact } = await mine.api.contacts.create({ first_name: "Ines", email: "ines at norrland" });
  assert.deepEqual([contact.email, contact.field_errors], [null, { email: "is not an email address" }]);
  const { contact: changed } = await mine.api.contacts.update({
    id: contact.id,
    contact_emails: ["ines@norrland.example", "x@"],
  });
  assert.deepEqual(Object.keys(changed.field_errors), ["contact_emails"]);
  const { contact: shown } = await mine.api.contacts.get({ id: contact.id });
  assert.deepEqual([shown.email, shown.field_errors], ["ines@norrland.example", {}]);
  const many = await mine.api.contacts.bulkCreate({
    contacts: [{ email: "ole@norrland.example" }, { first_name: "Eva", email: "eva(at)norrland" }],
  });
  assert.deepEqual(many.field_errors, { 1: { email: "is not an email address" } });
  const refusal = await call(`${world.url}/api/v1/contacts/bulk_update`, {
    method: "POST",
    key: mine.key,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ contact_attributes: [{ id: contact.id, contact_emails: ["x@"] }] }),
  });
  assert.equal(refusal.status, 422);

  const { account } = await mine.api.accounts.create({ name: "Norrland", domain: "not a domain" });
  assert.deepEqual([account.domain, account.field_errors], [null, { domain: "is not a domain" }]);
  const { account: moved } = await mine.api.accounts.update({ id: account.id, website_url: "localhost" });
  assert.deepEqual(Object.keys(moved.field_errors), ["website_url"]);
  const firms = await mine.api.accounts.bulkCreate({ accounts: [{ name: "Two", domain: "two" }] });
  assert.deepEqual(Object.keys(firms.field_errors["0"] ?? {}), ["domain"]);
  const { accounts } = await send(
    ...(["POST", "/accounts/bulk_update"] as const),
    { accounts: [{ id: account.id, domain: "three" }] },
    mine,
  );
  assert.deepEqual(accounts?.[0]?.field_errors, { domain: "is not a domain" });
});

test("an account is the company at its domain in every answer, or the one that it names", async () => {
  const mine = await world.newTeam();
  const [kraft, younger, fjord] = await plantCompanies(world, mine, [
    { name: "Norrland Kraft", domain: "kraft.example" },
    { name: "Kraft Labs", domain: "labs.example" },
    { name: "Fjord Foods", domain: "fjord.example" },
  ]);
  const { account } = await mine.api.accounts.create({ name: "Kraft", domain: "kraft.example" });
  const { account: named } = await mine.api.accounts.create({
    name: "Labs",
    domain: "fjord.example",
    organization_id: younger ?? "",
  });
  const { contact } = await mine.api.contacts.create({ first_name: "Ines", account_id: account.id });
  const ties = new Map([
    [account.id, kraft],
    [named.id, younger],
  ]);
  const { accounts } = await send("POST", "/accounts/search", {}, mine);
  assert.deepEqual(new Map(accounts?.map((one) => [one.id, one.organization_id as string])), ties);
  for (const [id, company] of ties)
    assert.equal((await mine.api.accounts.get({ id })).account.organization_id, company);
  const companies = await mine.api.mixedCompanies.search({});
  assert.deepEqual(new Map(companies.accounts.map((one) => [one.account_id ?? "", one.id])), ties);
  assert.deepEqual(idsOf(companies.organizations), [fjord], "what an account names is what it is");
  for (const [word, found] of [
    ["yes", [kraft, younger]],
    ["no", [fjord]],
  ] as const) {
    const { accounts: saved, organizations } = await mine.api.mixedCompanies.search({
      prospected_by_current_team: [word],
    });
    assert.deepEqual(new Set(idsOf([...saved, ...organizations])), new Set(found), word);
  }
  const [found] = (await mine.api.contacts.search({ contact_ids: [contact.id] })).contacts;
  assert.deepEqual([found?.account?.organization_id, found?.organization?.id], [kraft, kraft]);
});

test("steps that are sent with a sequence's settings are its steps", async () => {
  const { id, steps } = await newSequence(team);
  const step = { type: "call", wait_time: 2, wait_mode: "day" };
  await send("PUT", `/emailer_campaigns/${id}`, {
    name: "With steps",
    emailer_steps: [{ id: steps[0], position: 1, ...MAIL_STEP }, step],
  });
  const stepsOf = async (sequence: string) =>
    (await team.api.sequences.show({ id: sequence })).emailer_steps.map(({ type, wait_time }) => [
      type,
      wait_time,
    ]);
  assert.deepEqual(await stepsOf(id), [
    ["auto_email", 0],
    ["call", 2],
  ]);
  await send("PUT", `/emailer_campaigns/${id}`, { name: "Another" });
  assert.equal((await stepsOf(id)).length, 2, "what is not sent stays");
  const started = await send("POST", "/emailer_campaigns", {
    name: "At once",
    active: true,
    emailer_steps: [step],
  });
  assert.equal(started.emailer_campaign?.active, true);
  assert.deepEqual(await stepsOf(started.emailer_campaign?.id ?? ""), [["call", 2]]);
});

test("a typed client begins the mail of a task with it, writes it, and sends it", async () => {
  const mine = await world.newTeam();
  const mailbox = await newMailbox(mine, { default: true });
  const contact = await newContact(mine);
  const made = await send(
    ...(["POST", "/tasks"] as const),
    { contact_ids: [contact], note: "Write", type: "outreach_manual_email", status: "scheduled" },
    mine,
  );
  const mail = made.task?.emailer_message as Row;
  const written = await send(
    "PUT",
    `/emailer_messages/${mail.id}`,
    { subject: "Hi", body_html: "<p>Hi</p>" },
    mine,
  );
  assert.deepEqual([written.emailer_message?.subject, written.emailer_message?.status], ["Hi", "drafted"]);
  const { task } = await mine.api.tasks.get({ id: made.task?.id ?? "" });
  assert.equal(task.emailer_message?.id, mail.id);
  const sent = await send(
    ...(["POST", `/emailer_messages/${mail.id}/send_now`] as const),
    { surface: "tasks", email_account_id: mailbox.id },
    mine,
  );
  assert.equal(sent.emailer_message?.status, "scheduled");

  const second = await send("POST", "/tasks", { contact_id: contact, type: "outreach_manual_email" }, mine);
  const begun = (second.task?.emailer_message as Row | undefined)?.id;
  const own = await mine.api.emailerMessages.create({
    contact_id: contact,
    subject: "Mine",
    body_html: "<p>x</p>",
    outreach_task_id: second.task?.id ?? "",
  });
  assert.equal(own.task?.emailer_message?.id, own.emailer_message.id);
  const gone = await call(`${world.url}/api/v1/emailer_messages/${begun}`, { method: "GET", key: mine.key });
  assert.notEqual(gone.status, 200, "the mail that nobody wrote in is gone");
  const unreachable = await newContact(mine, { email: "" });
  const none = await send("POST", "/tasks", { contact_id: unreachable, type: "outreach_manual_email" }, mine);
  assert.equal(none.task?.emailer_message, undefined);
});

test("notes, what happened, and calendars are searched as a typed client does", async () => {
  const mine = await world.newTeam();
  const [contact, other] = [await newContact(mine), await newContact(mine)];
  const { account } = await mine.api.accounts.create({ name: "Norrland", domain: "norrland.example" });
  const { note } = await mine.api.notes.create({ content: "After the Summer", contact_id: contact });
  const { note: firm } = await mine.api.notes.create({ content: "Budget", account_id: account.id });
  const notes = async (filter: object) =>
    send("POST", "/notes/search", { page: 1, per_page: 100, ...filter }, mine);
  assert.deepEqual(idsOf((await notes({})).notes), [firm.id, note.id]);
  assert.deepEqual(idsOf((await notes({ q_keywords: "summer" })).notes), [note.id]);
  assert.deepEqual(idsOf((await notes({ account_ids: [account.id] })).notes), [firm.id]);
  assert.deepEqual(idsOf((await notes({ contact_ids: [other] })).notes), []);
  const page = await send("POST", "/notes/search", { page: 2, per_page: 1 }, mine);
  assert.deepEqual([idsOf(page.notes), page.pagination?.total_entries as unknown], [[note.id], 2]);

  await mine.api.tasks.create({ contact_id: contact, type: "call" });
  const told = await send(
    "POST",
    "/activities/search",
    { contact_ids: [contact], account_ids: [account.id] },
    mine,
  );
  const kinds = (told.activities as Row[] | undefined)?.map(({ kind }) => kind);
  assert.deepEqual(new Set(kinds), new Set(["event", "note", "task"]));
  const at = (told.activities ?? []).map(({ created_at }) => String(created_at));
  assert.deepEqual(at, at.toSorted().toReversed(), "the newest first");
  const few = await send(
    "POST",
    "/activities/search",
    { contact_id: contact, kinds: ["note"], per_page: 1 },
    mine,
  );
  assert.deepEqual([idsOf(few.activities), few.pagination?.total_entries as unknown], [[note.id], 1]);
  const unnamed = await call(`${world.url}/api/v1/activities/search`, { method: "POST", key: mine.key });
  assert.deepEqual([unnamed.status, unnamed.body.error], [400, "At least one argument is required"]);

  const events = await send("POST", "/calendar_events/search", { contact_ids: [contact] }, mine);
  assert.deepEqual([events.calendar_events, events.pagination?.total_entries as unknown], [[], 0]);
});

test("several tasks are skipped at once, each by itself", async () => {
  const mine = await world.newTeam();
  const contact_id = await newContact(mine);
  const tasks = [];
  for (let n = 0; n < 3; n++) tasks.push((await mine.api.tasks.create({ contact_id, type: "call" })).task.id);
  const skip = (ids: string[]) =>
    send("POST", "/tasks/bulk_skip", { ids, on_task_page: true, async: false }, mine) as Promise<unknown>;
  assert.deepEqual(await skip(tasks.slice(0, 2)), {
    success: true,
    task_ids: tasks.slice(0, 2).toSorted(),
    left: [],
  });
  const again = (await skip(tasks)) as {
    success: boolean;
    task_ids: string[];
    left: { id: string; code: string }[];
  };
  assert.deepEqual([again.success, again.task_ids], [false, tasks.slice(2)]);
  assert.deepEqual(new Set(again.left.map(({ code }) => code)), new Set(["task_finished"]));
  for (const id of tasks) assert.equal((await mine.api.tasks.get({ id })).task.status, "skipped");
});

test("a deal, its stage and the one pipeline name each other", async () => {
  const mine = await world.newTeam();
  const { opportunity_pipelines: pipelines } = await send("GET", "/opportunity_pipelines", undefined, mine);
  const [pipeline] = pipelines ?? [];
  assert.deepEqual([pipelines?.length, pipeline?.default_pipeline, pipeline?.team_id], [1, true, mine.id]);
  const shown = await send("GET", `/opportunity_pipelines/${pipeline?.id}`, undefined, mine);
  assert.deepEqual(shown.opportunity_pipeline, pipeline);
  const { opportunity_stages: stages } = await mine.api.opportunityStages.list();
  const { opportunity } = await mine.api.opportunities.create({ name: "Plant" });
  for (const { opportunity_pipeline_id } of [...stages, opportunity])
    assert.equal(opportunity_pipeline_id, pipeline?.id);
  const theirs = await call(`${world.url}/api/v1/opportunity_pipelines/${pipeline?.id}`, {
    method: "GET",
    key: team.key,
  });
  assert.equal(theirs.status, 404);
});

test("a person is enriched by the older address, and a sequence deleted as it is archived", async () => {
  const mine = await world.newTeam();
  const [id] = await plantPeople(world, mine, [
    { firstName: "Ines", lastName: "Okafor", email: "ines@kraft.example", emailStatus: "verified" },
  ]);
  const { person } = await send("POST", "/people/enrich", { id }, mine);
  assert.deepEqual([person?.id, person?.email as unknown], [id, "ines@kraft.example"]);

  const sequence = await newSequence(mine);
  const gone = await send("DELETE", `/emailer_campaigns/${sequence.id}`, undefined, mine);
  assert.deepEqual([gone.emailer_campaign?.id, gone.emailer_campaign?.deleted], [sequence.id, true]);
  const { emailer_campaigns } = await send("POST", "/emailer_campaigns/search", {}, mine);
  assert.ok(!idsOf(emailer_campaigns)?.includes(sequence.id));
  const { emailer_campaign: back } = await mine.api.sequences.change({ id: sequence.id, archived: false });
  assert.deepEqual(
    [back.archived, back.active],
    [false, false],
    "what was sent is kept, and it can be taken out",
  );
});
