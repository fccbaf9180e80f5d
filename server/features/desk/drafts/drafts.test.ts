import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client, Input } from "@cadenza/sdk";
import { rankOf } from "../../../domain/sequences/priority.ts";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import { plant, plantContact, plantEnrollment, plantMessage } from "../../../testing/planted.ts";
import { newContact, newMailbox } from "../../../testing/sequenced.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { makeSequence } from "../../../testing/wishes/sequences.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { changeMessage } from "./commands.ts";

let team: Team;
let stranger: Team;
let member: Client;
let memberId: string;
let box: { id: string; email: string };

const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
  stranger = await opened.newTeam();
  box = await newMailbox(team);
  memberId = (await team.api.users.invite({ email: "member@example.no" })).user.id;
  const { api_key } = await team.api.apiKeys.create({ name: "member", master: true, user_id: memberId });
  member = opened.client({ apiKey: api_key.key });
});

const TEXT = { subject: "Hello", body_html: "<p>Hello</p><script>x</script>" };

async function draft(rest: Partial<Input<"emailerMessages", "create">> = {}) {
  const contact_id = rest.contact_id ?? (await newContact(team));
  return (await team.api.emailerMessages.create({ contact_id, ...TEXT, ...rest })).emailer_message;
}

/** The row as the engine finds it. */
async function rowOf(id: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query("select * from messages where id = $1", [id]);
    return rows[0] as Record<string, unknown>;
  });
}

async function change(id: string, set: string) {
  await asOwner(world, (client) => client.query(`update messages set ${set} where id = $1`, [id]));
}

test("a draft is cleaned, has its copies, and comes from one's own mailbox", async () => {
  const contact_id = await newContact(team, { email: "own@kraft.example" });
  const message = await draft({
    contact_id,
    subject: "Hello\r\nBcc: x@y.example",
    recipients: [
      { email: "own@kraft.example", recipient_type_cd: "to" },
      { email: "boss@kraft.example", recipient_type_cd: "cc" },
      { email: "crm@norrland.example", recipient_type_cd: "bcc" },
    ],
  });
  assert.equal(message.status, "drafted");
  assert.equal(message.type, "outreach_manual_email");
  assert.equal(message.due_at, null);
  assert.equal(message.subject, "Hello Bcc: x@y.example");
  assert.equal(message.body_html, "<p>Hello</p>");
  assert.equal(message.body_text, "Hello");
  assert.deepEqual(
    [message.cc_emails, message.bcc_emails],
    [["boss@kraft.example"], ["crm@norrland.example"]],
  );
  assert.equal(message.email_account_id, box.id);
  assert.equal(message.contact?.id, contact_id);
  assert.equal(message.async_sending, false);
});

test("a template is filled for the contact", async () => {
  const template = { name: "Intro", subject: "For {{first_name}}", body_html: "<p>Hi {{first_name}}</p>" };
  const { emailer_template } = await team.api.templates.create(template);
  const contact_id = await newContact(team, { first_name: "Ines" });
  const filled = await draft({
    contact_id,
    subject: null,
    body_html: null,
    emailer_template_id: emailer_template.id,
  });
  assert.deepEqual([filled.subject, filled.body_text], ["For Ines", "Hi Ines"]);
  const gaps = await team.api.templates.create({ name: "Gaps", body_html: "<p>Call {{phone}}?</p>" });
  const { missing_variables } = await team.api.emailerMessages.create({
    contact_id,
    emailer_template_id: gaps.emailer_template.id,
  });
  assert.deepEqual(missing_variables, ["phone"]);
  const gone = await refused(draft({ emailer_template_id: "0".repeat(24) }));
  assert.equal(gone.code, "template_not_found");
});

