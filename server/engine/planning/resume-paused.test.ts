// A pause until a date ends when the date comes: on time, after downtime, and once, whichever engine runs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { lockDueResumes } from "../../features/enrollments/enrollments/resumes-store.ts";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { memberOf, membersOf, newSequence, plantMembers, toldOf } from "../../testing/members.ts";
import { PATIENCE_MS } from "../../testing/patience.ts";
import { plant } from "../../testing/planted.ts";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { resumePaused } from "./resume-paused.ts";

let team: Team;
// Only answers callers: what is resumed here is resumed by the test, or by engines of their own.
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const inHours = (hours: number) => new Date(world.running.app.now().epochMilliseconds + hours * 3_600_000);
const paused = (resumeInHours: number) => ({
  state: "paused",
  inactive_reason: "out of office",
  paused_at: inHours(-10),
  resume_at: inHours(resumeInHours),
});

async function everything() {
  while ((await resumePaused({ app: world.running.app })) > 0);
}

test("a contact whose date has come goes on where they were, in the name of the user who added them", async () => {
  const { id, steps } = await newSequence(team);
  const { user } = await team.api.users.invite({ email: "adder@example.no" });
  const at = { current_step_id: steps[1], ...paused(2), added_by: user.id };
  const [due] = await plantMembers(world, team, id, 1, { ...at, due_at: inHours(-4) });
  const [ahead] = await plantMembers(world, team, id, 1, { ...at, due_at: inHours(200) });
  const [later] = await plantMembers(world, team, id, 1, { ...at, resume_at: inHours(9) });
  const [forGood] = await plantMembers(world, team, id, 1, { ...at, resume_at: null });
  await everything();
  assert.equal((await memberOf(world, due?.id ?? "")).state, "paused", "not before its time");
  world.advance({ hours: 3 });
  const from = world.running.app.now().epochMilliseconds;
  await everything();
  const row = await memberOf(world, due?.id ?? "");
  assert.deepEqual(
    [row.state, row.inactive_reason, row.paused_at, row.resume_at, row.current_step_id, row.revision],
    ["active", null, null, null, steps[1], 2],
  );
  assert.ok(row.due_at && row.due_at.getTime() >= from, "what has passed rolls forward");
  const kept = await memberOf(world, ahead?.id ?? "");
  assert.deepEqual(kept.state, "active");
  assert.ok(
    kept.due_at && ahead?.due_at && kept.due_at >= ahead.due_at,
    "and what has not is not brought forward",
  );
  for (const waits of [later, forGood])
    assert.equal((await memberOf(world, waits?.id ?? "")).state, "paused");
  assert.deepEqual(
    (await toldOf(world, id)).map(({ type, user_id, cause }) => [type, user_id, cause]),
    [
      ["enrollment.resumed", user.id, "clock"],
      ["enrollment.resumed", user.id, "clock"],
    ],
  );
});

test("those who are due longest go on first, and rows that another engine holds are passed over", async () => {
  const { id } = await newSequence(team);
  const [late] = await plantMembers(world, team, id, 1, paused(-1));
  const [held] = await plantMembers(world, team, id, 1, paused(-9));
  const [first] = await plantMembers(world, team, id, 1, paused(-8));
  const [second] = await plantMembers(world, team, id, 1, paused(-7));
  const { db, now } = world.running.app;
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select 1 from enrollments where id = $1 for no key update", [held?.id]);
    const rows = await db.inTeam(team.id, (open) => lockDueResumes(open, team.id, 2, now()));
    assert.deepEqual(rows.map((row) => row.id).sort(), [first?.id, second?.id].sort());
    await client.query("commit");
  });
  await everything();
  assert.equal((await memberOf(world, late?.id ?? "")).state, "active");
});

test("a scheduled start whose first step was never planned waits for it from now", async () => {
  const { id, steps } = await newSequence(team);
  const [row] = await plantMembers(world, team, id, 1, {
    ...paused(-1),
    inactive_reason: "scheduled start",
    current_step_id: steps[0],
  });
  await everything();
  const { state, due_at } = await memberOf(world, row?.id ?? "");
  assert.equal(state, "active");
  assert.ok(due_at && due_at.getTime() > inHours(4).getTime(), "a day of the schedule away");
});

