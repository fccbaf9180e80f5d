// HEAD: what GET would answer, without its body. Proxies, monitors and link checkers ask this way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints } from "@cadenza/contract";
import { rowCounts } from "../testing/wire.ts";
import { BOOTSTRAP_KEY, type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const ask = (method: string, path: string, key = team.key) =>
  fetch(world.url + path, { method, headers: { "x-api-key": key }, redirect: "manual" });

async function answersAlike(path: string, key?: string) {
  const whole = await ask("GET", path, key);
  await whole.arrayBuffer();
  const head = await ask("HEAD", path, key);
  assert.equal(head.status, whole.status, path);
  assert.equal(await head.text(), "", path);
  for (const name of ["content-type", "cache-control", "location", "x-content-type-options"])
    assert.equal(head.headers.get(name), whole.headers.get(name), `${name} of ${path}`);
  return { whole, head };
}

const gets = endpoints.filter(({ endpoint }) => [endpoint.method, ...(endpoint.also ?? [])].includes("GET"));

test("every call that reads by GET answers HEAD with the same status and headers", async () => {
  const reads = gets.filter(({ endpoint }) => endpoint.effect === "read");
  assert.ok(reads.length > 50, String(reads.length));
  for (const { endpoint } of reads)
    await answersAlike(`/api/v1${endpoint.path.replaceAll(/\{\w+\}/g, "a".repeat(24))}`);
});

test("what is served beside the API answers HEAD too, and unknown addresses stay unknown", async () => {
  for (const path of ["/", "/health/live", "/health/ready", "/openapi.json", "/docs", "/mcp", "/nothing"])
    await answersAlike(path);
  await answersAlike("/.well-known/oauth-authorization-server");
});

test("HEAD says how long the answer would be", async () => {
  const { whole, head } = await answersAlike("/api/v1/users/search");
  assert.ok(Number(head.headers.get("content-length")) > 10);
  assert.equal(head.headers.get("content-length"), whole.headers.get("content-length"));
});

test("HEAD of a backup answers the operator", async () => {
  const { headers, status } = await ask("HEAD", "/api/v1/installation/backup", BOOTSTRAP_KEY);
  assert.deepEqual([status, headers.get("content-type")], [200, "application/vnd.cadenza.backup"]);
});

test("HEAD of a call that Apollo offers by GET and that writes is refused and writes nothing", async () => {
  const writes = gets.filter(({ endpoint }) => endpoint.effect === "write");
  assert.ok(writes.length > 0);
  const counts = await rowCounts(world);
  for (const { endpoint } of writes) {
    const { status } = await ask("HEAD", `/api/v1${endpoint.path}?domain=norrland.example`);
    assert.ok(status === 404 || status === 422, `${endpoint.path} ${status}`); // 422: read as the id of another call
  }
  assert.deepEqual(await rowCounts(world), counts);
});