test("drafting is refused in Apollo's words", async () => {
  const missing = await refused(team.api.emailerMessages.create({ contact_id: "0".repeat(24), ...TEXT }));
  assert.deepEqual([missing.status, missing.message], [422, "Contact does not exist"]);
  const foreign = await newContact(stranger);
  assert.equal((await refused(draft({ contact_id: foreign }))).message, "Contact does not exist");
  assert.equal((await refused(team.api.emailerMessages.create(TEXT))).code, "parameter_missing");

  const invalid = await refused(draft({ recipients: [{ email: "nobody", recipient_type_cd: "cc" }] }));
  assert.equal(invalid.message, 'ERROR! Email is NOT SAVED. Invalid recipient emails: ["nobody"]');

  const others = await newContact(team, { first_name: "Ines", last_name: "Okafor" });
  const refusal = await refused(member.emailerMessages.create({ contact_id: others, ...TEXT }));
  assert.equal(
    refusal.message,
    "You do not have permission to email Ines Okafor. You are not the owner of this contact or account.",
  );
  const box2 = await newMailbox(team);
  const theirs = await newContact(team, { owner_id: memberId });
  const from = await refused(
    member.emailerMessages.create({ contact_id: theirs, email_account_id: box2.id, ...TEXT }),
  );
  assert.equal(from.message, "You do not have permission to send from this email account");
  const attached = await refused(draft({ attachment_ids: ["0".repeat(24)] }));
  assert.equal(attached.code, "attachment_not_found");
});

test("a suppressed address is not mailed, neither as the contact nor as a copy", async () => {
  await team.api.suppressions.create({ value: "barred@kraft.example" });
  const barred = [
    await newContact(team, { email: "barred@kraft.example" }),
    await newContact(team, { do_not_contact: true }),
    await newContact(team, { email_unsubscribed: true }),
  ];
  for (const contact_id of barred) {
    const refusal = await refused(draft({ contact_id }));
    assert.equal(refusal.message, "Cannot be emailed under your team's DNC enforcement settings");
    assert.equal((refusal.body as { error_code?: string }).error_code, "DNC_ENFORCEMENT_BLOCKED");
  }
  const copied = await refused(
    draft({ recipients: [{ email: "Barred@kraft.example", recipient_type_cd: "cc" }] }),
  );
  assert.equal(copied.code, "mail_barred");
  const contact_id = await newContact(team);
  const { id } = await draft({ contact_id });
  await team.api.contacts.update({ id: contact_id, do_not_contact: true });
  assert.equal((await refused(team.api.emailerMessages.sendNow({ id }))).code, "mail_barred");
});

test("sending now plans a mail for this moment, ahead of what no person asked for", async () => {
  const { id } = await draft();
  const { emailer_message } = await team.api.emailerMessages.sendNow({ id, surface: "tasks" });
  assert.equal(emailer_message.status, "scheduled");
  assert.equal(emailer_message.async_sending, true);
  assert.equal(emailer_message.due_at_manually_changed, true);
  assert.equal(emailer_message.due_at_source, "Email was sent using Send Now action");
  const row = await rowOf(id);
  assert.equal(row.delivery, "planned");
  assert.deepEqual(row.next_check_at, row.due_at);
  const best = { isByHand: false, isFollowUp: true, policy: "score", score: 100 } as const;
  assert.ok(Number(row.rank) < rankOf({ ...best, dueAt: Temporal.Instant.fromEpochMilliseconds(0) }));
  const again = await team.api.emailerMessages.sendNow({ id });
  assert.equal(again.emailer_message.due_at, emailer_message.due_at);
});

test("what cannot be sent is refused in Apollo's words", async () => {
  const { id } = await draft();
  const send = () => refused(team.api.emailerMessages.sendNow({ id }));
  await change(id, "delivery = 'claimed'");
  assert.match((await send()).message, /^This email is currently being sent already! Wait up to 20 seconds/);
  await change(id, "delivery = 'sent'");
  assert.equal((await send()).message, "This email has already been sent!");
  await change(id, "delivery = 'draft', mailbox_id = null");
  assert.equal((await send()).message, "Please specify where to send the email from!");
  await team.api.emailerMessages.sendNow({ id, email_account_id: box.id });

  const other = await draft();
  assert.deepEqual((await team.api.emailerMessages.delete({ id: other.id })).emailer_message, {
    id: other.id,
    deleted: true,
  });
  const deleted = await refused(team.api.emailerMessages.sendNow({ id: other.id }));
  assert.equal(deleted.message, "This email has already been deleted. Please refresh the page.");
  for (const api of [stranger.api, member]) {
    const refusal = await refused(api.emailerMessages.sendNow({ id }));
    assert.equal(refusal.message, "Could not find message to send.");
  }
});

