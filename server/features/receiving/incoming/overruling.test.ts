// A person says what a mail really is: what had followed is taken back, and what follows now is done.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import {
  bounceOf,
  type Mailed,
  mailed,
  mailOf,
  replyTo,
  taken as takenAt,
} from "../../../testing/incoming.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { optOut } from "../unsubscribing/commands.ts";
import { byMail } from "./commands.ts";
import { overrule } from "./overruling.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const taken = (one: Mailed, raw: Buffer) => takenAt(world, team, one, raw);

async function rowOf(table: string, id: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(`select * from ${table} where id = $1`, [id]),
  );
  return rows[0] as Record<string, unknown>;
}

const stateOf = async ({ enrollmentId }: Mailed) => {
  const { state, inactive_reason } = await rowOf("enrollments", enrollmentId);
  return [state, inactive_reason];
};

const barsOn = async (value: string) =>
  (await team.api.suppressions.list({ q_keywords: value })).suppressions.length;

test("an answer that was none: they go on where they were, and nothing is counted", async () => {
  const one = await mailed(world, team);
  const before = await rowOf("enrollments", one.enrollmentId);
  const id = await taken(one, replyTo(one, "We talked about ticket 12 at the fair."));
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);

  const { incoming_mail, left_contact_campaign_status_ids } = await team.api.incomingMails.overrule({
    id,
    kind: "auto_reply",
  });
  assert.deepEqual(left_contact_campaign_status_ids, {});
  assert.deepEqual(
    [incoming_mail.kind, incoming_mail.counts_as_response, incoming_mail.overruled?.was],
    ["auto_reply", false, "reply"],
  );
  const after = await rowOf("enrollments", one.enrollmentId);
  for (const key of ["state", "inactive_reason", "due_at", "finished_at", "in_response_to"])
    assert.deepEqual(after[key], before[key], key);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.replied_at, message.reply_class], [null, null]);
  const { rows } = await asOwner(world, (client) =>
    client.query("select 1 from message_events where message_id = $1", [one.messageId]),
  );
  assert.equal(rows.length, 0);
});

test("who goes on because it was no answer, at the moment the sequence is archived, is finished with it", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "We talked about ticket 12 at the fair."));
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  const wish = { kind: "auto_reply", replyClass: null, returnsOn: null, bounceClass: null } as const;
  const { sequence_id } = await rowOf("enrollments", one.enrollmentId);
  await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act) => {
        await overrule(act, id, wish);
        await beforeCommit();
      }),
    () => team.api.sequences.archive({ id: String(sequence_id) }),
  );
  assert.deepEqual(await stateOf(one), ["finished", "Sequence archived"]);
});

test("an opt-out that was none: the bar is lifted, and they are in again", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "Please remove me from your list."));
  assert.equal(await barsOn(one.email), 1);
  await team.api.incomingMails.overrule({ id, kind: "reply", reply_class: "not_interested" });
  assert.equal(await barsOn(one.email), 0);
  const contact = await rowOf("contacts", one.contactId);
  assert.equal(contact.email_unsubscribed, null);
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual(
    [message.reply_class, message.unsubscribed_at, message.replied_at !== null],
    ["not_interested", null, true],
  );
});

test("a bounce that was none: the address may be written to again", async () => {
  const one = await mailed(world, team);
  const before = await rowOf("contacts", one.contactId);
  const id = await taken(one, bounceOf(one, "5.1.1", "550 5.1.1 user unknown"));
  await team.api.incomingMails.overrule({ id, kind: "unrelated" });
  assert.deepEqual(await stateOf(one), ["active", null]);
  const contact = await rowOf("contacts", one.contactId);
  assert.deepEqual([contact.bounced_at, contact.email_status], [null, before.email_status]);
  assert.equal(await barsOn(one.email), 0);
  const message = await rowOf("messages", one.messageId);
  assert.deepEqual([message.has_bounced, message.is_hard_bounce], [null, null]);
});

