// Cadenza as a program: started, told by the environment, drained, killed and started again.

import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { EXIT } from "../cannot-start.ts";
import { freePort } from "../testing/doors.ts";
import { type Spawned, spawnServer } from "../testing/process.ts";
import { until } from "../testing/sending.ts";
import { asOwner, call, rowCounts } from "../testing/wire.ts";
import { BOOTSTRAP_KEY, tokenIn, urlOf, useWorld } from "../testing/world.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-processes-"));
const running = new Set<Spawned>();
const world = useWorld();

after(() => {
  for (const { process } of running) process.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** A further process on this world's database, or on the one named. */
async function spawned(env: Record<string, string> = {}, args: string[] = []) {
  const { config } = world.running.app;
  const one = await spawnServer(
    {
      DATABASE_URL: urlOf(world.ownerConnection),
      CADENZA_DATA_DIR: folder,
      CADENZA_KEY_FILE: config.keyFile,
      CADENZA_DATABASE_CONNECTIONS: "5",
      ...env,
    },
    args,
  );
  running.add(one);
  void one.ended.then(() => running.delete(one));
  return one;
}

async function stop(...all: Spawned[]) {
  for (const { process } of all) process.kill("SIGTERM");
  for (const { ended } of all) assert.equal(await ended, 0);
}

const make = (at: string, key: string, idempotencyKey: string, name = "crashed") =>
  call(`${at}/api/v1/api_keys`, {
    method: "POST",
    key,
    body: JSON.stringify({ name, master: true }),
    headers: { "content-type": "application/json", "idempotency-key": idempotencyKey },
  });

for (const [point, writtenBefore] of [
  ["request-after-commit", 1],
  ["request-before-commit", 0],
] as const) {
  test(`killed at ${point}, the retry finds or makes exactly one effect`, async () => {
    const team = await world.newTeam();
    const made = async () =>
      (await team.api.apiKeys.list()).api_keys.filter(({ name }) => name === "crashed").length;
    const victim = await (await spawned({ CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: `${point}=kill` })).ready();
    await assert.rejects(make(victim.url, team.key, point), TypeError);
    assert.equal(await victim.ended, "SIGKILL");
    assert.equal(await made(), writtenBefore);

    let retried = await make(world.url, team.key, point);
    // The database may take a moment to notice that the process holding the key is gone.
    while (retried.status === 409) retried = await make(world.url, team.key, point);
    assert.deepEqual(
      [retried.status, retried.headers.get("idempotent-replayed")],
      [200, writtenBefore ? "true" : null],
    );
    assert.equal(await made(), 1);
    const { key } = retried.body.api_key as { key: string };
    assert.equal(
      (await call(`${world.url}/api/v1/users/search`, { key })).status,
      200,
      "the answer replayed is whole: its key works",
    );
    assert.equal((await make(world.url, team.key, point)).text, retried.text);
  });
}

/** A request has written and not committed. */
function untilHeld() {
  const held = `select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'
                  and backend_xid is not null and pid <> pg_backend_pid()`;
  return until(() => asOwner(world, async (client) => (await client.query(held)).rows.length > 0));
}

test("SIGTERM lets a running request end, takes no new one, and exits in time", async () => {
  const team = await world.newTeam();
  const one = await (
    await spawned({ CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: "request-before-commit=delay:4000" })
  ).ready();
  const slow = make(one.url, team.key, "slow", "slow");
  await untilHeld();
  let isAnswered = false;
  slow.finally(() => {
    isAnswered = true;
  });
  one.process.kill("SIGTERM");
  const isTaken = () =>
    fetch(`${one.url}/health/live`).then(
      () => true,
      () => false,
    );
  while (await isTaken()) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(isAnswered, false, "no new connection is taken while it answers what it has");
  assert.equal((await slow).status, 200);
  assert.equal(await one.ended, 0);
  assert.ok((await team.api.apiKeys.list()).api_keys.some(({ name }) => name === "slow"));
});

test("a request that never ends does not hold the stop", async () => {
  const team = await world.newTeam();
  const one = await (
    await spawned({ CADENZA_TEST_SEAMS: "1", CADENZA_CRASH: "request-before-commit=delay:3600000" })
  ).ready();
  const stuck = make(one.url, team.key, "stuck", "stuck").catch(() => null);
  await untilHeld();
  one.process.kill("SIGTERM");
  assert.equal(await one.ended, 0, "in order, not cut off");
  assert.equal(await stuck, null);
});

test("the API and the engine run as processes of their own on one database", async () => {
  const [api, engine] = await Promise.all([spawned({}, ["--role=api"]), spawned({ CADENZA_ROLE: "engine" })]);
  await api.ready();
  await engine.saying("Cadenza's engine is running.");
  await assert.rejects(fetch(`${engine.url}/health/live`), "an engine answers nobody");
  assert.equal((await call(`${api.url}/api/v1/teams/current`, { key: BOOTSTRAP_KEY })).status, 200);
  const link = /setup#(\S+)/.exec(api.said())?.[1] ?? "";
  assert.equal(
    (await call(`${api.url}/api/v1/setup/check`, { method: "POST", body: JSON.stringify({ token: link }) }))
      .status,
    200,
    "the link shown is good while the engine runs",
  );
  assert.doesNotMatch(engine.said(), /setup#/);
  await stop(api, engine);
});

test("two processes that start at once on an empty database migrate it once and both serve", async () => {
  const name = `cadenza_empty_${process.pid}`;
  const owner = new pg.Client(world.ownerConnection);
  await owner.connect();
  try {
    await owner.query(`create database ${name}`);
    const env = {
      DATABASE_URL: urlOf({ ...world.ownerConnection, database: name }),
      CADENZA_KEY_FILE: join(folder, "empty.key"),
      CADENZA_BOOTSTRAP_KEY: "the-key-of-the-empty-one-01",
    };
    const both = await Promise.all([spawned(env), spawned(env)]);
    for (const one of both) {
      await one.ready();
      assert.equal(
        (await call(`${one.url}/api/v1/teams/current`, { key: env.CADENZA_BOOTSTRAP_KEY })).status,
        200,
      );
    }
    const applied = both.map((one) => /"applied":\[[^\]]+\]/.exec(one.said())?.[0]).filter(Boolean);
    assert.ok(applied.length <= 1, applied.join());
    const inside = new pg.Client({ ...world.ownerConnection, database: name });
    await inside.connect();
    const { rows } = await inside.query(
      "select (select count(*)::int from teams) as teams, (select count(*)::int from installation) as installations, (select usename from pg_stat_activity where datname = current_database() and application_name = 'cadenza-jobs' limit 1) is not null as jobs",
    );
    await inside.end();
    assert.deepEqual(rows, [{ teams: 1, installations: 1, jobs: true }]);

    const links = both.map((one) => one.url && /setup#(\S+)/.exec(one.said())?.[1]);
    assert.ok(links[0] && links[0] === links[1], links.join());
    for (const one of both)
      assert.equal(
        (
          await call(`${one.url}/api/v1/setup/check`, {
            method: "POST",
            body: JSON.stringify({ token: links[0] }),
          })
        ).status,
        200,
        "each process knows the link that both print",
      );

    const stranger = await spawned({ ...env, CADENZA_KEY_FILE: join(folder, "another.key") });
    assert.equal(await stranger.ended, EXIT.folder);
    assert.match(
      stranger.said(),
      /Cadenza cannot start\. The key file .*another\.key is missing, but this database has secrets encrypted with it/,
    );
    await stop(...both);
  } finally {
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.end();
  }
});

test("a start with a missing, loose, broken or wrong key file is refused in a sentence", async () => {
  const write = (file: string, text: string, mode = 0o600) => {
    writeFileSync(join(folder, file), text, { mode });
    chmodSync(join(folder, file), mode);
    return join(folder, file);
  };
  const bytes = Buffer.alloc(32, 7).toString("base64");
  const cases: [string, RegExp][] = [
    [join(folder, "nowhere.key"), /The key file .*nowhere\.key is missing/],
    [write("loose.key", `0a0a0a0a:${bytes}\n`, 0o644), /can be read by others \(mode 644\)\. Run: chmod 600/],
    [write("wrong.key", `0a0a0a0a:${bytes}\n`), /is not the key of this database/],
  ];
  const counts = await rowCounts(world);
  const outcomes = await Promise.all(
    cases.map(async ([file, sentence]) => {
      const one = await spawned({ CADENZA_KEY_FILE: file });
      assert.equal(await one.ended, EXIT.folder);
      assert.match(one.said(), new RegExp(`Cadenza cannot start\\. .*${sentence.source}`));
      assert.doesNotMatch(one.said(), /at .*\.ts:\d+/, "a person can mend this, and needs no stack");
      return one.said().includes(bytes);
    }),
  );
  assert.deepEqual(
    outcomes,
    cases.map(() => false),
  );
  assert.deepEqual(await rowCounts(world), counts);
});

test("with the seams open the clock follows its file at once, and it is said loudly", async () => {
  const clock = join(folder, "moving-clock");
  const team = await world.newTeam();
  const one = await (await spawned({ CADENZA_TEST_SEAMS: "1", CADENZA_CLOCK_FILE: clock })).ready();
  await one.saying("THE TEST SEAMS ARE OPEN");
  const aheadMs = async (name: string) => {
    const answer = await make(one.url, team.key, name, name);
    return Date.parse((answer.body.api_key as { created_at: string }).created_at) - Date.now();
  };
  assert.ok(Math.abs(await aheadMs("before")) < 60_000);
  writeFileSync(clock, "86400000\n");
  assert.ok(Math.abs((await aheadMs("ahead")) - 86_400_000) < 60_000);
  writeFileSync(clock, ""); // as it is while another process writes it
  assert.ok(Math.abs((await aheadMs("still ahead")) - 86_400_000) < 60_000);
  writeFileSync(clock, "0");
  assert.ok(Math.abs(await aheadMs("after")) < 60_000);
  await stop(one);
});

describe("a default start", () => {
  const clock = join(folder, "clock");
  let one: Spawned;
  let metricsPort: number;

  before(async () => {
    writeFileSync(clock, String(365 * 24 * 3600 * 1000));
    metricsPort = await freePort();
    const env = {
      CADENZA_PUBLIC_URL: "https://cadenza.example.no/",
      CADENZA_METRICS_PORT: String(metricsPort),
      CADENZA_CLOCK_FILE: clock,
      CADENZA_CRASH: "request-before-commit=kill",
    };
    one = await (await spawned(env)).ready();
  });
  after(() => stop(one));

  test("keeps the seams shut: no clock, no crash, no word of them", async () => {
    const team = await world.newTeam();
    const answer = await make(one.url, team.key, "shut", "shut");
    assert.equal(answer.status, 200);
    const { created_at } = answer.body.api_key as { created_at: string };
    assert.ok(Math.abs(Date.parse(created_at) - Date.now()) < 60_000);
    assert.doesNotMatch(one.said(), /SEAMS/);
  });

  test("serves metrics on the port set for them and nowhere else", async () => {
    await call(`${one.url}/api/v1/users/search?api_key=${BOOTSTRAP_KEY}`);
    assert.equal((await call(`${one.url}/metrics`)).status, 404);
    const metrics = await call(`http://127.0.0.1:${metricsPort}/metrics`);
    assert.equal(metrics.status, 200);
    assert.match(
      metrics.text,
      /cadenza_http_requests_total\{operation="api\/v1\/users\/search",status="200"\} 1/,
    );
    assert.match(metrics.text, /cadenza_database_connections/);
    assert.ok(!metrics.text.includes(BOOTSTRAP_KEY));
  });

  test("says where it is, and its log tells calls without what was in them", async () => {
    await one.saying("Cadenza is ready at https://cadenza.example.no");
    const link = tokenIn(/https:\S+setup#\S+/.exec(one.said())?.[0] ?? "");
    await call(`${one.url}/v1/teams/current?api_key=${BOOTSTRAP_KEY}&q_keywords=sensitive`);
    await one.saying('"call":"api/v1/teams/show"');
    assert.doesNotMatch(one.said().replace(link, ""), new RegExp(`${BOOTSTRAP_KEY}|sensitive|cdz_`));
  });
});