test("a mail that failed is sent again, to the address the contact has now", async () => {
  const contact_id = await newContact(team);
  const { id } = await draft({ contact_id });
  await change(
    id,
    "delivery = 'failed', failed_at = now(), to_email = 'old@kraft.example', composed_at = now(), internet_message_id = '<x@y>'",
  );
  await team.api.contacts.update({ id: contact_id, email: "new@kraft.example" });
  const { emailer_message } = await team.api.emailerMessages.sendNow({ id });
  assert.equal(emailer_message.status, "scheduled");
  assert.equal(emailer_message.to_email, "new@kraft.example");
  assert.deepEqual([(await rowOf(id)).composed_at, (await rowOf(id)).internet_message_id], [null, null]);
});

test("a mailbox's limit of a day holds for mails that are asked for, too", async () => {
  const small = await newMailbox(team, { email_daily_threshold: 2 });
  const { id: sequence } = await makeSequence(team);
  const hourAgo = world.running.app.now().subtract({ hours: 1 }).toString();
  await plantMessage(world, team, sequence, { mailbox_id: small.id, completed_at: hourAgo });
  const [first, second] = [
    await draft({ email_account_id: small.id }),
    await draft({ email_account_id: small.id }),
  ];
  await team.api.emailerMessages.sendNow({ id: first.id });
  const refusal = await refused(team.api.emailerMessages.sendNow({ id: second.id }));
  assert.equal(refusal.status, 422);
  assert.equal((refusal.body as { error_code?: string }).error_code, "SEND_NOW_LIMIT_EXCEEDED");
  assert.equal((await rowOf(second.id)).delivery, "draft");
});

test("a user with several mailboxes, all at their daily limit, is told so", async () => {
  const own = await world.newTeam();
  const boxes = [
    await newMailbox(own, { email_daily_threshold: 1 }),
    await newMailbox(own, { email_daily_threshold: 1 }),
  ];
  const { id: sequence } = await makeSequence(own);
  const hourAgo = world.running.app.now().subtract({ hours: 1 }).toString();
  const contact_id = await newContact(own);
  const { emailer_message: mail } = await own.api.emailerMessages.create({
    contact_id,
    subject: "Hi",
    body_html: "<p>Hi</p>",
    email_account_id: boxes[0]?.id,
  });
  const codes: unknown[] = [];
  for (const box of boxes) {
    await plantMessage(world, own, sequence, { mailbox_id: box.id, completed_at: hourAgo });
    const refusal = await refused(own.api.emailerMessages.sendNow({ id: mail.id }));
    codes.push((refusal.body as { error_code?: string }).error_code);
  }
  assert.deepEqual(codes, ["SEND_NOW_LIMIT_EXCEEDED", "SELLER_EMAIL_LIMIT_EXCEEDED"]);
});

test("a mail of another user's task is not sent", async () => {
  const contact_id = await newContact(team, { owner_id: memberId });
  const wish = { type: "outreach_manual_email", contact_id } as const;
  const { task } = await team.api.tasks.create({ ...wish, user_id: team.owner.id });
  const refusal = await refused(
    member.emailerMessages.create({ contact_id, ...TEXT, outreach_task_id: task.id }),
  );
  assert.equal(refusal.message, "You can not send this email. Email task is assigned to another user.");
  const theirs = await team.api.tasks.create({ ...wish, user_id: memberId });
  const made = await member.emailerMessages.create({ contact_id, ...TEXT, outreach_task_id: theirs.task.id });
  assert.equal(made.task?.id, theirs.task.id);
  assert.equal(made.task?.emailer_message?.id, made.emailer_message.id);
});

test("what a user is writing for a task stays when another mail is begun for it at that moment", async () => {
  const contact_id = await newContact(team);
  const { task } = await team.api.tasks.create({ type: "action_item", user_id: team.owner.id, contact_id });
  const begin = () => team.api.emailerMessages.create({ contact_id, outreach_task_id: task.id });
  const { id } = (await begin()).emailer_message;
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
  await bothAtOnce(
    world,
    (beforeCommit) =>
      actFor(world.running.app, onBehalf, async (act) => {
        await changeMessage(act, id, { subject: "Ours", bodyHtml: "<p>Words</p>", sendFrom: null });
        await beforeCommit();
      }),
    begin,
  );
  assert.equal((await rowOf(id))?.subject, "Ours");
});

