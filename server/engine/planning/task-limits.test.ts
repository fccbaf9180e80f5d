// How many tasks a step opens in a day, and how many LinkedIn tasks a user gets in a day.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Input } from "@cadenza/sdk";
import { planSteps } from "../../features/sending/outbox/mail-life.ts";
import { MAIL_STEP, newMailbox, type StepWish } from "../../testing/sequenced.ts";
import {
  CALL_NOW,
  catchUpEngine,
  type EnrolledPeople,
  newPeople,
  openTasks,
} from "../../testing/stepping.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { byEngine } from "../running/engine.ts";

const world = useWorld({});

const CONNECT: StepWish = { ...CALL_NOW, type: "linkedin_step_connect" };
const MESSAGE: StepWish = { ...CALL_NOW, type: "linkedin_step_message" };

const DAY = { hours: 24 };

/** It is noon there, so that no day ends while a test runs. */
async function newTeam(limits: Input<"teams", "update">["linkedin_tasks_per_day"]) {
  const team = await world.newTeam();
  await team.api.teams.update({ linkedin_tasks_per_day: limits });
  const now = world.running.app.now().toZonedDateTimeISO("UTC");
  const noon = now.startOfDay().add({ hours: now.hour < 12 ? 12 : 36 });
  world.advance({ milliseconds: noon.epochMilliseconds - now.epochMilliseconds });
  return team;
}

const openOf = async (team: Team, { contacts }: EnrolledPeople) => (await openTasks(team, contacts)).tasks;

/** All who wait at their steps are looked at again. */
async function lookAgain({ sequence }: EnrolledPeople) {
  await asOwner(world, (client) =>
    client.query("update enrollments set plan_at = due_at where sequence_id = $1 and state = 'active'", [
      sequence,
    ]),
  );
  await catchUpEngine(world);
}

/** Of one who has no open task. */
async function whyOfWaiting(team: Team, { sequence }: EnrolledPeople) {
  const [waiting] = await asOwner(world, async (client) => {
    const { rows } = await client.query(
      `select e.id from enrollments e
        where e.sequence_id = $1 and e.state = 'active'
          and not exists (select from tasks t where t.enrollment_id = e.id and t.status = 'scheduled')`,
      [sequence],
    );
    return rows as { id: string }[];
  });
  return (await team.api.explain.enrollment({ id: waiting?.id ?? "" })).explain;
}

test("a user gets as many LinkedIn tasks of a type as the team allows in a day, and the others wait and say why", async () => {
  const team = await newTeam({ linkedin_step_connect: 2 });
  const people = await newPeople(team, [CONNECT], { count: 5 });
  await catchUpEngine(world);
  const open = await openOf(team, people);
  assert.equal(open.length, 2);
  const before = await whyOfWaiting(team, people);
  assert.equal(before.held_by[0]?.code, "limit:linkedin_day");
  assert.match(before.held_by[0]?.rule ?? "", /daily limit of 2 LinkedIn invitations: 0 done today, 2 open/);
  for (const { contact_id } of open) {
    const { explain } = await team.api.explain.contact({ id: contact_id ?? "" });
    assert.ok(!JSON.stringify(explain).includes("limit:"), "an open task has its place");
  }

  await team.api.tasks.complete({ id: open[0]?.id ?? "" });
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 1, "what was done today has taken its place");
  await team.api.tasks.skip({ id: open[1]?.id ?? "" });
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 1, "what was skipped has left its place");

  world.advance(DAY);
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 2, "one that is left over takes a place of the next day");
});

test("limits are by type and by user, and without one all tasks open", async () => {
  const team = await newTeam({ linkedin_step_connect: 1 });
  const { user } = await team.api.users.invite({ email: `ada@${team.id}.example` });
  const hers = await newMailbox(team, { user_id: user.id });
  const [ours, theirs, messages] = [
    await newPeople(team, [CONNECT], { count: 2 }),
    await newPeople(team, [CONNECT], { count: 2, mailboxId: hers.id }),
    await newPeople(team, [MESSAGE], { count: 3 }),
  ];
  await catchUpEngine(world);
  assert.deepEqual(
    [
      (await openOf(team, ours)).length,
      (await openOf(team, theirs)).length,
      (await openOf(team, messages)).length,
    ],
    [1, 1, 3],
  );
  await team.api.teams.update({ linkedin_tasks_per_day: { linkedin_step_connect: null } });
  await catchUpEngine(world);
  assert.equal((await openOf(team, ours)).length, 2, "a limit that is taken away lets the others go at once");
});

