// What came in, by what it is, and all that follows from it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrival, bounceOf, type Mailed, mailed, mailOf, replyTo } from "../../../testing/incoming.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { type Arrival, takeIn } from "./commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

function takenBy(one: Pick<Mailed, "mailboxId">, ...arrivals: Arrival[]) {
  const lastUid = Math.max(...arrivals.map(({ uid }) => uid));
  const folder = {
    role: "inbox" as const,
    path: "INBOX",
    uidValidity: 1,
    lastUid,
    readsFrom: world.running.app.now(),
  };
  return takeIn(world.running.app, { teamId: team.id, mailboxId: one.mailboxId, folder }, arrivals);
}

async function taken(one: Pick<Mailed, "mailboxId">, raw: Buffer, rest: Partial<Arrival> = {}) {
  return takenBy(one, await arrival(world, raw, rest));
}

async function rowOf<T = Record<string, unknown>>(table: string, id: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(`select * from ${table} where team_id = $1 and id = $2`, [team.id, id]),
  );
  return rows[0] as T & Record<string, unknown>;
}

async function eventsOf(subjectId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query<{ type: string; data: Record<string, unknown> }>(
      "select type, data from events where team_id = $1 and subject_id = $2 order by position",
      [team.id, subjectId],
    ),
  );
  return rows;
}

async function messageEvents(messageId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query("select type, is_machine, detail from message_events where message_id = $1 order by at", [
      messageId,
    ]),
  );
  return rows;
}

const stateOf = async ({ enrollmentId }: Mailed) => {
  const { state, inactive_reason } = await rowOf("enrollments", enrollmentId);
  return [state, inactive_reason];
};

async function suppressed(value: string) {
  const { suppressions } = await team.api.suppressions.list({ q_keywords: value });
  return suppressions.map((one) => [one.value, one.source]);
}

async function incomingOf(one: Mailed) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select * from incoming_mails where team_id = $1 and mailbox_id = $2 order by processed_at, id",
      [team.id, one.mailboxId],
    ),
  );
  return rows;
}

test("a reply finishes, is noted on the mail it answers, and is told of", async () => {
  const one = await mailed(world, team);
  const [row] = await taken(one, replyTo(one, "Hi Ole, what does it cost?\r\n"));
  assert.equal(row?.kind, "reply");
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.reply_class, message.replied_at !== null], ["follow_up_question", true]);
  assert.deepEqual(
    (await messageEvents(one.messageId)).map(({ type, is_machine }) => [type, is_machine]),
    [["reply", false]],
  );
  const events = await eventsOf(one.messageId);
  assert.deepEqual(
    events.map(({ type }) => type),
    ["message.replied"],
  );
  assert.deepEqual(events[0]?.data, {
    message_id: one.messageId,
    incoming_mail_id: row?.id,
    contact_id: one.contactId,
    sequence_id: one.sequenceId,
    reply_class: "follow_up_question",
  });
});

test("the same mail takes effect once, whatever number the server gives it, and however many engines read it at once", async () => {
  const one = await mailed(world, team);
  const raw = replyTo(one, "Tell me more.");
  await Promise.all([
    taken(one, raw),
    taken(one, raw),
    takenBy(one, await arrival(world, raw), await arrival(world, raw)),
  ]);
  assert.deepEqual(await taken(one, raw, { uid: 1 }), []);
  assert.equal((await incomingOf(one)).length, 1);
  assert.equal((await eventsOf(one.messageId)).length, 1);
});

test("a contact who wants to meet is interested, and moves to that stage", async () => {
  const one = await mailed(world, team);
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages.find(({ name }) => name === "Interested")?.id ?? "";
  await team.api.sequences.update({
    id: one.sequenceId,
    contact_email_event_to_stage_mapping: { interested: stage },
  });
  await taken(one, replyTo(one, "Sounds good, let's talk on Tuesday."));
  assert.equal((await rowOf("messages", one.messageId)).reply_class, "willing_to_meet");
  assert.equal((await team.api.contacts.get({ id: one.contactId })).contact.contact_stage_id, stage);
});

test("a late answer counts, whatever became of the enrollment", async () => {
  const one = await mailed(world, team, {
    enrollment: {
      state: "finished",
      inactive_reason: "Completed last step",
      finished_at: new Date(),
      due_at: null,
    },
  });
  await taken(one, replyTo(one, "Sorry for the delay. What does it cost?"), {
    receivedAt: world.running.app.now().add({ hours: 24 * 90 }),
  });
  assert.deepEqual(await stateOf(one), ["finished", "Completed last step"]);
  assert.notEqual((await rowOf("messages", one.messageId)).replied_at, null);
});