test("an answer goes on in the thread of the mail it answers, from the same mailbox", async () => {
  const { id: sequence } = await makeSequence(team);
  const contact_id = await newContact(team);
  const first = await plantMessage(world, team, sequence, {
    contact_id,
    mailbox_id: box.id,
    subject: "Turbines",
    completed_at: "2026-02-03T09:00:00Z",
    internet_message_id: "<first@x.example>",
    reference_ids: [],
  });
  const { emailer_message } = await team.api.emailerMessages.create({
    in_response_to_emailer_message_id: first,
    body_html: "<p>More</p>",
  });
  assert.deepEqual(
    [emailer_message.contact_id, emailer_message.subject, emailer_message.in_response_to_emailer_message_id],
    [contact_id, "Re: Turbines", first],
  );
  await team.api.emailerMessages.sendNow({ id: emailer_message.id });
  const row = await rowOf(emailer_message.id);
  assert.deepEqual(
    [row.in_reply_to, row.reference_ids, row.thread_root],
    ["<first@x.example>", ["<first@x.example>"], "<first@x.example>"],
  );
  const foreign = await plantMessage(world, stranger, (await makeSequence(stranger)).id);
  const refusal = await refused(draft({ in_response_to_emailer_message_id: foreign }));
  assert.equal(refusal.code, "unknown_id");
});

test("a draft is changed, scheduled for a time, and taken back", async () => {
  const { id } = await draft();
  const dueAt = world.running.app.now().add({ hours: 5 }).toString();
  const { update } = team.api.emailerMessages;
  const changed = await update({ id, subject: "Other", due_at: dueAt });
  assert.deepEqual([changed.emailer_message.subject, changed.emailer_message.status], ["Other", "scheduled"]);
  assert.equal(changed.emailer_message.due_at_manually_changed, true);
  assert.equal(changed.emailer_message.async_sending, false);
  assert.equal(changed.emailer_message.body_text, "Hello");
  const back = await update({ id, due_at: null });
  assert.deepEqual([back.emailer_message.status, back.emailer_message.due_at], ["drafted", null]);
  assert.equal((await refused(update({ id, due_at: "2020-01-01" }))).code, "due_at_past");
  assert.equal((await refused(stranger.api.emailerMessages.update({ id, subject: "x" }))).status, 404);
  assert.equal((await refused(member.emailerMessages.update({ id, subject: "x" }))).status, 404);
  await change(id, "delivery = 'sent'");
  assert.equal((await refused(update({ id, subject: "x" }))).code, "message_not_open");
  assert.equal((await refused(team.api.emailerMessages.delete({ id }))).code, "message_not_open");
});

async function stepMail(state = "active", row: Record<string, unknown> = {}) {
  const { id, step } = await makeSequence(team, { active: true });
  const contact_id = await newContact(team);
  const due_at = world.running.app.now().add({ hours: 3 }).toString();
  const enrollment_id = await plantEnrollment(world, team, id, {
    contact_id,
    current_step_id: step,
    mailbox_id: box.id,
    due_at,
    state,
  });
  const message = await plantMessage(world, team, id, {
    status: "scheduled",
    contact_id,
    enrollment_id,
    step_id: step,
    mailbox_id: box.id,
    due_at,
    ...row,
  });
  return { message, enrollment_id, contact_id };
}

test("a step's mail is put off, or written anew as a whole; it is not deleted", async () => {
  const { message: id, enrollment_id } = await stepMail();
  const dueAt = world.running.app.now().add({ hours: 30 });
  const put = await team.api.emailerMessages.update({ id, due_at: dueAt.toString() });
  assert.equal(put.emailer_message.due_at_manually_changed, true);
  const plans = await asOwner(world, (client) =>
    client.query("select plan_at from enrollments where id = $1", [enrollment_id]),
  );
  assert.equal(plans.rows[0]?.plan_at, null);
  const half = await refused(team.api.emailerMessages.update({ id, body_html: "<p>Mine</p>" }));
  assert.equal(half.code, "parameter_missing");
  const { emailer_message } = await team.api.emailerMessages.update({
    id,
    subject: "Mine",
    body_html: "<p>Mine</p>",
  });
  assert.deepEqual([emailer_message.type, emailer_message.body_text], ["outreach_manual_email", "Mine"]);
  assert.equal((await refused(team.api.emailerMessages.delete({ id }))).code, "message_of_step");
  assert.equal(
    (await refused(team.api.emailerMessages.update({ id, due_at: null }))).code,
    "message_of_step",
  );
});

