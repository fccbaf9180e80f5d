// What strangers send before anybody knows them, and what is sent to freeze the server: it is refused, with what is wrong.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { hashPassword } from "../kernel/passwords.ts";
import { type Team, useWorld } from "../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

async function post(path: string, body: string | FormData, headers: Record<string, string> = {}) {
  const answer = await fetch(`${world.url}${path}`, { method: "POST", body, headers });
  return { status: answer.status, text: await answer.text() };
}

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };
const keyed = () => ({ ...JSON_TYPE, "x-api-key": team.key });

test("a large body from an unknown caller is not read, whatever it is", async () => {
  const nested = `${"a".concat("[b]".repeat(25))}=1&`.repeat(20_000);
  for (const [body, headers] of [
    [nested, FORM_TYPE],
    [`{"a":${"[".repeat(200_000)}`, JSON_TYPE],
    [JSON.stringify({ contact_ids: Array(50_000).fill("x") }), JSON_TYPE],
  ] as const)
    assert.match((await post("/api/v1/contacts/search", body, headers)).text, /API key required/i);
  const wrong = await post("/api/v1/contacts/search", nested, { ...FORM_TYPE, "x-api-key": "cdz_no" });
  assert.equal(wrong.status, 401);
  const form = new FormData();
  for (let n = 0; n < 3_000; n++) form.append(`part${n}`, "x");
  assert.match((await post("/api/v1/contacts/search", form)).text, /API key required/i);
});

test("a key within a large body is found at its beginning and at its end, in JSON and in forms", async () => {
  const ids = Array(3_000).fill("64f0aa000000000000000002");
  const first = JSON.stringify({ api_key: team.key, contact_ids: ids });
  const last = JSON.stringify({ contact_ids: ids, api_key: team.key });
  const form = `${ids.map((id) => `contact_ids[]=${id}`).join("&")}&api_key=${team.key}`;
  for (const [body, headers] of [
    [first, JSON_TYPE],
    [last, JSON_TYPE],
    [form, FORM_TYPE],
  ] as const)
    assert.equal((await post("/api/v1/contacts/search", body, headers)).status, 200);
});

test("names, values and levels are counted while a body is read", async () => {
  const deep = `{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
  assert.match((await post("/api/v1/contacts/search", deep, keyed())).text, /nested more than 30/);
  const many = `{"a":[${"0,".repeat(600_000)}0]}`;
  assert.match((await post("/api/v1/contacts/search", many, keyed())).text, /more than 250000 values/);
  const quoted = JSON.stringify({ q_keywords: "x", note: `${'\\"[{,'.repeat(100_000)}` });
  assert.equal(
    (await post("/api/v1/contacts/search", quoted, keyed())).status,
    200,
    "signs in a text count not",
  );
  const steps = `${"a".concat("[b]".repeat(29))}=1&`.repeat(30_000);
  const form = await post("/api/v1/contacts/search", steps, { ...FORM_TYPE, "x-api-key": team.key });
  assert.equal(form.status, 422);
});

test("a body that cannot be read is named, also where its key stands in it", async () => {
  const { status, text } = await post(
    "/api/v1/contacts/search",
    `{"api_key":"${team.key}","page":`,
    JSON_TYPE,
  );
  assert.equal(status, 400);
  assert.match(text, /it is not JSON/);
});

test("a number of a hundred thousand digits is no number, at once", async () => {
  for (const page of [`${"0".repeat(100_000)}x`, "1".repeat(100_000)]) {
    const { status } = await post("/api/v1/contacts/search", JSON.stringify({ page }), keyed());
    assert.equal(status, 422);
  }
});

test("a whole number beyond what the database holds is refused in words", async () => {
  const answer = await fetch(
    `${world.url}/api/v1/imports/64f0aa000000000000000002/rows?after_row=2147483648`,
    { headers: { "x-api-key": team.key } },
  );
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /after_row/);
});

test("a webhook address refuses what cannot be stored, and says so", async () => {
  const path = `/hooks/cdz_hook_${"x".repeat(43)}`;
  for (const body of [
    JSON.stringify({ a: "x\u0000y" }),
    '{"a":"\\ud800"}',
    `{"a":${"[".repeat(60)}${"]".repeat(60)}}`,
  ]) {
    const { status, text } = await post(path, body, JSON_TYPE);
    assert.equal(status, 422, text);
  }
});

test("of a hundred passwords at once a line of them is hashed, the others are asked to come back", async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, () => hashPassword("a long password", randomBytes(16))),
  );
  const refused = outcomes.filter((one) => one.status === "rejected");
  assert.equal(refused.length, 100 - 33);
  assert.ok(refused.every(({ reason }) => (reason as { code: string }).code === "too_many_sign_ins"));
  await hashPassword("there is room again", randomBytes(16));
});