test("a task that a user makes counts, and is never refused", async () => {
  const team = await newTeam({ linkedin_step_connect: 1 });
  const people = await newPeople(team, [CONNECT], { count: 1 });
  const due_at = world.running.app.now().toString();
  for (let n = 0; n < 2; n++)
    await team.api.tasks.create({
      type: "linkedin_step_connect",
      contact_id: people.contacts[0],
      user_id: team.owner.id,
      due_at,
    });
  await catchUpEngine(world);
  assert.equal((await openOf(team, people)).length, 2);
  assert.match((await whyOfWaiting(team, people)).held_by[0]?.rule ?? "", /0 done today, 2 open/);
});

test("a step opens no more tasks in a day than its own limit, for all users together", async () => {
  const team = await newTeam({});
  const people = await newPeople(team, [{ ...CALL_NOW, max_emails_per_day: 2 }], { count: 5 });
  await catchUpEngine(world);
  const open = await openOf(team, people);
  assert.equal(open.length, 2);
  const why = await whyOfWaiting(team, people);
  assert.equal(why.held_by[0]?.code, "limit:step_day");
  assert.match(why.held_by[0]?.rule ?? "", /2 of 2 tasks opened today/);
  for (const { id } of open) await team.api.tasks.complete({ id });
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 0);
  world.advance(DAY);
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 2);
});

test("an email that a user sends is not held by the limit of its step's tasks", async () => {
  const team = await newTeam({});
  const byHand: StepWish = { ...MAIL_STEP, type: "manual_email", wait_time: 0, max_emails_per_day: 1 };
  const people = await newPeople(team, [byHand], { count: 2 });
  await catchUpEngine(world);
  const [task, ...more] = await openOf(team, people);
  assert.equal(more.length, 0);
  const { task: shown } = await team.api.tasks.get({ id: task?.id ?? "" });
  const id = shown.emailer_message?.id ?? "";
  await team.api.emailerMessages.sendNow({ id });
  const { explain } = await team.api.explain.message({ id });
  assert.ok(
    !explain.held_by.some(({ code }) => code.startsWith("limit:step")),
    JSON.stringify(explain.held_by),
  );
});

test("an engine counts the tasks that another one has opened and not yet committed", async () => {
  const { app } = world.running;
  const team = await newTeam({ linkedin_step_connect: 3 });
  const [first, second] = [
    await newPeople(team, [CONNECT], { count: 3 }),
    await newPeople(team, [CONNECT], { count: 3 }),
  ];
  const later = (id: string, at: string) =>
    asOwner(world, (client) =>
      client.query(`update enrollments set plan_at = ${at} where sequence_id = $1`, [id]),
    );
  await later(second.sequence, "'infinity'");
  const planNow = (then: () => Promise<unknown>) =>
    app.db.inTeam(team.id, async (db) => {
      await planSteps(byEngine(app, db, team.id), "together");
      await then();
    });
  let other: Promise<unknown> = Promise.resolve();
  await planNow(async () => {
    await later(second.sequence, "due_at");
    other = planNow(async () => {});
    await Promise.race([other, sleep(300)]); // long enough to have counted, where it does not wait
  });
  await other;
  const counts = [(await openOf(team, first)).length, (await openOf(team, second)).length];
  assert.deepEqual(counts, [3, 0]);
});

test("tasks that come back after a pause keep to the limit", async () => {
  const team = await newTeam({ linkedin_step_connect: 2 });
  const people = await newPeople(team, [CONNECT], { count: 4 });
  await catchUpEngine(world);
  await team.api.enrollments.pause({ id: people.sequence, contact_ids: people.contacts });
  await team.api.enrollments.resume({ id: people.sequence, contact_ids: people.contacts });
  await lookAgain(people);
  assert.equal((await openOf(team, people)).length, 2);
});
