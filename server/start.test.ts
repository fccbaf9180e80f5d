// The server as a whole: its probes, its headers, and what it answers to strangers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "./testing/sending.ts";
import { asOwner, call } from "./testing/wire.ts";
import { openWorld, useWorld } from "./testing/world.ts";

const world = useWorld();

test("every answer carries the safe headers and its request's number", async () => {
  const seen = new Set<string | null>();
  for (const path of [
    "/",
    "/api/v1/auth/health",
    "/api/v1/users/search",
    "/api/v1/nothing",
    "/docs",
    "/openapi.json",
    "/health/live",
    "/health/ready",
    "/nothing",
  ]) {
    const { headers, status } = await call(world.url + path);
    assert.equal(headers.get("x-content-type-options"), "nosniff", path);
    const policy = headers.get("content-security-policy") ?? "";
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /frame-ancestors 'none'/, path);
    assert.doesNotMatch(policy, /unsafe-|https?:|\*/, path);
    assert.match(headers.get("x-request-id") ?? "", /^[0-9a-f]{32}$/, path);
    assert.equal(headers.get("x-powered-by") ?? headers.get("server"), null, path);
    assert.equal(headers.get("access-control-allow-origin"), null, path);
    assert.ok(status < 500);
    seen.add(headers.get("x-request-id"));
  }
  assert.equal(seen.size, 9, "each has its own");
});

test("a number the caller sends is not taken for ours", async () => {
  const { headers } = await call(`${world.url}/health/live`, {
    headers: { "x-request-id": "mine", "request-id": "mine" },
  });
  assert.notEqual(headers.get("x-request-id"), "mine");
});

test("answers about a team are never stored on the way", async () => {
  const { key } = await world.newTeam();
  const { headers } = await call(`${world.url}/api/v1/users/search`, { key });
  assert.equal(headers.get("cache-control"), "private, no-cache");
});

test("behind TLS browsers are told to stay there, and without it they are not", async () => {
  assert.equal((await call(`${world.url}/`)).headers.get("strict-transport-security"), null);
});

test("the process is live and ready, and says no more than that", async () => {
  assert.deepEqual((await call(`${world.url}/health/live`)).body, { status: "live" });
  assert.deepEqual((await call(`${world.url}/health/ready`)).body, {
    status: "ready",
    database: "ok",
    api: "ready",
    sending: "no engine",
  });
});

test("without its database the process is live and not ready, and is ready again with it", async () => {
  const lost = await openWorld();
  const elsewhere = { ownerConnection: { ...lost.ownerConnection, database: "postgres" } };
  try {
    const { database } = lost.ownerConnection;
    await asOwner(elsewhere, async (client) => {
      await client.query(`alter database ${database} allow_connections false`);
      await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
        database,
      ]);
    });
    const ready = () => call(`${lost.url}/health/ready`);
    // What is told to end does so a moment later, one connection after the other.
    const gone = await until(async () => {
      const answer = await ready();
      return answer.status !== 200 && answer;
    });
    assert.deepEqual([gone.status, gone.body], [503, { status: "not ready", database: "unreachable" }]);
    assert.equal((await call(`${lost.url}/health/live`)).status, 200);
    const refusal = await call(`${lost.url}/api/v1/users/search`, { key: "whoever" });
    assert.ok(refusal.status >= 500, refusal.text);
    assert.doesNotMatch(refusal.text, /postgres|database|socket|\.ts/i);

    await asOwner(elsewhere, (client) => client.query(`alter database ${database} allow_connections true`));
    assert.equal((await ready()).status, 200);
    await lost.newTeam();
  } finally {
    await asOwner(elsewhere, (client) =>
      client.query(`alter database ${lost.ownerConnection.database} allow_connections true`),
    );
    await lost.close();
  }
});

test("a forwarded address is believed from a trusted proxy only", async () => {
  const addressSeen = async (at: typeof world) => {
    const team = await at.newTeam();
    await call(`${at.url}/api/v1/teams/current`, {
      method: "PATCH",
      key: team.key,
      body: '{"name":"x"}',
      headers: {
        "content-type": "application/json",
        "x-forwarded-for": "203.0.113.7",
        forwarded: "for=203.0.113.7",
      },
    });
    return (await team.api.auditLog.list({ limit: 1 })).audit_log[0]?.actor.address;
  };
  assert.match((await addressSeen(world)) ?? "", /^(::ffff:)?127\.0\.0\.1$|^::1$/);
  const behind = await openWorld({ trustedProxies: ["127.0.0.1", "::1"] });
  try {
    assert.equal(await addressSeen(behind), "203.0.113.7");
  } finally {
    await behind.close();
  }
});

test("the API description is public, and loads nothing from other sites", async () => {
  const page = await call(`${world.url}/docs`);
  assert.match(page.headers.get("content-type") ?? "", /^text\/html/);
  assert.doesNotMatch(
    page.text,
    /<script [^>]*src=|src="(?:https?:)?\/\/|href="http[^"]*\.css|url\(|import\(/,
  );
  assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'none'/);
  const { body } = await call(`${world.url}/openapi.json`);
  assert.equal(body.openapi, "3.1.0");
});
