// What the node does, run by n8n's execution engine against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../server/testing/sending.ts";
import { newContact, newContacts, newMailbox, newSequence } from "../../server/testing/sequenced.ts";
import { refused } from "../../server/testing/world.ts";
import { locator, mapped, useNode } from "./node-of-team.ts";
import type { Json } from "./shapes.ts";

const { world, at, tried, run, one } = useNode();

test("contacts are made, with the team's own fields, changed, found, explained and deleted", async () => {
  const meta = { picklist_values: [{ name: "Gold" }, { name: "Silver" }] };
  await at.team.api.customFields.create({ label: "Tier", type: "picklist", modality: "contact", meta });
  at.n8n.credential = { baseUrl: world.url, apiKey: at.team.key };
  const tier = (await at.n8n.fields("getContactFields")).fields.find(
    ({ displayName }) => displayName === "Tier",
  );
  const silver = tier?.options?.find(({ name }) => name === "Silver")?.value;
  assert.ok(tier && silver);
  const { contact_stages } = await at.team.api.contactStages.list();
  const stage = contact_stages[1]?.id ?? "";
  const made = await one(
    "contact",
    "create",
    mapped({
      first_name: "Kari",
      last_name: "Nordmann",
      email: "kari@fjord.example",
      contact_stage_id: stage,
      label_names: "Fjords, North",
      do_not_contact: false,
      [tier.id]: silver,
    }),
  );
  assert.deepEqual([made.name, made.contact_stage_id], ["Kari Nordmann", stage]);
  assert.deepEqual(made.typed_custom_fields, { [tier.id.split(".")[1] ?? ""]: silver });
  assert.equal(
    (await at.team.api.labels.list()).filter(({ name }) => ["Fjords", "North"].includes(name)).length,
    2,
  );

  const contactId = locator(made.id);
  assert.equal((await one("contact", "get", { contactId })).name, "Kari Nordmann");
  const changed = await one("contact", "update", { contactId, ...mapped({ title: "Skipper" }) });
  assert.deepEqual([changed.title, changed.name], ["Skipper", "Kari Nordmann"]);
  const found = await run("contact", "getAll", {
    filters: { q_keywords: "Nordmann", contact_stage_ids: [stage] },
  });
  assert.deepEqual(
    found.map(({ json }) => json.id),
    [made.id],
  );
  const explained = await one("contact", "explain", { contactId });
  assert.equal(typeof explained.sentence, "string");
  const other = contact_stages[2]?.id ?? "";
  await run("contact", "updateStage", { contact_ids: made.id, contact_stage_id: other });
  assert.equal((await at.team.api.contacts.get({ id: made.id })).contact.contact_stage_id, other);
  await run("contact", "delete", { contactId });
  assert.match((await refused(at.team.api.contacts.get({ id: made.id }))).message, /deleted|not exist/);
});

test("what an item holds fills the fields of the same name, and nothing else of it is sent", async () => {
  at.n8n.credential = { baseUrl: world.url, apiKey: at.team.key };
  const { fields: schema } = await at.n8n.fields("getContactFields");
  const parameters = {
    fields: { mappingMode: "autoMapInputData", value: null, matchingColumns: [], schema },
  };
  const items = [
    { first_name: "Ada", email: "ada@fjord.example", unknown_to_us: { a: 1 } },
    { first_name: "Bo", email: "bo@fjord.example" },
  ];
  const out = await run("contact", "create", parameters, items);
  assert.deepEqual(
    out.map(({ json, pairedItem }) => [json.first_name, pairedItem]),
    [
      ["Ada", { item: 0 }],
      ["Bo", { item: 1 }],
    ],
  );
});

test("a list is read to its end, or as far as it is wanted", async () => {
  const label = "Many of them";
  const ids = await newContacts(at.team, 130, { label_names: [label] });
  const list = (await at.team.api.labels.list()).find(({ name }) => name === label);
  const filters = { contact_label_ids: [list?.id] };
  const all = await run("contact", "getAll", { returnAll: true, filters });
  assert.deepEqual(new Set(all.map(({ json }) => json.id)), new Set(ids));
  assert.equal((await run("contact", "getAll", { returnAll: false, limit: 3, filters })).length, 3);
  assert.equal((await run("contact", "getAll", { returnAll: false, limit: 120, filters })).length, 120);
});

