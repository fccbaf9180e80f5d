// Opens and clicks, as mail programs, people and scanners bring them about.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { mailed } from "../../../testing/mails.ts";
import { memberOf } from "../../../testing/members.ts";
import { asOwner, call, rowCounts } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { insertLinks } from "../../sending/tracked/store.ts";

let team: Team;
let stages: Record<string, string>;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  const { contact_stages } = await team.api.contactStages.list();
  stages = Object.fromEntries(contact_stages.map(({ name, id }) => [name, id]));
});

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/133.0.0.0 Safari/537.36";
const LINKS = ["https://norrland.example/one?a=1&b=2", "https://norrland.example/two"];

async function counted(row: Record<string, unknown> = {}) {
  const mail = await mailed(world, team, row);
  await world.running.app.db.inTeam(team.id, (db) =>
    insertLinks(db, team.id, [{ messageId: mail.messageId, links: LINKS }]),
  );
  return mail;
}

type Ask = { method?: string; headers?: Record<string, string>; userAgent?: string };

function ask(path: string, { method = "GET", headers = {}, userAgent = CHROME }: Ask = {}) {
  return call(`${world.url}${path}`, { method, headers: { "user-agent": userAgent, ...headers } });
}

const open = (token: string, how?: Ask) => ask(`/o/${token}.gif`, how);
const click = (token: string, link: number | string = 1, how?: Ask) => ask(`/c/${token}/${link}`, how);

async function countsOf(messageId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select num_opens, num_clicks, delivery from messages where id = $1", [messageId]),
  );
  return rows[0] as { num_opens: number; num_clicks: number; delivery: string };
}

async function eventsOf(messageId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select type, is_machine, link, detail from message_events where message_id = $1 order by at, id",
      [messageId],
    ),
  );
  return rows as {
    type: string;
    is_machine: boolean;
    link: number | null;
    detail: Record<string, unknown>;
  }[];
}

async function toldOf(messageId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select type, cause, address, user_id, data from events where subject_id = $1 order by position",
      [messageId],
    ),
  );
  return rows as { type: string; cause: string; address: string | null; data: Record<string, unknown> }[];
}

test("a person who opens is counted, and told of once a day", async () => {
  const { token, messageId, contactId } = await counted();
  const answer = await open(token);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "image/gif");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
  await open(token);
  assert.equal((await countsOf(messageId)).num_opens, 2);
  const told = await toldOf(messageId);
  assert.deepEqual(
    told.map(({ type, cause, address, data }) => [type, cause, address, data.contact_id]),
    [["message.opened", "visitor", null, contactId]],
  );
  const { contact } = await team.api.contacts.get({ id: contactId });
  assert.ok(contact.updated_at);
  world.advance({ hours: 25 });
  await open(token);
  assert.equal((await toldOf(messageId)).length, 2);
});

test("a person who clicks goes where the mail led, is counted, and stays in the sequence unless a rule says otherwise", async () => {
  const { token, messageId, enrollmentId } = await counted();
  const answer = await click(token, 2);
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, LINKS[1]]);
  assert.equal(answer.headers.get("referrer-policy"), "no-referrer");
  assert.equal((await click(token, 1)).headers.get("location"), LINKS[0]);
  assert.equal((await memberOf(world, enrollmentId)).state, "active");
  const events = await eventsOf(messageId);
  assert.deepEqual(
    events.map(({ type, link }) => [type, link]),
    [
      ["click", 2],
      ["click", 1],
    ],
  );
});

test("with the rule, a person's click ends it, and a machine's does not", async () => {
  const sequence = { mark_finished_if_click: true };
  const mine = await counted({ sequence });
  for (const how of [{ method: "HEAD" }, { userAgent: "curl/8" }, { headers: { "sec-purpose": "prefetch" } }])
    assert.equal((await click(mine.token, 1, how)).status, 302);
  assert.equal((await memberOf(world, mine.enrollmentId)).state, "active");
  assert.equal((await countsOf(mine.messageId)).num_clicks, 0);
  await click(mine.token);
  const { state, inactive_reason } = await memberOf(world, mine.enrollmentId);
  assert.deepEqual([state, inactive_reason], ["finished", "clicked"]);
});

