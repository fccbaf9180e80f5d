// Copies of scheduled backups, with a real database, a real folder and a real S3 server.

import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { readKeep } from "../../domain/time/backup-keeping.ts";
import { backupFigures } from "../../features/administration/backups/figures.ts";
import { openLog } from "../../kernel/log.ts";
import type { Bucket } from "../../object-storage/bucket.ts";
import { copyIntoBucket, piecesOf } from "../../object-storage/upload-file.ts";
import { start } from "../../start.ts";
import { startS3Server } from "../../testing/s3-server.ts";
import { until } from "../../testing/sending.ts";
import { asOwner } from "../../testing/wire.ts";
import { openWorld, useWorld } from "../../testing/world.ts";
import { backUpOnce } from "./back-up.ts";
import { copyBackupOnce } from "./copy-backup.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-copied-"));
const s3 = await startS3Server();
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await s3.close();
});
const keep = readKeep("7d 4w 6m") ?? assert.fail();
const backup = { folder, hour: 3, keep, recipients: [], bucket: s3.settings() };
const world = useWorld({ role: "api", backup });
const bucket = s3.open();
beforeEach(async () => {
  s3.faults.length = 0;
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  for (const { name } of await bucket.list()) await bucket.delete(name);
  await asOwner(world, (client) => client.query("delete from backup_runs"));
});

const backUp = () => backUpOnce(world.running.app, world.ownerConnection);
const copy = (into: Bucket = bucket) => copyBackupOnce(world.running.app, into);
const shown = async () => (await world.operator.installation.backups()).backups;
const copies = async () => (await bucket.list()).map(({ name }) => name).sort();

test("the newest backup is copied whole, once, and shown without the key", async () => {
  assert.equal(await copy(), 0, "no backup was made yet");
  await backUp();
  const before = await shown();
  assert.deepEqual([before.copied_to, before.last_copied, before.copy_trouble], [bucket.address, null, null]);
  assert.deepEqual([await copy(), await copy()], [1, 0]);
  const { last_copied, copy_trouble, runs } = await shown();
  const file = last_copied?.file ?? "";
  assert.deepEqual(await bucket.list(), [{ name: file, bytes: last_copied?.bytes }]);
  const pieces = await Array.fromAsync(piecesOf(bucket, { name: file, bytes: last_copied?.bytes ?? 0 }));
  assert.deepEqual(Buffer.concat(pieces), readFileSync(join(folder, file)));
  assert.deepEqual(
    [copy_trouble, runs[0]?.copied_to, runs[0]?.copy_error, runs[0]?.copies_deleted],
    [null, bucket.address, null, 0],
  );
  assert.ok(last_copied?.copied_at);
  const { secret, keyId } = s3.settings();
  const told = JSON.stringify(await shown()) + world.logged.join();
  assert.ok(!told.includes(`"${secret}"`) && !told.includes(`"${keyId}"`) && !told.includes("Signature="));
  const figures = await backupFigures(world.running.app);
  const figureOf = (name: string) => figures.find((figure) => figure.name === name)?.value;
  assert.deepEqual(
    [figureOf("cadenza_backup_copies_scheduled"), figureOf("cadenza_backup_last_copied_size_bytes")],
    [1, last_copied?.bytes],
  );
  assert.ok(figureOf("cadenza_backup_last_copied_timestamp_seconds"));
});

test("a copy that failed is told, and tried again after 15 minutes without another backup", async () => {
  await backUp();
  const denied = { kind: "answer", status: 403, body: "<Error><Code>AccessDenied</Code></Error>" } as const;
  s3.faults.push(() => denied);
  assert.equal(await copy(), 1);
  const failed = await shown();
  assert.match(failed.runs[0]?.copy_error ?? "", /^The key has no permission for the bucket/);
  assert.deepEqual([failed.copy_trouble, failed.trouble, failed.runs[0]?.error], ["failed", null, null]);
  assert.deepEqual(readdirSync(folder), [failed.last_good?.file], "the backup in the folder stays");
  assert.ok(world.logged.some((line) => line.includes("the backup was not copied")));
  s3.faults.length = 0;
  world.advance({ minutes: 14 });
  assert.equal(await copy(), 0);
  world.advance({ minutes: 1 });
  assert.equal(await copy(), 1);
  const { copy_trouble, runs } = await shown();
  assert.deepEqual([copy_trouble, runs.length, runs[0]?.copy_error], [null, 1, null]);
  assert.deepEqual(await copies(), [runs[0]?.file]);
});

test("a file that is not in the folder is told", async () => {
  await backUp();
  const { last_good } = await shown();
  rmSync(join(folder, last_good?.file ?? ""));
  assert.equal(await copy(), 1);
  assert.match(
    (await shown()).runs[0]?.copy_error ?? "",
    /^The file is not in the backup folder of this machine/,
  );
});

