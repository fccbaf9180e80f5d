// Copies of backups by processes that are killed in the middle.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { startEngineProcess } from "../../testing/engine-process.ts";
import { startS3Server } from "../../testing/s3-server.ts";
import { asOwner } from "../../testing/wire.ts";
import { useWorld } from "../../testing/world.ts";
import { backUpOnce } from "./back-up.ts";
import { copyBackupOnce } from "./copy-backup.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-killed-copies-"));
const s3 = await startS3Server();
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await s3.close();
});
const keep = { days: 7, weeks: 4, months: 6 };
const backup = { folder, hour: 3, keep, recipients: [], bucket: s3.settings() };
const world = useWorld({ role: "api", backup });
const bucket = s3.open();
const shown = async () => (await world.operator.installation.backups()).backups;
const isPart = ({ method, path }: { method: string; path: string }) =>
  method === "PUT" && path.includes("partNumber=");

beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  for (const { name } of await bucket.list()) await bucket.delete(name);
  await asOwner(world, (client) => client.query("delete from backup_runs"));
});

/** What the bucket has then, unfinished and whole, and how many parts the next copy sends. */
const CASES = [
  ["copy-between-parts", 1, 0, 1],
  ["copy-before-check", 0, 1, 0],
  ["copy-before-record", 0, 1, 0],
] as const;

for (const [point, unfinished, whole, sent] of CASES)
  test(`after a kill at ${point}, the next process completes the copy and leaves nothing behind`, async (t) => {
    const engine = startEngineProcess(world, {
      CADENZA_BACKUP_DIR: folder,
      CADENZA_TEST_SEAMS: "1",
      CADENZA_CRASH: `${point}=kill`,
      ...s3.env(),
    });
    t.after(engine.stop);
    assert.equal(await engine.ended, "SIGKILL");
    const { last_good, last_copied, copy_trouble } = await shown();
    assert.deepEqual([last_copied, copy_trouble], [null, null]);
    assert.ok(last_good?.copy_tried_at, "or a copy that kills its process would kill it at every start");
    const left = [(await bucket.listUploads())?.length, (await bucket.list()).length];
    assert.deepEqual(left, [unfinished, whole]);
    world.advance({ minutes: 16 });
    assert.equal(await backUpOnce(world.running.app, world.ownerConnection), 0, "and no other backup");
    s3.seen.length = 0;
    assert.equal(await copyBackupOnce(world.running.app, bucket), 1);
    const after = await shown();
    assert.deepEqual([after.last_copied?.file, after.copy_trouble], [last_good?.file, null]);
    assert.deepEqual(await bucket.listUploads(), []);
    assert.deepEqual(await bucket.list(), [{ name: last_good?.file, bytes: last_good?.bytes }]);
    assert.equal(s3.seen.filter(isPart).length, sent);
  });
