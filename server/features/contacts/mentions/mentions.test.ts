import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "@cadenza/sdk";
import { insertContact } from "../../../testing/records.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let contact: string;
let frida: { api: Client; id: string };
let gunnar: { api: Client; id: string };
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  contact = await insertContact(opened, team, { name: "Eva Lund" });
  frida = await newMember("frida");
  gunnar = await newMember("gunnar");
});

async function newMember(name: string) {
  const email = `${name}@people.example.no`;
  const { user, invitation_url } = await team.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return { api: (await world.signIn(email, password)).api, id: user.id };
}

const unseenBy = async ({ api }: { api: Client }) => (await api.notes.mentions({ unseen: true })).mentions;

test("a note that mentions a colleague is listed for them with what it is about, until they have seen it", async () => {
  const { note } = await frida.api.notes.create({
    contact_id: contact,
    content: "@gunnar can you call her?",
    mentioned_user_ids: [gunnar.id],
  });
  assert.deepEqual(note.mentioned_user_ids, [gunnar.id]);
  const [mention, ...others] = await unseenBy(gunnar);
  assert.equal(others.length, 0);
  assert.deepEqual(
    [mention?.note, mention?.mentioned_by_user_id, mention?.seen_at, mention?.about],
    [note, frida.id, null, [{ type: "contact", id: contact, name: "Eva Lund" }]],
  );
  assert.deepEqual(await unseenBy(frida), []);
  const first = (await gunnar.api.notes.see({ id: note.id })).mention;
  world.advance({ minutes: 1 });
  const again = (await gunnar.api.notes.see({ id: note.id })).mention;
  assert.deepEqual([first.seen_at !== null, again.seen_at], [true, first.seen_at]);
  assert.deepEqual(await unseenBy(gunnar), []);
  const { mentions, pagination } = await gunnar.api.notes.mentions();
  assert.deepEqual([mentions.map((one) => one.note.id), pagination.total_entries], [[note.id], 1]);
});

test("a change of the note tells only those who were not mentioned before", async () => {
  const wish = { contact_id: contact, content: "Look at this", mentioned_user_ids: [gunnar.id] };
  const { note } = await frida.api.notes.create(wish);
  await gunnar.api.notes.see({ id: note.id });
  const both = [gunnar.id, team.owner.id];
  await frida.api.notes.update({ id: note.id, mentioned_user_ids: both });
  assert.deepEqual(await unseenBy(gunnar), []);
  assert.deepEqual(
    (await unseenBy(team)).map((one) => one.note.id),
    [note.id],
  );
  const kept = await frida.api.notes.update({ id: note.id, content: "Other words" });
  assert.deepEqual(kept.note.mentioned_user_ids, both.toSorted());
  const without = await frida.api.notes.update({ id: note.id, mentioned_user_ids: [] });
  assert.deepEqual(without.note.mentioned_user_ids, []);
  assert.deepEqual(await unseenBy(team), []);
});

test("events name whom a note newly mentions, and not what it says", async () => {
  const wish = { contact_id: contact, content: "Secret", mentioned_user_ids: [gunnar.id] };
  const { note } = await frida.api.notes.create(wish);
  await frida.api.notes.update({ id: note.id, mentioned_user_ids: [gunnar.id, team.owner.id] });
  await frida.api.notes.pin({ id: note.id });
  const told = await asOwner(world, (client) =>
    client.query<{ data: object }>(
      "select data from events where subject_id = $1 and type <> 'note.mention_seen' order by occurred_at, id",
      [note.id],
    ),
  );
  assert.deepEqual(
    told.rows.map(({ data }) => data),
    [{ mentioned_user_ids: [gunnar.id] }, { mentioned_user_ids: [team.owner.id] }, {}],
  );
});

test("who mentions themselves has seen it, and a mention of a note that is deleted is gone", async () => {
  const wish = { contact_id: contact, content: "Later", mentioned_user_ids: [frida.id, gunnar.id] };
  const { note } = await frida.api.notes.create(wish);
  assert.deepEqual(await unseenBy(frida), []);
  const sees = async () => (await unseenBy(gunnar)).some((one) => one.note.id === note.id);
  assert.equal(await sees(), true);
  await frida.api.notes.delete({ id: note.id });
  assert.equal(await sees(), false);
  assert.equal((await refused(gunnar.api.notes.see({ id: note.id }))).status, 404);
});

test("who is not mentioned has nothing to mark as seen", async () => {
  const { note } = await frida.api.notes.create({ contact_id: contact, content: "Mine" });
  assert.equal((await refused(gunnar.api.notes.see({ id: note.id }))).status, 404);
});

test("unknown and deactivated users are refused, and nothing is written", async () => {
  const leaving = await newMember("helge");
  await team.api.users.deactivate({ id: leaving.id });
  const before = (await frida.api.notes.list({ contact_id: contact })).notes.length;
  const wish = { contact_id: contact, content: "To nobody" };
  const unknown = await refused(
    frida.api.notes.create({ ...wish, mentioned_user_ids: ["64f0aa0000000000000000ff"] }),
  );
  assert.deepEqual([unknown.status, unknown.code], [422, "unknown_id"]);
  const gone = await refused(frida.api.notes.create({ ...wish, mentioned_user_ids: [leaving.id] }));
  assert.deepEqual(
    [gone.status, gone.code, gone.message],
    [422, "mention_not_possible", "helge cannot be mentioned in this note: their account is deactivated."],
  );
  assert.equal((await frida.api.notes.list({ contact_id: contact })).notes.length, before);
});

test("a user who may not see a private conversation cannot be mentioned in its notes", async () => {
  const { conversation } = await frida.api.conversations.create({
    topic: "Salary talk",
    start_time: "2026-02-01T08:00:00Z",
    is_private: true,
  });
  const wish = { conversation_id: conversation.id, content: "Not for all" };
  const refusal = await refused(frida.api.notes.create({ ...wish, mentioned_user_ids: [gunnar.id] }));
  assert.deepEqual([refusal.status, refusal.code], [422, "mention_not_possible"]);
  const { note } = await frida.api.notes.create({ ...wish, mentioned_user_ids: [team.owner.id] });
  const [mention] = await unseenBy(team);
  assert.deepEqual(
    [mention?.note.id, mention?.about],
    [note.id, [{ type: "conversation", id: conversation.id, name: "Salary talk" }]],
  );
});
