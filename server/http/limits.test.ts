import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openLog } from "../kernel/log.ts";
import { type Running, start } from "../start.ts";
import { until } from "../testing/sending.ts";
import { asOwner, call } from "../testing/wire.ts";
import { openWorld, type Team, tokenIn, useWorld } from "../testing/world.ts";

const NINE = [
  "x-rate-limit-minute",
  "x-minute-usage",
  "x-minute-requests-left",
  "x-rate-limit-hourly",
  "x-hourly-usage",
  "x-hourly-requests-left",
  "x-rate-limit-24-hour",
  "x-24-hour-usage",
  "x-24-hour-requests-left",
];

let second: Running;
const world = useWorld({ rateLimits: { minute: 200, hour: 400, day: 2000 } }, async (opened) => {
  second = await start({ ...opened.running.app.config, port: 0 }, openLog("silent"));
  second.app.now = () => opened.running.app.now();
});

after(() => second.stop());

const search = (key: string, at = world.url, headers: Record<string, string> = {}) =>
  call(`${at}/api/v1/users/search`, { key, headers });
const numbersIn = ({ headers }: { headers: Headers }) => NINE.map((name) => Number(headers.get(name)));

test("of 500 calls at once over two processes exactly 200 pass; the others are told when to come again", async () => {
  const { key } = await world.newTeam();
  const answers = await Promise.all(
    Array.from({ length: 500 }, (_, n) =>
      search(key, n % 2 ? second.url : world.url, {
        "user-agent": `client ${n}`,
        "x-forwarded-for": `203.0.113.${n % 250}`,
      }),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 200).length, 200);
  const refused = answers.filter(({ status }) => status === 429);
  assert.equal(refused.length, 300);
  for (const { headers, body } of refused) {
    const seconds = Number(headers.get("retry-after"));
    assert.ok(Number.isInteger(seconds) && seconds >= 1 && seconds <= 60, `${seconds}`);
    assert.equal(
      body.message,
      "The maximum number of api calls allowed for api/v1/users/search is 200 times per minute. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.",
    );
    assert.equal(headers.get("content-type"), "application/json; charset=utf-8");
  }
  const passed = answers
    .filter(({ status }) => status === 200)
    .map((answer) => Number(answer.headers.get("x-minute-usage")));
  assert.deepEqual(
    passed.sort((a, b) => a - b),
    Array.from({ length: 200 }, (_, n) => n + 1),
    "each place was given once",
  );
});

test("neither another key nor the other prefix nor another verb opens a new budget; another endpoint and team have their own", async () => {
  const team = await world.newTeam();
  const { api_key } = await team.api.apiKeys.create({ name: "second", master: true });
  await Promise.all(Array.from({ length: 200 }, () => search(team.key)));
  assert.equal((await search(api_key.key)).status, 429);
  assert.equal((await call(`${world.url}/v1/users/search`, { key: team.key })).status, 429);
  assert.equal((await call(`${second.url}/v1/users/search`, { method: "POST", key: team.key })).status, 429);
  const session = await world.signIn(team.owner.email, team.owner.password);
  assert.equal(
    (await call(`${world.url}/api/v1/users/search`, { headers: { cookie: session.cookie } })).status,
    429,
  );
  assert.equal((await call(`${world.url}/api/v1/users/api_profile`, { key: team.key })).status, 200);
  assert.equal((await search((await world.newTeam()).key)).status, 200);
});

test("a window opens at its first call and again when it is over; a refused call uses nothing up", async () => {
  const { key, api } = await world.newTeam();
  const first = await search(key);
  assert.deepEqual(numbersIn(first), [200, 1, 199, 400, 1, 399, 2000, 1, 1999]);
  const fill = async (count: number) =>
    (await Promise.all(Array.from({ length: count }, () => search(key)))).filter(
      ({ status }) => status === 200,
    ).length;
  assert.equal(await fill(250), 199);
  const full = await search(key);
  assert.deepEqual([full.status, ...numbersIn(full)], [429, 200, 200, 0, 400, 200, 200, 2000, 200, 1800]);

  world.advance({ seconds: 61 });
  const next = await search(key);
  assert.deepEqual(numbersIn(next), [200, 1, 199, 400, 201, 199, 2000, 201, 1799]);
  assert.equal(await fill(250), 199);
  const hourly = await search(key);
  assert.match(String(hourly.body.message), /is 400 times per hour\./, "the window that opens last is named");
  assert.ok(Number(hourly.headers.get("retry-after")) > 3000);

  const usage = await api.usageStats.apiUsage();
  assert.deepEqual(usage['["api/v1/users", "search"]'], {
    day: { limit: 2000, consumed: 400, left_over: 1600 },
    hour: { limit: 400, consumed: 400, left_over: 0 },
    minute: { limit: 200, consumed: 200, left_over: 0 },
  });
  world.advance({ hours: 1 });
  assert.equal((await search(key)).status, 200);
  world.advance({ hours: -1, seconds: -61 });
});