test("into another bucket the newest backup is copied at once", async () => {
  await backUp();
  await copy();
  const other = s3.open(s3.settings({}, `${s3.name}/elsewhere`));
  backup.bucket = s3.settings({}, `${s3.name}/elsewhere`);
  try {
    assert.deepEqual([(await shown()).last_copied, await copy(other), await copy(other)], [null, 1, 0]);
    assert.equal((await other.list()).length, 1);
    assert.equal((await shown()).last_copied?.copied_to, other.address);
  } finally {
    backup.bucket = s3.settings();
  }
});

test("older copies are deleted by the rule, after a good copy only, and no other object is", async () => {
  const [row] = (
    await asOwner(world, (client) => client.query("select right(id, 8) as of from installation"))
  ).rows;
  const nameOf = (stamp: string) => `cadenza-${row.of}-${stamp}T030000Z.backup`;
  const foreign = ["cadenza-00000000-20200101T030000Z.backup", "notes.txt", nameOf("20201301")];
  const own = ["20200101", "20200102", "20200109", "20200210"].map(nameOf);
  writeFileSync(join(folder, "one"), "1");
  const sha256 = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
  for (const name of [...own, ...foreign])
    await copyIntoBucket(bucket, { path: join(folder, "one"), name, bytes: 1, sha256 });
  backup.keep = readKeep("2d 1m") ?? assert.fail();
  try {
    await backUp();
    s3.faults.push(({ method }) => (method === "PUT" ? { kind: "answer", status: 403 } : null));
    await copy();
    assert.deepEqual(await copies(), [...own, ...foreign].sort(), "a failure deletes nothing");
    s3.faults.length = 0;
    world.advance({ minutes: 15 });
    await copy();
    const { last_copied } = await shown();
    assert.deepEqual(await copies(), [...foreign, own[3], last_copied?.file].sort());
    assert.equal(last_copied?.copies_deleted, 3);
  } finally {
    backup.keep = keep;
  }
});

test("a key that may not delete leaves older copies, and the copy counts", async () => {
  await backUp();
  await copy();
  const first = (await shown()).last_copied?.file;
  world.advance({ minutes: 1 });
  await world.operator.installation.backUp();
  await backUp();
  s3.faults.push(({ method }) => (method === "DELETE" ? { kind: "answer", status: 403 } : null));
  assert.equal(await copy(), 1);
  const { copy_trouble, last_copied } = await shown();
  assert.deepEqual(
    [copy_trouble, last_copied?.copies_deleted, await copies()],
    [null, 0, [first, last_copied?.file]],
  );
  assert.ok(world.logged.some((line) => line.includes("older copies of backups could not be deleted")));
});

test("no copy for 36 hours is a trouble", async () => {
  await backUp();
  await copy();
  world.advance({ hours: 37 });
  assert.equal((await shown()).copy_trouble, null, "then a backup is missing, and not its copy");
  await backUp();
  assert.deepEqual([(await shown()).trouble, (await shown()).copy_trouble], [null, "late"]);
  await copy();
  assert.equal((await shown()).copy_trouble, null);
});

test("of several processes, one copies", async () => {
  await backUp();
  const { app } = world.running;
  const other = await start({ ...app.config, port: 0 }, openLog("silent"));
  try {
    other.app.now = app.now;
    const both = [app, other.app].flatMap((one) => [1, 2].map(() => copyBackupOnce(one, bucket)));
    assert.deepEqual((await Promise.all(both)).toSorted(), [0, 0, 0, 1]);
  } finally {
    await other.stop();
  }
});

test("an engine copies by itself, and a storage that cannot be used is told at the start", async () => {
  const own = mkdtempSync(join(folder, "own-"));
  const moved = join(tmpdir(), `cadenza-own-${process.pid}`);
  renameSync(own, moved);
  const settings = s3.settings({}, `${s3.name}/by-itself`);
  const started = await openWorld({ backup: { ...backup, folder: moved, bucket: settings } });
  try {
    await until(async () => (await started.operator.installation.backups()).backups.last_copied);
    assert.deepEqual(
      (await s3.open(settings).list()).map(({ name }) => name),
      readdirSync(moved),
    );
  } finally {
    await started.close();
  }
  const missing = s3.settings({}, "nowhere-at-all");
  const refused = await openWorld({ backup: { ...backup, folder: moved, bucket: missing } });
  try {
    const words = "backups cannot be copied: The bucket nowhere-at-all does not exist.";
    await until(async () => refused.logged.some((line) => line.includes(words)));
  } finally {
    await refused.close();
    rmSync(moved, { recursive: true, force: true });
  }
});
