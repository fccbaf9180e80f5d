import assert from "node:assert/strict";
import { test } from "node:test";
import { contract, endpoints } from "@cadenza/contract";
import { call } from "../testing/wire.ts";
import { type Team, useWorld } from "../testing/world.ts";
import { ignoredFinder } from "./ignored.ts";
import type { Bag } from "./params.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const post = (path: string, body: object, query = "") =>
  call(`${world.url}/api/v1${path}${query}`, {
    method: "POST",
    key: team.key,
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });

const ignoredIn = ({ headers }: { headers: Headers }) => headers.get("cadenza-ignored");

test("a parameter that a call does not know is named in a header and in the log, without its value", async () => {
  const answer = await post("/contacts/search", { q_keyword: "secret-word", per_page: 1 }, "?linkedin=x");
  assert.equal(answer.status, 200);
  assert.equal(ignoredIn(answer), "linkedin, q_keyword");
  const line = world.logged.find((said) => said.includes("q_keyword"));
  assert.match(line ?? "", /"ignored":\["linkedin","q_keyword"\]/);
  assert.doesNotMatch(line ?? "", /secret-word/);
});

test("a call whose parameters are all known bears no such header, however they are spelled", async () => {
  const plain = await post("/contacts/search", { page: 1, api_key: team.key }, "?contact_label_ids[]=");
  assert.equal(plain.status, 200);
  assert.equal(ignoredIn(plain), null);
});

test("a refused call names them as well", async () => {
  const answer = await post("/contacts/search", { page: "many", colour: "red" });
  assert.equal(answer.status, 422);
  assert.equal(ignoredIn(answer), "colour");
});

test("names inside objects and lists are told with their path, once each", async () => {
  const answer = await post("/contacts/bulk_create", {
    contacts: [
      { first_name: "Ines", nickname: "I" },
      { first_name: "Ole", nickname: "O" },
    ],
  });
  assert.equal(answer.status, 200);
  assert.equal(ignoredIn(answer), "contacts.nickname");
});

const told = (endpoint: Parameters<typeof ignoredFinder>[0], bag: Bag) =>
  ignoredFinder(endpoint)({}, { bag });

test("names are told inside a list that may be something else, and inside what callers key themselves", () => {
  const { contacts, opportunities, forecasts } = contract;
  const [good, bad] = [{ id: "x", title: "CEO" }, { titel: "CEO" }];
  const wishes = [[good, bad], bad, { "0": good, "1": bad }];
  for (const contact_attributes of wishes)
    assert.deepEqual(told(contacts.bulkUpdate, { contact_attributes }), ["contact_attributes.titel"]);
  assert.deepEqual(told(contacts.bulkUpdate, { contact_attributes: [good] }), []);
  const role = [{ is_primary: true, type_id: "x" }];
  assert.deepEqual(told(opportunities.update, { opportunity_contact_roles: [{ role }, { role: "Buyer" }] }), [
    "opportunity_contact_roles.role.type_id",
  ]);
  const what_if = { add_contacts: ["x"], change_limits: { x: { daily: 1 } } };
  assert.deepEqual(told(forecasts.create, { what_if }), ["what_if.change_limits.daily"]);
});

test("a call without parameters names all that it was sent", async () => {
  const answer = await call(`${world.url}/api/v1/contact_stages?colour=red`, { key: team.key });
  assert.equal(ignoredIn(answer), "colour");
});

test("odd names cannot break the header, and no more than twenty are told", async () => {
  const odd = await post("/contacts/search", { "a\r\nset-cookie: x": 1, ü: 1, [`${"x".repeat(500)}`]: 1 });
  assert.equal(odd.status, 200);
  assert.equal(odd.headers.get("set-cookie"), null);
  assert.equal(ignoredIn(odd), `a%0D%0Aset-cookie%3A%20x, %C3%BC, ${"x".repeat(60)}`);
  const many = await post(
    "/contacts/search",
    Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`n${n}`, 1])),
  );
  assert.equal(ignoredIn(many)?.split(", ").length, 20);
});

test("every parameter of the contract is known to its own call", () => {
  for (const { endpoint } of endpoints) {
    const bag = Object.fromEntries(Object.keys(endpoint.input.shape).map((name) => [name, null]));
    assert.deepEqual(ignoredFinder(endpoint)({}, { bag }), [], endpoint.path);
  }
});
