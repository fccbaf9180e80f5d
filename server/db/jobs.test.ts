import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { PATIENCE_MS } from "../testing/patience.ts";
import { spawnServer } from "../testing/process.ts";
import { asOwner } from "../testing/wire.ts";
import { urlOf, useWorld } from "../testing/world.ts";

// Answers callers and runs nothing: what is enqueued here stays until a process is started for it.
const world = useWorld({ role: "api" });

async function jobs() {
  return asOwner(world, async (client) => {
    const { rows } = await client.query<{ state: string; retry_count: number; data: { n?: number } | null }>(
      "select state::text, retry_count, data from pgboss.job where name = 'sweep' order by created_on",
    );
    return rows;
  });
}

test("a job exists exactly when the transaction that enqueued it commits", async () => {
  const { db, jobs: queue } = world.running.app;
  await assert.rejects(
    db.inTransaction(async (tx) => {
      await queue.enqueue(tx, "sweep", { n: 1 });
      throw new Error("undone");
    }),
    /undone/,
  );
  assert.deepEqual(await jobs(), []);

  await db.inTransaction(async (tx) => {
    await queue.enqueue(tx, "sweep", { n: 2 });
    assert.deepEqual(await jobs(), [], "nobody sees it before");
  });
  assert.deepEqual(
    (await jobs()).map(({ state, data }) => [state, data?.n]),
    [["created", 2]],
  );
});

test("a job whose worker was killed in the middle is taken over by another process and done once", async () => {
  const { db, jobs: queue, config } = world.running.app;
  await asOwner(world, (client) => client.query("delete from pgboss.job"));
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-jobs-"));
  const env = {
    DATABASE_URL: urlOf(world.ownerConnection),
    CADENZA_DATA_DIR: dataDir,
    CADENZA_KEY_FILE: config.keyFile,
    CADENZA_ROLE: "engine",
  };
  const victim = await spawnServer({
    ...env,
    CADENZA_TEST_SEAMS: "1",
    CADENZA_CRASH: "job-before-work=kill",
  });
  await victim.saying("Cadenza's engine is running.");
  await db.inTransaction((tx) => queue.enqueue(tx, "sweep", { n: 3 }));
  assert.equal(await victim.ended, "SIGKILL");
  const left = (await jobs()).find(({ data }) => data?.n === 3);
  assert.equal(left?.state, "active", "the job is left in the dead worker's hands");

  const heir = await spawnServer(env);
  const killed = performance.now();
  try {
    for (;;) {
      const job = (await jobs()).find(({ data }) => data?.n === 3);
      if (job?.state === "completed") break;
      assert.ok(performance.now() - killed < PATIENCE_MS, `still ${job?.state}:\n${heir.said()}`);
      await pause(250);
    }
    await heir.saying('"msg":"swept"');
  } finally {
    heir.process.kill("SIGTERM");
    assert.equal(await heir.ended, 0);
    rmSync(dataDir, { recursive: true, force: true });
  }
});
