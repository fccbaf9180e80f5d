// What else the link in a mail does: a pause for three months, and naming another person to write to. Opening the
// page changes nothing. What is typed sends no mail. Everything goes on by itself when the pause is over.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { beforeEach, test } from "node:test";
import { feedSettles } from "../../../testing/feed.ts";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { mailed } from "../../../testing/mails.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../../testing/sending.ts";
import { CALL_STEP, MAIL_STEP, newContact, newSequence } from "../../../testing/sequenced.ts";
import { asOwner, call, rowCounts } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

const witness = useWitness();
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK });
let team: Team;
beforeEach(async () => {
  team = await world.newTeam();
});

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const at = (token: string) => `${world.url}/u/${token}`;
const post = (token: string, body: string) => call(at(token), { method: "POST", headers: FORM, body });
const pausedUntil = async (id: string) => (await team.api.contacts.get({ id })).contact.paused_until;
const daysFromNow = (moment: string | null) =>
  moment === null ? 0 : world.running.app.now().until(Temporal.Instant.from(moment)).total("days");

test("a pause holds for three months in every sequence, says so, and ten times is once", async () => {
  const { token, contactId, email } = await mailed(world, team);
  assert.match((await call(at(token))).text, /Pause for three months/);
  assert.equal(await pausedUntil(contactId), null, "looking changes nothing");
  const { text, status } = await post(token, "choice=pause");
  assert.equal(status, 200);
  assert.match(text, /Emails are paused until \d+ \w+ \d{4}/);
  const ends = await pausedUntil(contactId);
  const days = daysFromNow(ends);
  assert.ok(days > 88 && days < 93, String(days));
  const again = await Promise.all(Array.from({ length: 10 }, () => post(token, "choice=pause")));
  assert.deepEqual(new Set(again.map((answer) => answer.status)), new Set([200]));
  assert.equal(await pausedUntil(contactId), ends);
  assert.match((await call(at(token))).text, /Emails are paused until/);

  const { id } = await newSequence(team);
  const mailbox = await newSendingMailbox(team, witness);
  const add = (contact: string) =>
    team.api.joining.addContacts({
      id,
      contact_ids: [contact],
      send_email_from_email_account_id: mailbox.id,
      sequence_unverified_email: true,
      sequence_active_in_other_campaigns: true,
    }) as Promise<{ skipped_contact_ids: unknown }>;
  assert.deepEqual((await add(contactId)).skipped_contact_ids, { [contactId]: "contacts_paused" });
  const twin = await newContact(team, { email: email.toUpperCase() });
  assert.equal(await pausedUntil(twin), ends, "another contact with the same address");
  assert.deepEqual((await add(twin)).skipped_contact_ids, { [twin]: "contacts_paused" });

  await feedSettles(world);
  const { audit_log: entries } = await team.api.auditLog.list({ subject_id: contactId });
  const told = entries.filter(({ sentence }) => /asked for a pause until/.test(sentence));
  assert.equal(told.length, 1, JSON.stringify(entries.map(({ sentence }) => sentence)));
  assert.ok(!JSON.stringify(entries).includes(email));
});

const sentTo = (email: string) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query<{
      delivery: string;
      hold_code: string | null;
      next_check_at: Date | null;
    }>(
      "select delivery, hold_code, next_check_at from messages where team_id = $1 and to_email = $2 or contact_id in (select id from contacts where team_id = $1 and email = $2) order by created_at",
      [team.id, email],
    );
    return rows;
  });

test("a mail that is due waits for the end of the pause, is explained, and goes when the pause is over or lifted", async () => {
  const hours = await alwaysOpen(team);
  const mailbox = await newSendingMailbox(team, witness);
  const two: { id: string; email: string; enrollment: string }[] = [];
  for (const name of ["over", "lifted"]) {
    const email = `${name}@pausing.example`;
    const id = await newContact(team, { email });
    const sequence = await newSequence(team, {
      emailer_schedule_id: hours,
      emailer_steps: [MAIL_STEP],
      active: false,
    });
    await team.api.joining.addContacts({
      id: sequence.id,
      contact_ids: [id],
      send_email_from_email_account_id: mailbox.id,
      sequence_unverified_email: true,
    });
    const until = world.running.app
      .now()
      .add({ hours: 24 * 30 })
      .toString();
    await team.api.contacts.update({ id, paused_until: until });
    await team.api.sequences.approve({ id: sequence.id });
    const { contact_campaign_statuses: found } = await team.api.enrollments.search({ contact_ids: [id] });
    two.push({ id, email, enrollment: found[0]?.id ?? "" });
  }
  const [over, lifted] = two as [(typeof two)[number], (typeof two)[number]];
  await until(async () => (await sentTo(lifted.email))[0]?.hold_code === "contact_paused");
  await until(async () => (await sentTo(over.email))[0]?.hold_code === "contact_paused");
  const { explain } = await team.api.explain.enrollment({ id: lifted.enrollment });
  const hold = explain.held_by.find(({ code }) => code === "contact_paused");
  assert.equal(hold?.until, (await team.api.contacts.get({ id: lifted.id })).contact.paused_until);
  assert.equal(hold?.fix?.label, "End the pause");
  await team.api.contacts.update({ id: lifted.id, paused_until: null });
  await until(async () => (await sentTo(lifted.email))[0]?.delivery === "sent");
  assert.equal((await sentTo(over.email))[0]?.delivery, "planned");
  await asOwner(world, (client) =>
    client.query("update contacts set paused_until = now() + interval '1 second' where id = $1", [over.id]),
  );
  await asOwner(world, (client) =>
    client.query("update address_claims set until_at = now() + interval '1 second' where source_id = $1", [
      over.id,
    ]),
  );
  await asOwner(world, (client) =>
    client.query("update messages set next_check_at = now() + interval '1 second' where contact_id = $1", [
      over.id,
    ]),
  );
  await until(async () => (await sentTo(over.email))[0]?.delivery === "sent");
});

