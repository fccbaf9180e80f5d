// How a change of many enrollments is written: only what it changes, and what is the same for all of them once.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "../../../db/connect.ts";
import { newSequence, plantMembers } from "../../../testing/members.ts";
import { asOwner } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";
import { type EnrollmentFacts, lockEnrollments } from "./locking-store.ts";
import { type ChangedStanding, writeStandings } from "./standings-store.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

const now = Temporal.Now.instant();

/** Three people of a sequence, changed; with the statement that did it. */
async function write(change: (row: EnrollmentFacts, n: number) => ChangedStanding["after"]) {
  const { id, steps } = await newSequence(team, { steps: 1 });
  const planted = await plantMembers(world, team, id, 3, { current_step_id: steps[0] });
  const ids = planted.map((row) => row.id).sort();
  const said: string[] = [];
  await world.running.app.db.inTeam(team.id, async (db) => {
    const heard: Db = {
      ...db,
      run(sql, params) {
        said.push(sql);
        return db.run(sql, params);
      },
    };
    const rows = await lockEnrollments(db, team.id, ids);
    await writeStandings(
      heard,
      team.id,
      rows.map((before, n) => ({ before, after: change(before, n) })),
      now,
    );
  });
  return { ids, sql: said.join("\n") };
}

type Kept = { state: string; due_at: Date | null; resume_at: Date | null; revision: number };

function kept(ids: readonly string[]) {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<Kept>(
      "select state, due_at, resume_at, revision from enrollments where id = any($1::text[]) order by id",
      [ids],
    );
    return rows;
  });
}

test("what is the same for everybody is written by one walk along the index, and what stays is not written", async () => {
  const { ids, sql } = await write((row) => ({
    ...row,
    state: "paused",
    inactiveReason: "on holiday",
    pausedAt: now,
  }));
  assert.match(
    sql,
    /set state = .*inactive_reason = .*paused_at = .*updated_at = .*where e\.team_id = \$1 and e\.id = any/s,
  );
  assert.doesNotMatch(sql, /unnest|due_at|mailbox_id|current_step_id/);
  const rows = await kept(ids);
  assert.deepEqual(
    rows.map(({ state, revision }) => [state, revision]),
    Array.from({ length: 3 }, () => ["paused", rows[0]?.revision]),
  );
});

test("what differs comes as lists, each for its row", async () => {
  const moments = [1, 2, 3].map((hours) => now.add({ hours }));
  const { ids, sql } = await write((row, n) => ({
    ...row,
    state: "paused",
    resumeAt: n === 1 ? null : (moments[n] ?? null),
    dueAt: moments[n] ?? null,
  }));
  assert.match(sql, /set state = \$4::text, due_at = n\.due_at, resume_at = n\.resume_at/);
  const millisOf = (moment: Temporal.Instant | undefined) => moment?.epochMilliseconds;
  assert.deepEqual(
    (await kept(ids)).map((row) => [row.due_at?.getTime(), row.resume_at?.getTime() ?? null]),
    [
      [millisOf(moments[0]), millisOf(moments[0])],
      [millisOf(moments[1]), null],
      [millisOf(moments[2]), millisOf(moments[2])],
    ],
  );
});

test("the history of an enrollment leaves out an end that has not come, and keeps since when it was paused", async () => {
  const { ids } = await write((row) => ({ ...row, state: "paused", inactiveReason: "on holiday" }));
  await world.running.app.db.inTeam(team.id, async (db) => {
    const rows = await lockEnrollments(db, team.id, ids);
    const after = (row: EnrollmentFacts) => ({ ...row, state: "finished" as const, finishedAt: now });
    await writeStandings(
      db,
      team.id,
      rows.map((before) => ({ before, after: after(before) })),
      now,
    );
  });
  const keys = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ keys: string[] }>(
      `select array(select jsonb_object_keys(was) order by 1) as keys from row_history
        where subject_id = $1 order by place`,
      [ids[0]],
    );
    return rows.map((row) => row.keys);
  });
  const always = ["due_at", "inactive_reason", "mailbox_id", "resume_at", "state", "step_id"];
  assert.deepEqual(keys, [always, [...always, "paused_at"].sort()]);
});
