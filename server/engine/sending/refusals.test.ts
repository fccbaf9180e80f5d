// What a mail server says no to, and what follows for the mail, the contact and the mailbox.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, until, useWitness } from "../../testing/sending.ts";
import { MAIL_STEP, newContact, newSequence } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const witness = useWitness({ refuse: "rcpt=550@nobody,rcpt=451@busy,end=554/5.7.1@spam", password: "right" });
let team: Team;
let schedule: string;
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
  schedule = await alwaysOpen(team);
});

type Mail = {
  id: string;
  delivery: string;
  notSentReason: string | null;
  failureReason: string | null;
  tries: number;
  attempts: string[];
};

async function mailOf(contactId: string): Promise<Mail | undefined> {
  const found = await asOwner(world, (client) =>
    client.query(
      `select m.id, m.delivery, m.not_sent_reason as "notSentReason", m.failure_reason as "failureReason", m.tries,
              (select coalesce(jsonb_agg(a.outcome order by a.started_at), '[]') from send_attempts a where a.message_id = m.id) as attempts
         from messages m where m.contact_id = $1 order by m.created_at limit 1`,
      [contactId],
    ),
  );
  return found.rows[0] as Mail | undefined;
}

async function enrol(email: string, password = "right") {
  const login = { host: "127.0.0.1", port: witness.port, security: "none" as const, username: "u", password };
  const mailbox = await newSendingMailbox(team, witness, { smtp: login });
  const contact = await newContact(team, { email });
  const { id } = await newSequence(team, {
    emailer_schedule_id: schedule,
    emailer_steps: [MAIL_STEP, MAIL_STEP],
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: [contact],
    send_email_from_email_account_id: [mailbox.id],
    sequence_unverified_email: true,
  });
  return { contact, sequence: id, mailbox: mailbox.id };
}

const stateOf = async (contact: string) =>
  (await team.api.contacts.get({ id: contact })).contact.contact_campaign_statuses[0];

test("an unknown address: the mail and the enrollment fail, the contact is bounced, the address is suppressed", async () => {
  const { contact } = await enrol("nobody@gone.example");
  const mail = await until(async () => {
    const one = await mailOf(contact);
    return one?.delivery === "failed" && one;
  });
  assert.deepEqual(mail.attempts, ["rejected_5xx"]);
  assert.match(mail.failureReason ?? "", /^550/);
  const status = await stateOf(contact);
  assert.deepEqual(
    [status?.status, status?.inactive_reason, status?.failure_reason],
    ["failed", "bounced", "bounced"],
  );
  const { contact: person } = await team.api.contacts.get({ id: contact });
  assert.equal(person.email_status, "bounced");
  const { suppressions } = await team.api.suppressions.list({});
  assert.ok(suppressions.some(({ value }) => value === "nobody@gone.example"));
});

test("later, says the server: the mail waits longer each time and is given up after ten tries", async () => {
  const { contact } = await enrol("busy@slow.example");
  await until(async () => (await mailOf(contact))?.tries === 1);
  const { explain } = await team.api.explain.message({ id: (await mailOf(contact))?.id ?? "" });
  assert.equal(explain.state, "scheduled");
  for (let tries = 2; tries <= 10; tries++) {
    world.advance({ hours: 25 });
    await until(async () => (await mailOf(contact))?.tries === tries);
  }
  world.advance({ hours: 25 });
  const mail = await until(async () => {
    const one = await mailOf(contact);
    return one?.delivery === "failed" && one;
  });
  assert.equal(mail.attempts.length, 11);
  assert.ok(mail.attempts.every((outcome) => outcome === "rejected_4xx"));
  assert.equal(mail.notSentReason, "email_service_provider_delivery_failure");
  assert.equal((await stateOf(contact))?.status, "failed");
});

test("taken for spam: the enrollment fails, the contact is left alone", async () => {
  const { contact } = await enrol("spam@strict.example");
  await until(async () => (await stateOf(contact))?.inactive_reason === "spam blocked");
  const { contact: person } = await team.api.contacts.get({ id: contact });
  assert.notEqual(person.email_status, "bounced");
  assert.deepEqual((await mailOf(contact))?.attempts, ["rejected_5xx"]);
});

test("a wrong password switches the mailbox off after one try, and the mail waits for the right one", async () => {
  const { contact, mailbox } = await enrol("ines@patient.example", "wrong");
  await until(async () => {
    const { email_accounts } = await team.api.emailAccounts.list();
    return email_accounts.find(({ id }) => id === mailbox)?.active === false;
  });
  await sleep(1500);
  assert.deepEqual((await mailOf(contact))?.attempts, ["rejected_5xx"], "no storm of tries");
  assert.equal((await stateOf(contact))?.status, "active");
  await team.api.emailAccounts.update({
    id: mailbox,
    smtp: { host: "127.0.0.1", port: witness.port, security: "none", username: "u", password: "right" },
    test: false,
  });
  world.advance({ minutes: 2 });
  await until(async () => (await mailOf(contact))?.delivery === "sent");
});

test("where the server does not answer the mailbox backs off, the mail waits, and nothing is lost", async () => {
  const { contact, mailbox } = await enrol("ines@away.example");
  await until(async () => (await stateOf(contact))?.status === "finished"); // or a mail of hers would be the one that fails
  await team.api.emailAccounts.update({
    id: mailbox,
    smtp: { host: "127.0.0.1", port: 9, security: "none", username: "u", password: "right" },
    test: false,
  });
  const other = await newContact(team, { email: "ola@away.example" });
  const { id } = await newSequence(team, { emailer_schedule_id: schedule });
  await team.api.joining.addContacts({
    id,
    contact_ids: [other],
    send_email_from_email_account_id: [mailbox],
    sequence_unverified_email: true,
  });
  await until(async () => {
    const { explain } = await team.api.explain.mailbox({ id: mailbox });
    return explain.held_by.some(({ code }) => code === "provider_rate_limited");
  });
  assert.ok(((await mailOf(other))?.attempts.length ?? 0) > 0);
  await team.api.emailAccounts.update({
    id: mailbox,
    smtp: { host: "127.0.0.1", port: witness.port, security: "none", username: "u", password: "right" },
    test: false,
  });
  world.advance({ hours: 1 });
  const mail = await until(async () => {
    const one = await mailOf(other);
    return one?.delivery === "sent" && one;
  });
  assert.ok(mail.attempts.slice(0, -1).every((outcome) => outcome === "failed_before_dot"));
});
