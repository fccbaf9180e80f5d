// Secrets are where they belong and nowhere else: not in the database, not in the log, not in an answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asOwner, call } from "./testing/wire.ts";
import { BOOTSTRAP_KEY, refused, tokenIn, useWorld, type World } from "./testing/world.ts";

/** Everything that was secret in a busy quarter of an hour, by what it was. */
type Planted = Map<string, string>;

const planted: Planted = new Map([["bootstrap key", BOOTSTRAP_KEY]]);
const world = useWorld({}, async (opened) => {
  await liveThrough(opened, planted);
});

async function liveThrough(world: World, secrets: Planted) {
  const team = await world.newTeam();
  const plant = (what: string, secret: string) => {
    secrets.set(`${what} ${secrets.size}`, secret);
    return secret;
  };
  plant("first key", team.key);
  plant("password", team.owner.password);
  plant("set-up token", tokenIn(world.running.setupUrl ?? ""));
  const json = { "content-type": "application/json" };
  const at = (path: string) => `${world.url}/api/v1${path}`;

  for (let n = 0; n < 20; n++) {
    const made = await team.api.apiKeys.create(
      { name: `k${n}`, master: true },
      { idempotencyKey: `planted ${n}` },
    );
    const key = plant("key", made.api_key.key);
    if (n % 3 === 0)
      plant(
        "rotated key",
        (await team.api.apiKeys.rotate({ id: made.api_key.id }, { idempotencyKey: `turn ${n}` })).api_key.key,
      );
    await call(at(`/users/search?api_key=${key}`));
    await call(at("/users/search"), { headers: { authorization: `Bearer ${key}` } });
    await call(at("/users/search"), {
      method: "POST",
      body: JSON.stringify({ api_key: key }),
      headers: json,
    });
    await call(at(`/nowhere/${key}?api_key=${key}`), { key });
    await call(at("/api_keys"), {
      method: "POST",
      key,
      body: `{"name":"${plant("in a broken body", `broken-${key}`)}`,
      headers: json,
    });
    await call(at(`/users/${key}`), { method: "PATCH", key, body: "{}", headers: json });
  }
  for (let n = 0; n < 5; n++) {
    const invited = await team.api.users.invite(
      { email: `p${n}@example.no` },
      { idempotencyKey: `invite ${n}` },
    );
    const link = plant("link", tokenIn(invited.invitation_url));
    const password = plant("password", `password number ${n} of the test`);
    if (n > 0) await world.client().invitations.accept({ token: link, name: "Somebody", password });
    if (n > 0)
      plant("session", (await world.signIn(`p${n}@example.no`, password)).cookie.split("=")[1] ?? "");
    await refused(
      world.client().sessions.start({
        email: `p${n}@example.no`,
        password: plant("wrong password", `wrong ${n} ${link.slice(8, 20)}`),
      }),
    );
    await call(at("/teams/current"), { key: plant("wrong key", `cdz_wrong${n}${link.slice(8)}`) });
  }
  const opened = await world.operator.teams.create(
    { name: "Further", owner_email: "f@example.no" },
    { idempotencyKey: "team" },
  );
  plant("a further team's key", opened.api_key.key);
  plant("its link", tokenIn(opened.invitation_url));
  await team.api.usageStats.apiUsage();
}

/** The ways a secret may stand in a dump. */
function disguises(secret: string) {
  const bytes = Buffer.from(secret);
  const bare = secret.replace(/^cdz_(?:ses_|inv_|setup_)?/, "");
  const base64 = bytes.toString("base64").replace(/=+$/, "");
  return [
    secret,
    bare,
    base64.slice(0, -2),
    bytes.toString("hex"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(bare, "base64url").toString("hex"),
  ].filter((text) => text.length >= 12);
}

function assertAbsent(where: string, text: string) {
  for (const [what, secret] of planted) {
    for (const disguise of disguises(secret))
      assert.ok(!text.includes(disguise), `the ${what} stands in ${where} as ${disguise}`);
  }
}

test("the database holds no secret in clear, in base64 or in hex, whatever the table", async () => {
  assert.ok(planted.size > 60, `${planted.size} planted`);
  await asOwner(world, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    let bytes = 0;
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      const text = rows.map(({ row }) => row).join("\n");
      bytes += text.length;
      assertAbsent(name, text);
      const unhexed = [...text.matchAll(/\\\\x([0-9a-f]{2,})/g)]
        .map(([, hex]) => Buffer.from(hex ?? "", "hex").toString("latin1"))
        .join("\n");
      assertAbsent(`${name}, unhexed`, unhexed);
    }
    assert.ok(bytes > 20_000, "there was something to look through");
  });
});

test("the log holds no secret", () => {
  assert.ok(world.logged.length > 100);
  assertAbsent("the log", world.logged.join(""));
});

test("no answer shows a secret again", async () => {
  const answers: string[] = [];
  for (const path of [
    "/api_keys",
    "/audit_log?limit=200",
    "/users/search",
    "/teams/current",
    "/usage_stats/api_usage_stats",
  ]) {
    const method = path.startsWith("/usage") ? "POST" : "GET";
    const { text, status } = await call(`${world.url}/api/v1${path}`, { method, key: BOOTSTRAP_KEY });
    assert.equal(status, 200);
    answers.push(text);
  }
  assertAbsent("an answer", answers.join());
});

test("an answer kept for a retry is kept sealed, and is still the same answer", async () => {
  const team = await world.newTeam();
  const make = () => team.api.apiKeys.create({ name: "kept", master: true }, { idempotencyKey: "kept" });
  const { api_key } = await make();
  const text = await asOwner(world, async (client) => {
    const { rows } = await client.query<{ answer: Buffer }>(
      "select answer from idempotent_answers where team_id = $1",
      [team.id],
    );
    return rows.map(({ answer }) => answer.toString("latin1")).join();
  });
  assert.ok(text.length > 100 && !text.includes(api_key.key) && !text.includes("api_key"));
  assert.equal((await make()).api_key.key, api_key.key);
});

test("a failure of ours tells the caller its number and nothing else, and the log what happened", async () => {
  const team = await world.newTeam();
  await asOwner(world, (client) => client.query("alter table api_keys rename column name to renamed"));
  try {
    const answer = await call(`${world.url}/api/v1/api_keys`, { key: team.key });
    assert.equal(answer.status, 500);
    const { request_id, ...rest } = answer.body;
    assert.deepEqual(rest, { error: "An error occurred. Please try again.", code: "internal" });
    assert.equal(answer.headers.get("x-request-id"), request_id);
    const line = world.logged.find(
      (logged) => logged.includes(String(request_id)) && logged.includes('"level":"error"'),
    );
    assert.match(line ?? "", /column \\"name\\" does not exist/);
    assert.ok(!line?.includes(team.key));
  } finally {
    await asOwner(world, (client) => client.query("alter table api_keys rename column renamed to name"));
  }
});

test("what stands in a header or a name cannot forge a line in the log", async () => {
  const team = await world.newTeam();
  await call(`${world.url}/api/v1/users/search?q_keywords=%0A%7B%22level%22%3A%22fatal%22%7D`, {
    key: team.key,
    headers: { "user-agent": '"}\\n{"level":"fatal"}' },
  });
  await team.api.teams.update({ name: 'x\n{"level":"fatal"}' });
  for (const line of world.logged) {
    assert.equal(line.trimEnd().split("\n").length, 1);
    assert.notEqual((JSON.parse(line) as { level: string }).level, "fatal");
  }
});
