// Steps whose mail a person sends: a draft and a task, one send, and on to the next step.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { LOOPBACK } from "../../../testing/loopback.ts";
import { PATIENCE_MS } from "../../../testing/patience.ts";
import { newSendingMailbox, useWitness } from "../../../testing/sending.ts";
import { MAIL_STEP, newContact, type StepWish } from "../../../testing/sequenced.ts";
import {
  CALL_IN_A_MINUTE,
  type EnrolledPeople,
  newPeople,
  openTasks,
  standingsIn,
} from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

const witness = useWitness();
let team: Team;
let mailboxId: string;
const world = useWorld({ engineLoops: 2, mailAllow: LOOPBACK }, async (opened) => {
  team = await opened.newTeam();
});

const BY_HAND = { ...MAIL_STEP, type: "manual_email" as const };

async function people(steps: readonly StepWish[], rest: Parameters<typeof newPeople>[2] = {}) {
  mailboxId ??= (await newSendingMailbox(team, witness)).id;
  return newPeople(team, steps, { mailboxId, ...rest });
}

async function until<T>(look: () => Promise<T>, isIt: (found: T) => boolean): Promise<T> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(60)) {
    const found = await look();
    if (isIt(found)) return found;
  }
  throw new Error(`it did not happen: ${JSON.stringify(await look())}`);
}

async function taskOf({ contacts }: EnrolledPeople) {
  const found = await until(
    () => openTasks(team, contacts),
    ({ tasks }) => tasks.length === 1,
  );
  return (await team.api.tasks.get({ id: found.tasks[0]?.id ?? "" })).task;
}

async function rowOf(messageId: string) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query("select * from messages where id = $1", [messageId]);
    return rows[0] as Record<string, unknown>;
  });
}

const passed = ({ sequence, steps }: EnrolledPeople) =>
  until(
    () => standingsIn(world, sequence),
    ([row]) => row?.stepId === steps[1],
  );

test("a mail by hand is drafted for the user who sends it, and goes out as they have written it", async () => {
  const one = await people([BY_HAND, CALL_IN_A_MINUTE], { contact: { first_name: "Ines" } });
  const task = await taskOf(one);
  assert.deepEqual(
    [task.type, task.subject, task.emailer_message?.subject, task.pending_send],
    ["outreach_manual_email", "Hello Ines", "Hello Ines", false],
  );
  const id = task.emailer_message?.id ?? "";
  const { emailer_message: draft } = await team.api.emailerMessages.show({ id });
  assert.deepEqual(
    [draft.status, draft.type, draft.body_html, draft.email_account_id, draft.emailer_campaign_id],
    ["drafted", "outreach_manual_email", "<p>Hello Ines</p>", mailboxId, one.sequence],
  );
  const before = witness.lines().length;
  await sleep(500);
  assert.equal(witness.lines().length, before, "nobody else sends it");

  await team.api.emailerMessages.update({ id, subject: "Good morning", body_html: "<p>In my own words</p>" });
  await team.api.emailerMessages.sendNow({ id });
  await passed(one);
  const sent = await rowOf(id);
  assert.deepEqual([sent.delivery, sent.subject], ["sent", "Good morning"]);
  assert.match(String(sent.body_html), /In my own words/);
  assert.equal(witness.lines().length, before + 1);
  const { task: done } = await team.api.tasks.get({ id: task.id });
  assert.deepEqual([done.status, done.completed_by_user_id], ["completed", team.owner.id]);
  const [row] = await standingsIn(world, one.sequence);
  assert.equal(row?.waitsFrom?.getTime(), (sent.completed_at as Date).getTime());
  const { audit_log } = await team.api.auditLog.list({ subject_id: task.id });
  assert.equal(audit_log[0]?.type, "task.completed");
});

for (const visibility of ["everyone", "restricted"] as const)
  test(`the user of the task writes and sends it, also to another user's contact in a sequence for ${visibility === "restricted" ? "its owner alone" : "all to see"}`, async () => {
    const { user } = await team.api.users.invite({ email: `seller.${visibility}@example.no` });
    const { api_key } = await team.api.apiKeys.create({ name: "Seller", user_id: user.id, master: true });
    const seller = world.client({ apiKey: api_key.key });
    const theirs = await newSendingMailbox({ ...team, api: seller }, witness);
    const one = await people([BY_HAND, CALL_IN_A_MINUTE], {
      mailboxId: theirs.id,
    });
    await team.api.sequences.update({
      id: one.sequence,
      sharing_permission: { visibility, access_type: "can_view" },
    });
    const task = await taskOf(one);
    assert.equal(task.user_id, user.id);
    const id = task.emailer_message?.id ?? "";
    await seller.emailerMessages.update({ id, subject: "From me", body_html: "<p>In my own words</p>" });
    await seller.emailerMessages.sendNow({ id });
    await passed(one);
    const sent = await rowOf(id);
    assert.deepEqual([sent.delivery, sent.subject], ["sent", "From me"]);
    const [contact_id = ""] = one.contacts;
    const { code } = await refused(
      seller.emailerMessages.create({ contact_id, subject: "Hi", body_html: "<p>Hi</p>" }),
    );
    assert.equal(code, "mail_contact_of_another", "an email of their own they do not write to them");
  });

