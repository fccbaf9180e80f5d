// Backups by processes that are killed, or whose file is damaged on the disk before it is read back.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { backUpOnce } from "./back-up.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-killed-backups-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const backup = { folder, hour: 3, keep: { days: 7, weeks: 4, months: 6 }, recipients: [], bucket: null };
const world = useWorld({ role: "api", backup });
beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await asOwner(world, (client) => client.query("delete from backup_runs"));
});

const shown = async () => (await world.operator.installation.backups()).backups;

const RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

function engineThat(crash: string, more: Record<string, string> = {}) {
  const env = { CADENZA_BACKUP_DIR: folder, CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: crash, ...more };
  return startEngineProcess(world, env);
}

/** A process that stopped itself before it reads back what it wrote. */
async function stoppedEngine(more: Record<string, string> = {}) {
  const engine = engineThat("backup-before-check=stop", more);
  const { pid } = engine.process;
  await until(async () => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.startsWith("T"));
  const [part = ""] = readdirSync(folder);
  assert.match(part, /^\.cadenza-[0-9a-f]{8}-\d{8}T\d{6}Z\.part$/);
  return { engine, part: join(folder, part) };
}

for (const [kind, more] of [
  ["a file", {}],
  ["an encrypted file", { CADENZA_BACKUP_RECIPIENT: RECIPIENT }],
] as const)
  test(`${kind} that the disk has damaged never gets the name of a backup, and is told`, async (t) => {
    const { engine, part } = await stoppedEngine(more);
    t.after(engine.stop);
    const bytes = readFileSync(part);
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
    writeFileSync(part, bytes);
    engine.process.kill("SIGCONT");
    const run = await until(async () => (await shown()).runs.find(({ ended_at }) => ended_at !== null));
    assert.match(run.error ?? "", /^The backup was damaged when it was read back\./);
    assert.deepEqual([run.verified_at, run.file, (await shown()).trouble], [null, null, "failed"]);
    assert.deepEqual(readdirSync(folder), []);
  });

test("while a process is at it, even a paused one, no other begins or deletes its file", async (t) => {
  const { engine, part } = await stoppedEngine();
  t.after(engine.stop);
  world.advance({ hours: 48 });
  assert.equal(await backUpOnce(world.running.app, world.ownerConnection), 0);
  assert.deepEqual([readdirSync(folder), (await shown()).running], [[part.slice(folder.length + 1)], true]);
  engine.process.kill("SIGCONT");
  const { last_good } = await until(async () => {
    const now = await shown();
    return now.last_good && now;
  });
  assert.deepEqual(readdirSync(folder), [last_good?.file]);
});

for (const [kind, more] of [
  ["a killed process", {}],
  ["a killed process that encrypts", { CADENZA_BACKUP_RECIPIENT: RECIPIENT }],
] as const)
  test(`${kind} leaves a part, which the next run deletes`, async (t) => {
    const engine = engineThat("backup-before-check=kill", more);
    t.after(engine.stop);
    assert.equal(await engine.ended, "SIGKILL");
    assert.match(readdirSync(folder).join(), /^\.cadenza-[\w-]+\.part$/);
    world.advance({ hours: 1 });
    await until(async () => (await backUpOnce(world.running.app, world.ownerConnection)) === 1);
    const { runs, last_good, trouble } = await shown();
    assert.deepEqual(
      runs.map(({ error }) => error),
      [null, "The process ended before the backup was complete."],
    );
    assert.deepEqual([readdirSync(folder), trouble], [[last_good?.file], null]);
  });
