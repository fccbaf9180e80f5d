// Notifications on devices, against a push service that checks the signature and decrypts.

import assert from "node:assert/strict";
import { after, beforeEach, test } from "node:test";
import type { Client } from "@cadenza/sdk";
import { deleteOldSessions } from "../../features/identity/sessions/store.ts";
import { mailed } from "../../testing/incoming.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { plant } from "../../testing/planted.ts";
import { openPushService } from "../../testing/push-peer.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, tokenIn, useWorld } from "../../testing/world.ts";
import { pushOnce } from "./send-pushes.ts";

const service = await openPushService();
after(() => service.close());
const world = useWorld({ role: "api", webhookAllow: LOOPBACK });
beforeEach(() => {
  service.delivered.length = 0;
  service.answer = { status: 201 };
});

const OPEN = { leave: null, seen: 0, isOpen: true, hasSent: false };
const look = (fence = OPEN) => pushOnce({ app: world.running.app, fence });
const titles = () => service.delivered.map(({ notice }) => notice.title);

type Wish = Partial<Parameters<Client["pushSubscriptions"]["create"]>[0]>;

let devices = 0;
async function device(api: Client, wish: Wish = {}) {
  const endpoint = `${service.url}/device-${++devices}`;
  return (await api.pushSubscriptions.create({ endpoint, ...service.keys, ...wish })).push_subscription;
}

async function signedIn(team: Team, wish: Wish = {}) {
  const { api } = await world.signIn(team.owner.email, team.owner.password);
  return { api, device: await device(api, wish) };
}

async function newMember(team: Team, name: string) {
  const { invitation_url, user } = await team.api.users.invite({ email: `colleague${team.id}@example.no` });
  const password = "a long sentence is a good password";
  const token = tokenIn(invitation_url ?? "");
  await world.client().invitations.accept({ token, name, password });
  return { api: (await world.signIn(user.email, password)).api, id: user.id };
}

let mails = 0;
/** A reply that came in just now, to a contact in a sequence. */
async function reply(team: Team, row: Record<string, unknown> = {}) {
  const { contactId, mailboxId, enrollmentId, messageId } = await mailed(world, team);
  const now = world.running.app.now().toString();
  const id = await plant(world, team, "incoming_mails", {
    mailbox_id: mailboxId,
    content_key: `push ${++mails}`,
    folder: "INBOX",
    uid: mails,
    kind: "reply",
    certainty: "sure",
    message_id: messageId,
    contact_id: contactId,
    enrollment_id: enrollmentId,
    from_email: "ines@kraft.example",
    received_at: now,
    processed_at: now,
    ...row,
  });
  return { id, contactId };
}

const task = async (team: Team, inMinutes: number, { tasks } = team.api) =>
  tasks.create({
    contact_id: (await team.api.contacts.create({ first_name: "Ines" })).contact.id,
    type: "action_item",
    user_id: team.owner.id,
    title: "Secret plan",
    due_at: world.running.app.now().add({ minutes: inMinutes }).toString(),
  });

const sql = (text: string, params: unknown[] = []) =>
  asOwner(world, async (client) => (await client.query(text, params)).rows);

test("a reply is told once, signed and encrypted, without a name", async () => {
  const team = await world.newTeam();
  const { api } = await signedIn(team);
  world.advance({ seconds: 5 });
  const { id, contactId } = await reply(team);
  await Promise.all([look(), look()]);
  await look();
  assert.equal(service.delivered.length, 1);
  const [{ notice, claims, headers } = assert.fail()] = service.delivered;
  assert.deepEqual(notice, { title: "New reply", tag: contactId, url: `/inbox?open=${id}` });
  assert.equal(claims?.aud, service.url);
  assert.deepEqual([headers["content-encoding"], headers.topic], ["aes128gcm", contactId]);
  const [shown] = (await api.pushSubscriptions.list()).push_subscriptions;
  assert.ok(shown?.last_delivered_at);
  const [row] = await sql("select next_try_at, told from push_subscriptions where team_id = $1", [team.id]);
  assert.deepEqual([row?.next_try_at, row?.told], [null, [`reply ${id}`]]);
});

test("names are shown where the user wants them, in the language of the device", async () => {
  const team = await world.newTeam();
  await signedIn(team, { shows_names: true, language: "de" });
  world.advance({ seconds: 5 });
  await reply(team);
  await look();
  assert.match(titles()[0] ?? "", /^Antwort von Ines Okafor/);
});