test("accounts are made, changed, found and deleted", async () => {
  const made = await one(
    "account",
    "create",
    mapped({ name: "Fjordkraft", domain: "fjordkraft.example", founded_year: 1901 }),
  );
  const accountId = locator(made.id);
  assert.equal(
    (await one("account", "update", { accountId, ...mapped({ industry: "Energy" }) })).industry,
    "Energy",
  );
  const found = await run("account", "getAll", { filters: { q_organization_name: "Fjordkraft" } });
  assert.deepEqual(
    found.map(({ json }) => [json.id, json.founded_year]),
    [[made.id, 1901]],
  );
  assert.equal((await one("account", "get", { accountId })).name, "Fjordkraft");
  await run("account", "delete", { accountId });
  assert.deepEqual(await run("account", "getAll", { filters: { q_organization_name: "Fjordkraft" } }), []);
});

test("deals are made, changed, found and deleted", async () => {
  const { opportunity_stages } = await at.team.api.opportunityStages.list();
  const stage = opportunity_stages[0]?.id ?? "";
  const made = await one(
    "deal",
    "create",
    mapped({ name: "A boat", amount: 1200, opportunity_stage_id: stage, closed_date: "2027-03-01" }),
  );
  const dealId = locator(made.id);
  assert.deepEqual([Number(made.amount), made.opportunity_stage_id], [1200, stage]);
  assert.equal(
    (await one("deal", "update", { dealId, ...mapped({ name: "A larger boat" }) })).name,
    "A larger boat",
  );
  const found = await run("deal", "getAll", { filters: { q_keywords: "boat" } });
  assert.deepEqual(
    found.map(({ json }) => json.id),
    [made.id],
  );
  assert.equal((await one("deal", "get", { dealId })).name, "A larger boat");
  await run("deal", "delete", { dealId });
  assert.deepEqual(await run("deal", "getAll", { filters: { q_keywords: "boat" } }), []);
});

test("lists are made, filled, emptied and deleted", async () => {
  const id = await newContact(at.team);
  const made = await one("list", "create", { name: "Harbour", modality: "contacts" });
  const records = { modality: "contacts", label_names: ["Harbour"], entity_ids: `${id}` };
  await run("list", "addEntities", records);
  assert.equal((await run("contact", "getAll", { filters: { contact_label_ids: [made.id] } })).length, 1);
  await run("list", "removeEntities", records);
  assert.equal((await run("contact", "getAll", { filters: { contact_label_ids: [made.id] } })).length, 0);
  await run("list", "delete", { listId: locator(made.id) });
  const left = await run("list", "getAll");
  assert.equal(
    left.some(({ json }) => json.name === "Harbour"),
    false,
  );
});

test("tasks are made, changed, completed and skipped", async () => {
  const contact_id = await newContact(at.team);
  const wish = {
    type: "call",
    contact_id,
    user_id: at.team.owner.id,
    due_at: "2027-01-05T09:00:00.000+01:00",
  };
  const made = await one("task", "create", {
    ...wish,
    additionalFields: { note: "Ask about the boat", priority: "high" },
  });
  const taskId = locator(made.id);
  assert.deepEqual([made.type, made.priority], ["call", "high"]);
  assert.equal(
    (await one("task", "update", { taskId, additionalFields: { title: "Ring them" } })).title,
    "Ring them",
  );
  assert.equal((await one("task", "get", { taskId })).id, made.id);
  assert.equal((await run("task", "getAll", { filters: { contact_ids: contact_id } })).length, 1);
  assert.equal((await one("task", "complete", { taskId })).status, "completed");
  const other = await one("task", "create", wish);
  assert.equal((await one("task", "skip", { taskId: locator(other.id) })).status, "skipped");
});

test("sequences are found, switched off and on, and explained; who is in one is managed", async () => {
  const mailbox = (await newMailbox(at.team)).id;
  const second = (await newMailbox(at.team)).id;
  const sequence = await newSequence(at.team, { name: "The long way" });
  const sequenceId = locator(sequence.id);
  const found = await run("sequence", "getAll", { filters: { q_name: "long way" } });
  assert.deepEqual(
    found.map(({ json }) => json.id),
    [sequence.id],
  );
  assert.equal(
    ((await one("sequence", "get", { sequenceId })).emailer_campaign as Json).name,
    "The long way",
  );
  assert.equal(((await one("sequence", "deactivate", { sequenceId })).active ?? false) as boolean, false);
  await run("sequence", "activate", { sequenceId });
  assert.equal(typeof (await one("sequence", "explain", { sequenceId })).sentence, "string");

  const [id = ""] = await newContacts(at.team, 1);
  await run("sequence", "addContacts", { sequenceId, email_account_ids: [mailbox], contact_ids: id });
  const [enrolled] = await run("enrollment", "getAll", { filters: { emailer_campaign_ids: [sequence.id] } });
  assert.deepEqual([enrolled?.json.contact_id, enrolled?.json.status], [id, "active"]);
  const enrollmentId = locator(String(enrolled?.json.id));
  assert.equal(typeof (await one("enrollment", "explain", { enrollmentId })).sentence, "string");
  const state = async () =>
    ((await one("enrollment", "get", { enrollmentId })).contact_campaign_status as Json).status;
  const whom = { sequenceId, contact_ids: id };
  await run("enrollment", "pause", { ...whom, additionalFields: { reason: "holidays" } });
  assert.equal(await state(), "paused");
  await run("enrollment", "resume", whom);
  assert.equal(await state(), "active");
  await run("enrollment", "move", { ...whom, send_email_from_email_account_id: second });
  await run("enrollment", "finish", whom);
  assert.equal(await state(), "finished");
  await run("enrollment", "remove", whom);
  assert.deepEqual(
    await run("enrollment", "getAll", { filters: { emailer_campaign_ids: [sequence.id] } }),
    [],
  );
});

