// Steps that people do, without the mails: tasks open when they are due, move contacts on when they are done, and close
// when their contact leaves.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { MAIL_STEP, type StepWish } from "../../../testing/sequenced.ts";
import {
  CALL_IN_A_MINUTE,
  CALL_NOW,
  catchUpEngine,
  type EnrolledPeople,
  newPeople,
  openTasks,
  standingsIn,
} from "../../../testing/stepping.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const ACTION = { ...CALL_IN_A_MINUTE, type: "action_item" as const };

async function oneTask(contacts: readonly string[]) {
  const { tasks } = await openTasks(team, contacts);
  assert.equal(tasks.length, 1);
  const [task] = tasks;
  assert.ok(task);
  return task;
}

async function sql(text: string, params: unknown[]) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const now = () => world.running.app.now().epochMilliseconds;

test("a step that people do is a task of the sender, filled for the contact, and there is one of it", async () => {
  const script = { subject: "", body_html: "<p>Hi {{first_name}}, it is about {{company}}.</p>" };
  const call: StepWish = {
    ...CALL_NOW,
    note: "Ask for the plant",
    priority: "high",
    emailer_touches: [{ status: "approved", emailer_template: script }],
  };
  const people = await newPeople(team, [call], {
    contact: { first_name: "Ines", last_name: "Okafor", organization_name: "Norrland Kraft" },
  });
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  assert.deepEqual(
    [task.type, task.title, task.priority, task.note, task.created_from, task.user_id, task.creator_id],
    ["call", "Call Ines Okafor", "high", "Ask for the plant", "sequence", team.owner.id, team.owner.id],
  );
  assert.equal(task.emailer_campaign_id, people.sequence);
  const { task: shown } = await team.api.tasks.get({ id: task.id });
  assert.deepEqual(
    [shown.call_script, shown.campaign_position, shown.pending_send],
    ["Hi Ines, it is about Norrland Kraft.", 1, false],
  );
  assert.ok(Date.parse(task.due_at) <= now());
  const wish = { id: people.sequence, contact_ids: people.contacts };
  await team.api.enrollments.pause(wish);
  await team.api.enrollments.resume(wish);
  await catchUpEngine(world);
  assert.equal((await oneTask(people.contacts)).id, task.id);
  const { audit_log } = await team.api.auditLog.list({ subject_id: task.id });
  assert.deepEqual(
    audit_log.map(({ type, actor }) => [type, actor.user_id]),
    [["task.created", null]],
  );
});

test("a task that is done moves its contact on, and the wait counts from then", async () => {
  const people = await newPeople(team, [CALL_NOW, { ...ACTION, wait_time: 2, wait_mode: "hour" }]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  world.advance({ hours: 30 });
  const before = now();
  await team.api.tasks.complete({ id: task.id, note: "They were glad" });
  const [row] = await standingsIn(world, people.sequence);
  assert.deepEqual([row?.state, row?.stepId], ["active", people.steps[1]]);
  const dueAt = row?.dueAt?.getTime() ?? 0;
  assert.ok(
    dueAt >= before + 2 * 3_600_000 && dueAt <= now() + 2 * 3_600_000,
    "late, so what follows is late too",
  );
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0, "not due yet");
  world.advance({ hours: 2, minutes: 1 });
  await catchUpEngine(world);
  const next = await oneTask(people.contacts);
  assert.equal(next.type, "action_item");
  await team.api.tasks.skip({ id: next.id });
  const [through] = await standingsIn(world, people.sequence);
  assert.deepEqual([through?.state, through?.reason], ["finished", "Completed last step"]);
  assert.equal((await refused(team.api.tasks.complete({ id: next.id }))).status, 422);
});

test("changing the status moves a contact on as well, and never twice", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const wishes = [
    team.api.tasks.update({ id: task.id, status: "completed" }),
    team.api.tasks.complete({ id: task.id }),
    team.api.tasks.skip({ id: task.id }),
    team.api.tasks.update({ id: task.id, status: "skipped" }),
  ];
  await Promise.allSettled(wishes);
  const [row] = await standingsIn(world, people.sequence);
  assert.equal(row?.stepId, people.steps[1]);
});

