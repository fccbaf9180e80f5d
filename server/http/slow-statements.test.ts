// What the log says of a call: who it came from, and which of its statements took long.

import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../testing/sending.ts";
import { asOwner, call } from "../testing/wire.ts";
import { openWorld } from "../testing/world.ts";

const WAITS_MS = 200;

const linesOf = (logged: readonly string[], message: string) =>
  logged.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ msg }) => msg === message);

test("a slow statement is logged with its call, its request and its team, and without its values", async () => {
  const world = await openWorld({ slowStatementMs: WAITS_MS, role: "api" }); // an engine would wait for the lock, too
  try {
    const { key, id } = await world.newTeam();
    const body = JSON.stringify({ q_keywords: "secret-word" });
    const headers = { "content-type": "application/json" };
    const search = () => call(`${world.url}/api/v1/contacts/search`, { method: "POST", key, body, headers });
    const answer = await asOwner(world, async (client) => {
      await client.query("begin");
      await client.query("lock table contacts in access exclusive mode");
      const asked = search();
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and clock_timestamp() - query_start > interval '${2 * WAITS_MS} milliseconds'`;
      await until(async () => (await client.query(waiting)).rowCount === 1);
      await client.query("commit");
      return asked;
    });
    assert.equal(answer.status, 200, answer.text);
    const [slow] = linesOf(world.logged, "slow statement").filter(
      ({ request }) => request === answer.headers.get("x-request-id"),
    );
    assert.ok(slow, "the statement that waited");
    assert.deepEqual([slow.team, slow.call, slow.level], [id, "contacts/search", "warn"]);
    assert.ok(Number(slow.ms) >= WAITS_MS);
    assert.match(String(slow.statement), /^select .*contacts/);
    assert.ok(world.logged.every((line) => !line.includes("secret-word")));
  } finally {
    await world.close();
  }
});

test("the line of a call has the address it came from, and none is slow where nothing is timed", async () => {
  const world = await openWorld({ slowStatementMs: 0, trustedProxies: ["127.0.0.1", "::1"] });
  try {
    const { key } = await world.newTeam();
    const headers = { "x-forwarded-for": "203.0.113.7" };
    const answer = await call(`${world.url}/api/v1/users/search`, { key, headers });
    const lines = linesOf(world.logged, "call").filter(
      ({ request }) => request === answer.headers.get("x-request-id"),
    );
    assert.deepEqual(
      lines.map(({ address }) => address),
      ["203.0.113.7"],
    );
    assert.deepEqual(linesOf(world.logged, "slow statement"), []);
  } finally {
    await world.close();
  }
});
