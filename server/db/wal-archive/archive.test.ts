// The archive with a real server: what is recovered is what was there at the time, also where processes were killed.

import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { ask, connect, openFolder } from "../embedded/bench.ts";
import { OWNER } from "../embedded/cluster.ts";
import { type EmbeddedServer, startEmbedded } from "../embedded/server.ts";
import { prepareSite } from "../embedded/site.ts";
import { supervise } from "../embedded/supervisor.ts";
import {
  type ArchiveFolder,
  archiveFolder,
  filesOfSegment,
  putSegment,
  readSegment,
} from "./archive-folder.ts";
import { type Archived, archiveWal, type WalSource } from "./archive-wal.ts";
import { takeBase } from "./base-backup.ts";
import { readCatalogue } from "./catalogue.ts";
import { periodsOf } from "./choosing.ts";
import { SEGMENT_BYTES, segmentAt, segmentName } from "./names.ts";
import { notNeeded, prune } from "./pruning.ts";
import { recoverTo } from "./recovering.ts";
import { ArchiveIsGone, DifferentSegment, whyNotArchived } from "./refusals.ts";

type Archiving = {
  dataDir: string;
  server: Pick<EmbeddedServer, "owner" | "stop">;
  source: WalSource;
  archive: ArchiveFolder;
  round(): Promise<Archived>;
  base(): Promise<string>;
  sql<T>(text: string): Promise<T | undefined>;
  time(): Promise<Temporal.Instant>;
  /** Damages the archive as a test wants it. */
  afterRound(): Promise<void>;
};

async function openArchiving(t: TestContext): Promise<Archiving> {
  const folder = await openFolder(t);
  return archivingIn(t, join(folder, "data"), null);
}

async function archivingIn(
  t: TestContext,
  dataDir: string,
  there: ArchiveFolder | null,
  settings: Record<string, string> = {},
): Promise<Archiving> {
  const log = () => undefined;
  const site = await prepareSite({ dataDir, log, settings });
  const { endpoint, stop } = await supervise(site, "cadenza");
  t.after(stop);
  const owner = { ...endpoint, user: OWNER, password: site.credentials.ownerPassword, database: "cadenza" };
  const server = { owner, stop };
  const sql = <T>(text: string) => ask<T>(server.owner, text);
  const systemId =
    (await sql<string>("select system_identifier::text as answer from pg_control_system()")) ?? "";
  const archive = there ?? archiveFolder(join(dataDir, "..", "wal"), systemId);
  const source = { cluster: join(dataDir, "postgres", "cluster"), archive, slot: "cadenza_wal_test" };
  let archived: Archived | null = null;
  async function round() {
    const client = await connect(server.owner);
    try {
      archived = await archiveWal(client, source, archived);
      await opened.afterRound();
      return archived;
    } finally {
      await client.end();
    }
  }
  async function base() {
    const client = await connect(server.owner);
    try {
      const credentials = join(dataDir, "postgres", "credentials.json");
      const facts = { system_id: systemId, cadenza_version: null, key_fingerprint: "abcd" };
      const source = {
        client,
        cluster: join(dataDir, "postgres", "cluster"),
        credentials,
        archive,
        archiveNow: round,
      };
      return (await takeBase(source, facts)).name;
    } finally {
      await client.end();
    }
  }
  const time = async () =>
    Temporal.Instant.from((await sql<string>("select clock_timestamp()::text as answer")) ?? "");
  const afterRound = async () => {};
  const opened: Archiving = { dataDir, server, source, archive, round, base, sql, time, afterRound };
  return opened;
}

async function recovered(t: TestContext, { dataDir, archive }: Archiving, at: Temporal.Instant) {
  const target = await mkdtemp(`${dataDir}-at-`);
  await rmdir(target);
  await recoverTo({ archive, at, dataDir: target, knowsKey: () => true, log: () => undefined });
  const server = await startEmbedded({ dataDir: target, log: () => undefined });
  t.after(() => server.stop());
  return <T>(text: string) => ask<T>(server.owner, text);
}

