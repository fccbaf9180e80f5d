// Tasks that are not done in time, and tasks on the days of a schedule.

import assert from "node:assert/strict";
import { test } from "node:test";
import { skipOnce } from "../../../engine/planning/skip-tasks.ts";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import type { StepWish } from "../../../testing/sequenced.ts";
import {
  CALL_IN_A_MINUTE,
  CALL_NOW,
  catchUpEngine,
  newPeople,
  openTasks,
  standingsIn,
} from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const now = () => world.running.app.now();

/** Moves the clock forward to the next time when it is that weekday and hour in UTC. */
function goTo(weekday: number, hour: number) {
  const at = now().toZonedDateTimeISO("UTC");
  const date = at.toPlainDate().add({ days: ((weekday - at.dayOfWeek + 6) % 7) + 1 });
  const then = date.toZonedDateTime({ timeZone: "UTC", plainTime: { hour } });
  world.advance({ milliseconds: then.epochMilliseconds - at.epochMilliseconds });
}

async function officeHours(timeZone = "UTC") {
  const hours = [[8, 17]];
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Office ${Math.random()}`,
    time_zone: timeZone,
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: { monday: hours, tuesday: hours, wednesday: hours, thursday: hours, friday: hours },
  });
  return emailer_schedule.id;
}

async function statusOf(contacts: readonly string[]) {
  const { tasks } = await team.api.tasks.search({ contact_ids: [...contacts], sort_by_field: "due_at" });
  return tasks.map(({ status }) => status);
}

async function sql(text: string, params: unknown[]) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const SKIPPED_AFTER_TWO = { ...CALL_NOW, auto_skip_in_x_days: 2 };

test("a task open for so many days of the schedule is skipped, and its contact goes on from then", async () => {
  goTo(5, 10); // Friday
  const schedule = await officeHours();
  const steps: StepWish[] = [SKIPPED_AFTER_TWO, { ...CALL_NOW, wait_time: 1, wait_mode: "hour" }];
  const people = await newPeople(team, steps, { count: 3, schedule });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 3);
  world.advance({ hours: 3 * 24 + 23 }); // Tuesday, 9 o'clock
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 3, "the weekend does not count");
  world.advance({ hours: 1, minutes: 1 });
  await catchUpEngine(world);
  assert.deepEqual(await statusOf(people.contacts), ["skipped", "skipped", "skipped"]);
  for (const row of await standingsIn(world, people.sequence)) {
    assert.deepEqual([row.state, row.stepId], ["active", people.steps[1]]);
    assert.ok((row.dueAt?.getTime() ?? 0) > now().epochMilliseconds + 59 * 60_000);
  }
  const [task] = (await team.api.tasks.search({ contact_ids: people.contacts })).tasks;
  const { audit_log } = await team.api.auditLog.list({ subject_id: task?.id ?? "" });
  assert.match(audit_log[0]?.sentence ?? "", /overdue task was skipped/);
});

test("a later due date is a later day to be skipped on", async () => {
  goTo(1, 10);
  const schedule = await officeHours();
  const people = await newPeople(team, [SKIPPED_AFTER_TWO, CALL_IN_A_MINUTE], { schedule });
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  await team.api.tasks.update({
    id: tasks[0]?.id ?? "",
    due_at: now().add({ hours: 24 }).toString(),
  });
  world.advance({ hours: 49 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 1);
  world.advance({ hours: 24 });
  await catchUpEngine(world);
  assert.deepEqual(await statusOf(people.contacts), ["skipped"]);
});

test("a paused contact is not hurried, and has as long again when resumed", async () => {
  goTo(1, 10);
  const schedule = await officeHours();
  const people = await newPeople(team, [SKIPPED_AFTER_TWO, CALL_IN_A_MINUTE], { schedule });
  await catchUpEngine(world);
  const wish = { id: people.sequence, contact_ids: people.contacts };
  await team.api.enrollments.pause(wish);
  world.advance({ hours: 14 * 24 });
  await catchUpEngine(world);
  await team.api.enrollments.resume(wish);
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 1);
  world.advance({ hours: 47 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 1);
  world.advance({ hours: 2 });
  await catchUpEngine(world);
  assert.deepEqual(await statusOf(people.contacts), ["skipped"]);
});

test("what a step says of skipping holds for the tasks that are open already", async () => {
  goTo(1, 10);
  const schedule = await officeHours();
  const people = await newPeople(team, [CALL_NOW, CALL_IN_A_MINUTE], { schedule });
  const kept = await newPeople(team, [SKIPPED_AFTER_TWO, CALL_IN_A_MINUTE], { schedule });
  await catchUpEngine(world);
  await team.api.steps.update({ id: people.steps[0] ?? "", auto_skip_in_x_days: 1 });
  await team.api.steps.update({ id: kept.steps[0] ?? "", auto_skip_in_x_days: null });
  world.advance({ hours: 25 });
  await catchUpEngine(world);
  assert.deepEqual(await statusOf(people.contacts), ["skipped"]);
  world.advance({ hours: 10 * 24 });
  await catchUpEngine(world);
  assert.deepEqual(await statusOf(kept.contacts), ["scheduled"]);
});

test("several engines and people at once skip, finish and take out, and everybody moves once", async () => {
  goTo(1, 10);
  const schedule = await officeHours();
  const people = await newPeople(team, [SKIPPED_AFTER_TWO, CALL_IN_A_MINUTE, CALL_IN_A_MINUTE], {
    count: 12,
    schedule,
  });
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  world.advance({ hours: 49 });
  const { app } = world.running;
  const gone = people.contacts.slice(0, 3);
  const stop = {
    emailer_campaign_ids: [people.sequence],
    contact_ids: gone,
    mode: "mark_as_finished" as const,
  };
  const outcomes = await Promise.allSettled([
    ...[skipOnce({ app }), skipOnce({ app }), skipOnce({ app })],
    team.api.enrollments.removeOrStop(stop),
    team.api.enrollments.pause({ id: people.sequence, contact_ids: people.contacts.slice(3, 6) }),
    ...tasks.slice(0, 8).map(({ id }) => team.api.tasks.complete({ id })),
    ...tasks.slice(4, 12).map(({ id }) => team.api.tasks.skip({ id })),
  ]);
  for (const outcome of outcomes)
    if (outcome.status === "rejected") assert.match(String(outcome.reason), /already completed/);
  const rows = await standingsIn(world, people.sequence);
  for (const { state, stepId } of rows) {
    assert.notEqual(state, "failed");
    assert.ok([people.steps[0], people.steps[1]].includes(stepId ?? ""), "nobody has moved twice");
    if (state !== "finished" && stepId === people.steps[0]) assert.equal(state, "paused");
  }
  assert.equal(rows.filter(({ state }) => state === "finished").length, 3);
  const counts = await asOwner(world, async (client) => {
    const found = await client.query(
      "select subject_id from events where type in ('task.completed', 'task.skipped') and subject_id = any($1)",
      [tasks.map(({ id }) => id)],
    );
    return found.rows.map((row: { subject_id: string }) => row.subject_id);
  });
  assert.equal(new Set(counts).size, counts.length, "each task ended once");
});

test("killed while it skips, an engine leaves the rest to the next, and everybody moves once", async (t) => {
  const people = await newPeople(team, [{ ...SKIPPED_AFTER_TWO, auto_skip_in_x_days: 1 }, CALL_IN_A_MINUTE], {
    count: 300,
  });
  await catchUpEngine(world);
  // By the database's own clock, which the test has not moved.
  await sql(
    "update tasks set due_at = now() - interval '3 days', skip_at = now() - interval '3 days' where sequence_id = $1",
    [people.sequence],
  );
  await sql("update tasks set skip_at = null where sequence_id <> $1", [people.sequence]);
  const killed = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_ENGINE_LOOPS: "1",
    CADENZA_CRASH: "skip-before-commit=kill:0.5:1", // spares the first batch, strikes at the second
  });
  t.after(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
  const [left] = await sql(
    "select count(*)::int as count from tasks where sequence_id = $1 and status = 'scheduled'",
    [people.sequence],
  );
  assert.equal(left?.count, 100);
  await Promise.all([catchUpEngine(world), catchUpEngine(world)]);
  const rows = await standingsIn(world, people.sequence);
  assert.ok(rows.every(({ state, stepId }) => state === "active" && stepId === people.steps[1]));
  const told = await sql(
    "select count(*)::int as count from events where type = 'task.skipped' and data ->> 'sequence_id' = $1",
    [people.sequence],
  );
  assert.deepEqual(told, [{ count: 300 }]);
});

test("a task after days is there when its day opens, one after hours when the schedule does", async () => {
  goTo(1, 15);
  const schedule = await officeHours();
  const steps: StepWish[] = [
    CALL_NOW,
    { ...CALL_NOW, wait_time: 3, wait_mode: "day" },
    { ...CALL_NOW, wait_time: 4, wait_mode: "hour" },
  ];
  const people = await newPeople(team, steps, { schedule });
  await catchUpEngine(world);
  const finish = async () => {
    const { tasks } = await openTasks(team, people.contacts);
    await team.api.tasks.complete({ id: tasks[0]?.id ?? "" });
    const [row] = await standingsIn(world, people.sequence);
    const due = Temporal.Instant.fromEpochMilliseconds(row?.dueAt?.getTime() ?? 0).toZonedDateTimeISO("UTC");
    return [due.dayOfWeek, due.hour, due.minute];
  };
  assert.deepEqual(await finish(), [4, 8, 0], "on Thursday in the morning");
  goTo(4, 7);
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  goTo(4, 16); // a week late
  await catchUpEngine(world);
  assert.deepEqual(await finish(), [5, 8, 0], "a late one shifts everything after it");
});

test("a step with a date of its own becomes a task on it, however early the one before was done", async () => {
  goTo(1, 9);
  const schedule = await officeHours();
  const at = (days: number) =>
    now()
      .add({ hours: 24 * days })
      .toString();
  const dated = (days: number) => ({ type: "call" as const, exact_datetime: at(days) });
  const people = await newPeople(team, [dated(1), dated(3)], {
    schedule,
    rest: { sequence_by_exact_daytime: true },
  });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  world.advance({ hours: 24, minutes: 1 });
  await catchUpEngine(world);
  const { tasks } = await openTasks(team, people.contacts);
  await team.api.tasks.complete({ id: tasks[0]?.id ?? "" });
  world.advance({ hours: 47 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 0);
  world.advance({ hours: 1, minutes: 1 });
  await catchUpEngine(world);
  assert.equal((await openTasks(team, people.contacts)).total, 1);
});