const MACHINES: [name: string, how: Ask, sign: string][] = [
  ["HEAD", { method: "HEAD" }, "head"],
  ["a program that fetches ahead", { headers: { purpose: "prefetch" } }, "prefetch"],
  ["a browser that fetches ahead", { headers: { "sec-purpose": "prefetch;prerender" } }, "prefetch"],
  ["a scanner", { userAgent: "Barracuda Sentinel" }, "scanner"],
  ["Apple's proxy", { userAgent: "Mozilla/5.0" }, "privacy_proxy"],
  ["nobody who says who they are", { userAgent: "" }, "no_user_agent"],
];

for (const [name, how, sign] of MACHINES) {
  test(`${name} gets the picture and the page, and counts as a machine`, async () => {
    const { token, messageId, contactId } = await counted();
    assert.equal((await open(token, how)).status, 200);
    assert.equal((await click(token, 1, how)).status, 302);
    const events = await eventsOf(messageId);
    assert.deepEqual(
      events.map(({ is_machine, detail }) => [is_machine, detail.sign]),
      [
        [true, sign],
        [true, sign],
      ],
    );
    const { num_opens, num_clicks } = await countsOf(messageId);
    assert.deepEqual([num_opens, num_clicks], [0, 0]);
    assert.deepEqual(await toldOf(messageId), []);
    const found = await team.api.contacts.get({ id: contactId });
    assert.equal(found.contact.id, contactId);
  });
}

test("an open within five seconds of sending does not count as a person's", async () => {
  const sent = world.running.app.now().toString();
  const { token, messageId } = await counted({ completed_at: sent });
  await open(token);
  await click(token);
  assert.ok((await eventsOf(messageId)).every(({ is_machine }) => is_machine));
});

test("a hundred hits in a row are a machine's, the first ones too, and leave few rows", async () => {
  const sequence = { create_task_if_email_open: true, email_open_trigger_task_threshold: 50 };
  const { token, messageId, contactId } = await counted({ sequence });
  for (let at = 0; at < 100; at += 20) await Promise.all(Array.from({ length: 20 }, () => open(token)));
  const events = await eventsOf(messageId);
  assert.ok(events.length <= 40, `${events.length}`);
  assert.ok(events.every(({ is_machine }) => is_machine));
  const more = events.reduce((sum, { detail }) => sum + (Number(detail.more) || 0), 0);
  assert.equal(events.length + more, 100);
  assert.equal((await countsOf(messageId)).num_opens, 0);
  const { tasks } = await team.api.tasks.search({ open_factor_names: [], contact_ids: [contactId] });
  assert.ok(!tasks.some((task) => (task as { contact_id?: string }).contact_id === contactId));
});

test("a client that follows all links at once is a machine", async () => {
  const { token, messageId } = await counted();
  await click(token, 1);
  await click(token, 2);
  const events = await eventsOf(messageId);
  assert.deepEqual(
    events.map(({ is_machine, detail }) => [is_machine, detail.sign]),
    [
      [true, "several_links"],
      [true, "several_links"],
    ],
  );
  assert.equal((await countsOf(messageId)).num_clicks, 0);
});

test("a mail that is opened again and again asks for one call", async () => {
  const sequence = { create_task_if_email_open: true, email_open_trigger_task_threshold: 2 };
  const { token, messageId, contactId, enrollmentId } = await counted({ sequence, user_id: team.owner.id });
  const tasks = async () => {
    const { rows } = await asOwner(world, (client) =>
      client.query(
        "select type, status, user_id, enrollment_id, created_from from tasks where contact_id = $1",
        [contactId],
      ),
    );
    return rows;
  };
  await open(token);
  assert.deepEqual(await tasks(), []);
  for (let n = 0; n < 3; n++) {
    world.advance({ minutes: 5 });
    await open(token);
  }
  assert.deepEqual(await tasks(), [
    {
      type: "call",
      status: "scheduled",
      user_id: team.owner.id,
      enrollment_id: null,
      created_from: "email_opens",
    },
  ]);
  assert.equal((await countsOf(messageId)).num_opens, 4);
  assert.equal((await memberOf(world, enrollmentId)).state, "active");
});

