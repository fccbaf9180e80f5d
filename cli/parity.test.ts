// Two servers are compared: this one with itself, and with a peer that answers a little differently.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { type Team, useWorld } from "../server/testing/world.ts";
import { differencesOf, shapeOf } from "./shapes.ts";
import { cadenza } from "./testing.ts";

let team: Team;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  const { contact } = await team.api.contacts.create({ first_name: "Ines", email: "ines@kraft.example" });
  await team.api.notes.create({ contact_id: contact.id, content: "Call again" });
});

type Told = { same: boolean; verdicts: { call: string; verdict: string; path: string; says: string }[] };

const compared = (against: string, env: Record<string, string> = {}) =>
  cadenza(["parity", "--against", against, "--json"], {
    env: { CADENZA_URL: world.url, CADENZA_API_KEY: team.key, CADENZA_AGAINST_KEY: team.key, ...env },
  });

const CASES: [what: string, here: unknown, there: unknown, said: string[], unseen: number][] = [
  ["the same", { a: [{ b: 1 }] }, { a: [{ b: 2 }, { b: 3 }] }, [], 0],
  ["a field more here", { a: 1, b: 2 }, { a: 1 }, [], 0],
  ["a field is missing, told once", { a: {}, b: 1 }, { b: 1, c: { d: { e: 1 } } }, ["c: missing here"], 0],
  ["in a list", { a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, ["a[].c: missing here"], 0],
  ["another kind", { a: "1" }, { a: 1 }, ["a: string here, number there"], 0],
  ["null is of every kind", { a: null, b: 1 }, { a: 1, b: null }, [], 0],
  ["nothing to look into", { a: [], b: null }, { a: [{ c: 1 }], b: { c: 1 } }, [], 3],
  [
    "records by id",
    { a: { "64f0aa0000000000000000c1": "x" } },
    { a: { "64f0aa0000000000000000c2": 1 } },
    ["a.<id>: string here, number there"],
    0,
  ],
];

for (const [what, here, there, said, unseen] of CASES)
  test(`two answers are compared by shape: ${what}`, () => {
    const found = differencesOf(shapeOf([here]), shapeOf([there]));
    assert.deepEqual(
      found.differences.map(({ path, says }) => `${path}: ${says}`),
      said,
    );
    assert.equal(found.unseen, unseen);
  });

test("a server has the shape of itself, to the records that it shows", async () => {
  const ran = await compared(world.url);
  assert.equal(ran.code, 0, ran.err);
  const { same, verdicts } = ran.json<Told>();
  assert.ok(same);
  const looked = verdicts.filter(({ verdict }) => verdict === "same").map(({ call }) => call);
  for (const call of ["contacts.get", "notes.list", "conversations.search", "usageStats.creditUsage"])
    assert.ok(looked.includes(call), call);
  const empty = verdicts.find(({ call }) => call === "tasks.get");
  assert.equal(empty?.verdict, "not compared");
});

test("what another server has more, or of another kind, or refuses, is said; each gets its own key alone", async () => {
  const keys = new Set<string>();
  const peer = createServer((request, response) => {
    keys.add(String(request.headers["x-api-key"]));
    const { pathname } = new URL(request.url ?? "", "http://peer.example");
    response.setHeader("content-type", "application/json");
    if (pathname.endsWith("/labels")) response.end(JSON.stringify([]));
    else if (pathname.endsWith("/contacts/search"))
      response.end(JSON.stringify({ contacts: [{ id: 7, score_of_theirs: 1 }], pagination: { page: 1 } }));
    else response.writeHead(403).end(JSON.stringify({ error: "not in your plan" }));
  }).listen(0, "127.0.0.1");
  await once(peer, "listening");
  after(() => peer.close());
  const url = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`;
  const ran = await compared(url, { CADENZA_AGAINST_KEY: "a key of theirs" });
  assert.equal(ran.code, 8, ran.err);
  const { verdicts } = ran.json<Told>();
  const said = (call: string) =>
    verdicts.filter((one) => one.call === call).map(({ verdict, path, says }) => [verdict, path, says]);
  assert.deepEqual(said("contacts.search"), [
    ["differs", "contacts[].id", "string here, number there"],
    ["differs", "contacts[].score_of_theirs", "missing here"],
  ]);
  assert.deepEqual(said("labels.list"), [["same", "", ""]]);
  assert.deepEqual(said("users.search"), [["not compared", "", "there 403: not in your plan"]]);
  assert.deepEqual([...keys], ["a key of theirs"]);
  assert.ok(!`${ran.out}${ran.err}`.includes("a key of theirs"));
});

test("without the other key nothing is asked", async () => {
  const ran = await compared("http://127.0.0.1:9", { CADENZA_AGAINST_KEY: "" });
  assert.equal(ran.code, 2);
  assert.match(ran.err, /CADENZA_AGAINST_KEY/);
});