test("a call without named contacts is not sent, because it would be about all of them", async () => {
  const sequence = await newSequence(at.team);
  const { error } = await tried("enrollment", "finish", {
    sequenceId: locator(sequence.id),
    contact_ids: " , ",
  });
  assert.match(error?.message ?? "", /contact_ids: is missing/);
});

test("pick-lists, records to choose from and the fields of a form come from the server", async () => {
  at.n8n.credential = { baseUrl: world.url, apiKey: at.team.key };
  const mailbox = await newMailbox(at.team);
  const { name, id } = await newSequence(at.team, { name: "To be picked" });
  await at.team.api.labels.create({ name: "Picked", modality: "contacts" });
  const names = async (method: string) => (await at.n8n.options(method)).map((one) => one.name);
  assert.ok((await names("getMailboxes")).includes(mailbox.email));
  assert.ok((await names("getSequences")).includes(name));
  assert.ok((await names("getUsers")).includes("Ole Dahl"));
  assert.ok((await names("getContactLists")).includes("Picked"));
  assert.ok(!(await names("getAccountLists")).includes("Picked"));
  assert.ok((await names("getListNames")).includes("Picked"));
  for (const method of ["getContactStages", "getAccountStages", "getDealStages"])
    assert.ok((await names(method)).length > 1, method);
  assert.deepEqual((await at.n8n.search("searchSequences", "picked")).results, [{ name, value: id }]);
  for (const method of ["searchAccounts", "searchContacts", "searchDeals", "searchTasks", "searchLists"])
    assert.ok(Array.isArray((await at.n8n.search(method)).results), method);
  await newContacts(at.team, 60, { last_name: "Scrolled" });
  const first = await at.n8n.search("searchContacts", "Scrolled");
  assert.deepEqual([first.results.length, first.paginationToken], [50, "2"]);
  const rest = await at.n8n.search("searchContacts", "Scrolled", first.paginationToken);
  assert.deepEqual([rest.results.length, rest.paginationToken], [10, undefined]);
  for (const method of ["getContactFields", "getAccountFields", "getDealFields"]) {
    const { fields } = await at.n8n.fields(method);
    const stage = fields.find(({ id }) => id.endsWith("stage_id"));
    assert.ok((stage?.options?.length ?? 0) > 1, method);
  }
});

test("people are imported, found, saved and looked up; an import is read row by row, and undone", async () => {
  const text =
    "name,title,email,email_status,company,domain\nInes Fjell,CFO,ines@fjell.example,verified,Fjell,fjell.example\n,,,,,\n";
  const started = await one("import", "create", { kind: "people", text });
  const importId = locator(String((started.import as Json)?.id ?? started.id));
  await until(async () => {
    const { import: found } = await at.team.api.imports.get({ id: importId.value });
    return found.status === "done" ? found : undefined;
  });
  const rows = (await run("import", "getRows", { importId })).flatMap(
    ({ json }) => (json.rows as Json[]) ?? [json],
  );
  assert.deepEqual(
    rows.map(({ verdict }) => verdict),
    ["created", "skipped"],
  );
  assert.equal((await run("import", "getAll")).length, 1);
  const [found] = await run("person", "getAll", { filters: { q_keywords: "Fjell" } });
  assert.equal(found?.json.title, "CFO");
  const matched = await one("person", "match", { additionalFields: { email: "ines@fjell.example" } });
  assert.equal((matched.person as Json | undefined)?.last_name ?? matched.last_name, "Fjell");
  const company = await one("company", "enrich", { domain: "fjell.example" });
  assert.equal((company.organization as Json | undefined)?.name ?? company.name, "Fjell");
  await run("person", "save", { person_ids: String(found?.json.id) });
  const { contacts } = await at.team.api.contacts.search({ q_keywords: "Fjell" });
  assert.equal(contacts.length, 1);
  const enriched = await one("contact", "enrich", { contact_ids: contacts[0]?.id as string });
  assert.ok((enriched.entity_progress_job as Json | undefined)?.id);
  await run("import", "undo", { importId });
});

