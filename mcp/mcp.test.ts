// An agent at work: through the official client, over HTTP and over standard input and output, against the real server.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { startEngineProcess } from "../server/testing/engine-process.ts";
import { LOOPBACK } from "../server/testing/loopback.ts";
import { loseLookup } from "../server/testing/lost-lookup.ts";
import { plantPeople } from "../server/testing/people.ts";
import { newContact, newMailbox, newSequence } from "../server/testing/sequenced.ts";
import { type Team, useWorld } from "../server/testing/world.ts";
import { toolsFor } from "./server.ts";

const ROOT = join(import.meta.dirname, "..");

describe("agents", () => {
  let team: Team;
  const open: Client[] = [];
  const world = useWorld({ role: "api", webhookAllow: LOOPBACK }, async (opened) => {
    team = await opened.newTeam("Norrland Kraft");
  });
  after(() => Promise.all(open.map((client) => client.close())));

  async function agent(key = team.key) {
    const client = new Client({ name: "an agent", version: "1.0.0" });
    open.push(client);
    const headers = { authorization: `Bearer ${key}` };
    const transport = new StreamableHTTPClientTransport(new URL(`${world.url}/mcp`), {
      requestInit: { headers },
    });
    await client.connect(transport as Parameters<Client["connect"]>[0]);
    return client;
  }

  async function use(client: Client, name: string, input: Record<string, unknown> = {}) {
    const answer = await client.callTool({ name, arguments: input });
    const [part] = answer.content as { type: string; text: string }[];
    return { isError: answer.isError === true, said: JSON.parse(part?.text ?? "null") };
  }

  test("a master key sees every tool, and the list stays small", async () => {
    const client = await agent();
    const { tools } = await client.listTools();
    assert.equal(tools.length, toolsFor(new Set((await team.api.apiKeys.current()).caller.calls)).length);
    assert.ok(tools.length >= 25, `${tools.length} tools`);
    // Four characters are about one token; 12,000 tokens are the limit.
    assert.ok(JSON.stringify(tools).length < 48_000, `${JSON.stringify(tools).length} characters`);
  });

  test("a person whose lookup was lost is not reported as not found", async () => {
    const own = await world.newTeam();
    const clue = { name: "Per Lund", domain: "fjord.no" };
    await loseLookup(world, own, clue);
    const { said } = await use(await agent(own.key), "look_up_person", clue);
    assert.deepEqual([said.person, said.lookup_lost.code], [null, "lookup_lost"]);
  });

  test("a workflow is only tried out until a person has confirmed", async () => {
    const client = await agent();
    await team.api.contacts.create({ first_name: "Ines" });
    const { workflow } = await team.api.workflows.create({
      name: "Tells",
      trigger: { type: "schedule", every: "day" },
      actions: [{ type: "notify", text: "Look" }],
    });
    const tried = await use(client, "run_workflow", { workflow_id: workflow.id });
    assert.ok(tried.said.would.num_candidates > 0);
    assert.equal(tried.said.would.warnings[0].code, "matches_everybody");
    assert.deepEqual((await team.api.workflows.runs({ id: workflow.id })).workflow_runs, []);
    await use(client, "run_workflow", { workflow_id: workflow.id, confirm: true });
    const { said } = await use(client, "list_workflows", { workflow_id: workflow.id });
    assert.equal(said.workflow_runs.length, 1);
    const { contacts } = await team.api.contacts.search({});
    const wish = { workflow_id: workflow.id, record_id: contacts[0]?.id ?? "" };
    assert.match(
      (await use(client, "why_workflow", wish)).said.explanation.sentence,
      /ran for this record|runs? for this record|would run/,
    );
    const idOf = { workflow_id: workflow.id };
    assert.equal(
      (await use(client, "archive_workflow", { ...idOf, archived: true })).said.workflow.archived,
      true,
    );
    assert.equal(
      (await use(client, "archive_workflow", { ...idOf, archived: false })).said.workflow.archived,
      false,
    );
  });

  test("a kept report is sent every week, less often, and no more", async () => {
    const client = await agent();
    const { view } = await team.api.views.create({
      subject: "reports",
      name: "Replies",
      filter: { metrics: [{ value: "num_emails_replied" }] },
    });
    const { webhook_subscription } = await team.api.webhookSubscriptions.create({
      url: "https://hooks.example.invalid/",
      types: ["report.sent"],
    });
    assert.equal((await use(client, "schedule_report", { time: "09:00" })).isError, true);
    const made = await use(client, "schedule_report", {
      view_id: view.id,
      time: "09:00",
      webhook_subscription_id: webhook_subscription.id,
    });
    const { id, every, time } = made.said.report_schedule;
    assert.deepEqual([every, time], ["week", "09:00"]);
    const changed = await use(client, "schedule_report", { report_schedule_id: id, active: false });
    const { report_schedule: after } = changed.said;
    assert.deepEqual([after.every, after.time, after.active], ["week", "09:00", false]);
    const { said } = await use(client, "list_report_schedules", {});
    assert.deepEqual(said.kept_reports, [{ view_id: view.id, name: "Replies" }]);
    assert.equal(said.report_schedules[0].id, id);
    const runs = await use(client, "list_report_schedules", { report_schedule_id: id });
    assert.deepEqual(runs.said.report_runs, []);
  });

  test("a key that only reads sees tools that only read", async () => {
    const { api_key } = await team.api.apiKeys.create({ name: "reader", scopes: ["read_only"] });
    const { tools } = await (await agent(api_key.key)).listTools();
    const names = tools.map(({ name }) => name);
    assert.ok(names.includes("find_contacts") && names.includes("why"));
    for (const { name, annotations } of tools) assert.equal(annotations?.readOnlyHint, true, name);
    assert.ok(!names.includes("add_contacts_to_sequence"));
  });

  test("three people are added: saved without doubles, previewed, confirmed, and explained", async () => {
    const client = await agent();
    const { id: mailbox } = await newMailbox(team);
    const { id: sequence } = await newSequence(team, { name: "Nordic plants" });
    const me = await use(client, "who_am_i");
    assert.equal(me.said.team_name, "Norrland Kraft");

    const people = ["Ines Okafor", "Ole Berg", "Mona Lie"].map((name) => ({
      first_name: name.split(" ")[0],
      last_name: name.split(" ")[1],
      email: `${name.split(" ")[0]?.toLowerCase()}@${name.split(" ")[1]?.toLowerCase()}.example`,
      organization_name: `${name}'s own`,
    }));
    const made = await use(client, "create_contacts", { contacts: people });
    assert.equal(made.said.created.length, 3);
    const again = await use(client, "create_contacts", { contacts: people });
    assert.deepEqual([again.said.created.length, again.said.existing.length], [0, 3]);
    const contact_ids = made.said.created.map(({ id }: { id: string }) => id);

    const wish = {
      sequence_id: sequence,
      contact_ids,
      mailbox_ids: [mailbox],
      sequence_unverified_email: true,
    };
    const preview = await use(client, "add_contacts_to_sequence", wish);
    assert.deepEqual([preview.said.not_done_yet, preview.said.joined], [true, 3]);
    assert.ok(preview.said.previews.length > 0);
    const none = await use(client, "find_in_sequence", { sequence_id: sequence });
    assert.equal(none.said.total, 0, "the preview changed nothing");

    const done = await use(client, "add_contacts_to_sequence", { ...wish, confirm: true });
    assert.equal(done.said.joined, 3);
    const joined = await use(client, "find_in_sequence", { sequence_id: sequence });
    assert.equal(joined.said.total, 3);
    const why = await use(client, "why", { of: "enrollment", id: joined.said.people[0].id });
    assert.equal(typeof why.said.sentence, "string");

    const twice = await use(client, "add_contacts_to_sequence", { ...wish, confirm: true });
    assert.equal(twice.said.joined, 0);
    assert.equal(twice.said.left_out_by_reason[0].code, "contacts_already_exists_in_current_campaign");
  });

  test("a CSV is looked at, tried out, brought in and taken back", async (t) => {
    const engine = startEngineProcess(world);
    t.after(engine.stop);
    const client = await agent();
    const csv = { text: "Name,Email\nIda Lie,ida@lie.example\nNo,where\n" };
    const { said: seen } = await use(client, "preview_import", csv);
    assert.deepEqual(seen.preview.mapping, { Name: "name", Email: "email" });
    const { said: tried } = await use(client, "import_csv", csv);
    assert.deepEqual([tried.not_done_yet, tried.import.created, tried.import.skipped], [true, 1, 1]);
    assert.equal((await team.api.imports.list({})).imports.length, 0, "trying it out wrote nothing");
    const { said: done } = await use(client, "import_csv", { ...csv, confirm: true });
    assert.deepEqual([done.import.status, done.rows[1].code], ["done", "email_invalid"]);
    const { said: back } = await use(client, "undo_import", { import_id: done.import.id });
    assert.deepEqual(back.records, { undone: 1 });
  });

  test("people of the store are found, priced, and saved once the person says so", async () => {
    const client = await agent();
    const other = await world.newTeam("Prospecting");
    await plantPeople(world, other, [
      {
        firstName: "Ines",
        lastName: "Okafor",
        title: "VP Sales",
        email: "ines@kraft.example",
        emailStatus: "verified",
        organization: { name: "Kraft", domain: "kraft.example" },
      },
    ]);
    const theirs = await agent(other.key);
    const none = await use(client, "search_people", { titles: ["vp sales"] });
    assert.equal(none.said.total, 0, "another team's store");
    const found = await use(theirs, "search_people", {
      titles: ["vice president of sales"],
      net_new_only: true,
    });
    assert.deepEqual([found.said.total, found.said.people[0].name], [1, "Ines Ok***r"]);
    const companies = await use(theirs, "search_companies", { domains: ["kraft.example"] });
    assert.equal(companies.said.companies[0].name, "Kraft");
    const wish = { person_ids: [found.said.people[0].id] };
    const price = await use(theirs, "save_people_as_contacts", wish);
    assert.deepEqual(
      [price.said.not_done_yet, price.said.created, price.said.credits.expected],
      [true, 1, 1],
    );
    assert.equal((await other.api.contacts.search({})).contacts.length, 0);
    const done = await use(theirs, "save_people_as_contacts", { ...wish, confirm: true });
    assert.deepEqual([done.said.contact_ids.length, done.said.credits.charged], [1, 1]);
  });

  test("who is left out comes with the reason and the flag that would let them in", async () => {
    const client = await agent();
    const { id: mailbox } = await newMailbox(team);
    const { id: sequence } = await newSequence(team);
    const nobody = await newContact(team, { email: undefined, first_name: "No", last_name: "Address" });
    const { said } = await use(client, "add_contacts_to_sequence", {
      sequence_id: sequence,
      contact_ids: [nobody],
      mailbox_ids: [mailbox],
    });
    assert.deepEqual(
      [said.joined, said.left_out_by_reason[0].code, said.left_out_by_reason[0].flag],
      [0, "contacts_without_email", "sequence_no_email"],
    );
  });

  test("pausing tells first whom it is about, and can be taken back", async () => {
    const client = await agent();
    const { id: mailbox } = await newMailbox(team);
    const { id: sequence } = await newSequence(team);
    const contact = await newContact(team);
    await team.api.joining.addContacts({
      id: sequence,
      contact_ids: [contact],
      send_email_from_email_account_id: [mailbox],
    });
    const wish = { sequence_id: sequence, contact_ids: [contact], change: "pause" };
    const before = await use(client, "change_in_sequence", wish);
    assert.deepEqual([before.said.not_done_yet, before.said.about], [true, 1]);
    const done = await use(client, "change_in_sequence", { ...wish, confirm: true });
    const status = async () =>
      (await use(client, "find_in_sequence", { sequence_id: sequence })).said.people[0].status;
    assert.equal(await status(), "paused");
    await use(client, "undo", { change_id: done.said.undo.id });
    assert.equal(await status(), "active");
  });

  test("a follow-up is made, found and done, and a deal is made and changed", async () => {
    const client = await agent();
    const contact = await newContact(team);
    const made = await use(client, "create_tasks", {
      contact_ids: [contact],
      user_id: team.owner.id,
      type: "call",
      priority: "high",
      due_at: "2026-12-01T09:00:00Z",
    });
    const [task] = made.said.tasks;
    assert.equal(task.contact_id, contact);
    const found = await use(client, "find_tasks", { contact_id: contact });
    assert.deepEqual([found.said.total, found.said.tasks[0].id], [1, task.id]);
    const done = await use(client, "finish_task", { id: task.id });
    assert.equal(done.said.task.id, task.id);
    assert.equal((await use(client, "find_tasks", { contact_id: contact })).said.total, 0);

    const deal = await use(client, "save_deal", { name: "Plants", amount: 1200 });
    const changed = await use(client, "save_deal", { id: deal.said.deal.id, amount: 900 });
    assert.deepEqual([deal.said.deal.name, Number(deal.said.deal.amount)], ["Plants", 1200]);
    assert.equal(Number(changed.said.deal.amount), 900);
  });

  test("a change is not made where a record is no longer as the agent has read it", async () => {
    const client = await agent();
    const { contact } = await team.api.contacts.create({ first_name: "Eli", title: "Buyer" });
    const { id } = contact;
    await team.api.contacts.update({ id, title: "Head of buying" });
    const late = await use(client, "update_contact", { id, title: "Seller", expected: { title: "Buyer" } });
    assert.deepEqual(late.said.changed_meanwhile, { title: "Head of buying" });
    assert.equal((await team.api.contacts.get({ id })).contact.title, "Head of buying");
    const read = { title: "Head of buying", first_name: "Eli" };
    const made = await use(client, "update_contact", { id, title: "Seller", expected: read });
    assert.equal(made.said.contact.title, "Seller");

    const { deal } = (
      await use(client, "save_deal", { name: "Pumps", amount: 10, closed_date: "2027-03-01" })
    ).said;
    const same = { amount: 10, closed_date: deal.closed_date };
    assert.equal(
      (await use(client, "save_deal", { id: deal.id, amount: 20, expected: same })).said.deal.amount,
      20,
    );
    const other = await use(client, "save_deal", { id: deal.id, amount: 30, expected: same });
    assert.deepEqual(other.said.changed_meanwhile, { amount: 20 });
  });

  test("a refusal is told in the server's words with what to do next, and no stack", async () => {
    const client = await agent();
    const { isError, said } = await use(client, "get_sequence", { id: "64f0aa0000000000000000ff" });
    assert.ok(isError);
    assert.equal(typeof said.error, "string");
    assert.equal(typeof said.next, "string");
    assert.ok(!JSON.stringify(said).includes(".ts:"));
  });

  test("no key, a wrong key and a stream are answered as the protocol has it", async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${world.url}/mcp`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          ...headers,
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
      });
    assert.equal((await post({})).status, 401);
    assert.equal((await post({ "x-api-key": "cdz_nobody" })).status, 401);
    assert.equal((await fetch(`${world.url}/mcp`, { headers: { "x-api-key": team.key } })).status, 405);
  });

  describe("over standard input and output", () => {
    let client: Client;
    before(async () => {
      client = new Client({ name: "an agent", version: "1.0.0" });
      open.push(client);
      const node = createRequire(import.meta.url).resolve("./main.ts");
      await client.connect(
        new StdioClientTransport({
          command: process.execPath,
          args: [node],
          cwd: ROOT,
          env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key },
          stderr: "ignore",
        }),
      );
    });

    test("the same tools answer", async () => {
      const { said } = await use(client, "find_mailboxes");
      assert.ok(Array.isArray(said.mailboxes));
    });
  });
});