test("completing the task without sending goes on without the mail, and once", async () => {
  const one = await people([BY_HAND, CALL_IN_A_MINUTE]);
  const task = await taskOf(one);
  const id = task.emailer_message?.id ?? "";
  const before = witness.lines().length;
  await team.api.tasks.complete({ id: task.id, note: "Wrote to them elsewhere" });
  assert.deepEqual([(await rowOf(id)).delivery], ["skipped"]);
  assert.ok(await refused(team.api.emailerMessages.sendNow({ id })));
  const [row] = await standingsIn(world, one.sequence);
  assert.equal(row?.stepId, one.steps[1]);
  assert.equal(witness.lines().length, before);
});

test("completing while the mail is on its way leaves it to the mail; skipping takes it back", async () => {
  const full = await newSendingMailbox(team, witness, { seconds_delay_between_emails: 3600 });
  const steps = [BY_HAND, CALL_IN_A_MINUTE];
  const [first, second] = [
    await people(steps, { mailboxId: full.id }),
    await people(steps, { mailboxId: full.id }),
  ];
  const ahead = await taskOf(first);
  await team.api.emailerMessages.sendNow({ id: ahead.emailer_message?.id ?? "" });
  await passed(first);
  const task = await taskOf(second);
  const id = task.emailer_message?.id ?? "";
  await team.api.emailerMessages.sendNow({ id });
  const { task: pending } = (await team.api.tasks.complete({ id: task.id })) as { task: typeof task };
  assert.deepEqual([pending.status, pending.pending_send], ["scheduled", true]);
  assert.equal((await standingsIn(world, second.sequence))[0]?.stepId, second.steps[0]);
  await team.api.tasks.skip({ id: task.id });
  assert.equal((await rowOf(id)).delivery, "skipped");
  assert.equal((await standingsIn(world, second.sequence))[0]?.stepId, second.steps[1]);
});

test("moved to another mailbox, a mail that is to go out goes out from there, and is no draft again", async () => {
  const full = await newSendingMailbox(team, witness, { seconds_delay_between_emails: 3600 });
  const steps = [BY_HAND, CALL_IN_A_MINUTE];
  const ahead = await people(steps, { mailboxId: full.id });
  await team.api.emailerMessages.sendNow({ id: (await taskOf(ahead)).emailer_message?.id ?? "" });
  await passed(ahead);
  const one = await people(steps, { mailboxId: full.id });
  const id = (await taskOf(one)).emailer_message?.id ?? "";
  await team.api.emailerMessages.sendNow({ id });
  await until(
    () => rowOf(id),
    ({ is_queued }) => is_queued === true,
  );
  const other = await newSendingMailbox(team, witness);
  await team.api.enrollments.move({
    id: one.sequence,
    contact_ids: one.contacts,
    send_email_from_email_account_id: other.id,
  });
  assert.equal((await rowOf(id)).delivery === "draft", false);
  await passed(one);
  const row = await rowOf(id);
  assert.deepEqual([row.delivery, row.mailbox_id, row.from_email], ["sent", other.id, other.email]);
});

test("a mail outside any sequence does the task it was written for, which waits for it meanwhile", async () => {
  const full = await newSendingMailbox(team, witness, { seconds_delay_between_emails: 3600 });
  const contact_id = await newContact(team);
  const task = async () => {
    const wish = { type: "outreach_manual_email" as const, contact_id, user_id: team.owner.id };
    return (await team.api.tasks.create(wish)).task.id;
  };
  const write = async (outreach_task_id: string) => {
    const words = { subject: "Hi", body_html: "<p>Hi</p>" };
    const wish = { contact_id, email_account_id: full.id, outreach_task_id, ...words };
    return (await team.api.emailerMessages.create(wish)).emailer_message.id;
  };
  const [first, second] = [await task(), await task()];
  const stateOf = async (id: string) => {
    const { task: shown } = await team.api.tasks.get({ id });
    return [shown.status, shown.pending_send];
  };
  const [now, later] = [await write(first), await write(second)];
  assert.deepEqual(await stateOf(first), ["scheduled", false]);
  await team.api.emailerMessages.sendNow({ id: now });
  await until(
    () => stateOf(first),
    ([status]) => status === "completed",
  );
  await team.api.emailerMessages.sendNow({ id: later });
  assert.deepEqual(await stateOf(second), ["scheduled", true]);
});