test("a call waits too, and a mail by hand is refused until then", async () => {
  const hours = await alwaysOpen(team);
  const mailbox = await newSendingMailbox(team, witness, { default: true });
  const id = await newContact(team, { email: "calls@pausing.example" });
  const sequence = await newSequence(team, {
    emailer_schedule_id: hours,
    emailer_steps: [{ ...CALL_STEP, wait_time: 0, wait_mode: "minute" }],
    active: false,
  });
  await team.api.joining.addContacts({
    id: sequence.id,
    contact_ids: [id],
    send_email_from_email_account_id: mailbox.id,
    sequence_unverified_email: true,
  });
  const ends = world.running.app.now().add({ hours: 24 * 30 });
  await team.api.contacts.update({ id, paused_until: ends.toString() });
  await team.api.sequences.approve({ id: sequence.id });
  const planned = async () => {
    const rows = await asOwner(world, async (client) => {
      const found = await client.query<{ at: Date | null }>(
        "select plan_at as at from enrollments where contact_id = $1",
        [id],
      );
      return found.rows;
    });
    return rows[0]?.at?.getTime() ?? 0;
  };
  const looked = world.running.app.now().add({ minutes: 59 }); // what ends a pause may come at the moment of a look
  await until(async () => (await planned()) > looked.epochMilliseconds);
  const { emailer_message: mail } = await team.api.emailerMessages.create({
    contact_id: id,
    subject: "Hello",
    body_html: "<p>Hello</p>",
    email_account_id: mailbox.id,
  });
  await assert.rejects(team.api.emailerMessages.sendNow({ id: mail.id }), /is paused until/);
  await team.api.contacts.update({ id, paused_until: null });
  await until(async () => (await team.api.tasks.search({ contact_ids: [id] })).tasks.length === 1);
});

test("the same link undoes a pause for a day, and never a pause from another source", async () => {
  const { token, contactId } = await mailed(world, team);
  await post(token, "choice=pause");
  assert.match((await call(at(token))).text, /Undo my choice/);
  assert.match((await post(token, "choice=back")).text, /You are subscribed again/);
  assert.equal(await pausedUntil(contactId), null);
  const far = world.running.app
    .now()
    .add({ hours: 24 * 200 })
    .toString();
  const { contact } = await team.api.contacts.update({ id: contactId, paused_until: far });
  await post(token, "choice=pause");
  assert.equal(await pausedUntil(contactId), contact.paused_until, "nobody shortens a pause");
  assert.match((await post(token, "choice=back")).text, /cannot undo/);
  assert.equal(await pausedUntil(contactId), contact.paused_until);
  await post(token, "choice=all");
  assert.match((await call(at(token))).text, /You are unsubscribed/, "stopping goes before a pause");
});

const tasksOf = async (id: string) =>
  (await team.api.tasks.search({ contact_ids: [id] })).tasks as {
    note: string | null;
    user_id: string;
  }[];

test("another person is a task for the owner, once, and is neither mailed nor made a contact", async () => {
  const { token, contactId } = await mailed(world, team);
  const named = "choice=other&name=Bo%20Ek%0d%0aBcc:x&email=bo%40ek.example";
  const { text, status } = await post(token, named);
  assert.equal(status, 200);
  assert.match(text, /Thank you/);
  assert.ok(!text.includes("bo@ek.example"));
  await post(token, named);
  const [task, ...more] = await tasksOf(contactId);
  assert.deepEqual(more, []);
  assert.match(task?.note ?? "", /Bo Ek Bcc:x <bo@ek\.example>.*No email has been sent to this person/);
  assert.equal(task?.user_id, team.owner.id);
  const { contacts } = await team.api.contacts.search({ q_keywords: "bo@ek.example" });
  assert.deepEqual(contacts, []);
  for (const n of [1, 2, 3, 4, 5]) await post(token, `choice=other&name=Person%20${n}`);
  assert.equal((await tasksOf(contactId)).length, 3, "three names by one mail, and no more");
  assert.equal((await team.api.contacts.get({ id: contactId })).contact.email_unsubscribed, null);
  const { events } = await team.api.events.list({ types: ["contact.referred"] });
  assert.ok(!JSON.stringify(events).includes("ek.example"));
});

test("an entry that names no person is asked for again, and changes nothing", async () => {
  const { token } = await mailed(world, team);
  const written = async () => {
    const { tasks, contacts, messages, message_events } = await rowCounts(world);
    return { tasks, contacts, messages, message_events };
  };
  const before = await written();
  for (const body of [
    "choice=other",
    "choice=other&email=bo%40",
    "choice=other&name=%20%0a",
    "choice=other&name[]=a&email[x]=b",
  ])
    assert.match((await post(token, body)).text, /Who is the right person/);
  assert.deepEqual(await written(), before);
});

test("a link that is no token, and one whose contact is gone, answer as for every other choice", async () => {
  const guess = randomBytes(32).toString("hex");
  const answers = await Promise.all(
    ["all", "pause", "other&name=Bo"].map((choice) => post(guess, `choice=${choice}`)),
  );
  assert.deepEqual(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size, 1);
  assert.equal(answers[0]?.status, 404);
  const { token, contactId } = await mailed(world, team);
  await team.api.contacts.delete({ id: contactId });
  for (const choice of ["pause", "other&name=Bo"])
    assert.match((await post(token, `choice=${choice}`)).text, /no longer has your email address/);
});