test("a user who was asked answers: it was a reply, so the enrollment ends and the task is done", async () => {
  const one = await mailed(world, team);
  const { subject } = await rowOf("messages", one.messageId);
  const host = one.email.split("@")[1];
  const id = await taken(
    one,
    mailOf({ from: `boss@${host}`, subject: `Re: ${subject}`, text: "A few thoughts." }),
  );
  const { incoming_mails } = await team.api.incomingMails.list({
    needs_person: true,
    contact_id: one.contactId,
  });
  assert.deepEqual(
    incoming_mails.map((mail) => [mail.id, mail.question, mail.certainty]),
    [[id, "reply", "probable"]],
  );
  const { incoming_mail } = await team.api.incomingMails.overrule({ id, kind: "reply" });
  assert.deepEqual(
    [incoming_mail.certainty, incoming_mail.needs_person, incoming_mail.reply_class],
    ["sure", false, "none_of_the_above"],
  );
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
  const { task } = await team.api.tasks.get({ id: incoming_mail.task_id ?? "" });
  assert.equal(task.status, "completed");
});

test("or it was nothing, so they go on", async () => {
  const one = await mailed(world, team);
  const { subject } = await rowOf("messages", one.messageId);
  const host = one.email.split("@")[1];
  const id = await taken(
    one,
    mailOf({ from: `boss@${host}`, subject: `Re: ${subject}`, text: "A few thoughts." }),
  );
  await team.api.incomingMails.overrule({ id, kind: "unrelated" });
  assert.deepEqual(await stateOf(one), ["active", null]);
});

test("what was taken for nothing much can be an opt-out, and back again", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "No thank you."));
  await team.api.incomingMails.overrule({ id, kind: "unsubscribe" });
  assert.deepEqual([await stateOf(one), await barsOn(one.email)], [["finished", "unsubscribed"], 1]);
  const { incoming_mail } = await team.api.incomingMails.overrule({ id, kind: "reply" });
  assert.deepEqual([await stateOf(one), await barsOn(one.email)], [["finished", "replied"], 0]);
  assert.equal(incoming_mail.overruled?.was, "reply", "what we took it for at first");
});

test("an enrollment that was changed since stays as it is, and the answer says so", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "Tell me more"));
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [one.sequenceId],
    contact_ids: [one.contactId],
    mode: "remove",
  });
  const { left_contact_campaign_status_ids } = await team.api.incomingMails.overrule({
    id,
    kind: "auto_reply",
  });
  assert.deepEqual(left_contact_campaign_status_ids, { [one.enrollmentId]: "changed_since" });
});

test("an absence can be given its day", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, replyTo(one, "Tell me more, I am back some time in the year after next."));
  const day = world.running.app.now().toZonedDateTimeISO("UTC").toPlainDate().add({ days: 30 }).toString();
  const { incoming_mail } = await team.api.incomingMails.overrule({
    id,
    kind: "out_of_office",
    returns_on: day,
  });
  assert.equal(incoming_mail.returns_on, day);
  assert.deepEqual(await stateOf(one), ["paused", "out of office"]);
});

test("mail of strangers cannot be turned round, and other teams' mail is not there", async () => {
  const one = await mailed(world, team);
  const id = await taken(one, mailOf({ from: "x@stranger.example", text: "hi", subject: "hi" }));
  assert.equal(
    (await refused(team.api.incomingMails.overrule({ id, kind: "reply" }))).code,
    "incoming_mail_of_nobody",
  );
  const other = await world.newTeam("Elsewhere");
  assert.equal((await refused(other.api.incomingMails.overrule({ id, kind: "reply" }))).status, 404);
  assert.deepEqual((await other.api.incomingMails.list()).incoming_mails, []);
});

test("what came in is listed newest first, by kind, mailbox, contact and mail", async () => {
  const one = await mailed(world, team);
  await taken(one, replyTo(one, "one"));
  await taken(one, bounceOf(one, "4.2.2", "452 4.2.2 mailbox full"));
  const kinds = async (filter: Parameters<typeof team.api.incomingMails.list>[0]) =>
    (await team.api.incomingMails.list(filter)).incoming_mails.map(({ kind }) => kind);
  assert.deepEqual(await kinds({ email_account_id: one.mailboxId }), ["bounce", "reply"]);
  assert.deepEqual(await kinds({ contact_id: one.contactId, kind: "bounce" }), ["bounce"]);
  assert.deepEqual(await kinds({ emailer_message_id: one.messageId, kind: "list" }), []);
  const [mail] = (await team.api.incomingMails.list({ contact_id: one.contactId, kind: "reply" }))
    .incoming_mails;
  assert.deepEqual(
    [mail?.from_email, mail?.body_text?.trim(), mail?.tied_by],
    [one.email, "one", "message_id"],
  );
});

