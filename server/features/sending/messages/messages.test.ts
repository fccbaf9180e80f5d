import assert from "node:assert/strict";
import { test } from "node:test";
import { plant, plantContact, plantMessage } from "../../../testing/planted.ts";
import { asOwner } from "../../../testing/wire.ts";
import { makeSequence } from "../../../testing/wishes/sequences.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let stranger: Team;
let sequence: { id: string; step: string };
let contact: string;

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam();
  sequence = await makeSequence(team, { name: "Nordic plants" });
  contact = await plantContact(opened, team, { first_name: "Ines", email: "ines@kraft.example" });
});

const SENT = {
  completed_at: "2026-02-03T09:00:40.123Z",
  due_at: "2026-02-03T09:00:00Z",
  subject: "Hello",
  body_html: "<p>Hi</p>",
  body_text: "Hi",
  to_email: "ines@kraft.example",
};

function mail(row: Record<string, unknown> = {}) {
  return plantMessage(world, team, sequence.id, {
    contact_id: contact,
    step_id: sequence.step,
    ...SENT,
    ...row,
  });
}

const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36";

test("what was seen of a mail comes in groups, people apart from machines", async () => {
  const id = await mail({ num_opens: 2, num_clicks: 1 });
  const seen = (type: string, minute: number, row: object = {}) =>
    plant(world, team, "message_events", {
      message_id: id,
      contact_id: contact,
      type,
      at: `2026-02-03T10:0${minute}:00Z`,
      ...row,
    });
  await asOwner(world, (client) =>
    client.query("insert into message_links (team_id, message_id, position, url) values ($1, $2, 1, $3)", [
      ...[team.id, id, "https://kraft.example/"],
    ]),
  );
  await seen("open", 0, { is_machine: true });
  await seen("open", 1, { user_agent: BROWSER });
  await seen("open", 2, { user_agent: BROWSER });
  await seen("click", 3, { link: 1 });
  await seen("open", 4, { is_machine: true });
  const { activities, emailer_message } = await team.api.emailerMessages.activities({ id });
  assert.equal(activities[0]?.type, "emailer_message");
  const groups = activities.flatMap((one) => (one.type === "emailer_message" ? [] : [one]));
  assert.deepEqual(
    groups.map((group) => [group.event_group_type, group.is_machine, group.emailer_message_events.length]),
    [
      ["open", true, 2],
      ["click", false, 1],
      ["open", false, 2],
    ],
  );
  assert.equal(groups[2]?.emailer_message_events[0]?.readable_user_agent, "Chrome on Linux");
  assert.equal(groups[1]?.emailer_message_events[0]?.url, "https://kraft.example/");
  assert.equal(emailer_message.last_opened_at, "2026-02-03T10:02:00.000Z");
  assert.equal(emailer_message.last_clicked_at, "2026-02-03T10:03:00.000Z");
  assert.equal(emailer_message.emailer_message_events.length, 3);
  assert.equal(emailer_message.contact?.id, contact);
  assert.equal((await refused(stranger.api.emailerMessages.activities({ id }))).status, 404);
});

test("activities need a master key", async () => {
  const id = await mail();
  const scopes = ["read_only"];
  const { key } = (await team.api.apiKeys.create({ name: "reader", scopes })).api_key;
  const refusal = await refused(world.client({ apiKey: key }).emailerMessages.activities({ id }));
  assert.equal(refusal.status, 403);
});

test("a mail shows its contact", async () => {
  const id = await mail({ replied_at: "2026-02-04T08:00:00Z", reply_class: "willing_to_meet" });
  const { emailer_message, attachments } = await team.api.emailerMessages.show({ id });
  assert.equal(emailer_message.contact?.email, "ines@kraft.example");
  assert.equal(emailer_message.replied, true);
  assert.deepEqual(attachments, []);
  const refusal = await refused(stranger.api.emailerMessages.show({ id }));
  assert.deepEqual([refusal.status, refusal.message], [404, "Record not found."]);
});

test("what sent mails said is read by id, ten at a time, as text unless html is asked for", async () => {
  const [id, planned] = [
    await mail({ cc_emails: ["boss@kraft.example"] }),
    await mail({ status: "scheduled", completed_at: null }),
  ];
  const { emailer_messages } = await team.api.emailerMessages.getContent({
    ids: [planned, id, "0".repeat(24)],
  });
  assert.deepEqual(emailer_messages, [
    {
      id,
      subject: "Hello",
      body: "Hi",
      body_format: "plain",
      status: "completed",
      sent_at: "2026-02-03T09:00:40+00:00",
      recipients: [
        { email: "ines@kraft.example", type: "to" },
        { email: "boss@kraft.example", type: "cc" },
      ],
    },
  ]);
  const html = await team.api.emailerMessages.getContent({ ids: [id], body_format: "html" });
  assert.equal(html.emailer_messages[0]?.body, "<p>Hi</p>");
  const shouted = await team.api.emailerMessages.getContent({ ids: [id], body_format: "HTML" });
  assert.equal(shouted.emailer_messages[0]?.body_format, "plain");
  const many = [...Array.from({ length: 10 }, (_, n) => String(n).padStart(24, "0")), id];
  assert.deepEqual((await team.api.emailerMessages.getContent({ ids: many })).emailer_messages, []);
  assert.equal(
    (await refused(team.api.emailerMessages.getContent({}))).message,
    "Missing required parameter: ids",
  );
  assert.deepEqual((await stranger.api.emailerMessages.getContent({ ids: [id] })).emailer_messages, []);
});

test("the send status says how far a mail is", async () => {
  const status = async (row: Record<string, unknown>) =>
    team.api.emailerMessages.sendStatus({ id: await mail({ completed_at: null, ...row }) });
  const sent = await status({ completed_at: SENT.completed_at });
  assert.deepEqual(
    [sent.status, sent.completed_at, sent.retry_after_seconds],
    ["completed", "2026-02-03T09:00:40.123+00:00", undefined],
  );
  const failed = await status({
    status: "failed",
    failed_at: SENT.due_at,
    not_sent_reason: "snippets_missing",
  });
  assert.deepEqual(
    [failed.status, failed.not_sent_reason, failed.failure_reason],
    ["failed", "snippets_missing", null],
  );
  const waiting = await status({ status: "scheduled" });
  assert.deepEqual([waiting.status, waiting.retry_after_seconds], ["scheduled", 10]);
  const unclear = await status({ delivery: "unconfirmed", released_at: SENT.due_at });
  assert.match(unclear.message, /answer was lost/);
  const id = await mail();
  assert.equal((await team.api.emailerMessages.sendStatus({ emailer_message_ids: [id] })).id, id);
  assert.equal(
    (await refused(team.api.emailerMessages.sendStatus({}))).message,
    "Missing required parameter: id",
  );
  const gone = await refused(stranger.api.emailerMessages.sendStatus({ id }));
  assert.deepEqual([gone.status, gone.message], [404, "Email message not found"]);
});

test("what is on its way reads as in flight, and says how sure we are", async () => {
  for (const [delivery, confirmation] of [
    ["claimed", null],
    ["dot", null],
    ["unconfirmed", "unconfirmed"],
  ]) {
    const { emailer_message } = await team.api.emailerMessages.show({
      id: await mail({ delivery, completed_at: null }),
    });
    assert.deepEqual(
      [emailer_message.status, emailer_message.async_sending, emailer_message.delivery_confirmation],
      ["scheduled", true, confirmation],
    );
  }
  const assumed = await team.api.emailerMessages.show({ id: await mail({ confirmation: "assumed" }) });
  assert.equal(assumed.emailer_message.delivery_confirmation, "assumed");
});