test("who writes of their own accord long after is no answer", async () => {
  const one = await mailed(world, team);
  const raw = mailOf({
    from: `Ines <${one.email}>`,
    subject: "Our newsletter talk",
    text: "Hello, a thing.",
  });
  await taken(one, raw, { receivedAt: world.running.app.now().add({ hours: 24 * 6 }) });
  assert.deepEqual(await stateOf(one), ["active", null]);
  const [row] = await incomingOf(one);
  assert.deepEqual([row.kind, row.counts, row.contact_id], ["reply", false, one.contactId]);
});

test("an absence pauses until the day they are back, when their window opens, and is no reply", async () => {
  const one = await mailed(world, team, { contact: { time_zone: "Europe/Stockholm" } });
  const day = world.running.app.now().toZonedDateTimeISO("UTC").toPlainDate().add({ days: 20 });
  const monday = day.add({ days: (8 - day.dayOfWeek) % 7 });
  const text = `I am out of the office until ${monday.toString()}. In urgent cases write to my colleague.`;
  await taken(one, replyTo(one, text, ["Auto-Submitted: auto-replied"]));
  const enrollment = await rowOf<{ resume_at: Date }>("enrollments", one.enrollmentId);
  assert.deepEqual([enrollment.state, enrollment.inactive_reason], ["paused", "out of office"]);
  const back = Temporal.Instant.from(enrollment.resume_at.toISOString()).toZonedDateTimeISO(
    "Europe/Stockholm",
  );
  assert.equal(back.toPlainDateTime().toString(), `${monday.toString()}T08:00:00`);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.reply_class, message.replied_at], ["out_of_office", null]);
  assert.deepEqual(await eventsOf(one.messageId), []);
});

test("without a date it is a week", async () => {
  const one = await mailed(world, team);
  await taken(one, replyTo(one, "I am out of the office at the moment.", ["Auto-Submitted: auto-replied"]));
  const { resume_at } = await rowOf<{ resume_at: Date }>("enrollments", one.enrollmentId);
  const days = (resume_at.getTime() - world.running.app.now().epochMilliseconds) / 86_400_000;
  assert.ok(days > 6 && days < 12, `${days} days`); // a weekend or a holiday may follow
});

test("a request for no more mail is one for the whole team", async () => {
  const one = await mailed(world, team);
  await taken(one, replyTo(one, "Please remove me from your list."));
  assert.deepEqual(await stateOf(one), ["finished", "unsubscribed"]);
  assert.deepEqual(await suppressed(one.email), [[one.email, "unsubscribe"]]);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.reply_class, message.unsubscribed_at !== null], ["unsubscribe", true]);
});

test("a complaint is one too, and no reply", async () => {
  const one = await mailed(world, team);
  const raw = mailOf({
    from: "complaints@mailbox.example",
    subject: "Abuse",
    headers: ['Content-Type: multipart/report; report-type=feedback-report; boundary="b"'],
    text: `--b\r\nContent-Type: text/plain\r\n\r\nspam\r\n\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x\r\nVersion: 1\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: ${one.internetId}\r\nTo: ${one.email}\r\nSubject: hi\r\n\r\nhi\r\n--b--`,
  });
  assert.equal((await taken(one, raw))[0]?.kind, "complaint");
  assert.deepEqual(await suppressed(one.email), [[one.email, "complaint"]]);
  assert.equal((await rowOf("messages", one.messageId)).replied_at, null);
});

test("other contacts with the address that bounced for good are marked as well, and restored with it", async () => {
  const one = await mailed(world, team);
  const { contact: twin } = await team.api.contacts.create({
    first_name: "Twin",
    email: one.email.toUpperCase(),
  });
  const { contact: other } = await team.api.contacts.create({
    first_name: "Other",
    email: `first-${one.email}`,
    contact_emails: [{ email: `first-${one.email}` }, { email: one.email }],
  });
  await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 no such user"));
  const marks = async () => [
    (await rowOf("contacts", twin.id)).bounced_at !== null,
    (await rowOf("contacts", other.id)).bounced_at !== null,
  ];
  assert.deepEqual(await marks(), [true, false]);
  const [row] = await incomingOf(one);
  await team.api.incomingMails.overrule({ id: row.id, kind: "unrelated" });
  assert.deepEqual(await marks(), [false, false]);
  assert.equal((await rowOf("contacts", twin.id)).email_status, twin.email_status);
});

