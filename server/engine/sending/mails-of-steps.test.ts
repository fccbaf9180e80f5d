// What goes out of a sequence, to whom and when: threads, copies, variants, hours, limits, pauses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LOOPBACK } from "../../testing/loopback.ts";
import { alwaysOpen, newSendingMailbox, openDaily, until, useWitness } from "../../testing/sending.ts";
import {
  MAIL_STEP,
  type MailboxWish,
  newContact,
  newContacts,
  newSequence,
  type SequenceWish,
  type StepWish,
  type Touch,
} from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";

const witness = useWitness();
let team: Team;
let schedule: string;
const world = useWorld({ engineLoops: 4, mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
  schedule = await alwaysOpen(team);
});

const mail = (template: Touch["emailer_template"], rest: Partial<Touch> = {}): Touch => ({
  status: "approved",
  emailer_template: { subject: "Hello", body_html: "<p>Hello {{first_name}}</p>", ...template },
  ...rest,
});
const step = (rest: Partial<StepWish> = {}): StepWish => ({ ...MAIL_STEP, ...rest });

type Wish = {
  steps?: StepWish[];
  sequence?: SequenceWish;
  mailbox?: MailboxWish;
  contacts?: number;
};

async function enrol({ steps, sequence = {}, mailbox = {}, contacts = 1 }: Wish = {}) {
  const { id: mailboxId } = await newSendingMailbox(team, witness, mailbox);
  const ids = await newContacts(team, contacts);
  const { id } = await newSequence(team, {
    emailer_schedule_id: schedule,
    ...(steps && { emailer_steps: steps }),
    ...sequence,
  });
  await team.api.joining.addContacts({
    id,
    contact_ids: ids,
    send_email_from_email_account_id: [mailboxId],
    sequence_unverified_email: true,
  });
  return { id, mailboxId, ids };
}

