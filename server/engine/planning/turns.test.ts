// Sequences of a team take turns: one with thousands due, or one that is being changed, keeps no other waiting.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemberRow, memberOf, newSequence, plantMembers } from "../../testing/members.ts";
import { plantMessage } from "../../testing/planted.ts";
import { alwaysOpen } from "../../testing/sending.ts";
import { openTasks } from "../../testing/stepping.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld, type World } from "../../testing/world.ts";
import { planOnce } from "./plan-steps.ts";
import { resumePaused } from "./resume-paused.ts";

// Only answers callers: the rounds of the engine are taken by the test.
const world = useWorld({ role: "api" });

const hoursAgo = ({ running }: World, hours: number) =>
  new Date(running.app.now().epochMilliseconds - hours * 3_600_000);

async function dueLong(count: number) {
  const team = await world.newTeam();
  const hours = { emailer_schedule_id: await alwaysOpen(team) };
  const [many, few] = [await newSequence(team, hours), await newSequence(team, hours)];
  const crowd = await plantMembers(world, team, many.id, count, {
    current_step_id: many.steps[0],
    due_at: hoursAgo(world, 2),
  });
  const [late] = await plantMembers(world, team, few.id, 1, {
    current_step_id: few.steps[0],
    due_at: hoursAgo(world, 1),
  });
  return { team, many, crowd, late: late as MemberRow };
}

test("a contact who is due is planned in the first round, behind 5,000 of another sequence who were due before", async () => {
  const { team, crowd, late } = await dueLong(5_000);
  await planOnce({ app: world.running.app });
  assert.equal((await openTasks(team, [late.contact_id])).total, 1);
  const { contact_id: first } = crowd[0] as MemberRow;
  assert.equal((await openTasks(team, [first])).total, 1, "and so is the first of those");
});

test("a sequence whose people are locked by a change keeps no other from being planned", async () => {
  const { team, many, late } = await dueLong(600);
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select from enrollments where sequence_id = $1 for update", [many.id]);
    await planOnce({ app: world.running.app });
    await client.query("rollback");
  });
  assert.equal((await openTasks(team, [late.contact_id])).total, 1);
});

test("a pause that is over ends in the first round, behind 5,001 of another sequence that were over before", async () => {
  const team = await world.newTeam();
  const [many, few] = [await newSequence(team), await newSequence(team)];
  const pausedUntil = (hours: number) => ({
    state: "paused",
    inactive_reason: "out of office",
    paused_at: hoursAgo(world, 9),
    resume_at: hoursAgo(world, hours),
  });
  await plantMembers(world, team, many.id, 5_001, pausedUntil(2));
  const [late] = await plantMembers(world, team, few.id, 1, pausedUntil(1));
  await resumePaused({ app: world.running.app });
  assert.equal((await memberOf(world, (late as MemberRow).id)).state, "active");
});

test("a mail that has just fallen due is queued in the first round, behind 5,000 that fell due before", async () => {
  const team = await world.newTeam();
  const { id } = await newSequence(team);
  const queuedOf = (next_check_at: Date) =>
    plantMessage(world, team, id, {
      status: "scheduled",
      due_at: next_check_at,
      next_check_at,
      is_queued: false,
    });
  await queuedOf(hoursAgo(world, 2));
  await asOwner(world, (client) =>
    client.query(
      `insert into messages (team_id, id, sequence_id, type, delivery, due_at, next_check_at, is_queued, created_at, updated_at)
       select team_id, new_ident(), sequence_id, type, delivery, due_at, next_check_at, is_queued, created_at, updated_at
         from messages, generate_series(1, 5000) where team_id = $1`,
      [team.id],
    ),
  );
  const late = await queuedOf(hoursAgo(world, 0));
  await planOnce({ app: world.running.app });
  const { rows } = await asOwner(world, (client) =>
    client.query("select is_queued from messages where id = $1", [late]),
  );
  assert.deepEqual(rows, [{ is_queued: true }]);
});