test("a hard bounce fails, marks mail and contact, and bars the address, also for a step long ago", async () => {
  const one = await mailed(world, team);
  await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 user unknown"));
  assert.deepEqual(await stateOf(one), ["failed", "bounced"]);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.has_bounced, message.is_hard_bounce, message.status], [true, true, "completed"]);
  const contact = await rowOf("contacts", one.contactId);
  assert.deepEqual([contact.email_status, contact.bounced_at !== null], ["bounced", true]);
  assert.deepEqual(await suppressed(one.email), [[one.email, "bounce"]]);
  assert.deepEqual(
    (await eventsOf(one.messageId)).map(({ type }) => type),
    ["message.bounced"],
  );
  const [row] = await incomingOf(one);
  assert.deepEqual([row.bounce_class, row.bounce_code, row.certainty], ["hard", "5.1.1", "sure"]);
});

test("an address that was changed since is barred, and its owner goes on", async () => {
  const one = await mailed(world, team);
  await team.api.contacts.update({ id: one.contactId, email: `new${one.email}` });
  await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 user unknown"));
  assert.deepEqual(await stateOf(one), ["active", null]);
  assert.deepEqual(await suppressed(one.email), [[one.email, "bounce"]]);
  assert.equal((await rowOf("contacts", one.contactId)).bounced_at, null);
  assert.equal((await rowOf("messages", one.messageId)).is_hard_bounce, true);
});

test("mail that is put off counts the third time in two weeks, and then rests", async () => {
  const one = await mailed(world, team);
  for (const strike of [1, 2]) {
    await taken(one, bounceOf(one, "4.2.2", `452 4.2.2 mailbox full ${strike}`));
    assert.deepEqual(
      [(await rowOf("messages", one.messageId)).has_bounced, (await stateOf(one))[0]],
      [null, "active"],
    );
  }
  await taken(one, bounceOf(one, "4.2.2", "452 4.2.2 mailbox full 3"));
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.has_bounced, message.is_hard_bounce], [true, false]);
  assert.deepEqual(await stateOf(one), ["paused", "soft bounced"]);
  assert.notEqual((await rowOf("enrollments", one.enrollmentId)).resume_at, null);
  assert.equal((await rowOf("contacts", one.contactId)).bounced_at, null);
  assert.deepEqual(await suppressed(one.email), []);
});

test("what a policy refuses leaves the contact alone, and the mailbox's owner is told once a day", async () => {
  const one = await mailed(world, team);
  await taken(one, bounceOf(one, "5.7.1", "550 5.7.1 blocked as spam"));
  await taken(one, bounceOf(one, "5.7.1", "550 5.7.1 blocked as spam, again"));
  assert.deepEqual(await stateOf(one), ["failed", "spam blocked"]);
  assert.equal((await rowOf("messages", one.messageId)).is_spam_blocked, true);
  assert.equal((await rowOf("contacts", one.contactId)).bounced_at, null);
  assert.deepEqual(await suppressed(one.email), []);
  const told = (await eventsOf(one.mailboxId)).filter(({ type }) => type === "email_account.limited");
  assert.equal(told.length, 1);
});

test("what only may be an answer pauses, and the mailbox's owner is asked", async () => {
  const one = await mailed(world, team);
  const host = one.email.split("@")[1];
  const { subject } = await rowOf<{ subject: string }>("messages", one.messageId);
  await taken(
    one,
    mailOf({ from: `Boss <boss@${host}>`, subject: `Re: ${subject}`, text: "We have a few thoughts." }),
  );
  assert.deepEqual(await stateOf(one), ["paused", "a person is asked"]);
  assert.equal((await rowOf("messages", one.messageId)).replied_at, null);
  const { tasks } = await team.api.tasks.search({ contact_ids: [one.contactId] });
  assert.deepEqual(
    tasks.map(({ type, user_id, priority }) => [type, user_id, priority]),
    [["action_item", team.owner.id, "high"]],
  );
});