const sentIn = (sequence: string) =>
  asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select m.*, p.position from messages m left join sequence_steps p on p.id = m.step_id
        where m.sequence_id = $1 and m.delivery = 'sent' order by m.released_at, m.id`,
      [sequence],
    );
    return rows;
  });

const sentCount = async (sequence: string) => (await sentIn(sequence)).length;
const lineOf = (id: string) => witness.lines().find(({ message_id }) => message_id === id);

test("alternatives go out as the preview of the step shows them, in both steps", async () => {
  const texts = {
    subject: "{Plants|Pumps|Power} in the north",
    body_html: "<p>{Hi|Hello} {{first_name}}</p>",
  };
  const one = { emailer_touches: [mail(texts)] };
  const { id, ids } = await enrol({
    contacts: 12,
    steps: [step(one), step({ ...one, wait_time: 1, wait_mode: "hour" })],
  });
  const { emailer_steps } = await team.api.sequences.show({ id });
  await until(async () => (await sentCount(id)) === ids.length);
  world.advance({ hours: 2 });
  await until(async () => (await sentCount(id)) === 2 * ids.length);
  const seen = new Set<string>();
  for (const { contact_id, position, subject, body_text } of await sentIn(id)) {
    const emailer_step_id = emailer_steps[position - 1]?.id;
    const { preview } = await team.api.rehearsals.mail({ id, contact_id, emailer_step_id, ...texts });
    assert.equal(preview.versions, 6);
    assert.equal(subject, preview.subject);
    assert.ok(body_text.startsWith(preview.body_text.trim()), `${body_text} and ${preview.body_text}`);
    seen.add(subject);
  }
  assert.equal(seen.size, 3);
});

test("a follow-up answers the mail before it, with the whole chain, and every mail can be unsubscribed from", async () => {
  const reply = mail({ subject: "" }, { type: "reply_to_thread" });
  const later = { wait_time: 1, wait_mode: "hour" } as const;
  const { id } = await enrol({
    steps: [
      step({ emailer_touches: [mail({ subject: "Plants in the north" })] }),
      step({ ...later, emailer_touches: [reply] }),
      step({ ...later, emailer_touches: [reply] }),
    ],
  });
  await until(async () => (await sentCount(id)) === 1);
  await sleep(300);
  assert.equal(await sentCount(id), 1, "the next waits its hour");
  for (const count of [2, 3]) {
    world.advance({ minutes: 61 });
    await until(async () => (await sentCount(id)) === count);
  }
  const [first, second, third] = await sentIn(id);
  assert.deepEqual(
    [first.subject, second.subject, third.subject],
    ["Plants in the north", "Re: Plants in the north", "Re: Plants in the north"],
  );
  assert.deepEqual(third.reference_ids, [first.internet_message_id, second.internet_message_id]);
  assert.deepEqual(
    [second.thread_root, third.thread_root],
    [first.internet_message_id, first.internet_message_id],
  );
  const lines = [first, second, third].map((one) => lineOf(one.internet_message_id));
  assert.deepEqual(
    lines.map((line) => [line?.in_reply_to, line?.has_unsub, line?.has_post, line?.nrcpt]),
    [
      [null, true, true, 1],
      [first.internet_message_id, true, true, 1],
      [second.internet_message_id, true, true, 1],
    ],
  );
  const { emailer_campaign } = await team.api.sequences.show({ id });
  assert.equal(emailer_campaign.unique_delivered, 3);
});

test("each address in cc and bcc gets the same mail in a transmission of its own", async () => {
  const { id } = await enrol({
    steps: [step()],
    sequence: { cc_emails: "chef@norrland.example", bcc_emails: "crm@norrland.example" },
  });
  await until(async () => (await sentCount(id)) === 3);
  const [original] = (await sentIn(id)).filter(({ copy_of }) => copy_of === null);
  const copies = witness.lines().filter(({ message_id }) => message_id === original.internet_message_id);
  assert.deepEqual(
    copies.map(({ rcpt, nrcpt }) => [rcpt, nrcpt]).sort(),
    [
      [original.to_email, 1],
      ["chef@norrland.example", 1],
      ["crm@norrland.example", 1],
    ].sort(),
  );
  const { emailer_messages } = await team.api.emailerMessages.search({ emailer_campaign_ids: [id] });
  assert.equal(emailer_messages.length, 1, "copies are nobody's mails on the wire");
});

test("a mailbox's limit of new contacts holds first emails alone: copies, later steps and own emails pass", async () => {
  const { id, mailboxId, ids } = await enrol({
    contacts: 2,
    mailbox: { max_new_contacts_per_day: 1 },
    steps: [step(), step({ wait_time: 1 })],
    sequence: { bcc_emails: "crm@norrland.example" },
  });
  const sentTo = async () => new Set((await sentIn(id)).map(({ contact_id }) => contact_id)).size;
  await until(async () => (await sentCount(id)) === 2); // the first email, and its copy
  world.advance({ minutes: 2 });
  await until(async () => (await sentCount(id)) === 4); // the second step of the same contact
  assert.equal(await sentTo(), 1);
  const waiting = ids.find((one) => one !== undefined) ?? "";
  const { emailer_message: own } = await team.api.emailerMessages.create({
    contact_id: waiting,
    subject: "By hand",
    body_html: "<p>By hand</p>",
    email_account_id: mailboxId,
  });
  await team.api.emailerMessages.sendNow({ id: own.id });
  await until(() =>
    asOwner(world, async (client) => {
      const { rows } = await client.query("select delivery from messages where id = $1", [own.id]);
      return rows[0]?.delivery === "sent";
    }),
  );
  assert.equal(await sentTo(), 1, "the other contact still waits");
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select hold_code from messages where sequence_id = $1 and delivery = 'planned' and contact_id is not null",
      [id],
    ),
  );
  assert.deepEqual(
    rows.map(({ hold_code }) => hold_code),
    ["limit:mailbox_new_contacts"],
  );
  world.advance({ hours: 24 });
  await until(async () => (await sentTo()) === 2);
});

test("a copy's reader gets it once, however often the address is named, and not at all who wants none or rests", async () => {
  const paused = { email: "resting@norrland.example", paused_until: "2099-01-01T00:00:00Z" };
  const barred = { email: "barred@norrland.example", do_not_contact: true };
  for (const wish of [paused, barred]) await team.api.contacts.create({ first_name: "Ada", ...wish });
  await team.api.suppressions.create({ value: "listed@norrland.example" });
  const { id } = await enrol({
    steps: [step()],
    sequence: {
      cc_emails: "Boss@norrland.example, boss@norrland.example, barred@norrland.example",
      bcc_emails:
        "boss@norrland.example, resting@norrland.example, listed@norrland.example, last@norrland.example",
    },
  });
  await until(async () => (await sentCount(id)) === 3);
  const [original] = (await sentIn(id)).filter(({ copy_of }) => copy_of === null);
  const read = () => witness.lines().filter(({ message_id }) => message_id === original.internet_message_id);
  assert.deepEqual(
    read()
      .map(({ rcpt }) => String(rcpt).toLowerCase())
      .sort(),
    ["boss@norrland.example", "last@norrland.example", original.to_email].sort(),
  );
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select to_email, delivery from messages where copy_of = $1 and delivery <> 'sent' order by to_email",
      [original.id],
    ),
  );
  assert.deepEqual(
    rows.map(({ to_email }) => to_email),
    ["barred@norrland.example", "listed@norrland.example", "resting@norrland.example"],
  );
});

test("variants go to the people they are drawn for, each to the same ones however often it is asked", async () => {
  const { id } = await enrol({
    contacts: 40,
    steps: [step({ emailer_touches: [mail({ subject: "One" }), mail({ subject: "Two" })] })],
  });
  await until(async () => (await sentCount(id)) === 40);
  const subjects = Map.groupBy(await sentIn(id), ({ subject }) => subject);
  assert.deepEqual([...subjects.keys()].sort(), ["One", "Two"]);
  assert.ok([...subjects.values()].every(({ length }) => length > 8));
});

test("a second mail that goes with a first one goes only to contacts who were sent that one", async () => {
  const later = { wait_time: 1, wait_mode: "hour" } as const;
  const forOne = mail({ subject: "After one" }, { goes_with: { step: 1, variant: 1 } });
  const { id } = await enrol({
    contacts: 30,
    steps: [
      step({ emailer_touches: [mail({ subject: "One" }), mail({ subject: "Two" })] }),
      step({ ...later, emailer_touches: [forOne, mail({ subject: "After two" })] }),
      step({ ...later, emailer_touches: [mail({ subject: "Bye" })] }),
    ],
  });
  await until(async () => (await sentCount(id)) === 30);
  const { emailer_touches } = await team.api.sequences.show({ id });
  // A contact who would be drawn the first mail today was sent the second: what counts is what was sent.
  await team.api.touches.update({ id: emailer_touches[1]?.id ?? "", status: "to_be_reviewed" });
  world.advance({ minutes: 61 });
  await until(async () => (await sentCount(id)) === 60);
  const byContact = Map.groupBy(await sentIn(id), ({ contact_id }) => contact_id);
  const stories = Map.groupBy(byContact.values(), (mails) => mails.map(({ subject }) => subject).join(", "));
  assert.deepEqual([...stories.keys()].sort(), ["One, After one", "Two, After two"]);
  assert.ok([...stories.values()].every(({ length }) => length > 4));
});

test("a day's limit is kept to the mail, told of once, and free again when it has rolled on", async () => {
  const { id, mailboxId } = await enrol({
    contacts: 12,
    steps: [step()],
    mailbox: { email_daily_threshold: 5 },
  });
  const told = async () => {
    const { audit_log } = await team.api.auditLog.list({ subject_id: mailboxId });
    return audit_log.filter(({ type }) => type === "email_account.limited").length;
  };
  await until(async () => (await sentCount(id)) === 5 && (await told()) === 1);
  await sleep(2500);
  assert.deepEqual([await sentCount(id), await told()], [5, 1]);
  world.advance({ hours: 24, minutes: 1 });
  await until(async () => (await sentCount(id)) === 10);
  await sleep(2500);
  assert.equal(await sentCount(id), 10);
});

test("caps of a sequence and of a step hold over all mailboxes", async () => {
  const { id } = await enrol({
    contacts: 6,
    steps: [step({ max_emails_per_day: 4 })],
    sequence: { max_emails_per_day: 5 },
  });
  await until(async () => (await sentCount(id)) === 4);
  await until(async () => JSON.stringify(await team.api.explain.sequence({ id })).includes("limit:step_day"));
  await sleep(1500);
  assert.equal(await sentCount(id), 4);
  world.advance({ hours: 24 });
  await until(async () => (await sentCount(id)) === 6);
});

test("a team's limit for one company holds over sequences and mailboxes", async () => {
  const mine = await world.newTeam();
  const open = await alwaysOpen(mine);
  await mine.api.teams.update({ max_emails_per_recipient_domain_per_day: 2 });
  for (let n = 0; n < 2; n++) {
    const { id: mailboxId } = await newSendingMailbox(mine, witness);
    const people = await Promise.all(
      [1, 2, 3].map((one) => newContact(mine, { email: `p${n}${one}@acme${mine.id}.example` })),
    );
    const { id } = await newSequence(mine, { emailer_schedule_id: open, emailer_steps: [step()] });
    await mine.api.joining.addContacts({
      id,
      contact_ids: people,
      send_email_from_email_account_id: [mailboxId],
      sequence_unverified_email: true,
      sequence_same_company_in_same_campaign: true,
    });
  }
  const sent = () => witness.lines().filter(({ rcpt }) => rcpt.endsWith(`@acme${mine.id}.example`)).length;
  await until(async () => sent() === 2);
  await sleep(2000);
  assert.equal(sent(), 2);
  world.advance({ hours: 25 });
  await until(async () => sent() === 4);
});

test("outside the hours a mail waits for them, and says so", async () => {
  const now = world.running.app.now().toZonedDateTimeISO("UTC");
  const opens = now.hour < 12 ? 18 : 3;
  const schedule = await openDaily(team, [opens, opens + 2], { name: "Narrow" });
  const { id } = await enrol({ steps: [step()], sequence: { emailer_schedule_id: schedule } });
  const { emailer_messages } = await until(async () => {
    const found = await team.api.emailerMessages.search({ emailer_campaign_ids: [id] });
    return found.emailer_messages.length > 0 && found;
  });
  assert.deepEqual(
    emailer_messages.map(({ status }) => status),
    ["scheduled"],
  );
  await sleep(1500);
  assert.equal(await sentCount(id), 0);
  const target = now.with({ hour: opens, minute: 5 });
  const wait =
    Temporal.ZonedDateTime.compare(target, now) > 0 ? now.until(target) : now.until(target.add({ days: 1 }));
  world.advance({ minutes: Math.ceil(wait.total("minutes")) });
  await until(async () => (await sentCount(id)) === 1);
});

test("a contact who is paused, removed or switched off is not mailed; resumed they are, once", async () => {
  const { id, ids } = await enrol({ contacts: 3, steps: [step({ wait_time: 10, wait_mode: "minute" })] });
  const [paused = "", removed = "", stays = ""] = ids;
  await team.api.enrollments.pause({ id, contact_ids: [paused] });
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [id],
    contact_ids: [removed],
    mode: "remove",
  });
  world.advance({ minutes: 11 });
  await until(async () => (await sentCount(id)) === 1);
  await sleep(1000);
  assert.deepEqual(
    (await sentIn(id)).map(({ contact_id }) => contact_id),
    [stays],
  );
  await team.api.enrollments.resume({ id, contact_ids: [paused] });
  await until(async () => (await sentCount(id)) === 2);
  await sleep(500);
  assert.deepEqual((await sentIn(id)).map(({ contact_id }) => contact_id).sort(), [paused, stays].sort());
});

test("a mail that cannot be filled fails by name; where the sequence says so it is passed over", async () => {
  const bad = step({ emailer_touches: [mail({ body_html: "<p>{{contact.Unknown Field}}</p>" })] });
  const stops = await enrol({ steps: [bad, step()] });
  await until(async () => {
    const { contact } = await team.api.contacts.get({ id: stops.ids[0] ?? "" });
    const [status] = contact.contact_campaign_statuses;
    return status?.status === "failed" && status.failure_reason === "snippets_missing";
  });
  const goesOn = await enrol({ steps: [bad, step()], sequence: { on_not_sent: "continue" } });
  await until(async () => (await sentCount(goesOn.id)) === 1);
  assert.deepEqual(
    (await sentIn(goesOn.id)).map(({ position }) => position),
    [2],
  );
});