test("what was there at the time is recovered, and what came after it is not", async (t) => {
  const a = await openArchiving(t);
  await a.sql("create table kept as select n from generate_series(1, 1000) n");
  await a.round();
  await a.base();
  await a.sql("insert into kept select n from generate_series(1001, 2000) n");
  const before = await a.time();
  await a.sql("delete from kept");
  await a.sql("create table later as select 1 as x");
  await a.round();
  const sql = await recovered(t, a, before);
  assert.equal(await sql("select count(*)::int as answer from kept"), 2000);
  assert.equal(await sql("select to_regclass('later')::text as answer"), null);
  await sql("insert into kept values (0)");
  assert.equal(await a.sql("select count(*)::int as answer from kept"), 0, "the present one goes on");
});

test("a time without a later change is recovered too, up to the last round and no further", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  await a.base();
  await a.sql("create table kept as select 7 as n");
  const at = await a.time();
  await a.round();
  const { spans } = await readCatalogue(a.archive);
  assert.ok(Temporal.Instant.compare(spans[0]?.until ?? at, at.subtract({ milliseconds: 1 })) >= 0);
  const later = (await a.time()).add({ seconds: 1 });
  await assert.rejects(
    recovered(t, a, later),
    /^Error: The archive ends at .*, so .* cannot be recovered\.$/,
  );
  await a.round(); // nothing was written since: the archive reaches further all the same
  const sql = await recovered(t, a, at);
  assert.equal(await sql("select n as answer from kept"), 7);
});

test("complete segments are archived once, and the server may remove them", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  await a.base();
  await a.sql("create table kept (n integer)");
  for (let n = 1; n <= 3; n++) {
    await a.sql(`insert into kept values (${n})`);
    await a.sql("select pg_switch_wal()::text as answer");
    await a.round();
  }
  const { segments, spans } = await readCatalogue(a.archive);
  assert.deepEqual(
    segments.filter(({ isPartial }) => isPartial).length,
    1,
    "only the segment that the server writes is partial",
  );
  const ofSpan = spans[0]?.segments ?? [];
  assert.deepEqual([ofSpan.length >= 4, ofSpan.at(-1)?.isPartial], [true, true]);
  const kept = await a.sql<string>(
    "select pg_walfile_name(restart_lsn) as answer from pg_replication_slots where slot_name = 'cadenza_wal_test'",
  );
  assert.equal(kept, segments.find(({ isPartial }) => isPartial)?.name);
  const at = await a.time();
  await a.sql("drop table kept");
  await a.round();
  const sql = await recovered(t, a, at);
  assert.equal(await sql("select sum(n)::int as answer from kept"), 6);
});

test("a segment that is there with another content is never replaced", async (t) => {
  const a = await openArchiving(t);
  const { timeline, lsn } = await a.round();
  const name = segmentName(timeline, segmentAt(lsn));
  await putSegment(a.archive, name, await a.time(), Buffer.alloc(SEGMENT_BYTES, "x"));
  await a.sql("select pg_switch_wal()::text as answer");
  await assert.rejects(a.round(), DifferentSegment);
  await rm(join(a.archive.wal, (await filesOfSegment(a.archive, name))[0]?.path ?? ""));
  await a.round();
  const [complete] = await filesOfSegment(a.archive, name);
  assert.equal(complete?.isPartial, false);
  const content = await readSegment(a.archive, complete ?? assert.fail());
  await putSegment(a.archive, name, await a.time(), content);
  assert.deepEqual(await filesOfSegment(a.archive, name), [complete], "the same once more is no failure");
});

