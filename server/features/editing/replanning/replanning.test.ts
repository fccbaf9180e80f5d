// Schedules and waits that are changed while people wait.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../../testing/engine-process.ts";
import { until } from "../../../testing/sending.ts";
import { MAIL_STEP } from "../../../testing/sequenced.ts";
import { CALL_NOW, catchUpEngine, newPeople, openTasks, standingsIn } from "../../../testing/stepping.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const open = (from: number, to: number) => Object.fromEntries(DAYS.map((day) => [day, [[from, to]]]));
const now = () => world.running.app.now();

async function hours(from: number, to: number) {
  const { emailer_schedule } = await team.api.schedules.create({
    name: `Hours ${Math.random()}`,
    time_zone: "UTC",
    use_contacts_time_zone: false,
    skip_holidays: false,
    schedule_hash: open(from, to),
  });
  return emailer_schedule.id;
}

async function sql(text: string, params: unknown[]) {
  return asOwner(world, async (client) => (await client.query(text, params)).rows);
}

const mailsIn = (sequence: string) =>
  sql(
    "select delivery, due_at as at, enrollment_id as of from messages where sequence_id = $1 order by enrollment_id",
    [sequence],
  ) as Promise<{ delivery: string; at: Date; of: string }[]>;

const MAIL_IN_TWO_HOURS = { ...MAIL_STEP, wait_time: 2, wait_mode: "hour" as const };

async function dueOf(sequence: string) {
  const [row] = await standingsIn(world, sequence);
  return Temporal.Instant.fromEpochMilliseconds(row?.dueAt?.getTime() ?? 0).toZonedDateTimeISO("UTC");
}

test("a schedule that opens at other hours moves what waits, and the mail that is planned", async () => {
  const schedule = await hours(0, 24);
  const people = await newPeople(team, [MAIL_IN_TWO_HOURS], { schedule });
  await catchUpEngine(world);
  const before = await dueOf(people.sequence);
  assert.equal((await mailsIn(people.sequence))[0]?.delivery, "planned");
  const hour = (before.hour + 3) % 23;
  await team.api.schedules.update({ id: schedule, schedule_hash: open(hour, hour + 1) });
  await catchUpEngine(world);
  const after = await dueOf(people.sequence);
  assert.deepEqual([after.hour, after.minute], [hour, 0]);
  const [mail] = await mailsIn(people.sequence);
  assert.deepEqual([mail?.delivery, mail?.at.getTime()], ["planned", after.epochMilliseconds]);

  await team.api.schedules.update({
    id: schedule,
    name: "Only its name",
    schedule_hash: open(0, 24),
  });
  await catchUpEngine(world);
  const back = await dueOf(people.sequence);
  assert.equal(back.epochMilliseconds, before.epochMilliseconds, "the wait still counts from where it did");
  assert.equal((await mailsIn(people.sequence)).length, 1);
});

test("another schedule for the sequence, or for the whole team, moves what waits", async () => {
  const always = await hours(0, 24);
  const own = await newPeople(team, [MAIL_IN_TWO_HOURS], { schedule: always });
  const others = await newPeople(team, [MAIL_IN_TWO_HOURS], { schedule: always });
  await team.api.sequences.update({ id: others.sequence, emailer_schedule_id: null });
  await catchUpEngine(world);
  const hour = ((await dueOf(own.sequence)).hour + 4) % 23;
  const narrow = await hours(hour, hour + 1);
  await team.api.sequences.update({ id: own.sequence, emailer_schedule_id: narrow });
  await team.api.schedules.update({ id: narrow, default: true });
  await catchUpEngine(world);
  for (const { sequence } of [own, others]) assert.equal((await dueOf(sequence)).hour, hour);
});