test("an unsubscribe request in an absence note is asked about, in words that are true of it", async () => {
  const one = await mailed(world, team);
  await taken(
    one,
    mailOf({
      from: one.email,
      subject: "Automatic reply",
      text: "I am away for two weeks. Please remove me from your mailing list.",
      headers: ["Auto-Submitted: auto-replied"],
    }),
  );
  assert.deepEqual(await stateOf(one), ["paused", "a person is asked"]);
  const { tasks } = await team.api.tasks.search({ contact_ids: [one.contactId] });
  assert.deepEqual(
    tasks.map(({ note }) => note?.split(".", 1)[0]),
    ["An email may ask to unsubscribe this contact, but that is not certain"],
  );
});

test("a bounce that returns a mail we did not send is asked about, and suppresses no contact", async () => {
  const one = await mailed(world, team);
  await taken(one, bounceOf(one, "5.1.1", "550 user unknown", { internetId: "<forged@elsewhere.example>" }));
  assert.deepEqual(await stateOf(one), ["paused", "a person is asked"]);
  assert.deepEqual(await suppressed(one.email), []);
});

test("a report without an id of a mail of ours is asked about, and suppresses no contact", async () => {
  const report = (email: string) =>
    mailOf({
      from: "Mail Delivery Subsystem <mailer-daemon@elsewhere.example>",
      subject: "Undelivered Mail Returned to Sender",
      text: `<${email}>: 550 5.1.1 user unknown`,
      headers: ["Return-Path: <>", `X-Failed-Recipients: ${email}`],
    });
  const one = await mailed(world, team);
  await taken(one, report(one.email));
  const [row] = await incomingOf(one);
  assert.deepEqual([row.kind, row.certainty], ["bounce", "probable"]);
  assert.deepEqual(await stateOf(one), ["paused", "a person is asked"]);
  assert.deepEqual(await suppressed(one.email), []);
  assert.equal((await rowOf<{ bounced_at: unknown }>("contacts", one.contactId)).bounced_at, null);
});

test("of strangers' mail nothing is kept but its key and kind", async () => {
  const one = await mailed(world, team);
  const secret = "zyxw-private-matter";
  const raw = mailOf({
    from: "friend@private.example",
    subject: secret,
    text: secret,
    id: `<${secret}@private.example>`,
  });
  assert.equal((await taken(one, raw))[0]?.kind, "unrelated");
  const [row] = await incomingOf(one);
  assert.deepEqual([row.from_email, row.subject, row.body_text, row.evidence], [null, null, null, []]);
});

test("machines are kept with their evidence and change nothing", async () => {
  const one = await mailed(world, team);
  const ticket = replyTo(one, "We have received your request, ticket 4711.", [
    "Auto-Submitted: auto-generated",
    "X-Autoreply: yes",
  ]);
  const kinds = (await taken(one, ticket)).map(({ kind }) => kind);
  assert.deepEqual(kinds, ["auto_reply"]);
  assert.deepEqual(await stateOf(one), ["active", null]);
  for (const row of await incomingOf(one)) assert.ok(row.evidence.length > 0);
});

test("an answer through a mailing list that names our mail is an answer", async () => {
  const one = await mailed(world, team);
  const list = replyTo(one, "Sounds good, call me tomorrow.", ["List-Id: <sales.kraft.example>"]);
  assert.deepEqual(
    (await taken(one, list)).map(({ kind }) => kind),
    ["reply"],
  );
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
});

test("a reply proves a mail that was in doubt to be sent, and ends the enrollment", async () => {
  const one = await mailed(world, team, {
    message: { delivery: "unconfirmed", confirmation: "unconfirmed" },
  });
  await taken(one, replyTo(one, "Who are you?"));
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.delivery, message.replied_at !== null], ["sent", true]);
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
});

test("many at once are taken in together, each by itself", async () => {
  const people = [await mailed(world, team), await mailed(world, team), await mailed(world, team)];
  const [a, b, c] = people as [Mailed, Mailed, Mailed];
  const raws = [
    replyTo(a, "What does it cost?"),
    bounceOf(b, "5.1.1", "user unknown"),
    replyTo(c, "Please unsubscribe me"),
  ];
  await takenBy(a, ...(await Promise.all(raws.map((raw) => arrival(world, raw)))));
  assert.deepEqual(await Promise.all(people.map(stateOf)), [
    ["finished", "replied"],
    ["failed", "bounced"],
    ["finished", "unsubscribed"],
  ]);
});

test("a reply to another team's mail has no effect here", async () => {
  const other = await world.newTeam("Elsewhere");
  const theirs = await mailed(world, other);
  const mine = await mailed(world, team);
  assert.equal((await taken(mine, replyTo(theirs, "Tell me more")))[0]?.kind, "unrelated");
});