test("a missing segment is named, and times before it can be recovered", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  await a.base();
  await a.sql("create table kept as select 1 as n");
  const before = await a.time();
  await a.round();
  await a.sql("select pg_switch_wal()::text as answer");
  const { lsn, timeline } = await a.round();
  await a.sql("update kept set n = 2");
  await a.sql("select pg_switch_wal()::text as answer");
  await a.round();
  const after = await a.time();
  await a.round();
  const lost = segmentName(timeline, segmentAt(lsn));
  for (const { path } of await filesOfSegment(a.archive, lost)) await rm(join(a.archive.wal, path));
  await assert.rejects(recovered(t, a, after), new RegExp(`The archive ends at|segment ${lost} is missing`));
  const sql = await recovered(t, a, before);
  assert.equal(await sql("select n as answer from kept"), 1);
  await a.base();
  const { spans } = await readCatalogue(a.archive);
  assert.equal(periodsOf(spans).length, 2);
  await assert.rejects(
    recovered(t, a, after),
    new RegExp(`The WAL segment ${lost} is missing in the archive`),
  );
});

for (const damage of ["changed", "cut off", "gone"] as const)
  test(`a base backup that is ${damage} is found, and an older one is used`, async (t) => {
    const a = await openArchiving(t);
    await a.round();
    await a.base();
    await a.sql("create table kept as select 5 as n");
    const data = join(a.archive.bases, await a.base(), "data.tar.zst");
    const at = await a.time();
    await a.round();
    await a.round();
    const bytes = await readFile(data);
    if (damage === "gone") await rm(data);
    else if (damage === "cut off") await writeFile(data, bytes.subarray(0, bytes.length / 2));
    else {
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      await writeFile(data, bytes);
    }
    const sql = await recovered(t, a, at);
    assert.equal(await sql("select n as answer from kept"), 5);
    const [first = ""] = (await readdir(a.archive.bases)).sort();
    await rm(join(a.archive.bases, first), { recursive: true });
    await assert.rejects(recovered(t, a, at), /is damaged: .*\. No older one leads to/);
    assert.deepEqual(
      (await readdir(join(a.dataDir, ".."))).filter((name) => name.startsWith("data-at-")).length,
      1,
      "nothing is left of the recovery that failed",
    );
  });

test("times before the first base backup and a key that is not at hand are refused", async (t) => {
  const a = await openArchiving(t);
  const early = await a.time();
  await a.round();
  await assert.rejects(recovered(t, a, early), /has no base backup yet/);
  await a.base();
  await assert.rejects(
    recovered(t, a, early),
    /^Error: The archive begins at .*, so .* cannot be recovered\.$/,
  );
  const at = await a.time();
  await a.round();
  await a.round();
  const wish = {
    archive: a.archive,
    at: at.subtract({ milliseconds: 1 }),
    dataDir: `${a.dataDir}-x`,
    log: () => undefined,
  };
  await assert.rejects(recoverTo({ ...wish, knowsKey: () => false }), /encrypted with another key/);
});

test("pruning keeps what the kept days need, and the rest can still be recovered", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  const first = await a.base();
  await a.sql("create table kept as select 1 as n");
  await a.sql("select pg_switch_wal()::text as answer");
  await a.round();
  const second = await a.base();
  await a.sql("update kept set n = 2");
  const at = await a.time();
  await a.sql("update kept set n = 3");
  await a.round();
  const catalogue = await readCatalogue(a.archive);
  const usableFrom = (index: number) =>
    Temporal.Instant.from(catalogue.bases[index]?.manifest.usable_from ?? assert.fail());
  assert.deepEqual(notNeeded(catalogue, usableFrom(0)).bases, []);
  assert.deepEqual(notNeeded(catalogue, usableFrom(1).subtract({ milliseconds: 1 })).bases, []);
  assert.deepEqual(notNeeded(catalogue, usableFrom(1)).bases, [first]);
  const deleted = await prune(a.archive, 1, usableFrom(1).add({ hours: 24 }));
  assert.deepEqual([deleted.bases, deleted.files > 0], [1, true]);
  assert.deepEqual(await readdir(a.archive.bases), [second]);
  const sql = await recovered(t, a, at);
  assert.equal(await sql("select n as answer from kept"), 2);
});