test("what a draft says of tracking holds, whatever its mailbox does otherwise", async () => {
  const contact_id = await newContact(team);
  for (const enable_tracking of [true, false]) {
    const tracking = { open_tracking: !enable_tracking, click_tracking: !enable_tracking };
    const box = await newSendingMailbox(team, witness, tracking);
    const wish = {
      contact_id,
      email_account_id: box.id,
      subject: "Hi",
      body_html: "<p>Hi</p>",
      enable_tracking,
    };
    const { emailer_message } = await team.api.emailerMessages.create(wish);
    const { id } = emailer_message;
    await team.api.emailerMessages.sendNow({ id });
    const row = await until(
      () => rowOf(id),
      ({ delivery }) => delivery === "sent",
    );
    assert.deepEqual([row.open_tracking, row.click_tracking], [enable_tracking, enable_tracking]);
  }
  const watching = await newSendingMailbox(team, witness, { open_tracking: true });
  const one = await people([BY_HAND], { mailboxId: watching.id });
  const id = (await taskOf(one)).emailer_message?.id ?? "";
  assert.equal((await rowOf(id)).open_tracking, true, "a step's draft begins with what its mailbox does");
  await team.api.emailerMessages.update({ id, enable_tracking: false });
  await team.api.emailerMessages.sendNow({ id });
  const row = await until(
    () => rowOf(id),
    ({ delivery }) => delivery === "sent",
  );
  assert.equal(row.open_tracking, false);
});

test("a mail that cannot be sent leaves the task open, with the reason at the mail", async () => {
  const one = await people([BY_HAND, CALL_IN_A_MINUTE]);
  const task = await taskOf(one);
  const id = task.emailer_message?.id ?? "";
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages.find(({ name }) => name === "Bad Data")?.id ?? "";
  await team.api.sequences.update({ id: one.sequence, excluded_contact_stage_ids: [stage] });
  await team.api.contacts.updateStages({ contact_ids: one.contacts, contact_stage_id: stage });
  await team.api.emailerMessages.sendNow({ id });
  const failed = await until(
    () => rowOf(id),
    (row) => row.delivery === "failed",
  );
  assert.equal(failed.not_sent_reason, "contact_stage_safeguard");
  const [row] = await standingsIn(world, one.sequence);
  assert.deepEqual([row?.state, row?.stepId], ["active", one.steps[0]]);
  assert.equal((await team.api.tasks.get({ id: task.id })).task.status, "scheduled");
  const { contact_stages: stages } = await team.api.contactStages.list();
  const other = stages.find(({ name }) => name !== "Bad Data")?.id ?? "";
  await team.api.contacts.updateStages({ contact_ids: one.contacts, contact_stage_id: other });
  await team.api.emailerMessages.sendNow({ id });
  await passed(one);
});

test("a pause keeps the words of a draft, and takes back what was to go out", async () => {
  const one = await people([BY_HAND, CALL_IN_A_MINUTE]);
  const task = await taskOf(one);
  const id = task.emailer_message?.id ?? "";
  await team.api.emailerMessages.update({ id, subject: "Mine", body_html: "<p>Mine</p>" });
  const wish = { id: one.sequence, contact_ids: one.contacts };
  await team.api.enrollments.pause(wish);
  await team.api.enrollments.resume(wish);
  assert.equal((await taskOf(one)).emailer_message?.id, id);
  const back = await until(
    () => rowOf(id),
    (row) => row.delivery === "draft",
  );
  assert.equal(back.subject, "Mine");
  await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [one.sequence],
    contact_ids: one.contacts,
    mode: "remove",
  });
  assert.equal((await rowOf(id)).delivery, "cancelled");
});

test("a mail by hand that answers goes on in the thread", async () => {
  const reply: StepWish = {
    ...BY_HAND,
    wait_time: 0,
    emailer_touches: [
      {
        type: "reply_to_thread",
        status: "approved",
        emailer_template: { subject: "", body_html: "<p>Once more</p>" },
      },
    ],
  };
  const one = await people([MAIL_STEP, reply, CALL_IN_A_MINUTE], { contact: { first_name: "Ola" } });
  const task = await taskOf(one);
  assert.equal(task.emailer_message?.subject, "Re: Hello Ola");
  const id = task.emailer_message?.id ?? "";
  await team.api.emailerMessages.sendNow({ id });
  await until(
    () => standingsIn(world, one.sequence),
    ([row]) => row?.stepId === one.steps[2],
  );
  const [first, answer] = await asOwner(world, async (client) => {
    const found = await client.query(
      "select internet_message_id as id, in_reply_to as of from messages where sequence_id = $1 order by completed_at",
      [one.sequence],
    );
    return found.rows as { id: string; of: string }[];
  });
  assert.equal(answer?.of, first?.id);
});

test("what a template cannot fill is left for the person who sends it", async () => {
  const gaps: StepWish = {
    ...BY_HAND,
    emailer_touches: [
      {
        status: "approved",
        emailer_template: { subject: "About {{title}}", body_html: "<p>{{city}}</p>" },
      },
    ],
  };
  const one = await people([gaps, CALL_IN_A_MINUTE]);
  const task = await taskOf(one);
  assert.ok(task.emailer_message);
  assert.equal((await standingsIn(world, one.sequence))[0]?.state, "active");
});
