// Bulk changes that are killed half-way: the next worker goes on, and no contact is changed twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import {
  jobStartedBy,
  membersOf,
  newSequence,
  plantMembers,
  toldOf,
  untilOver,
} from "../../testing/members.ts";
import { useWorld } from "../../testing/world.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

for (const point of ["progress-before-commit", "progress-between-batches"]) {
  test(`starting over, killed at ${point}, happens to everybody once`, async (t) => {
    const team = await world.newTeam();
    const { id } = await newSequence(team);
    await plantMembers(world, team, id, 1_300, { state: "finished", inactive_reason: "replied" });
    const killed = startEngineProcess(world, {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill:0.5:1`, // spares the first batch, strikes at the second
    });
    t.after(killed.stop);
    const { entity_progress_job: job } = jobStartedBy(await team.api.enrollments.restart({ id, all: true }));
    assert.equal(await killed.ended, "SIGKILL");
    const next = startEngineProcess(world);
    t.after(next.stop);
    const over = await untilOver(team, job.id);
    assert.deepEqual([over.status, over.counts], ["done", { restarted: 1_300 }]);

    const rows = await membersOf(world, id);
    const count = (state: string, generation: number) =>
      rows.filter((row) => row.state === state && row.generation === generation).length;
    assert.deepEqual([rows.length, count("removed", 1), count("active", 2)], [2_600, 1_300, 1_300]);
    assert.equal((await toldOf(world, id)).length, 2_600);
  });
}