test("the tasks of a paused contact are kept and hidden, and the same one opens again", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const wish = { id: people.sequence, contact_ids: people.contacts };
  await team.api.enrollments.pause(wish);
  const hidden = await team.api.tasks.search({ contact_ids: people.contacts });
  assert.deepEqual([hidden.tasks, hidden.pagination.total_entries, hidden.pipeline_total], [[], 0, 0]);
  assert.ok(hidden.faceting.task_types.every(({ count }) => count === 0));
  assert.equal((await team.api.tasks.get({ id: task.id })).task.status, "scheduled");
  const { emailer_steps } = await team.api.sequences.show({ id: people.sequence });
  assert.equal((emailer_steps[0] as { unique_scheduled?: number }).unique_scheduled, 0);

  world.advance({ hours: 50 });
  await team.api.enrollments.resume(wish);
  await catchUpEngine(world);
  const again = await oneTask(people.contacts);
  assert.equal(again.id, task.id);
  assert.ok(Date.parse(again.due_at) > Date.parse(task.due_at), "it is due when they go on");
});

test("a task that is done while its contact is paused moves them on, and they wait there", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  const last = await newPeople(team, [CALL_NOW]);
  await catchUpEngine(world);
  for (const { sequence, contacts } of [people, last]) {
    const task = await oneTask(contacts);
    await team.api.enrollments.pause({ id: sequence, contact_ids: contacts });
    await team.api.tasks.complete({ id: task.id });
  }
  const [row] = await standingsIn(world, people.sequence);
  assert.deepEqual([row?.state, row?.stepId], ["paused", people.steps[1]]);
  world.advance({ minutes: 2 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0);

  await team.api.enrollments.resume({ id: last.sequence, contact_ids: last.contacts });
  await catchUpEngine(world);
  const [through] = await standingsIn(world, last.sequence);
  assert.equal(through?.state, "finished", "the last step is done, and not to be done again");
  assert.equal((await openTasks(team, last.contacts)).total, 0);
});

const ENDS: Record<string, (people: EnrolledPeople) => Promise<unknown>> = {
  finished: ({ sequence, contacts }) =>
    team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [sequence],
      contact_ids: contacts,
      mode: "mark_as_finished",
    }),
  removed: ({ sequence, contacts }) =>
    team.api.enrollments.removeOrStop({
      emailer_campaign_ids: [sequence],
      contact_ids: contacts,
      mode: "remove",
    }),
  archived: ({ sequence }) => team.api.sequences.archive({ id: sequence }),
  unsubscribed: ({ contacts }) =>
    team.api.contacts.update({ id: contacts[0] ?? "", email_unsubscribed: true }),
  failed: ({ sequence }) =>
    sql("update enrollments set state = 'failed', failed_at = now() where sequence_id = $1", [sequence]),
};

for (const [how, end] of Object.entries(ENDS))
  test(`a contact who is ${how} has no open task any more`, async () => {
    const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
    await catchUpEngine(world);
    const task = await oneTask(people.contacts);
    await end(people);
    const { task: after } = await team.api.tasks.get({ id: task.id });
    assert.deepEqual([after.status, after.skipped_at !== null], ["skipped", true]);
    assert.equal((await openTasks(team, people.contacts)).total, 0);
    const { audit_log } = await team.api.auditLog.list({ subject_id: task.id });
    assert.equal(audit_log[0]?.type, "task.skipped");
    assert.match(audit_log[0]?.sentence ?? "", /no longer needed/);
    const { emailer_steps } = await team.api.sequences.show({ id: people.sequence });
    assert.equal((emailer_steps[0] as { unique_skipped?: number }).unique_skipped, 0, "nobody skipped it");
    await catchUpEngine(world);
    assert.equal((await openTasks(team, people.contacts)).total, 0);
  });

test("a contact who failed and is retried has their task back", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  await ENDS.failed?.(people);
  await team.api.enrollments.retry({ id: people.sequence, contact_ids: people.contacts });
  await catchUpEngine(world);
  assert.equal((await oneTask(people.contacts)).id, task.id);
});

