// A client that hangs up in the middle: what the server has begun is finished, and told with the address seen at the start.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { countWaiting } from "../testing/held-open.ts";
import { until } from "../testing/sending.ts";
import { asOwner } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
});

/** Asks, and resets the connection while the server looks up who is asking. */
async function askAndReset(path: string, key: string, body: unknown) {
  const { hostname, port } = new URL(world.url);
  await asOwner(world, async (client) => {
    await client.query("begin");
    await client.query("lock table api_keys in access exclusive mode");
    world.running.app.forgetCallers();
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {});
    const text = JSON.stringify(body);
    socket.write(
      `POST /api/v1${path} HTTP/1.1\r\nhost: ${hostname}\r\nx-api-key: ${key}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
    );
    await until(async () => (await countWaiting(world)) > 0);
    const closed = new Promise((resolve) => socket.on("close", resolve));
    socket.resetAndDestroy();
    await closed;
    await fetch(`${world.url}/health/live`); // what came before it was noticed by now
    await client.query("commit");
  });
}

const rows = async (sql: string, params: unknown[]) =>
  (await asOwner(world, (client) => client.query(sql, params))).rows;

test("what a client wrote before it hung up is kept, with its address", async () => {
  await askAndReset("/contacts", team.key, { first_name: "Hasty", email: "hasty@gone.example" });
  const [event] = await until(async () => {
    const found = await rows(
      "select e.address from events e join contacts c on c.team_id = e.team_id and c.id = e.subject_id where c.email = $1 and e.type = 'contact.created'",
      ["hasty@gone.example"],
    );
    const hasFailed = world.logged.some((line) => line.includes("a request failed"));
    return (found.length > 0 || hasFailed) && found;
  });
  assert.match(event?.address ?? "rolled back", /127\.0\.0\.1$/);
  assert.deepEqual(
    world.logged.filter((line) => line.includes("a request failed")),
    [],
  );
});

test("who asks for what they may not and hangs up is told of, with their address", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/users/search"] });
  await askAndReset("/contacts", api_key.key, { first_name: "X" });
  const [event] = await until(async () => {
    const found = await rows("select address from events where team_id = $1 and type = 'access.refused'", [
      team.id,
    ]);
    return found.length > 0 && found;
  });
  assert.match(event?.address, /127\.0\.0\.1$/);
});
