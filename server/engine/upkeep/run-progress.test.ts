import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startProgress } from "../../features/events/progress/commands.ts";
import { newId } from "../../kernel/ids.ts";
import { PROBE, startEngineProcess } from "../../testing/engine-process.ts";
import { asOwner } from "../../testing/wire.ts";
import { type Team, useWorld } from "../../testing/world.ts";
import { actFor } from "../running/act-for.ts";

// Only answers callers: the engines of this file are processes of their own.
const world = useWorld({ role: "api" });

for (const point of ["progress-before-commit", "progress-between-batches"]) {
  test(`work killed at ${point} goes on at its batch, and every item has one outcome`, async (t) => {
    const team = await world.newTeam();
    const keys = Array.from({ length: 25 }, () => newId());
    // Half of the batches strike; the seed makes it the same half in every run.
    const killed = startEngineProcess(world, {
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill:0.5:7`,
    });
    t.after(killed.stop);
    const id = await begin(team, keys);
    assert.equal(await killed.ended, "SIGKILL");
    const { entity_progress_job: before } = await team.api.progress.get({ id });
    assert.notEqual(before.status, "done");

    const next = startEngineProcess(world);
    t.after(next.stop);
    const job = await untilOver(team, id);
    assert.deepEqual(
      [job.status, job.total, job.done, job.counts, job.percent],
      ["done", 25, 25, { probed: 25 }, 100],
    );
    const { rows } = await asOwner(world, (client) =>
      client.query(
        `select (select count(*)::int from audit.job_items where job_id = $1 and outcome = 'probed') as items,
                count(*)::int as effects, count(distinct subject_id)::int as touched
           from events where subject_id = any($2)`,
        [id, keys],
      ),
    );
    assert.deepEqual(rows, [{ items: 25, effects: 25, touched: 25 }]);
  });
}

function begin(team: Team, entityIds: string[]) {
  const { app } = world.running;
  const onBehalf = { teamId: team.id, userId: team.owner.id, cause: "api" };
  return actFor(app, onBehalf, async (act) => {
    const wish = { jobType: PROBE, entityIds, params: {}, batchSize: 5 };
    return (await startProgress(act, wish)).id;
  });
}

async function untilOver(team: Team, id: string) {
  for (;;) {
    const { entity_progress_job: job } = await team.api.progress.get({ id });
    if (job.finished_at) return job;
    await sleep(100);
  }
}