test("whose step is removed does the one that takes its place", async () => {
  const people = await newPeople(team, [CALL_NOW, { ...ACTION, wait_time: 0 }]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  await team.api.steps.remove({ id: people.steps[0] ?? "", force: true });
  assert.equal((await team.api.tasks.get({ id: task.id })).task.status, "skipped");
  await catchUpEngine(world);
  assert.equal((await oneTask(people.contacts)).type, "action_item");
});

test("a step that becomes another kind of step has other tasks", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const step = people.steps[0] ?? "";
  await team.api.steps.update({ id: step, type: "action_item" });
  assert.equal((await team.api.tasks.get({ id: task.id })).task.status, "skipped");
  await catchUpEngine(world);
  const other = await oneTask(people.contacts);
  assert.deepEqual([other.type, other.id === task.id], ["action_item", false]);
  await team.api.steps.update({ id: step, type: "call" });
  await catchUpEngine(world);
  assert.equal((await oneTask(people.contacts)).type, "call");
});

test("a deleted contact takes their tasks along", async () => {
  const people = await newPeople(team, [CALL_NOW]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  await team.api.contacts.delete({ id: people.contacts[0] ?? "" });
  assert.equal((await refused(team.api.tasks.get({ id: task.id }))).status, 422);
});

test("tasks of a step that is switched off are hidden until it is on", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const step = people.steps[0] ?? "";
  await team.api.steps.update({ id: step, enabled: false });
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  await catchUpEngine(world);
  await team.api.steps.update({ id: step, enabled: true });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 1);
});

test("a contact who may not be written to gets no task, and the sequence says why", async () => {
  const people = await newPeople(team, [CALL_NOW]);
  const { contact_stages } = await team.api.contactStages.list();
  const stage = contact_stages.find(({ name }) => name === "Bad Data")?.id ?? "";
  await team.api.sequences.update({ id: people.sequence, excluded_contact_stage_ids: [stage] });
  await team.api.contacts.updateStages({ contact_ids: people.contacts, contact_stage_id: stage });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  const [row] = await standingsIn(world, people.sequence);
  assert.deepEqual([row?.state, row?.reason], ["failed", "contact_stage_safeguard"]);
});

test("where the sequence goes on without, a task for a contact who may not be written to is skipped, with an event", async () => {
  const steps: StepWish[] = [CALL_NOW, { ...CALL_IN_A_MINUTE, type: "action_item" }];
  const stage = (await team.api.contactStages.list()).contact_stages.find(({ name }) => name === "Bad Data");
  const rest = { on_not_sent: "continue" as const, excluded_contact_stage_ids: [stage?.id ?? ""] };
  const people = await newPeople(team, steps, { rest, count: 2 });
  const [barred = "", other = ""] = people.contacts;
  await team.api.contacts.updateStages({ contact_ids: [barred], contact_stage_id: stage?.id ?? "" });
  await catchUpEngine(world);
  const place = async () => {
    const rows = await sql(
      "select contact_id, state, current_step_id from enrollments where sequence_id = $1 and state <> 'removed'",
      [people.sequence],
    );
    const row = rows.find(({ contact_id }) => contact_id === barred);
    return [row?.state, people.steps.indexOf(row?.current_step_id) + 1];
  };
  assert.deepEqual(await place(), ["active", 2]);
  assert.equal((await openTasks(team, [barred])).total, 0);
  assert.equal((await openTasks(team, [other])).total, 1, "nobody else is passed over");
  const { explain } = await team.api.explain.contact({ id: barred });
  assert.ok(
    explain.history.some(({ sentence }) =>
      /to step 2 in .*: the contact was in a stage that the sequence excludes/.test(sentence),
    ),
    JSON.stringify(explain.history),
  );
  world.advance({ minutes: 2 });
  await catchUpEngine(world);
  assert.deepEqual(await place(), ["finished", 2]);
});