test("a mention is told once, leads to the note, and is no news once it was seen", async () => {
  const team = await world.newTeam();
  await signedIn(team, { shows_names: true });
  const { id, api } = await newMember(team, "frida");
  await device(api);
  world.advance({ seconds: 5 });
  const { contact } = await team.api.contacts.create({ first_name: "Ines" });
  const wish = { contact_id: contact.id, content: "See this", mentioned_user_ids: [team.owner.id, id] };
  const { note } = await api.notes.create(wish);
  await look();
  await look();
  const [told, ...others] = service.delivered.map(({ notice }) => notice);
  assert.deepEqual(others, []); // the writer is not told
  assert.deepEqual(told, {
    title: "frida mentioned you in a note",
    tag: note.id,
    url: `/contacts/${contact.id}?tab=notes`,
  });
  const second = await api.notes.create(wish);
  await team.api.notes.see({ id: second.note.id });
  await look();
  assert.equal(service.delivered.length, 1);
});

test("a device that wants no mentions is not told of them", async () => {
  const team = await world.newTeam();
  const { api, device: own } = await signedIn(team, { wants_mentions: false });
  const { api: other } = await newMember(team, "frida");
  world.advance({ seconds: 5 });
  const { opportunity } = await team.api.opportunities.create({ name: "Pumps" });
  const wish = {
    opportunity_id: opportunity.id,
    content: "See this",
    mentioned_user_ids: [team.owner.id],
  };
  await other.notes.create(wish);
  await look();
  assert.deepEqual(titles(), []);
  await api.pushSubscriptions.update({ id: own.id, wants_mentions: true });
  world.advance({ seconds: 5 });
  await look();
  assert.deepEqual(titles(), []); // what came while it was not wanted is not told
  await other.notes.create(wish);
  await look();
  assert.deepEqual(
    service.delivered.map(({ notice }) => [notice.title, notice.url]),
    [["New mention in a note", `/deals/${opportunity.id}?tab=notes`]],
  );
});

test("tasks that become due are told together and without their titles, and those to come are not", async () => {
  const team = await world.newTeam();
  await signedIn(team);
  for (const minutes of [2, 2, 3, 20]) await task(team, minutes);
  await look();
  assert.deepEqual(titles(), []);
  world.advance({ minutes: 5 });
  await look();
  await look();
  assert.deepEqual(titles(), ["3 tasks are due"]);
  world.advance({ minutes: 20 });
  await look();
  assert.deepEqual(titles(), ["3 tasks are due", "1 task is due"]);
});

test("a task that a user makes for themselves and that is due at once is told only when it was put off", async () => {
  const team = await world.newTeam();
  const { api } = await signedIn(team);
  world.advance({ seconds: 5 });
  const { task: own } = await task(team, 0, api);
  await look();
  assert.deepEqual(titles(), []);
  await api.tasks.update({ id: own.id, due_at: world.running.app.now().add({ minutes: 5 }).toString() });
  world.advance({ minutes: 6 });
  await task(team, 0); // a program made it
  await look();
  assert.deepEqual(titles(), ["2 tasks are due"]);
});

test("what a device does not want is not told, and not made up for later", async () => {
  const team = await world.newTeam();
  const { api, device: mine } = await signedIn(team, { wants_replies: false });
  world.advance({ seconds: 5 });
  await reply(team);
  await look();
  await api.pushSubscriptions.update({ id: mine.id, wants_replies: true });
  await look();
  assert.deepEqual(titles(), []);
  world.advance({ seconds: 5 });
  await reply(team);
  await look();
  assert.deepEqual(titles(), ["New reply"]);
});

test("news older than an hour is not sent late", async () => {
  const team = await world.newTeam();
  await signedIn(team);
  world.advance({ seconds: 5 });
  await reply(team);
  world.advance({ minutes: 61 });
  await look();
  assert.deepEqual(titles(), []);
});