test("a step's mail is sent now while its contact stands there, and not afterwards", async () => {
  const { message: id, enrollment_id } = await stepMail();
  const { emailer_message } = await team.api.emailerMessages.sendNow({ id });
  assert.equal(emailer_message.async_sending, true);
  const later = await stepMail();
  await asOwner(world, (client) =>
    client.query("update enrollments set current_step_id = null where id = any($1)", [
      [later.enrollment_id, enrollment_id],
    ]),
  );
  await change(later.message, "delivery = 'draft'");
  assert.equal(
    (await refused(team.api.emailerMessages.sendNow({ id: later.message }))).code,
    "message_step_passed",
  );
});

test("who failed at a step is tried again when its mail is sent now", async () => {
  const failed = { status: "failed", failed_at: "2026-02-03T09:00:00Z", not_sent_reason: "other_safeguard" };
  const { message: id, enrollment_id } = await stepMail("failed", failed);
  await asOwner(world, (client) =>
    client.query(
      "update enrollments set failed_at = now(), failure_reason = 'other_safeguard' where id = $1",
      [enrollment_id],
    ),
  );
  const { emailer_message } = await team.api.emailerMessages.sendNow({ id });
  assert.equal(emailer_message.status, "scheduled");
  const states = await asOwner(world, (client) =>
    client.query("select state, plan_at from enrollments where id = $1", [enrollment_id]),
  );
  assert.deepEqual(states.rows, [{ state: "active", plan_at: null }]);
});

test("a mail that may have arrived can no longer be changed", async () => {
  const { id } = await draft();
  await change(id, "delivery = 'planned'");
  await plant(world, team, "send_attempts", { message_id: id, outcome: "ambiguous" });
  assert.equal(
    (await refused(team.api.emailerMessages.update({ id, subject: "x" }))).code,
    "message_not_open",
  );
});

test("a contact without an address gets a draft and no mail", async () => {
  const contact_id = await plantContact(world, team, { first_name: "Ines" });
  const { id } = await draft({ contact_id });
  assert.equal((await refused(team.api.emailerMessages.sendNow({ id }))).code, "mail_contact_without_email");
});

async function unclear() {
  const { message: id } = await stepMail("active", {
    delivery: "unconfirmed",
    released_at: "2026-02-03T09:00:00Z",
    to_email: "ines@kraft.example",
  });
  const attempt = { id: "a".repeat(24), team_id: team.id, message_id: id };
  await asOwner(world, async (client) => {
    await client.query("update messages set attempt_id = new_ident() where id = $1", [id]);
    await client.query(
      `insert into send_attempts (team_id, id, message_id, mailbox_id, started_at, released_at, ended_at, outcome)
       select team_id, attempt_id, id, mailbox_id, released_at, released_at, released_at, 'ambiguous' from messages where id = $1`,
      [attempt.message_id],
    );
  });
  return id;
}

