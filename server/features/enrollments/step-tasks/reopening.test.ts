// A task that was done by mistake is reopened, and its contact is put back to the earlier step.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Input } from "@cadenza/sdk";
import { actFor } from "../../../engine/running/act-for.ts";
import { bothAtOnce } from "../../../testing/held-open.ts";
import {
  CALL_IN_A_MINUTE,
  CALL_NOW,
  catchUpEngine,
  newPeople,
  openTasks,
  standingsIn,
} from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";
import { reopenTask } from "../../desk/tasks/commands.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const IN_TWO_HOURS = {
  ...CALL_IN_A_MINUTE,
  type: "action_item" as const,
  wait_time: 2,
  wait_mode: "hour" as const,
};

async function oneTask(contacts: readonly string[]) {
  const { tasks } = await openTasks(team, contacts);
  assert.equal(tasks.length, 1);
  const [task] = tasks;
  assert.ok(task);
  return task;
}

async function standing(sequenceId: string) {
  const { rows } = await asOwner(world, (client) =>
    client.query(
      "select state, inactive_reason, current_step_id, due_at, waits_from, finished_at from enrollments where sequence_id = $1",
      [sequenceId],
    ),
  );
  return rows[0];
}

for (const how of ["complete", "skip"] as const)
  test(`the contact of a ${how === "skip" ? "skipped" : "completed"} task goes back to its step`, async () => {
    const people = await newPeople(team, [CALL_NOW, IN_TWO_HOURS]);
    await catchUpEngine(world);
    const task = await oneTask(people.contacts);
    const before = await standing(people.sequence);
    await team.api.tasks[how]({ id: task.id });
    assert.notDeepEqual(await standing(people.sequence), before);
    const { task: open } = await team.api.tasks.reopen({ id: task.id });
    assert.deepEqual([open.status, open.completed_at, open.skipped_at], ["scheduled", null, null]);
    assert.deepEqual(await standing(people.sequence), before);
    await catchUpEngine(world);
    assert.equal(
      (await oneTask(people.contacts)).id,
      task.id,
      "the engine leaves it open, and makes no second",
    );
    await team.api.tasks.complete({ id: task.id });
    const [row] = await standingsIn(world, people.sequence);
    assert.equal(row?.stepId, people.steps[1]);
  });

for (const [how, expected] of [
  ["archive", ["finished", "Sequence archived"]],
  ["abort", ["paused", "Sequence inactive"]],
] as const)
  test(`a finished contact whose task is reopened at the moment of an ${how} follows the sequence`, async () => {
    const people = await newPeople(team, [CALL_NOW]);
    await catchUpEngine(world);
    const { id } = await oneTask(people.contacts);
    await team.api.tasks.complete({ id });
    assert.equal((await standing(people.sequence)).state, "finished");
    const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "test" };
    await bothAtOnce<void, unknown>(
      world,
      (beforeCommit) =>
        actFor(world.running.app, onBehalf, async (act) => {
          await reopenTask(act, id);
          await beforeCommit();
        }),
      () => team.api.sequences[how]({ id: people.sequence }),
    );
    const { state, inactive_reason } = await standing(people.sequence);
    assert.deepEqual([state, inactive_reason], expected);
  });

test("a finished contact is in the sequence again, and the task that had opened for the next step is gone", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  await catchUpEngine(world);
  const first = await oneTask(people.contacts);
  await team.api.tasks.complete({ id: first.id });
  world.advance({ minutes: 2 });
  await catchUpEngine(world);
  const second = await oneTask(people.contacts);
  await team.api.tasks.complete({ id: second.id });
  assert.equal((await standing(people.sequence))?.state, "finished");
  await team.api.tasks.reopen({ id: second.id });
  assert.equal((await standing(people.sequence))?.state, "active");
  await team.api.tasks.reopen({ id: first.id }).then(
    () => assert.fail("they have been moved since"),
    (error) => assert.equal(error.code, "task_went_on"),
  );
  assert.equal((await oneTask(people.contacts)).id, second.id);
});