test("in a sequence that is off they wait for it, and no longer for a date", async () => {
  const { id } = await newSequence(team, { active: false });
  const [row] = await plantMembers(world, team, id, 1, paused(-1));
  const [odd] = await plantMembers(world, team, id, 1, {
    ...paused(-1),
    inactive_reason: "Sequence inactive",
  });
  await everything();
  for (const one of [row, odd]) {
    const { state, inactive_reason, resume_at } = await memberOf(world, one?.id ?? "");
    assert.deepEqual([state, inactive_reason, resume_at], ["paused", "Sequence inactive", null]);
  }
  await team.api.sequences.approve({ id });
  assert.equal((await memberOf(world, row?.id ?? "")).state, "active");
});

test("a contact who is mailed from a deactivated user's mailbox stays paused when the date comes, and waits to be moved", async () => {
  const { id } = await newSequence(team);
  const { user } = await team.api.users.invite({ email: "bob@example.no", role: "member" });
  const at = new Date();
  const box = { user_id: user.id, email: "bob@example.no", type: "smtp", created_at: at, updated_at: at };
  const mailbox_id = await plant(world, team, "mailboxes", box);
  const [theirs] = await plantMembers(world, team, id, 1, { ...paused(1), mailbox_id });
  const [other] = await plantMembers(world, team, id, 1, paused(1));
  await team.api.users.deactivate({ id: user.id });
  world.advance({ hours: 2 });
  await everything();
  const { state, inactive_reason, resume_at } = await memberOf(world, theirs?.id ?? "");
  assert.deepEqual([state, inactive_reason, resume_at], ["paused", "out of office", null]);
  assert.equal((await memberOf(world, other?.id ?? "")).state, "active");
  assert.equal(await resumePaused({ app: world.running.app }), 0, "the next round does not find them again");
});

test("a sequence that a user is changing is passed over, and is not waited for", async () => {
  const [held, free] = [await newSequence(team), await newSequence(team)];
  const [stuck] = await plantMembers(world, team, held.id, 1, paused(-1));
  const [other] = await plantMembers(world, team, free.id, 1, paused(-1));
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("select 1 from sequences where id = $1 for no key update", [held.id]);
    await everything();
    await client.query("commit");
  });
  assert.equal((await memberOf(world, stuck?.id ?? "")).state, "paused");
  assert.equal((await memberOf(world, other?.id ?? "")).state, "active");
  await everything();
  assert.equal((await memberOf(world, stuck?.id ?? "")).state, "active");
});

test("many whose dates came during downtime go on once each, by several engines, one of them killed", async (t) => {
  const { id, steps } = await newSequence(team);
  const over = { ...paused(-1), resume_at: new Date(Date.now() - 3_600_000), current_step_id: steps[0] }; // engines of their own have the real clock
  await plantMembers(world, team, id, 1_700, over);
  const killed = startEngineProcess(world, {
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "resume-before-commit=kill:0.5:1", // spares the first batch, strikes at the second
  });
  t.after(killed.stop);
  assert.equal(await killed.ended, "SIGKILL");
  const engines = [startEngineProcess(world), startEngineProcess(world)];
  for (const engine of engines) t.after(engine.stop);
  for (const end = performance.now() + PATIENCE_MS; ; ) {
    const rows = await membersOf(world, id);
    if (rows.every(({ state }) => state === "active")) break;
    if (performance.now() > end) throw new Error("they never went on");
    await sleep(100);
  }
  assert.ok((await membersOf(world, id)).every(({ revision }) => revision === 2));
  const told = await toldOf(world, id);
  assert.deepEqual([told.length, new Set(told.map(({ subject_id }) => subject_id)).size], [1_700, 1_700]);

  const [soon] = await plantMembers(world, team, id, 1, {
    ...paused(0),
    resume_at: new Date(Date.now() - 1),
  });
  const since = performance.now();
  await until(async () => (await memberOf(world, soon?.id ?? "")).state === "active");
  t.diagnostic(`a pause that was over was ended after ${Math.round(performance.now() - since)} ms`);
});