test("a reply to a colleague, one that a user has handled, and mail without a contact are not told", async () => {
  const team = await world.newTeam();
  const user = await newMember(team, "Ada Berg");
  await device(user.api);
  world.advance({ seconds: 5 });
  await reply(team); // the mailbox and the contact are the owner's
  await look();
  assert.deepEqual(titles(), []);
  const { id } = await reply(team);
  await sql("update incoming_mails set assigned_to = $2, handled_at = now() where id = $1", [id, user.id]);
  await look();
  assert.deepEqual(titles(), []);
  // Assigned to a member who does not see the sequence: what they may not see is not told.
  await sql("update incoming_mails set handled_at = null where id = $1", [id]);
  await sql(
    "update sequences q set visibility = 'restricted' from incoming_mails i join enrollments e on e.id = i.enrollment_id where i.id = $1 and q.id = e.sequence_id",
    [id],
  );
  await look();
  assert.deepEqual(titles(), []);
  await sql("update sequences set visibility = 'everyone' where team_id = $1", [team.id]);
  await look();
  assert.deepEqual(titles(), ["New reply"]);
});

test("a deactivated user is told nothing", async () => {
  const team = await world.newTeam();
  await signedIn(team);
  world.advance({ seconds: 5 });
  await reply(team);
  await sql("update users set deactivated_at = now() where id = $1", [team.owner.id]);
  await look();
  assert.deepEqual(titles(), []);
});

test("a session that is ended ends what its devices are told, and one that is over does not", async () => {
  const team = await world.newTeam();
  const kept = await signedIn(team);
  const left = await signedIn(team);
  await left.api.sessions.end();
  assert.deepEqual(
    (await kept.api.pushSubscriptions.list()).push_subscriptions.map(({ id }) => id),
    [kept.device.id],
  );
  await reply(team);
  await look();
  assert.equal(service.delivered.length, 1);
  world.advance({ hours: 40 * 24 });
  await world.running.app.db.inTeam(team.id, (db) => deleteOldSessions(db, team.id, world.running.app.now()));
  await reply(team);
  await look();
  assert.equal(service.delivered.length, 2);
  const changed = await signedIn(team);
  await changed.api.users.update({
    id: team.owner.id,
    current_password: team.owner.password,
    password: "a new and long one 4711",
  });
  const stays = await sql("select id from push_subscriptions where team_id = $1", [team.id]);
  assert.deepEqual(stays, [{ id: changed.device.id }]);
});

test("a device that the push service no longer knows is removed, and the history says so", async () => {
  for (const status of [404, 410]) {
    const team = await world.newTeam();
    const { api } = await signedIn(team);
    service.answer = { status };
    world.advance({ seconds: 5 });
    await reply(team);
    await look();
    assert.deepEqual((await api.pushSubscriptions.list()).push_subscriptions, []);
    const told = (await team.api.auditLog.list({ limit: 5 })).audit_log;
    assert.ok(told.some(({ type }) => type === "push_subscription.deleted"));
  }
});

test("a push service that is busy is asked again when it said, and then for longer each time", async () => {
  const team = await world.newTeam();
  const { api } = await signedIn(team);
  service.answer = { status: 429, headers: { "retry-after": "120" } };
  world.advance({ seconds: 5 });
  await reply(team);
  await look();
  await look();
  world.advance({ seconds: 60 });
  await look();
  assert.equal(service.delivered.length, 1);
  service.answer = { status: 500 };
  world.advance({ seconds: 61 });
  await look();
  assert.equal(service.delivered.length, 2);
  assert.equal((await api.pushSubscriptions.list()).push_subscriptions[0]?.failures, 2);
  service.answer = { status: 201 };
  world.advance({ seconds: 61 });
  await look();
  await look();
  assert.equal(service.delivered.length, 3);
  assert.equal((await api.pushSubscriptions.list()).push_subscriptions[0]?.failures, 0);
});

test("after twenty failures in a row a device is removed", async () => {
  const team = await world.newTeam();
  const { api } = await signedIn(team);
  await sql("update push_subscriptions set failures = 19 where team_id = $1", [team.id]);
  service.answer = { status: 500 };
  world.advance({ seconds: 5 });
  await reply(team);
  await look();
  assert.deepEqual((await api.pushSubscriptions.list()).push_subscriptions, []);
});

test("a copy of the database tells nothing", async () => {
  const team = await world.newTeam();
  await signedIn(team);
  world.advance({ seconds: 5 });
  await reply(team);
  await look({ ...OPEN, isOpen: false });
  assert.deepEqual(titles(), []);
});
