// Refused calls are in the audit log: the caller, the call, the reason, and how often.

import assert from "node:assert/strict";
import { test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { granting } from "../../../testing/granting.ts";
import { newContact, newMailbox, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { BOOTSTRAP_KEY, refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";
import { openRefusedCalls } from "./recorder.ts";

let team: Team;
let stranger: Team;
let memberId: string;
let member: Team["api"];
let cookie: string;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam("Stranger");
  const { user, invitation_url } = await team.api.users.invite({ email: "mia@example.no", role: "member" });
  const password = "a long sentence is a good password";
  await opened.client().invitations.accept({ token: tokenIn(invitation_url), name: "Mia Member", password });
  memberId = user.id;
  ({ api: member, cookie } = await opened.signIn("mia@example.no", password));
});

const told = async (filter: Parameters<Team["api"]["auditLog"]["list"]>[0] = {}, at = team) =>
  (await at.api.auditLog.list({ types: ["access.refused"], limit: 200, ...filter })).audit_log;

/** What a call that ends in a refusal adds to the log. */
async function toldOf(refusedCall: () => Promise<unknown>) {
  const before = new Set((await told()).map(({ id }) => id));
  await refused(refusedCall());
  return (await told()).filter(({ id }) => !before.has(id));
}

const newKey = async (scopes: string[]) => {
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes, user_id: memberId });
  return { id: api_key.id, api: world.client({ apiKey: api_key.key }) };
};

test("a member who asks for what admins may is told of by name, from where, and in words", async () => {
  const [entry, ...more] = await toldOf(() => member.apiKeys.list());
  assert.equal(more.length, 0);
  assert.ok(entry);
  assert.equal(
    entry.sentence,
    "Mia Member was refused “List API keys” (api_keys/index): only an admin can do this",
  );
  assert.deepEqual(
    [entry.type, entry.subject, entry.actor.user_id, entry.actor.api_key_id, entry.actor.cause],
    ["access.refused", { type: "user", id: memberId }, memberId, null, "web"],
  );
  assert.deepEqual(entry.data, { operation: "api/v1/api_keys/index", code: "admin_only", times: 1 });
  assert.match(entry.actor.address ?? "", /127\.0\.0\.1|::1/);
  assert.match(entry.request_id ?? "", /^[0-9a-f]{32}$/);
  assert.deepEqual(await told({}, stranger), [], "another team hears nothing");
});

test("a key without the scope, or that is no master key, is told of by its id", async () => {
  const { id, api } = await newKey(["api/v1/users/search"]);
  for (const [ask, operation] of [
    [() => api.contacts.search({}), "api/v1/contacts/search"],
    [() => api.sqlLogins.list(), "api/v1/sql_logins/index"],
    [() => api.auditLog.list(), "api/v1/audit_log/index"],
  ] as const) {
    const [entry] = await toldOf(ask);
    assert.deepEqual(
      [entry?.data.operation, entry?.data.code, entry?.actor.api_key_id, entry?.subject],
      [operation, "scope_missing", id, { type: "api_key", id }],
    );
  }
  assert.equal((await told({ actor_id: id })).length, 3);
  assert.equal((await told({ subject_id: id })).length, 3);
});

test("a call on another user's record is logged with its id, after all that it began is rolled back", async () => {
  const sequence = (await newSequence(team)).id;
  const contact = await newContact(team, { email: "ines@kraft.no" });
  const { note } = await team.api.notes.create({ contact_id: contact, content: "mine" });
  await team.api.sequences.update({
    id: sequence,
    sharing_permission: { visibility: "everyone", access_type: "can_view" },
  });
  const mailbox = (await newMailbox(team)).id;
  for (const [ask, code, record] of [
    [() => member.sequences.update({ id: sequence, name: "Mine" }), "sequence_not_permitted", sequence],
    [() => member.notes.update({ id: note.id, content: "x" }), "note_of_another", note.id],
    [() => member.emailAccounts.disconnect({ id: mailbox }), "mailbox_of_another", mailbox],
  ] as const) {
    const [entry] = await toldOf(ask);
    assert.deepEqual([entry?.data.code, entry?.data.record_id], [code, record]);
  }
});

test("sending from another's mailbox and adding in another's name are told of, whatever the caller reads", async () => {
  const mailbox = (await newMailbox(team)).id;
  const contact = await newContact(team, { email: "per@kraft.no" });
  const own = (await member.sequences.create({ name: "Hers" })).emailer_campaign.id;
  const wish = { id: own, contact_ids: [contact] };
  const from = () => member.joining.addContacts({ ...wish, send_email_from_email_account_id: [mailbox] });
  assert.equal((await refused(from())).code, "mailboxes_inactive");
  const [sender] = await told();
  assert.deepEqual([sender?.data.code, sender?.data.record_id], ["mailbox_of_another", own]);
  const [impersonated] = await toldOf(() =>
    member.joining.addContacts({
      ...wish,
      send_email_from_email_account_id: [mailbox],
      user_id: team.owner.id,
    }),
  );
  assert.equal(impersonated?.data.code, "joining_for_another");
});

test("an application that was not granted it is told of by its name", async () => {
  const app = granting(world, team);
  const { client_id, access_token } = await app.connect("contacts_search");
  const [entry] = await toldOf(() => world.client({ accessToken: access_token }).notes.list({}));
  assert.deepEqual(
    [entry?.data.code, entry?.subject.type, entry?.actor.application?.id],
    ["token_scope_missing", "application", entry?.subject.id],
  );
  assert.ok(client_id && entry?.sentence.startsWith("Ole Dahl, by A program, was refused"));
});

