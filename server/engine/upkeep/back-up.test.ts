// Backups by the schedule, with a real database and a real folder. The time is moved by hand.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, test } from "node:test";
import { BadBackupFile, verifyBackupFile } from "../../db/backup-file.ts";
import { CannotRestore } from "../../db/snapshot-refusals.ts";
import { readKeep } from "../../domain/time/backup-keeping.ts";
import { backupFigures } from "../../features/administration/backups/figures.ts";
import { openLog } from "../../kernel/log.ts";
import { start } from "../../start.ts";
import { inSandbox } from "../../testing/sandboxed.ts";
import { until } from "../../testing/sending.ts";
import { newContacts } from "../../testing/sequenced.ts";
import { asOwner } from "../../testing/wire.ts";
import { BOOTSTRAP_KEY, openWorld, type Team, useWorld } from "../../testing/world.ts";
import { backUpOnce } from "./back-up.ts";

const base = mkdtempSync(join(tmpdir(), "cadenza-backups-"));
after(() => rmSync(base, { recursive: true, force: true }));
const folder = mkdtempSync(join(base, "kept-"));
const backup = { folder, hour: 3, keep: readKeep("7d 4w 6m") ?? assert.fail(), recipients: [], bucket: null };
const keyFile = join(base, "cadenza.key");
let team: Team;
const world = useWorld({ role: "api", backup, keyFile }, async (opened) => {
  team = await opened.newTeam();
  await newContacts(team, 30);
  await team.api.attachments.create({ file: new File([randomBytes(200_000)], "noise.bin") });
  // Between midnight and the hour of the backups, the next one is due on the same day, and the day keeps one of the two.
  const now = opened.running.app.now().toZonedDateTimeISO("UTC");
  const noon = now.startOfDay().add({ hours: now.hour < 12 ? 12 : 36 });
  opened.advance({ milliseconds: Math.ceil(now.until(noon).total("milliseconds")) });
});
beforeEach(async () => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name));
  await sql("delete from backup_runs");
});

async function sql(text: string, params: unknown[] = []) {
  return (await asOwner(world, (client) => client.query(text, params))).rows;
}

const backUp = () => backUpOnce(world.running.app, world.ownerConnection);
const shown = async () => (await world.operator.installation.backups()).backups;
const files = () => readdirSync(folder).sort();

test("the first backup is made at once, is whole, and the next is due at the next day's hour", async () => {
  assert.deepEqual([await backUp(), await backUp()], [1, 0]);
  const [file = ""] = files();
  assert.match(file, /^cadenza-[0-9a-f]{8}-\d{8}T\d{6}Z\.backup$/);
  assert.equal(files().length, 1, "and no part of one");
  const { last_good, next_at, trouble, running, runs } = await shown();
  const bytes = readFileSync(join(folder, file));
  const { mode } = statSync(join(folder, file));
  assert.deepEqual([mode & 0o777, last_good?.file, last_good?.bytes], [0o600, file, bytes.length]);
  assert.equal(last_good?.sha256, createHash("sha256").update(bytes).digest("hex"));
  assert.ok(last_good?.verified_at);
  assert.deepEqual([trouble, running, runs.length], [null, false, 1]);
  const next = Temporal.Instant.from(next_at ?? "");
  assert.equal(next.toZonedDateTimeISO("UTC").hour, 3);
  world.advance({
    milliseconds: Math.ceil(next.since(world.running.app.now()).total("milliseconds")) - 60_000,
  });
  assert.equal(await backUp(), 0);
  world.advance({ minutes: 1 });
  assert.deepEqual([await backUp(), await backUp(), files().length], [1, 0, 2]);
  const values = (await backupFigures(world.running.app)).map(({ value }) => value > 0);
  assert.deepEqual(values.slice(0, 3), [true, true, true]);
});