test("a kept report is sent at set times, at others, and no more", async () => {
  const { view } = await at.team.api.views.create({
    subject: "reports",
    name: "Replies",
    filter: { metrics: [{ value: "num_emails_replied" }] },
  });
  const { webhook_subscription } = await at.team.api.webhookSubscriptions.create({
    url: "https://hooks.example.invalid/",
    types: ["report.sent"],
  });
  const made = await one("reportSchedule", "create", {
    view_id: view.id,
    every: "week",
    time: "08:30",
    additionalFields: { webhook_subscription_id: webhook_subscription.id, weekday: 5 },
  });
  assert.deepEqual([made.time, made.weekday], ["08:30", 5]);
  const reportScheduleId = locator(made.id as string);
  const changed = await one("reportSchedule", "update", {
    reportScheduleId,
    additionalFields: { time: "09:00" },
  });
  assert.deepEqual([changed.time, changed.weekday], ["09:00", 5]);
  assert.deepEqual(await run("reportSchedule", "getRuns", { reportScheduleId }), []);
  assert.equal((await run("reportSchedule", "getAll")).length, 1);
  await run("reportSchedule", "delete", { reportScheduleId });
  assert.deepEqual(await run("reportSchedule", "getAll"), []);
});

test("a workflow is switched on, run for a contact, asked why, switched off and archived; the score formula and copilots are read", async () => {
  const contact = await newContact(at.team);
  const { workflow } = await at.team.api.workflows.create({
    name: "By hand from n8n",
    trigger: { type: "event", event: "contact.stage_changed" },
    actions: [{ type: "notify", text: "It happened" }],
  });
  const workflowId = locator(workflow.id);
  await run("workflow", "activate", { workflowId });
  assert.equal((await at.team.api.workflows.get({ id: workflow.id })).workflow.active, true);
  assert.ok((await run("workflow", "getAll")).some(({ json }) => json.id === workflow.id));
  await run("workflow", "run", { workflowId, additionalFields: { entity_ids: contact } });
  await until(
    async () => (await at.team.api.workflows.runs({ id: workflow.id })).workflow_runs[0]?.counts.done === 1,
  );
  assert.equal((await run("workflow", "getRuns", { workflowId })).length, 1);
  const why = await one("workflow", "explain", { workflowId, entity_id: contact });
  assert.match(JSON.stringify(why), new RegExp(contact));
  await run("workflow", "deactivate", { workflowId });
  assert.equal((await at.team.api.workflows.get({ id: workflow.id })).workflow.active, false);
  await run("workflow", "archive", { workflowId });
  assert.equal((await at.team.api.workflows.get({ id: workflow.id })).workflow.archived, true);
  assert.ok(JSON.stringify(await one("scoreFormula", "get")).includes("signals"));
  assert.deepEqual(await run("copilot", "getAll"), []);
});

test("the score formula is replaced, signal by signal, and reset", async () => {
  const signals = {
    group: [
      { field: "title", operator: "has_any_of", value: "CEO, CTO", weight: 40, name: "Decides" },
      { field: "prospects", operator: "at_least", value: "3", weight: 1 },
    ],
  };
  const refusal = await tried("scoreFormula", "replace", { signals });
  assert.match(String(refusal.error?.message), /field/);
  const sound = {
    group: [
      ...signals.group.slice(0, 1),
      { field: "head_count", operator: "at_least", value: "50", weight: 10, name: "", custom_field_id: "" },
    ],
  };
  const additionalFields = { out_of: 50, marks: "40, 80" };
  const tryout = await one("scoreFormula", "replace", {
    signals: sound,
    additionalFields,
    options: { dryRun: true },
  });
  assert.equal((tryout.score_formula as { signals: unknown[] }).signals.length, 2);
  assert.equal((await at.team.api.scoreFormula.show()).score_formula.is_default, true);
  await run("scoreFormula", "replace", { signals: sound, additionalFields });
  const { score_formula } = await at.team.api.scoreFormula.show();
  assert.deepEqual(
    score_formula.signals.map(({ field, operator, value, weight, name }) => [
      field,
      operator,
      value,
      weight,
      name,
    ]),
    [
      ["title", "has_any_of", ["CEO", "CTO"], 40, "Decides"],
      ["head_count", "at_least", 50, 10, null],
    ],
  );
  assert.deepEqual([score_formula.out_of, score_formula.marks], [50, [40, 80]]);
  const none = await tried("scoreFormula", "replace", { signals: {} });
  assert.match(String(none.error?.message), /signals: is missing/);
  await run("scoreFormula", "reset");
  assert.equal((await at.team.api.scoreFormula.show()).score_formula.is_default, true);
});
