import assert from "node:assert/strict";
import { chmod, cp, mkdir, readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { chooseLaunch } from "./account.ts";
import { ask, openFolder, serverPid, start, startElsewhere } from "./bench.ts";
import { prepareBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { readOrCreateCredentials } from "./credentials.ts";
import { preparePlaces } from "./places.ts";
import { isAlive } from "./processes.ts";
import { startEmbedded } from "./server.ts";
import { supervise } from "./supervisor.ts";

const isRoot = process.getuid?.() === 0;

test("the first start makes a database, and a restart finds what was written", async (t) => {
  const dataDir = join(await openFolder(t), "data");
  const first = await start(t, dataDir);
  assert.equal(first.adopted, false);
  await ask(first.owner, "create table kept as select 'still here' as answer");
  const pid = await serverPid(dataDir);
  await first.stop();
  assert.equal(isAlive(pid), false);

  const second = await start(t, dataDir);
  assert.equal(second.adopted, false);
  assert.deepEqual(second.owner, first.owner);
  assert.equal(second.appPassword, first.appPassword);
  assert.equal(await ask(second.owner, "select answer from kept"), "still here");
});

test("the cluster is UTF-8 with checksums, and letters of any language are letters", async (t) => {
  const { owner } = await start(t, await openFolder(t));
  assert.equal(await ask(owner, "select current_setting('server_encoding') as answer"), "UTF8");
  assert.equal(await ask(owner, "select current_setting('data_checksums') as answer"), "on");
  assert.equal(await ask(owner, "select current_setting('jit') as answer"), "off");
  assert.equal(await ask(owner, "select lower('ÉЖ') as answer"), "éж");
  await ask(owner, "create extension pg_trgm");
  assert.equal(await ask(owner, "select cardinality(show_trgm('Привет')) as answer"), 7);
});

test("a client needs the password, and other users of the machine cannot reach the server", async (t) => {
  const dataDir = await openFolder(t);
  const { owner, appPassword } = await start(t, dataDir);
  for (const password of ["", "guess", appPassword]) {
    await assert.rejects(ask({ ...owner, password }, "select 1 as answer"), /password/);
  }
  assert.ok(Buffer.from(owner.password, "base64url").length >= 24);
  assert.equal(await ask(owner, "select current_setting('listen_addresses') as answer"), "");
  for (const folder of ["cluster", "socket", "."]) {
    assert.equal((await stat(join(dataDir, "postgres", folder))).mode & 0o777, 0o700, folder);
  }
  const credentials = await stat(join(dataDir, "postgres/credentials.json"));
  assert.equal(credentials.mode & 0o777, 0o600);
  assert.equal(credentials.uid, process.getuid?.());
  assert.doesNotMatch(
    await readFile(join(dataDir, "postgres/server.log"), "utf8"),
    new RegExp(owner.password),
  );
});

test("root runs the server as another user, who keeps at most the right to pass closed folders", {
  skip: !isRoot,
}, async (t) => {
  const dataDir = await openFolder(t);
  await chmod(dataDir, 0o700);
  const { owner } = await start(t, dataDir);
  const status = await readFile(`/proc/${await serverPid(dataDir)}/status`, "utf8");
  assert.doesNotMatch(status, /^Uid:.*\b0\b/m);
  const privileges = Number.parseInt(/^CapEff:\s*(\w+)$/m.exec(status)?.[1] ?? "", 16);
  assert.ok(privileges === 1 << 2 || privileges === 1 << 1, `CapEff ${privileges}`);
  await assert.rejects(ask(owner, "copy (select 1 as answer) to '/escaped'"), /[Pp]ermission denied/);
});

test("root keeps no privilege for the server where the way is open", { skip: !isRoot }, async (t) => {
  const dataDir = await openFolder(t);
  await chmod(dataDir, 0o755);
  const { stop } = await startFromOwnPrograms(dataDir);
  t.after(stop);
  const status = await readFile(`/proc/${await serverPid(dataDir)}/status`, "utf8");
  assert.match(status, /^CapEff:\s*0+$/m);
  const { mode, uid } = await stat(join(dataDir, "postgres"));
  assert.deepEqual({ mode: mode & 0o777, uid }, { mode: 0o710, uid: 0 });
  assert.equal((await stat(join(dataDir, "postgres/socket"))).mode & 0o777, 0o700);
});

test("root's server runs from programs in a closed folder too", { skip: !isRoot }, async (t) => {
  const dataDir = await openFolder(t);
  const { stop } = await startFromOwnPrograms(dataDir);
  await stop();
});

/** The programs beside the data, so that the way to both is the same, wherever this repository lies. */
async function startFromOwnPrograms(dataDir: string) {
  const installed = await prepareBinaries();
  await cp(dirname(dirname(installed.postgres)), join(dataDir, "native"), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const program = (name: string) => join(dataDir, "native", "bin", name);
  const binaries = { postgres: program("postgres"), initdb: program("initdb"), pgCtl: undefined };
  const places = preparePlaces(dataDir);
  const credentials = await readOrCreateCredentials(places.credentials, false);
  const launch = await chooseLaunch(places, binaries.postgres);
  const site = { places, binaries, launch, credentials, log: () => undefined };
  await createCluster(site);
  return supervise(site, "cadenza");
}

test("Ctrl-C in our terminal does not reach the server", {
  skip: process.platform !== "linux",
}, async (t) => {
  const dataDir = await openFolder(t);
  await start(t, dataDir);
  const pid = await serverPid(dataDir);
  const [, , processGroup, session] =
    (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1]?.split(" ") ?? [];
  assert.deepEqual([Number(processGroup), Number(session)], [pid, pid]);
});

test("a path too long for a socket leads to a loopback port with a password", async (t) => {
  const dataDir = join(await openFolder(t), "long".repeat(25));
  const first = await start(t, dataDir);
  assert.equal(first.owner.host, "127.0.0.1");
  assert.equal(await ask(first.owner, "select current_setting('listen_addresses') as answer"), "127.0.0.1");
  await assert.rejects(ask({ ...first.owner, password: "guess" }, "select 1 as answer"), /password/);
  const second = await startElsewhere(dataDir);
  assert.match(second.refusal ?? "", new RegExp(`pid ${process.pid}\\b`));
});

test("a second living process is refused with the pid of the first", async (t) => {
  const dataDir = await openFolder(t);
  const first = await startElsewhere(dataDir);
  await assert.rejects(startEmbedded({ dataDir, log: () => undefined }), {
    name: "CannotStartDatabase",
    message: new RegExp(`pid ${first.process.pid}\\b`),
  });
  assert.equal(await ask(first.owner, "select 1 as answer"), 1);
});

test("two processes starting at once make one cluster, and one of them gets it", async (t) => {
  const dataDir = await openFolder(t);
  const both = await Promise.all([startElsewhere(dataDir), startElsewhere(dataDir)]);
  const winners = both.filter((one) => !one.refusal);
  assert.equal(winners.length, 1);
  const [loser] = both.filter((one) => one.refusal);
  assert.match(loser?.refusal ?? "", new RegExp(`pid ${winners[0]?.process.pid}\\b`));
});

test("a half-made cluster is made again", async (t) => {
  const dataDir = await openFolder(t);
  const draft = join(dataDir, "postgres", "draft-999999999-abcd");
  await mkdir(join(draft, "cluster", "base"), { recursive: true });
  const { owner } = await start(t, dataDir);
  assert.equal(await ask(owner, "select 1 as answer"), 1);
  assert.deepEqual(
    (await readdir(join(dataDir, "postgres"))).filter((name) => name.startsWith("draft")),
    [],
  );
});
