// A contact without an email address who was added with sequence_no_email: mails are skipped, calls and tasks happen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { drop } from "../../features/sending/outbox/outcomes.ts";
import { newId } from "../../kernel/ids.ts";
import { claimFrom } from "../../testing/claim-from.ts";
import { MAIL_STEP } from "../../testing/sequenced.ts";
import { CALL_NOW, catchUpEngine, newPeople, openTasks, standingsIn } from "../../testing/stepping.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { byEngine } from "../running/engine.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const AT_ONCE = { wait_time: 0, wait_mode: "minute" as const };
const MAIL = { ...MAIL_STEP, ...AT_ONCE };
const BY_HAND = { ...MAIL, type: "manual_email" as const };
const LINKEDIN = { ...CALL_NOW, type: "linkedin_step_message" as const };
const MAY_LACK = { flags: { sequence_no_email: true }, contact: { email: "" } };

async function completeOpen(contacts: readonly string[], type: string) {
  const { tasks } = await openTasks(team, contacts);
  assert.deepEqual(
    tasks.map((task) => task.type),
    [type],
  );
  await team.api.tasks.complete({ id: tasks[0]?.id ?? "" });
  await catchUpEngine(world);
}

test("in mail, call, mail by hand, LinkedIn the mails are skipped, and the call and the message are opened in turn", async () => {
  const people = await newPeople(team, [MAIL, CALL_NOW, BY_HAND, LINKEDIN], MAY_LACK);
  await catchUpEngine(world);
  await completeOpen(people.contacts, "call");
  await completeOpen(people.contacts, "linkedin_step_message");
  const [standing] = await standingsIn(world, people.sequence);
  assert.deepEqual([standing?.state, standing?.reason], ["finished", "Completed last step"]);
  const { rows } = await asOwner(world, (client) =>
    client.query("select delivery, failed_at from messages where sequence_id = $1", [people.sequence]),
  );
  assert.deepEqual(rows, [
    { delivery: "skipped", failed_at: null },
    { delivery: "skipped", failed_at: null },
  ]);
  const { audit_log } = await team.api.auditLog.list({ subject_id: standing?.id ?? "" });
  const moved = audit_log.filter(({ type }) => type === "enrollment.moved");
  assert.deepEqual(
    moved.map(({ data }) => [data.step_position, data.reason]),
    [
      [4, "email_skipped"],
      [2, "email_skipped"],
    ],
  );
});

test("until the mail is due an address may come, and then the mail is sent; explain says that it is skipped", async () => {
  const later = { ...MAIL_STEP, wait_time: 60, wait_mode: "minute" as const };
  const people = await newPeople(team, [later, CALL_NOW], MAY_LACK);
  await catchUpEngine(world);
  const [id = ""] = people.contacts;
  const explain = async () => (await team.api.explain.contact({ id })).explain.contact_campaign_statuses[0];
  const before = await explain();
  assert.equal(before?.next?.what, "skip");
  assert.equal(before?.state, "waiting");
  assert.match(
    before?.sentence ?? "",
    /has no email address, so this email is skipped and the next step follows\.$/,
  );
  await team.api.contacts.update({ id, email: `came${newId()}@example.com`, email_status: "verified" });
  await catchUpEngine(world);
  assert.equal((await explain())?.next?.what, "auto_email");
});

test("whose address is taken away after the mail was planned has it skipped as well", async () => {
  const people = await newPeople(team, [MAIL, CALL_NOW], {
    flags: { sequence_no_email: true },
  });
  await catchUpEngine(world);
  await asOwner(world, (client) =>
    client.query("update contacts set email = null where id = $1", [people.contacts[0]]),
  );
  const { app } = world.running;
  await app.db.inTeam(team.id, async (db) => {
    const by = byEngine(app, db, team.id);
    const wish = { mailboxId: people.mailbox, engineId: newId(), publicUrl: world.url };
    const { dropped } = await claimFrom(by, wish);
    assert.deepEqual(
      dropped.map(({ judgement }) => judgement.is),
      ["skip"],
    );
    for (const one of dropped) await drop(by, one);
  });
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  assert.deepEqual(
    tasks.map(({ type }) => type),
    ["call"],
  );
});

test("without the flag a contact who has lost the address fails at the mail, as before", async () => {
  const people = await newPeople(team, [BY_HAND, CALL_NOW]);
  await asOwner(world, (client) =>
    client.query("update contacts set email = null where id = $1", [people.contacts[0]]),
  );
  await catchUpEngine(world);
  const [standing] = await standingsIn(world, people.sequence);
  assert.deepEqual([standing?.state, standing?.reason], ["failed", "email_format_invalid"]);
});

test("a promise has them begin when their first mail is skipped", async () => {
  const made = await newPeople(team, [MAIL, CALL_NOW], MAY_LACK);
  const wish = {
    id: made.sequence,
    send_email_from_email_account_id: [made.mailbox],
    sequence_no_email: true,
  };
  const { contact } = await team.api.contacts.create({ first_name: "No", last_name: "Address" });
  const { promise } = await team.api.promises.create({ ...wish, contact_ids: [contact.id] });
  assert.deepEqual([promise.people, promise.not_begun], [1, []]);
  await team.api.joining.addContacts({ ...wish, contact_ids: [contact.id], promise_id: promise.id });
  await catchUpEngine(world);
  const { promised } = await team.api.promises.show({ id: made.sequence });
  assert.equal(promised?.happened, 1);
});