test("a mail in doubt is explained with the call that decides it, and the call works", async () => {
  const id = await unclear();
  const { explain } = await team.api.explain.message({ id });
  assert.equal(explain.state, "unconfirmed");
  assert.match(explain.sentence, /Delivery of the email to ines@kraft.example is not confirmed/);
  assert.equal(explain.held_by[0]?.code, "delivery_unconfirmed");
  assert.ok(
    explain.history.some(({ sentence }) => /^Attempt 1 .*the server's answer was lost/.test(sentence)),
  );
  const fix = explain.held_by[0]?.fix;
  assert.deepEqual(fix, {
    label: "Mark the email as sent",
    method: "POST",
    path: `/api/v1/emailer_messages/${id}/resolve`,
    body: { as: "sent" },
  });
  const answer = await call(world.url + (fix?.path ?? ""), {
    method: "POST",
    key: team.key,
    body: JSON.stringify(fix?.body),
    headers: { "content-type": "application/json" },
  });
  assert.equal(answer.status, 200, answer.text);
  const { emailer_message } = await team.api.emailerMessages.show({ id });
  assert.equal(emailer_message.status, "completed");
  const after = await refused(team.api.emailerMessages.resolve({ id, as: "sent" }));
  assert.equal(after.code, "message_not_unconfirmed");
  assert.equal((await team.api.explain.message({ id })).explain.state, "completed");
});

test("a mail in doubt is sent again when a person says so, as the same mail", async () => {
  const id = await unclear();
  for (const api of [stranger.api])
    assert.equal((await refused(api.emailerMessages.resolve({ id, as: "send_again" }))).status, 404);
  const { emailer_message } = await team.api.emailerMessages.resolve({ id, as: "send_again" });
  assert.equal(emailer_message.status, "scheduled");
  assert.equal((await rowOf(id)).delivery, "planned");
  const { explain } = await team.api.explain.message({ id });
  assert.equal(explain.state, "scheduled");
});

test("what is on its way, and what will never go, is explained as that", async () => {
  const { id } = await draft();
  await change(id, "delivery = 'claimed'");
  const stateOf = async () => (await team.api.explain.message({ id })).explain;
  assert.deepEqual(
    [(await stateOf()).state, /is being sent now/.test((await stateOf()).sentence)],
    ["sending", true],
  );
  await change(id, "delivery = 'cancelled'");
  assert.equal((await stateOf()).state, "cancelled");
  await change(
    id,
    'delivery = \'planned\', next_check_at = now(), hold_code = \'limit:mailbox_day\', hold_evidence = \'{"email":"ole@example.no","limit":3,"sent":3}\'',
  );
  assert.match(
    (await stateOf()).held_by[0]?.rule ?? "",
    /^ole@example.no has reached its daily limit: 3 of 3 emails/,
  );
  assert.equal((await refused(member.explain.message({ id }))).status, 404);
});

test("many are sent, moved and made drafts again in one call, each with its verdict", async () => {
  const contact_id = await newContact(team);
  const [one, two] = [await draft(), await draft({ contact_id })];
  await team.api.contacts.update({ id: contact_id, do_not_contact: true });
  const foreign = (
    await stranger.api.emailerMessages.create({ contact_id: await newContact(stranger), ...TEXT })
  ).emailer_message.id;
  const asked = { emailer_message_ids: [one.id, two.id, foreign] };
  const tried = await team.api.emailerMessages.bulkSendNow(asked, { dryRun: true });
  assert.equal((await rowOf(one.id)).delivery, "draft");
  const sent = await team.api.emailerMessages.bulkSendNow(asked);
  assert.deepEqual(tried, { ...sent, dry_run: true });
  assert.deepEqual(sent.emailer_message_ids, [one.id]);
  assert.deepEqual(
    sent.left.map(({ id, code }) => [id, code]),
    [
      [two.id, "mail_barred"],
      [foreign, "message_to_send_unknown"],
    ].toSorted(),
  );
  const due_at = "2100-02-03T09:00:00Z";
  const moved = await team.api.emailerMessages.bulkSchedule({
    emailer_messages: [
      { id: one.id, due_at },
      { id: two.id, due_at: "2001-01-01" },
    ],
  });
  assert.deepEqual(
    [moved.emailer_message_ids, moved.left.map(({ code }) => code)],
    [[one.id], ["due_at_past"]],
  );
  const { emailer_message } = await team.api.emailerMessages.show({ id: one.id });
  assert.deepEqual(
    [emailer_message.status, Date.parse(emailer_message.due_at ?? "")],
    ["scheduled", Date.parse(due_at)],
  );
  await team.api.emailerMessages.bulkSchedule({ emailer_messages: [{ id: one.id, due_at: null }] });
  assert.equal((await team.api.emailerMessages.show({ id: one.id })).emailer_message.status, "drafted");
});

test("a hundred go in one call", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 100; n++) ids.push((await draft()).id);
  const { emailer_message_ids, left } = await team.api.emailerMessages.bulkSchedule({
    emailer_messages: ids.map((id) => ({ id, due_at: "2100-02-03T09:00:00Z" })),
  });
  assert.deepEqual([emailer_message_ids, left], [ids.toSorted(), []]);
});