test("the stage a sequence names for opens is moved to by the first of them", async () => {
  const { token, contactId, sequenceId } = await counted();
  await team.api.sequences.update({
    id: sequenceId,
    contact_email_event_to_stage_mapping: { opened: stages.Interested as string },
  });
  await open(token, { userAgent: "curl/8" });
  const before = (await team.api.contacts.get({ id: contactId })).contact.contact_stage_id;
  assert.notEqual(before, stages.Interested);
  await open(token);
  assert.equal((await team.api.contacts.get({ id: contactId })).contact.contact_stage_id, stages.Interested);
});

test("a link leads where it was written to, or nowhere: targets, hosts and tokens of others are alike not there", async () => {
  const { token, messageId } = await counted();
  const plain = await mailed(world, team);
  const bad = await counted();
  await asOwner(world, async (client) => {
    const into = "insert into message_links (team_id, message_id, position, url) values ($1, $2, $3, $4)";
    const urls = ["javascript:alert(1)", "//evil.example", "https://a@evil.example", "ftp://x.example", "x"];
    for (const [n, url] of urls.entries()) await client.query(into, [team.id, bad.messageId, n + 11, url]);
  });
  const paths = [
    `/c/${token}/3`,
    `/c/${token}/0`,
    `/c/${token}/-1`,
    `/c/${token}/1.0`,
    `/c/${token}/99999`,
    `/c/${token}/https:%2F%2Fevil.example`,
    `/c/${token}/%2F%2Fevil.example`,
    `/c/${token}/%5Cevil.example`,
    `/c/${token}/user@evil.example`,
    `/c/${token}x/1`,
    `/c/${plain.token}/1`,
    `/c/${randomBytes(24).toString("hex")}/1`,
    "/c/x/1",
    ...[11, 12, 13, 14, 15].map((n) => `/c/${bad.token}/${n}`),
    `/o/${randomBytes(24).toString("hex")}.gif`,
    `/o/${token}`,
    `/o/${token}.png`,
  ];
  const before = await rowCounts(world);
  const answers = new Set<string>();
  for (const path of paths) {
    const { status, text, headers } = await ask(path);
    answers.add(JSON.stringify([status, text, headers.get("location")]));
  }
  assert.deepEqual([...answers], [JSON.stringify([404, "This link does not work.\n", null])]);
  for (const path of [`/c/${token}/1?url=https://evil.example`, `/c/${token}/1/?to=//evil.example`])
    assert.equal((await ask(path)).headers.get("location"), LINKS[0]);
  assert.equal((await ask(`/c/${token}/1//evil.example`)).status, 404);
  assert.equal((await eventsOf(messageId)).length, 2);
  assert.ok((await rowCounts(world)).events === (before.events ?? 0) + 1);
});

test("a client that loads the picture or the link has the mail: what was in doubt is proved", async () => {
  for (const visit of [open, click, (token: string) => call(`${world.url}/u/${token}`, { method: "POST" })]) {
    const { token, messageId } = await counted({
      delivery: "unconfirmed",
      completed_at: null,
      confirmation: null,
    });
    await visit(token);
    assert.equal((await countsOf(messageId)).delivery, "sent");
  }
});

test("of a mail whose reader was deleted, the picture and the links still are", async () => {
  const { token, contactId, messageId } = await counted();
  await open(token);
  await team.api.contacts.bulkDelete({ contact_ids: [contactId] });
  const kept = await asOwner(world, async (client) => {
    const { rows } = await client.query("select user_agent from message_events where message_id = $1", [
      messageId,
    ]);
    return rows;
  });
  assert.deepEqual(kept, [{ user_agent: null }]);
  assert.equal((await open(token)).status, 200);
  const answer = await click(token);
  assert.deepEqual([answer.status, answer.headers.get("location")], [302, "https://norrland.example/one"]);
  assert.equal((await countsOf(messageId)).num_clicks, 1);
});