test("a recovered database has a timeline of its own, and its archive goes on beside the older one", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  await a.base();
  await a.sql("create table kept as select 1 as n");
  const at = await a.time();
  await a.sql("update kept set n = 2");
  await a.round();
  const target = `${a.dataDir}-next`;
  await recoverTo({ archive: a.archive, at, dataDir: target, knowsKey: () => true, log: () => undefined });
  await a.server.stop();
  const b = await archivingIn(t, target, a.archive);
  assert.equal((await b.round()).timeline, 2);
  await b.base();
  await b.sql("update kept set n = 10");
  const later = await b.time();
  await b.sql("update kept set n = 11");
  await b.round();
  const again = await recovered(t, b, later);
  assert.equal(await again("select n as answer from kept"), 10);
  const older = await recovered(t, b, at);
  assert.equal(await older("select n as answer from kept"), 1);
  assert.equal(await older("select timeline_id as answer from pg_control_checkpoint()"), 3);
});

test("WAL beyond the limit is given up, that is told, and the next base backup begins a new period", async (t) => {
  const settings = { max_slot_wal_keep_size: "64MB", max_wal_size: "32MB", min_wal_size: "32MB" };
  const a = await archivingIn(t, join(await openFolder(t), "data"), null, settings);
  await a.round();
  await a.base();
  await a.sql("create table kept as select 1 as n");
  const before = await a.time();
  await a.round();
  for (let n = 0; n < 12; n++) {
    await a.sql(`update kept set n = ${n}`);
    await a.sql("select pg_switch_wal()::text as answer");
  }
  await a.sql("checkpoint");
  const lost = await a.sql("select wal_status as answer from pg_replication_slots");
  assert.equal(lost, "lost");
  const within = await a.time();
  assert.equal((await a.round()).hasGap, true);
  assert.equal((await a.round()).hasGap, false);
  await assert.rejects(
    recovered(t, a, within),
    /^Error: The archive ends at .*, so .* cannot be recovered\.$/,
  );
  await a.base();
  await assert.rejects(recovered(t, a, within), /^Error: The WAL segment \w{24} is missing in the archive/);
  const after = await a.time();
  await a.round();
  assert.equal(periodsOf((await readCatalogue(a.archive)).spans).length, 2);
  const old = await recovered(t, a, before);
  assert.equal(await old("select n as answer from kept"), 1);
  const sql = await recovered(t, a, after);
  assert.equal(await sql("select n as answer from kept"), 11);
});

test("a base backup whose WAL was lost meanwhile does not count", async (t) => {
  const a = await openArchiving(t);
  const { timeline, lsn } = await a.round();
  const next = segmentName(timeline, segmentAt(lsn) + 1);
  a.afterRound = async () => {
    for (const { path } of await filesOfSegment(a.archive, next)) await rm(join(a.archive.wal, path));
  };
  await assert.rejects(a.base(), new RegExp(`The WAL segment ${next} that the base backup needs is not`));
  assert.deepEqual(await readdir(a.archive.bases), []);
});

test("an archive whose disk is not mounted is told, and nothing is missing once it is back", async (t) => {
  const a = await openArchiving(t);
  await a.round();
  await a.base();
  await a.sql("create table kept as select 1 as n");
  await rename(a.archive.root, `${a.archive.root}-aside`);
  await a.sql("select pg_switch_wal()::text as answer");
  await assert.rejects(a.round(), ArchiveIsGone);
  await a.sql("update kept set n = 2");
  const at = await a.time();
  await a.sql("update kept set n = 3");
  await rename(`${a.archive.root}-aside`, a.archive.root);
  await a.round();
  const sql = await recovered(t, a, at);
  assert.equal(await sql("select n as answer from kept"), 2);
});

test("why nothing is archived is one sentence", () => {
  const failed = (code: string) => whyNotArchived(Object.assign(new Error("x"), { code }));
  assert.equal(failed("ENOSPC"), "The disk of the WAL archive is full.");
  assert.equal(failed("EROFS"), "The WAL archive is on a read-only disk.");
  assert.equal(whyNotArchived(new Error("Lost.")), "Lost. The server log has the details.");
});
