import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { insertAccount, insertContact } from "../../../testing/records.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let contact: string;
let account: string;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  contact = await insertContact(opened, team);
  account = await insertAccount(opened, team);
});

const NEVER = "64f0aa0000000000000000ff";

async function newMember(at: Team, name: string) {
  const email = `${name}@people.example.no`;
  const { invitation_url } = await at.api.users.invite({ email });
  const password = "a password long enough";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name, password });
  return (await world.signIn(email, password)).api;
}

test("a note is about contacts, accounts and deals, and found under each of them", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "Deal" });
  const other = await insertContact(world, team, { name: "Eva Lund" });
  const { note } = await team.api.notes.create({
    content: " Wants a quote ",
    contact_id: contact,
    contact_ids: [other, contact],
    account_id: account,
    opportunity_id: opportunity.id,
  });
  assert.deepEqual(
    [
      note.content,
      note.user_id,
      note.contact_ids.length,
      note.account_id,
      note.opportunity_ids,
      note.pinned_to_top,
    ],
    ["Wants a quote", team.owner.id, 2, account, [opportunity.id], false],
  );
  for (const filter of [
    { contact_id: other },
    { contact_ids: [other, NEVER] },
    { account_id: account },
    { opportunity_id: opportunity.id },
    { contact_id: contact, account_id: account },
  ])
    assert.deepEqual((await team.api.notes.list(filter)).notes, [note], JSON.stringify(filter));
  for (const filter of [
    { contact_id: NEVER },
    { contact_id: contact, account_id: NEVER },
    { conversation_id: "x" },
    { calendar_event_id: "x", contact_id: contact },
  ])
    assert.deepEqual((await team.api.notes.list(filter)).notes, [], JSON.stringify(filter));
});

test("asking for all notes is refused in Apollo's words", async () => {
  for (const filter of [{}, { start_date: "2026-01-01" }, { contact_ids: [] }]) {
    const refusal = await refused(team.api.notes.list(filter));
    assert.deepEqual([refusal.status, refusal.message], [400, "At least one argument is required"]);
  }
  assert.equal(
    (await refused(team.api.notes.list({ contact_id: contact, sort_by_field: "content" }))).code,
    "note_sort_field",
  );
  assert.equal(
    (await refused(team.api.notes.list({ contact_id: contact, sort_direction: "up" }))).code,
    "note_sort_direction",
  );
  assert.equal((await refused(team.api.notes.list({ contact_id: contact, limit: 101 }))).status, 422);
});

test("notes are sorted, left out before a day, and read on by skip and limit", async () => {
  const mine = await world.newTeam("Sorting");
  const ines = await insertContact(world, mine);
  const made = [];
  for (const content of ["A", "B", "C"]) {
    made.push((await mine.api.notes.create({ contact_id: ines, content })).note);
    world.advance({ hours: 1 });
  }
  await mine.api.notes.update({ id: made[0]?.id ?? "", content: "A2" });
  const contents = async (filter: Input<"notes", "list">) =>
    (await mine.api.notes.list({ contact_id: ines, ...filter })).notes
      .map(({ content }) => content)
      .join(" ");
  assert.equal(await contents({}), "C B A2");
  assert.equal(await contents({ sort_direction: "asc" }), "A2 B C");
  assert.equal(await contents({ sort_by_field: "updated_at" }), "A2 C B");
  assert.equal(await contents({ skip: 1, limit: 1 }), "B");
  assert.equal(await contents({ start_date: made[1]?.created_at ?? "" }), "C B");
});

test("a note is changed by its writer or an admin, and pinned by every user", async () => {
  const frida = await newMember(team, "frida");
  const gunnar = await newMember(team, "gunnar");
  const { note } = await frida.notes.create({ contact_id: contact, content: "hers" });
  for (const call of [
    () => gunnar.notes.update({ id: note.id, content: "x" }),
    () => gunnar.notes.delete({ id: note.id }),
  ]) {
    const refusal = await refused(call());
    assert.deepEqual([refusal.status, refusal.code], [403, "note_of_another"]);
  }
  const { note: pinned } = await gunnar.notes.pin({ id: note.id });
  assert.deepEqual([pinned.pinned_to_top, pinned.content], [true, "hers"]);
  assert.equal((await frida.notes.pin({ id: note.id, pinned: false })).note.pinned_to_top, false);
  const { note: moved } = await team.api.notes.update({
    id: note.id,
    account_id: account,
    pinned_to_top: true,
  });
  assert.deepEqual(
    [moved.contact_ids, moved.account_ids, moved.pinned_to_top, moved.content],
    [[], [account], true, "hers"],
  );
  assert.deepEqual(await frida.notes.delete({ id: note.id }), { note: { id: note.id, deleted: true } });
  assert.equal((await refused(frida.notes.delete({ id: note.id }))).status, 404);
});

test("a note is about something that is there, and says something", async () => {
  assert.equal(
    (await refused(team.api.notes.create({ content: "x" }))).message,
    "At least one argument is required",
  );
  for (const about of [{ contact_id: NEVER }, { account_ids: [account, NEVER] }, { opportunity_id: NEVER }])
    assert.equal((await refused(team.api.notes.create({ content: "x", ...about }))).code, "unknown_id");
  assert.equal((await refused(team.api.notes.create({ content: "  ", contact_id: contact }))).status, 422);
});

test("a note's text is in the note and not in the log", async () => {
  const { note } = await team.api.notes.create({ contact_id: contact, content: "planted-in-a-note" });
  const { audit_log } = await team.api.auditLog.list({ subject_id: note.id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["note.created"],
  );
  assert.ok(
    !JSON.stringify(audit_log).includes("planted") && !world.logged.join("").includes("planted-in-a-note"),
  );
});

test("a stranger's note is not there", async () => {
  const stranger = await world.newTeam("Strangers");
  const { note } = await team.api.notes.create({ contact_id: contact, content: "secret" });
  const { id } = note;
  for (const call of [
    () => stranger.api.notes.update({ id, content: "x" }),
    () => stranger.api.notes.pin({ id }),
    () => stranger.api.notes.delete({ id }),
  ])
    assert.equal((await refused(call())).status, 404);
  assert.equal(
    (await refused(stranger.api.notes.create({ content: "x", contact_id: contact }))).code,
    "unknown_id",
  );
  assert.deepEqual((await stranger.api.notes.list({ contact_id: contact })).notes, []);
});