test("a backup restores into another installation, without the runs of this one", async () => {
  assert.equal(await backUp(), 1);
  const target = await openWorld({ keyFile, role: "api" });
  try {
    const answer = await fetch(`${target.url}/api/v1/installation/restore`, {
      method: "POST",
      headers: { "x-api-key": BOOTSTRAP_KEY, "content-type": "application/vnd.cadenza.backup" },
      body: new Uint8Array(readFileSync(join(folder, files()[0] ?? ""))),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    const restored = target.client({ apiKey: team.key });
    assert.equal((await restored.contacts.search({})).pagination.total_entries, 30);
    const { scheduled, runs } = (await target.operator.installation.backups()).backups;
    assert.deepEqual([scheduled, runs], [false, []]);
  } finally {
    await target.close();
  }
});

test("of several processes, one makes the backup", async () => {
  const { app } = world.running;
  const other = await start({ ...app.config, port: 0 }, openLog("silent"));
  try {
    other.app.now = app.now;
    const both = [app, other.app].flatMap((one) => [1, 2].map(() => backUpOnce(one, world.ownerConnection)));
    assert.deepEqual((await Promise.all(both)).toSorted(), [0, 0, 0, 1]);
    assert.deepEqual([files().length, (await shown()).runs.length], [1, 1]);
  } finally {
    await other.stop();
  }
});

test("a folder that is gone or cannot be written is told, and tried again every 15 minutes", async () => {
  const aside = `${folder}-aside`;
  renameSync(folder, aside);
  assert.equal(await backUp(), 1);
  const [gone] = (await shown()).runs;
  assert.deepEqual([(await shown()).trouble, gone?.error], ["failed", "The backup folder does not exist."]);
  writeFileSync(folder, "");
  assert.equal(await backUp(), 0);
  world.advance({ minutes: 15 });
  assert.equal(await backUp(), 1);
  assert.equal((await shown()).runs[0]?.error, "The backup folder is a file.");
  assert.ok(world.logged.some((line) => line.includes("the backup failed and is tried again")));
  rmSync(folder);
  renameSync(aside, folder);
  world.advance({ minutes: 14 });
  assert.equal(await backUp(), 0);
  world.advance({ minutes: 1 });
  assert.equal(await backUp(), 1);
  const { trouble, runs, last_good } = await shown();
  assert.deepEqual([trouble, runs.length, last_good?.file], [null, 3, files()[0]]);
});

test("a place where no file can be made is told", async () => {
  backup.folder = "/sys";
  try {
    assert.equal(await backUp(), 1);
    assert.match((await shown()).runs[0]?.error ?? "", /read-only disk|may not write/);
  } finally {
    backup.folder = folder;
  }
});

test("a file that is torn or changed is found when it is read back", async () => {
  assert.equal(await backUp(), 1);
  const place = join(folder, files()[0] ?? "");
  const whole = readFileSync(place);
  const sumOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  const written = { bytes: whole.length, sha256: sumOf(whole) };
  await verifyBackupFile(place, written);
  const changed = Buffer.from(whole);
  changed.writeUInt8(changed.readUInt8(1000) ^ 1, 1000);
  const torn = whole.subarray(0, -1);
  writeFileSync(place, changed);
  await assert.rejects(verifyBackupFile(place, written), BadBackupFile);
  const sameSum = { bytes: changed.length, sha256: sumOf(changed) };
  await assert.rejects(verifyBackupFile(place, sameSum), CannotRestore, "as a restore would find it");
  writeFileSync(place, torn);
  await assert.rejects(verifyBackupFile(place, written), BadBackupFile);
  await assert.rejects(verifyBackupFile(place, { bytes: torn.length, sha256: sumOf(torn) }), CannotRestore);
});

test("older backups are deleted by the rule after a good one, and no other file is", async () => {
  const days = ["20200101", "20200102", "20200109", "20200210"];
  const [row] = await sql("select right(id, 8) as of from installation");
  const nameOf = (stamp: string) => `cadenza-${row?.of}-${stamp}Z.backup`;
  const foreign = [
    "cadenza-2020-01-01.backup",
    "cadenza-00000000-20200101T030000Z.backup", // of another installation that uses the same folder
    ".cadenza-00000000-20200101T030000Z.part",
    nameOf("20201301T030000"),
    "notes.txt",
  ];
  for (const name of [...days.map((day) => nameOf(`${day}T030000`)), ...foreign])
    writeFileSync(join(folder, name), "");
  backup.keep = readKeep("2d 1m") ?? assert.fail();
  try {
    assert.equal(await backUp(), 1);
    const made = (await shown()).last_good;
    const kept = [...foreign, nameOf("20200210T030000"), made?.file].sort();
    assert.deepEqual([files(), made?.deleted], [kept, 3]);
    for (const name of files()) if (name !== made?.file) writeFileSync(join(folder, name), "");
    renameSync(folder, `${folder}-aside`);
    world.advance({ hours: 24 });
    assert.equal(await backUp(), 1);
    renameSync(`${folder}-aside`, folder);
    assert.deepEqual(files(), kept, "a failure deletes nothing");
  } finally {
    backup.keep = readKeep("7d 4w 6m") ?? assert.fail();
  }
});

test("a hundred runs are remembered, and the last good one beyond them", async () => {
  assert.equal(await backUp(), 1);
  const good = (await shown()).last_good?.file;
  await sql(
    `insert into backup_runs (id, started_at, ended_at, error)
     select new_ident(), $1::timestamptz + n * interval '1 second', $1::timestamptz + n * interval '1 second', 'Full.'
       from generate_series(1, 120) n`,
    [world.running.app.now().toString()],
  );
  world.advance({ hours: 72 });
  backup.folder = join(base, "nowhere");
  try {
    assert.equal(await backUp(), 1);
  } finally {
    backup.folder = folder;
  }
  assert.deepEqual(await sql("select count(*)::int as n from backup_runs"), [{ n: 101 }]);
  const { runs, last_good, trouble } = await shown();
  assert.deepEqual([runs.length, last_good?.file, trouble], [100, good, "failed"]);
});

test("an engine makes one by itself, also where it sends no email", async () => {
  const own = { ...backup, folder: mkdtempSync(join(base, "own-")) };
  const started = await openWorld({ backup: own });
  try {
    await until(async () => (await started.operator.installation.backups()).backups.last_good);
    assert.equal(readdirSync(own.folder).length, 1);
  } finally {
    await started.close();
  }
});

test("a sandbox makes none, and says so", async () => {
  const sandbox = await openWorld({ ...(await inSandbox()), backup });
  try {
    assert.equal(await backUpOnce(sandbox.running.app, sandbox.ownerConnection), 0);
    assert.equal((await sandbox.operator.installation.backups()).backups.scheduled, false);
  } finally {
    await sandbox.close();
  }
});