test("a task without a sequence is simply open again, and one that is open stays so", async () => {
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler" });
  const wish = { type: "call", user_id: team.owner.id, opportunity_id: opportunity.id } as const;
  const { task } = await team.api.tasks.create(wish);
  await team.api.tasks.complete({ id: task.id, note: "Done" });
  for (let twice = 0; twice < 2; twice++) {
    const { task: open } = await team.api.tasks.reopen({ id: task.id });
    assert.deepEqual([open.status, open.note, open.completed_by_user_id], ["scheduled", "Done", null]);
  }
  const { audit_log } = await team.api.auditLog.list({ subject_id: task.id });
  assert.equal(audit_log.filter(({ type }) => type === "task.reopened").length, 1);
});

test("a contact who was moved, or suppressed, since is not put back", async () => {
  const moved = await newPeople(team, [CALL_NOW, IN_TWO_HOURS]);
  const out = await newPeople(team, [CALL_NOW, IN_TWO_HOURS]);
  await catchUpEngine(world);
  const [movedTask, outTask] = [await oneTask(moved.contacts), await oneTask(out.contacts)];
  await team.api.tasks.complete({ id: movedTask.id });
  await team.api.tasks.complete({ id: outTask.id });
  await team.api.enrollments.pause({ id: moved.sequence, contact_ids: moved.contacts });
  await team.api.contacts.update({ id: out.contacts[0] ?? "", email_unsubscribed: true });
  for (const { id } of [movedTask, outTask])
    assert.equal((await refused(team.api.tasks.reopen({ id }))).code, "task_went_on");
});

test("a stranger's task is no task, and a colleague's is theirs", async () => {
  const stranger = await world.newTeam("Stranger");
  const { opportunity } = await team.api.opportunities.create({ name: "Boiler" });
  const wish = { type: "call", user_id: team.owner.id, opportunity_id: opportunity.id } as const;
  const { task } = await team.api.tasks.create(wish);
  await team.api.tasks.complete({ id: task.id });
  assert.equal((await refused(stranger.api.tasks.reopen({ id: task.id }))).code, "task_deleted");
  const { user } = await team.api.users.invite({ email: "mate@example.no", role: "member" });
  const { api_key } = await team.api.apiKeys.create({ name: "mate", master: true, user_id: user.id });
  const mate = world.client({ apiKey: api_key.key });
  assert.equal((await refused(mate.tasks.reopen({ id: task.id }))).code, "task_of_another");
});

test("tasks are found by their sequence and by when they are due", async () => {
  const people = await newPeople(team, [CALL_NOW]);
  await catchUpEngine(world);
  const task = await oneTask(people.contacts);
  const search = async (wish: Input<"tasks", "search">) =>
    (await team.api.tasks.search(wish)).tasks.map(({ id }) => id);
  assert.deepEqual(await search({ emailer_campaign_ids: [people.sequence] }), [task.id]);
  assert.deepEqual(await search({ emailer_campaign_ids: [people.sequence], due_before: task.due_at }), []);
  assert.deepEqual(await search({ emailer_campaign_ids: [people.sequence], due_from: task.due_at }), [
    task.id,
  ]);
});

test("an undone finish reopens the call of a contact who was paused at it", async () => {
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE]);
  const at = { id: people.sequence, contact_ids: people.contacts };
  await catchUpEngine(world);
  const [before] = (await openTasks(team, people.contacts)).tasks;
  await team.api.enrollments.pause(at);
  const finished = await team.api.enrollments.removeOrStop({
    emailer_campaign_ids: [people.sequence],
    contact_ids: people.contacts,
    mode: "mark_as_finished",
  });
  const { change } = finished as unknown as { change: { id: string } };
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  await team.api.changes.undo({ id: change.id });
  await catchUpEngine(world);
  const { task } = await team.api.tasks.get({ id: before?.id ?? "" });
  assert.deepEqual([task.status, task.skipped_at, task.due_at], ["scheduled", null, before?.due_at]);
  await team.api.enrollments.resume(at);
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  assert.deepEqual(
    tasks.map(({ id }) => id),
    [before?.id],
    "there is one",
  );
});
