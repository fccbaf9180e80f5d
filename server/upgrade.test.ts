// What an operator is told before an upgrade, on the database of a running installation.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXIT } from "./cannot-start.ts";
import { reachOwner, withClient } from "./db/upgrade-check/reach.ts";
import type { UpgradeReport } from "./db/upgrade-check/report.ts";
import { VERSION } from "./kernel/version.ts";
import { freePort } from "./testing/doors.ts";
import { runOperatorProgram } from "./testing/operator-program.ts";
import { startProcess } from "./testing/process.ts";

/** May be applied twice, so a database that has them can pass for one that lacks them. The first refuses rows that were allowed before. */
const [NARROWER, POLICY, FUNCTION] = [
  "0316_any_language",
  "0328_owner_of_day_changes",
  "0334_shorter_history",
];

test("an operator is told what an upgrade changes while the version in use runs, and nothing is changed", async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-upgrade-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  const env = { CADENZA_DATA_DIR: dataDir, PORT: String(await freePort()) };
  const run = (args: readonly string[], more: Record<string, string> = {}) =>
    runOperatorProgram("upgrade.ts", args, { ...env, ...more });
  const report = async (more: Record<string, string> = {}): Promise<UpgradeReport> => {
    const { how, said } = await run(["--check", "--json"], more);
    assert.equal(how, 0, said);
    return JSON.parse(said);
  };
  assert.match((await run(["--check"])).said, /There is no database in .* yet\./);
  const server = await startProcess(env);
  t.after(async () => {
    server.signal("SIGTERM");
    await server.ended();
  });
  const owner = await reachOwner(null, dataDir);
  assert.ok(owner);
  const level = () =>
    withClient(
      owner,
      async (client) =>
        (
          await client.query(
            "select *, obj_description('schema_migrations'::regclass) as note from schema_migrations order by 1",
          )
        ).rows,
    );
  const forget = (names: readonly (string | undefined)[]) =>
    withClient(owner, (client) =>
      client.query("delete from schema_migrations where name = any($1)", [names]),
    );

  const whole = await level();
  const none = await report();
  assert.deepEqual([none.migrations, none.previous_version?.goes_on, none.version.from], [[], true, VERSION]);
  assert.deepEqual([none.version.to, none.version.skipped, none.postgresql_move], [VERSION, [], null]);

  await forget([NARROWER, POLICY, FUNCTION]);
  const before = await level();
  const found = await report({ CADENZA_PROSPECTS: "3-20", CADENZA_LONG_GONE_WISH: "1" });
  assert.deepEqual(
    found.migrations?.map(({ name, previous_version_goes_on }) => [name, previous_version_goes_on]),
    [
      [NARROWER, false],
      [POLICY, true],
      [FUNCTION, true],
    ],
  );
  assert.deepEqual(
    [found.previous_version?.goes_on, found.previous_version?.until, found.previous_version?.because.length],
    [false, NARROWER, 2],
  );
  assert.deepEqual(
    found.migrations?.[0]?.tables.map(({ table, work }) => `${table} ${work}`),
    ["users locks", "users checks", "push_subscriptions locks", "push_subscriptions checks"],
  );
  assert.ok(found.estimate.free_megabytes && found.estimate.free_megabytes > 0);
  assert.deepEqual(found.settings, [
    "CADENZA_LONG_GONE_WISH is not a setting of Cadenza and is ignored.",
    "CADENZA_PROSPECTS is now called CADENZA_AUTOREPLY_SECONDS. The old name still works. Rename it in your configuration.",
  ]);
  const { said } = await run(["--check"]);
  assert.match(
    said,
    /Migrations: 3\.[\s\S]*0316_any_language: about [\s\S]*Before it: {2}stop the previous version\. It cannot go on after 0316_any_language/,
  );
  assert.deepEqual(await level(), before, "the check writes nothing");

  // Beside the version in use only what it can go on with.
  const stopped = await run(["--beside"]);
  assert.match(
    stopped.said,
    /Nothing was to be migrated[\s\S]*cannot go on after them: 0316_any_language, 0328/,
  );
  assert.deepEqual((await level()).length, before.length);
  await withClient(owner, async (client) => {
    const row = whole.find(({ name }) => name === NARROWER);
    await client.query("insert into schema_migrations (number, name, checksum) values ($1, $2, $3)", [
      row.number,
      row.name,
      row.checksum,
    ]);
  });
  assert.equal((await report()).previous_version?.goes_on, true);
  const went = await run(["--beside"]);
  assert.deepEqual([went.how, went.said.trim()], [0, `Migrated: ${POLICY}, ${FUNCTION}`]);
  assert.deepEqual((await report()).migrations, []);
  assert.equal((await fetch(`${server.url}/health/ready`)).status, 200);

  // What prevents the start prevents the upgrade.
  await withClient(owner, (client) =>
    client.query("insert into schema_migrations values (9999, 'later', 'x')"),
  );
  await withClient(owner, (client) => client.query("comment on table schema_migrations is null"));
  const newer = await run(["--check"]);
  assert.deepEqual(
    [newer.how, /migration 9999, which this version/.test(newer.said)],
    [EXIT.database, true],
    newer.said,
  );
  const misspelt = await run(["--check"], { CADENZA_PUBLC_URL: "x" });
  assert.deepEqual(
    [misspelt.how, /Did you mean CADENZA_PUBLIC_URL/.test(misspelt.said)],
    [EXIT.settings, true],
  );
  const away = await run(["--check"], { DATABASE_URL: `postgres://x:y@127.0.0.1:${await freePort()}/none` });
  assert.deepEqual(
    [away.how, /at DATABASE_URL cannot be used/.test(away.said)],
    [EXIT.unreached, true],
    away.said,
  );

  server.signal("SIGTERM");
  await server.ended();
  const pid = join(dataDir, "postgres", "cluster", "postmaster.pid");
  const resting = await report();
  assert.deepEqual([resting.migrations, resting.database.runs], [null, false]);
  assert.throws(() => readFileSync(pid), "nothing was started");
});

test("a release is not installed beside where the new version would not find the data", async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-upgrade-"));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  const install = (folder: string) =>
    runOperatorProgram("upgrade.ts", ["new.tar.xz"], { CADENZA_DATA_DIR: folder });
  const other = await install(dataDir);
  assert.equal(other.how, EXIT.folder);
  assert.match(other.said, /There is no database in .*CADENZA_DATA_DIR names its data folder\./);
  const inside = await install(fileURLToPath(new URL("../data", import.meta.url)));
  assert.equal(inside.how, EXIT.folder);
  assert.match(inside.said, /is inside the folder of the version in use\. Stop Cadenza, move/);
});