test("a step with a longer or shorter wait moves the contacts who wait at it, and nobody else", async () => {
  const people = await newPeople(team, [MAIL_IN_TWO_HOURS]);
  const before = await dueOf(people.sequence);
  await team.api.steps.update({ id: people.steps[0] ?? "", wait_time: 5 });
  await catchUpEngine(world);
  assert.equal((await dueOf(people.sequence)).epochMilliseconds, before.add({ hours: 3 }).epochMilliseconds);
  await team.api.enrollments.pause({ id: people.sequence, contact_ids: people.contacts });
  await team.api.steps.update({ id: people.steps[0] ?? "", wait_time: 1 });
  await catchUpEngine(world);
  const [row] = await standingsIn(world, people.sequence);
  assert.deepEqual(
    [row?.state, row?.dueAt?.getTime()],
    ["paused", before.subtract({ hours: 1 }).epochMilliseconds],
  );
});

test("while a sequence is off no wait goes on, also where it is counted anew", async () => {
  const people = await newPeople(team, [MAIL_IN_TWO_HOURS]);
  const before = await dueOf(people.sequence);
  await team.api.sequences.abort({ id: people.sequence });
  world.advance({ hours: 10 });
  await team.api.sequences.approve({ id: people.sequence });
  await team.api.steps.update({ id: people.steps[0] ?? "", wait_time: 3 });
  await catchUpEngine(world);
  const late = before.until(await dueOf(people.sequence)).total("minutes");
  assert.ok(Math.abs(late - 11 * 60) < 2, `${late} minutes later`);
});

test("a time that a user chose stays, and so does an existing task", async () => {
  const schedule = await hours(0, 24);
  const people = await newPeople(team, [MAIL_IN_TWO_HOURS], { schedule });
  const called = await newPeople(team, [CALL_NOW], { schedule });
  await catchUpEngine(world);
  const chosen = now().add({ hours: 5 });
  await sql(
    "update messages set due_at = $2, next_check_at = $2, due_at_manually_changed = true where sequence_id = $1",
    [people.sequence, chosen.toString()],
  );
  const { tasks } = await openTasks(team, called.contacts);
  const hour = (now().toZonedDateTimeISO("UTC").hour + 8) % 23;
  await team.api.schedules.update({ id: schedule, schedule_hash: open(hour, hour + 1) });
  await catchUpEngine(world);
  const [mail] = await mailsIn(people.sequence);
  assert.deepEqual([mail?.delivery, mail?.at.getTime()], ["planned", chosen.epochMilliseconds]);
  const after = await openTasks(team, called.contacts);
  assert.deepEqual(
    after.tasks.map(({ id, due_at }) => [id, due_at]),
    tasks.map(({ id, due_at }) => [id, due_at]),
  );
});

test("a thousand are planned anew in batches, also where the engine is killed between them", async (t) => {
  const schedule = await hours(0, 24);
  const people = await newPeople(team, [{ ...MAIL_IN_TWO_HOURS, wait_time: 60 }], { count: 1200, schedule });
  // The engine that plans the thousand may hold the sequence for longer than a call waits on a busy machine.
  await until(async () => {
    const changed = await team.api.steps
      .update({ id: people.steps[0] ?? "", wait_time: 90 })
      .catch((error) => error);
    if (changed instanceof Error && (changed as { code?: string }).code !== "sequence_busy") throw changed;
    return !(changed instanceof Error);
  });
  const doneUntil = async () =>
    (await sql("select done_until from replans where sequence_id = $1", [people.sequence]))[0]?.done_until;
  for (const [point, isKept] of [
    ["replan-before-commit", false],
    ["replan-between-batches", true],
  ] as const) {
    const killed = startEngineProcess(world, {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_ENGINE_LOOPS: "1",
      CADENZA_CRASH: `${point}=kill:1`,
    });
    t.after(killed.stop);
    assert.equal(await killed.ended, "SIGKILL");
    assert.equal((await doneUntil()) !== "", isKept, point);
  }
  await catchUpEngine(world);
  const rows = await standingsIn(world, people.sequence);
  assert.equal(rows.length, 1200);
  for (const { dueAt, waitsFrom } of rows) {
    assert.equal(waitsFrom, null);
    assert.ok((dueAt?.getTime() ?? 0) > now().add({ hours: 89 }).epochMilliseconds);
  }
  assert.deepEqual(await sql("select * from replans where sequence_id = $1", [people.sequence]), []);
});