test("many are turned round at once; one that cannot be is left, and stops none of the others", async () => {
  const [one, two] = [await mailed(world, team), await mailed(world, team)];
  const ids = [
    await taken(one, replyTo(one, "Who else uses it?")),
    await taken(two, replyTo(two, "Who are you?")),
  ];
  const nobodys = await taken(one, mailOf({ from: "x@stranger.example", text: "hi", subject: "hi" }));
  const asked = { incoming_mail_ids: [...ids, nobodys], kind: "auto_reply" as const };
  await team.api.incomingMails.bulkOverrule(asked, { dryRun: true });
  assert.deepEqual(await stateOf(two), ["finished", "replied"], "a dry run changes nothing");

  const done = await team.api.incomingMails.bulkOverrule(asked);
  assert.deepEqual(done.incoming_mail_ids, ids.toSorted());
  assert.deepEqual(
    done.left.map(({ id, code }) => [id, code]),
    [[nobodys, "incoming_mail_of_nobody"]],
  );
  for (const back of [one, two]) assert.equal((await stateOf(back))[0], "active");
  const again = { incoming_mail_ids: ids, kind: "reply" as const };
  assert.deepEqual((await team.api.incomingMails.bulkOverrule(again)).left, []);
  assert.deepEqual(await stateOf(one), ["finished", "replied"]);
});

test("a bar that was put up while the mail was being read is not lifted with it", async () => {
  const one = await mailed(world, team);
  const { app } = world.running;
  await app.db.inTeam(team.id, (db) => {
    const by = byMail(app, db, team.id);
    const said = { source: "link", sourceId: "another mail" };
    const wish = {
      contactIds: [],
      addresses: [one.email],
      source: "unsubscribe",
      messageId: null,
      said,
    } as const;
    return optOut({ ...by, now: by.now.add({ minutes: 1 }) }, wish); // it began after the mail was
  });
  const id = await taken(one, replyTo(one, "Please remove me from your list."));
  await team.api.incomingMails.overrule({ id, kind: "auto_reply" });
  assert.equal(await barsOn(one.email), 1);
});

const byLink = (token: string, choice: string) =>
  call(`${world.url}/u/${token}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `choice=${choice}`,
  });

for (const isFirst of [true, false])
  test(`a reader who also unsubscribed by the link, ${isFirst ? "before" : "after"} the answer, is still counted as unsubscribed`, async () => {
    const token = randomBytes(32).toString("hex");
    const one = await mailed(world, team, { message: { token } });
    if (isFirst) await byLink(token, "all");
    const id = await taken(one, replyTo(one, "Please remove me from your list."));
    if (!isFirst) await byLink(token, "all");
    await team.api.incomingMails.overrule({ id, kind: "auto_reply" });
    assert.notEqual((await rowOf("messages", one.messageId)).unsubscribed_at, null);
    assert.equal((await rowOf("contacts", one.contactId)).email_unsubscribed, true);
    assert.match((await byLink(token, "back")).text, /You are subscribed again/);
    assert.equal((await rowOf("messages", one.messageId)).unsubscribed_at, null);
  });

test("a reader who takes back the link's choice, and has said the same in an answer, is still counted as unsubscribed", async () => {
  const token = randomBytes(32).toString("hex");
  const one = await mailed(world, team, { message: { token } });
  await byLink(token, "all");
  await taken(one, replyTo(one, "Please remove me from your list."));
  assert.doesNotMatch((await byLink(token, "back")).text, /You are subscribed again/);
  assert.notEqual((await rowOf("messages", one.messageId)).unsubscribed_at, null);
});