test("a master key that asks for the whole installation's backup is told of", async () => {
  const before = (await told()).length;
  assert.equal((await call(`${world.url}/api/v1/installation/backup`, { key: team.key })).status, 403);
  const [entry] = await told();
  assert.deepEqual([(await told()).length - before, entry?.data.code], [1, "operator_only"]);
  assert.notEqual(BOOTSTRAP_KEY, team.key);
});

test("a dry run, an invalid call and an unknown caller leave nothing", async () => {
  const before = (await told()).length;
  const dry = await call(`${world.url}/api/v1/api_keys`, {
    method: "POST",
    headers: { cookie, origin: world.url, "content-type": "application/json", "dry-run": "true" },
    body: JSON.stringify({ name: "x", master: true }),
  });
  assert.equal(dry.status, 403);
  await refused(team.api.apiKeys.create({ name: "x", scopes: ["no such"] }));
  await refused(world.client({ apiKey: "cdz_nobody" }).apiKeys.list());
  assert.equal((await told()).length, before);
});

test("a flood makes two rows: the first at once, and how often more when the minute is over", async () => {
  const { id, api } = await newKey(["api/v1/users/search"]);
  await Promise.all(Array.from({ length: 120 }, () => refused(api.labels.list({}))));
  const [first, ...none] = await told({ actor_id: id });
  assert.deepEqual([first?.data.times, none.length], [1, 0]);

  world.advance({ seconds: 61 });
  await refused(api.labels.list({}));
  const rows = await told({ actor_id: id });
  assert.deepEqual(
    rows.map(({ data }) => data.times),
    [1, 119, 1],
  );
  assert.match(rows[1]?.sentence ?? "", / 119 times within a minute: the API key does not have/);
  assert.equal(rows[1]?.data.since, String(rows[1]?.data.since));
  assert.ok(rows[1]?.actor.address && rows[1].request_id);
});

test("a server that stops writes how often there was more; where nothing can be written, no call waits or fails", async () => {
  const { app } = world.running;
  const call = {
    caller: {
      teamId: team.id,
      userId: memberId,
      role: "member" as const,
      isOperator: false,
      credential: { kind: "session", id: memberId },
    },
    origin: { requestId: null, address: null, cause: "web" },
    operation: "api/v1/stopping",
    code: "admin_only" as const,
    recordId: null,
  } as const;
  const book = openRefusedCalls(app);
  for (let n = 0; n < 4; n++) await book.tell(call);
  await book.stop();
  const rows = (await told()).filter(({ data }) => data.operation === call.operation);
  assert.deepEqual(
    rows.map(({ data }) => data.times),
    [3, 1],
  );
  const away = { ...app.db, inTeam: () => Promise.reject(new Error("away")) };
  const lost = openRefusedCalls({ ...app, db: away });
  await lost.tell(call);
  await lost.stop();
  assert.ok(world.logged.some((line) => line.includes("a refused call could not be recorded")));
});

test("a refusal that is remembered as an answer is told once, however often it is read again", async () => {
  const contact = await newContact(team, { email: "eva@kraft.no" });
  const { note } = await team.api.notes.create({ contact_id: contact, content: "mine" });
  const ask = () =>
    call(`${world.url}/api/v1/notes/${note.id}`, {
      method: "PATCH",
      headers: { cookie, origin: world.url, "content-type": "application/json", "idempotency-key": note.id },
      body: JSON.stringify({ content: "x" }),
    });
  world.advance({ minutes: 2 });
  const before = (await told()).length;
  assert.deepEqual([(await ask()).status, (await ask()).status], [403, 403]);
  assert.equal((await told()).length - before, 1);
});

test("the feed shows it to users who may read the audit log, and to nobody else", async () => {
  await refused(member.apiKeys.list());
  await feedSettles(world);
  const seen = async (api: Team["api"]) =>
    (await api.events.list({ types: ["access.*"], limit: 1000 })).events.length;
  assert.ok((await seen(team.api)) > 0);
  assert.equal(await seen(member), 0);
});

test("who adds in another's name is in the log beside them, and whom ownership kept out is said in words", async () => {
  await team.api.teams.update({ only_owners_add_contacts: true });
  const { api_key } = await team.api.apiKeys.create({ name: "agent", master: true, user_id: memberId });
  const sequence = (await member.sequences.create({ name: "Others' people" })).emailer_campaign.id;
  const contact = await newContact(team, { email: "ada@kraft.no", owner_id: team.owner.id });
  const mailbox = (await newMailbox(team, { user_id: memberId })).id;
  await world.client({ apiKey: api_key.key }).joining.addContacts({
    id: sequence,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox],
    user_id: team.owner.id,
  });
  const [entry] = (await team.api.auditLog.list({ subject_id: contact, types: ["enrollment.skipped"] }))
    .audit_log;
  assert.deepEqual(
    [entry?.data.code, entry?.actor.user_id, entry?.data.asked_by],
    ["contacts_without_ownership_permission", team.owner.id, memberId],
  );
  assert.match(entry?.sentence ?? "", /could not add .*: the contact belongs to another user$/);
  const asked = await team.api.auditLog.list({ actor_id: memberId, types: ["enrollment.*"] });
  assert.ok(
    asked.audit_log.some(({ id }) => id === entry?.id),
    "found by whoever asked, too",
  );
});

test("refused calls are found by an index of their own", async () => {
  const plan = await asOwner(world, (db) =>
    db.query(
      "set enable_seqscan = off; explain select 1 from events where team_id = 'x' and type = 'access.refused' order by written_in desc, position desc",
    ),
  );
  assert.match(JSON.stringify(plan), /events_refused/);
});