test("a refused call does nothing", async () => {
  const { key, api, id } = await world.newTeam();
  await asOwner(world, (client) =>
    client.query("insert into api_usage select $1, 'api_keys/create', $2, 200, $2, 200, $2, 200", [
      id,
      world.running.app.now().toString(),
    ]),
  );
  const answer = await call(`${world.url}/api/v1/api_keys`, {
    method: "POST",
    key,
    body: '{"name":"x","master":true}',
    headers: { "content-type": "application/json", "idempotency-key": "limited" },
  });
  assert.equal(answer.status, 429);
  assert.equal((await api.apiKeys.list()).api_keys.length, 1);
});

test("a refused call shows no rate limits", async () => {
  const team = await world.newTeam();
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/users/search"] });
  const refusals = [
    await search("wrong"),
    await call(`${world.url}/api/v1/teams/current`, { key: api_key.key }),
    await call(`${world.url}/api/v1/users/search`),
  ];
  assert.deepEqual(
    refusals.map(({ status }) => status),
    [401, 403, 422],
  );
  for (const { headers } of refusals) for (const name of NINE) assert.equal(headers.get(name), null, name);
});

test("without limits all nine headers are numbers, and calls are counted all the same", async () => {
  const free = await openWorld();
  try {
    const team: Team = await free.newTeam();
    const counts: number[] = [];
    for (let n = 0; n < 5; n++) {
      const answer = await call(`${free.url}/api/v1/users/search`, { key: team.key });
      for (const name of NINE) assert.match(answer.headers.get(name) ?? "", /^\d+$/, name);
      counts.push(Number(answer.headers.get("x-minute-usage")));
    }
    assert.deepEqual(counts, [1, 2, 3, 4, 5]);
    const { invitation_url } = await team.api.users.invite({ email: "counted@example.no" });
    assert.ok(tokenIn(invitation_url));
    const usage = await team.api.usageStats.apiUsage();
    assert.equal(usage['["api/v1/users", "search"]']?.day.consumed, 5);
    assert.equal(usage['["api/v1/users", "invite"]']?.minute.consumed, 1);
    free.advance({ seconds: 61 });
    const later = await team.api.usageStats.apiUsage();
    assert.deepEqual(
      [
        later['["api/v1/users", "search"]']?.minute.consumed,
        later['["api/v1/users", "search"]']?.hour.consumed,
      ],
      [0, 5],
    );
  } finally {
    await free.close();
  }
});

test("what is counted is told at once, while the counts wait to be written down", async () => {
  const free = await openWorld();
  try {
    const team = await free.newTeam();
    const other = await free.newTeam();
    const search = () => call(`${free.url}/api/v1/users/search`, { key: team.key });
    await search();
    const written = () =>
      asOwner(free, (client) =>
        client.query(
          "select day_count::int as count from api_usage where team_id = $1 and scope = 'users/search'",
          [team.id],
        ),
      );
    await until(async () => (await written()).rows[0]?.count === 1);
    await other.api.users.search();
    await until(
      async () =>
        (
          await asOwner(free, (client) =>
            client.query("select from api_usage where team_id = $1 and scope = 'users/search'", [other.id]),
          )
        ).rows.length > 0,
    );
    await asOwner(free, async (client) => {
      await client.query("begin");
      await client.query("select from api_usage for update");
      await other.api.users.search(); // its count is written first, and waits
      await until(async () => {
        const sql =
          "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into api_usage%'";
        return (await asOwner(free, (second) => second.query(sql))).rows.length > 0; // a transaction looks there once
      });
      for (let n = 0; n < 3; n++) await search();
      const usage = await team.api.usageStats.apiUsage();
      assert.equal(usage['["api/v1/users", "search"]']?.day.consumed, 4);
      assert.deepEqual(
        free.logged.filter((line) => line.includes("usage could not be recorded")),
        [],
        "it was waited for",
      );
      await client.query("rollback");
    });
    await until(async () => (await written()).rows[0]?.count === 4);
    assert.equal((await team.api.usageStats.apiUsage())['["api/v1/users", "search"]']?.day.consumed, 4);
  } finally {
    await free.close();
  }
});
