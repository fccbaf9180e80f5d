// Through a real mailbox: a contact answers one sequence, and no other sequence of the team mails them before the answer
// is settled.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openImapMailbox } from "../../testing/imap-mailbox.ts";
import { mailed, mailOf, replyTo } from "../../testing/incoming.ts";
import { bringWitnesses, violations } from "../../testing/invariants.ts";
import { LOOPBACK } from "../../testing/loopback.ts";
import { LOGIN } from "../../testing/post-office.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const witness = useWitness();
let team: Team;
let always = "";
const world = useWorld({ mailAllow: LOOPBACK, imapPollMs: 400, engineLoops: 1 }, async (opened) => {
  team = await opened.newTeam();
  always = await alwaysOpen(team);
});

const open: (() => unknown)[] = [];
after(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A contact who was mailed from a mailbox that can be read, and a second sequence that can send. */
async function scene() {
  const box = await openImapMailbox();
  open.push(() => box.close());
  const imap = { host: "localhost", port: box.port, security: "none" as const, ...LOGIN };
  const one = await mailed(world, team, { mailbox: { imap } });
  const sender = await newSendingMailbox(team, witness);
  const { id: sequenceId } = await newSequence(team, {
    emailer_schedule_id: always,
    emailer_steps: [
      {
        ...MAIL_STEP,
        emailer_touches: [{ emailer_template: { subject: "A", body_html: "<p>B</p>" }, status: "approved" }],
      },
    ],
  });
  const add = (contactId: string) =>
    team.api.joining.addContacts({
      id: sequenceId,
      contact_ids: [contactId],
      send_email_from_email_account_id: [sender.id],
      sequence_active_in_other_campaigns: true,
      sequence_finished_in_other_campaigns: true,
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
  return { box, one, add, sequenceId };
}

const query = async <Row>(sql: string, params: unknown[]) =>
  (await asOwner(world, (client) => client.query(sql, params))).rows as Row[];

const readFrom = (mailboxId: string) =>
  until(async () => (await query<{ id: string }>(READ, [mailboxId]))[0]?.id);
const READ = "select id from incoming_mails where mailbox_id = $1 order by received_at desc limit 1";

const isHeld = (contactId: string) =>
  until(async () => {
    const sql = "select 1 from messages where contact_id = $1 and hold_code = 'answer_unsettled'";
    return (await query(sql, [contactId])).length > 0;
  });

const sentTo = (email: string) => witness.lines().filter(({ rcpt }) => rcpt === email).length;

async function statusOf(contactId: string, sequenceId: string) {
  const { contact } = await team.api.contacts.get({ id: contactId });
  const found = contact.contact_campaign_statuses.find((one) => one.emailer_campaign_id === sequenceId);
  return [found?.status, found?.inactive_reason, found?.auto_unpause_at];
}

function heldAndSent() {
  return asOwner(world, async (client) => {
    await bringWitnesses(client, {});
    return (await violations(client)).filter(({ chk }) => chk === "I42");
  });
}

test("an answer holds every sequence of the team, for that contact and every other with the address", async () => {
  const { box, one, add, sequenceId } = await scene();
  box.mail.deliver(replyTo(one, "Sounds good, call me tomorrow."));
  const mailId = await readFrom(one.mailboxId);
  const twin = await newContact(team, { email: one.email.toUpperCase() });
  await add(one.contactId);
  await isHeld(one.contactId);

  const [status, reason, until7] = await statusOf(one.contactId, sequenceId);
  assert.deepEqual([status, reason], ["paused", "answer not settled"]);
  assert.notEqual(until7, null);
  const { explain } = await team.api.explain.contact({ id: one.contactId });
  const hold = explain.held_by.find(({ code }) => code === "answer_unsettled");
  assert.equal(hold?.evidence.incoming_mail_id, mailId);

  const twinSequence = await newSequence(team, { emailer_schedule_id: always });
  const sender = await newSendingMailbox(team, witness);
  await team.api.joining.addContacts({
    id: twinSequence.id,
    contact_ids: [twin],
    send_email_from_email_account_id: [sender.id],
    sequence_active_in_other_campaigns: true,
    sequence_unverified_email: true,
    sequence_same_company_in_same_campaign: true,
  });
  await isHeld(twin);
  assert.equal(sentTo(one.email), 0);

  const { incoming_mail } = await team.api.incomingMails.settle({ id: mailId });
  assert.equal(incoming_mail.hold, null);
  await until(async () => sentTo(one.email) > 0);
  await until(async () => (await statusOf(one.contactId, sequenceId))[0] !== "paused");
  assert.deepEqual(await heldAndSent(), []);
});

test("a possible opt-out waits without end, and settled as one it bars the address", async () => {
  const { box, one, add } = await scene();
  // Tied by the company's domain alone: at most probable.
  const colleague = one.email.replace(/^[^@]+/, "someone.else");
  box.mail.deliver(
    mailOf({
      from: `Colleague <${colleague}>`,
      subject: `Re: ${await subjectOf(one.messageId)}`,
      text: "Please remove us from your list.",
    }),
  );
  const mailId = await readFrom(one.mailboxId);
  await add(one.contactId);
  await isHeld(one.contactId);
  const { incoming_mail: mail } = await team.api.incomingMails.get({ id: mailId });
  assert.deepEqual([mail.hold?.reason, mail.hold?.until, mail.is_open], ["maybe_opted_out", null, true]);
  world.advance({ hours: 24 * 60 });
  await isHeld(one.contactId);
  await team.api.incomingMails.handle({ id: mailId });
  assert.notEqual(
    (await team.api.incomingMails.get({ id: mailId })).incoming_mail.hold,
    null,
    "seen to is not settled",
  );
  await team.api.incomingMails.settle({ id: mailId, kind: "unsubscribe" });
  const { explain } = await team.api.explain.contact({ id: one.contactId });
  assert.equal(explain.state, "barred");
  assert.equal(sentTo(one.email), 0);
});

test("the time passes by the database's clock, and the timeline says both", async () => {
  const { box, one, add } = await scene();
  box.mail.deliver(replyTo(one, "Who are you?"));
  await readFrom(one.mailboxId);
  await add(one.contactId);
  await isHeld(one.contactId);
  world.advance({ hours: 24 * 7 + 1 });
  await until(async () => sentTo(one.email) === 1);
  await until(async () => {
    const sql =
      "select type from events where subject_id = $1 and type like 'contact.%held' or subject_id = $1 and type = 'contact.released'";
    return (await query(sql, [one.contactId])).length === 2;
  });
});

async function subjectOf(messageId: string) {
  const [row] = await query<{ subject: string }>("select subject from messages where id = $1", [messageId]);
  return row?.subject ?? "";
}