test("a call that is logged for its task does it", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE], { count: 2 });
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  const [first, second] = tasks;
  const log = (wish: Partial<Input<"phoneCalls", "create">>) =>
    team.api.phoneCalls.create({ logged: true, ...wish });
  const { phone_call } = await log({ outreach_task_id: first?.id, status: "in-progress" });
  assert.equal((await team.api.tasks.get({ id: first?.id ?? "" })).task.status, "scheduled", "still talking");
  await team.api.phoneCalls.update({ id: phone_call.id, status: "completed" });
  await log({ outreach_task_id: second?.id, status: "no_answer" });
  const states = await Promise.all(
    [first, second].map(async (one) => (await team.api.tasks.get({ id: one?.id ?? "" })).task),
  );
  assert.deepEqual(
    states.map(({ status, answered }) => [status, answered]),
    [
      ["completed", true],
      ["completed", false],
    ],
  );
  const rows = await standingsIn(world, people.sequence);
  assert.deepEqual(
    rows.map(({ stepId }) => stepId),
    [people.steps[1], people.steps[1]],
  );
  await log({ outreach_task_id: second?.id, status: "completed" });
  await log({ contact_id: people.contacts[0], status: "completed" });
  assert.deepEqual(
    (await standingsIn(world, people.sequence)).map(({ stepId }) => stepId),
    [people.steps[1], people.steps[1]],
  );
});

test("of contacts that are merged, the task of the enrollment that goes is withdrawn", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE], { count: 2 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 2);
  const [winner = "", loser = ""] = people.contacts;
  await team.api.contacts.merge({ winner_id: winner, loser_ids: [loser] });
  const { tasks } = await openTasks(team, [winner]);
  assert.equal(tasks.length, 1);
  await team.api.tasks.complete({ id: tasks[0]?.id ?? "" });
  const [row] = await standingsIn(world, people.sequence);
  assert.equal(row?.stepId, people.steps[1]);
});

test("mails that come between are planned as ever", async () => {
  const people = await newPeople(team, [CALL_NOW, { ...MAIL_STEP, wait_time: 1, wait_mode: "hour" }]);
  await catchUpEngine(world);
  await team.api.tasks.complete({ id: (await oneTask(people.contacts)).id });
  await catchUpEngine(world);
  const rows = await sql("select delivery from messages where sequence_id = $1", [people.sequence]);
  assert.deepEqual(rows, [{ delivery: "planned" }]);
});

test("the answer for a contact who waits for a task names its user, and the call that ends it", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  const [row] = await standingsIn(world, people.sequence);
  const why = async () => (await team.api.explain.enrollment({ id: row?.id ?? "" })).explain;
  const before = await why();
  assert.match(before.sentence, /^Step 1, a call, has been due since .* It becomes a task in a moment\.$/);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const { state, sentence, next, held_by } = await why();
  assert.equal(state, "due");
  assert.match(sentence, /Ole Dahl has to make the call, due \w{3} \d+ \w{3} \d{4}/);
  assert.deepEqual([next?.what, next?.step_position, next?.at], ["call", 1, null]);
  const [hold] = held_by;
  assert.deepEqual(
    [hold?.code, hold?.evidence.task_id, hold?.evidence.user_id],
    ["waits_for_person", task.id, team.owner.id],
  );
  assert.deepEqual([hold?.fix?.method, hold?.fix?.path], ["POST", `/api/v1/tasks/${task.id}/complete`]);
  const answer = await call(`${world.url}${hold?.fix?.path}`, { method: "POST", key: team.key });
  assert.equal(answer.status, 200);
  const after = await why();
  assert.deepEqual([after.state, after.next?.step_position, after.held_by], ["waiting", 2, []]);
  assert.match(after.sentence, /It becomes a task then\.$/);
  const { explain } = await team.api.explain.contact({ id: people.contacts[0] ?? "" });
  assert.equal(explain.contact_campaign_statuses.length, 1);
});

test("of a mail by hand, sending it is what ends the wait", async () => {
  const people = await newPeople(team, [{ ...MAIL_STEP, type: "manual_email" }, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const [row] = await standingsIn(world, people.sequence);
  const why = async () => (await team.api.explain.enrollment({ id: row?.id ?? "" })).explain;
  const [hold] = (await why()).held_by;
  const messageId = (await team.api.tasks.get({ id: task.id })).task.emailer_message?.id ?? "";
  assert.match(hold?.rule ?? "", /to send the email/);
  assert.equal(hold?.fix?.path, `/api/v1/emailer_messages/${messageId}/send_now`);
  await team.api.emailerMessages.sendNow({ id: messageId });
  const after = await why();
  assert.ok(!after.held_by.some(({ code }) => code === "waits_for_person"));
  assert.match(after.sentence, /Nothing holds it/);
});
