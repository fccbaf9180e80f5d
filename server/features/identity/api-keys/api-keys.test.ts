import assert from "node:assert/strict";
import { test } from "node:test";
import { until } from "../../../testing/sending.ts";
import { refused, type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

test("a key is shown once: made, listed without its secret, revoked, still listed", async () => {
  const { api_key } = await team.api.apiKeys.create({
    name: " n8n ",
    scopes: ["read_only", "read_only", "api/v1/users/search"],
  });
  assert.match(api_key.key, /^cdz_[\w-]{43}$/);
  assert.deepEqual(
    [api_key.name, api_key.scopes, api_key.master, api_key.user_id],
    ["n8n", ["read_only", "api/v1/users/search"], false, null],
  );
  assert.equal(api_key.created_by_user_id, team.owner.id);

  const { api_keys } = await team.api.apiKeys.list();
  const listed = api_keys.find(({ id }) => id === api_key.id);
  const { key, ...rest } = api_key;
  assert.deepEqual(listed, rest);
  assert.ok(!JSON.stringify(api_keys).includes(key));
  assert.ok(key.startsWith(rest.prefix) && rest.prefix.length <= 8);

  const { api_key: revoked } = await team.api.apiKeys.revoke({ id: api_key.id });
  assert.ok(revoked.revoked_at);
  const again = await team.api.apiKeys.revoke({ id: api_key.id });
  assert.equal(again.api_key.revoked_at, revoked.revoked_at, "revoking twice changes nothing");
});

test("keys carry at least 192 random bits and never repeat", async () => {
  const made = await Promise.all(
    Array.from({ length: 20 }, () => team.api.apiKeys.create({ name: "many", master: true })),
  );
  const keys = new Set(made.map(({ api_key }) => api_key.key));
  assert.equal(keys.size, 20);
  for (const key of keys) assert.ok(Buffer.from(key.slice(4), "base64url").length >= 24);
});

test("a key says when it was last used", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "used", scopes: ["read_only"] });
  await world.client({ apiKey: api_key.key }).users.search();
  await until(async () => {
    const { api_keys } = await team.api.apiKeys.list();
    return api_keys.find(({ id }) => id === api_key.id)?.last_used_at; // written down a moment later
  });
});

test("a rotated key keeps its name and scopes, and its record", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "turning", scopes: ["read_only"] });
  const turned = await team.api.apiKeys.rotate({ id: api_key.id });
  assert.deepEqual(
    [turned.api_key.id, turned.api_key.name, turned.api_key.scopes],
    [api_key.id, "turning", ["read_only"]],
  );
  assert.notEqual(turned.api_key.key, api_key.key);
  const { audit_log } = await team.api.auditLog.list({ subject_id: api_key.id });
  assert.deepEqual(
    audit_log.map(({ type }) => type),
    ["api_key.rotated", "api_key.created"],
  );
});

test("a key is given other calls: the secret stays, and what was allowed before is refused", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "growing", scopes: ["api/v1/users/search"] });
  const api = world.client({ apiKey: api_key.key });
  await api.users.search();
  assert.equal((await refused(api.labels.list({}))).code, "scope_missing");
  const scopes = ["api/v1/labels/index", "api/v1/labels/index"];
  const { api_key: changed } = await team.api.apiKeys.update({ id: api_key.id, scopes });
  assert.deepEqual(
    [changed.scopes, changed.master, changed.prefix],
    [["api/v1/labels/index"], false, api_key.prefix],
  );
  await api.labels.list({});
  assert.equal((await refused(api.users.search())).code, "scope_missing");
  const { api_key: full } = await team.api.apiKeys.update({ id: api_key.id, master: true });
  assert.deepEqual([full.master, full.scopes], [true, []]);
  await api.users.search();
  const { audit_log } = await team.api.auditLog.list({ subject_id: api_key.id });
  assert.deepEqual(
    audit_log
      .filter(({ type }) => type !== "access.refused")
      .map(({ type, data }) => [type, data.was_scopes]),
    [
      ["api_key.changed", ["api/v1/labels/index"]],
      ["api_key.changed", ["api/v1/users/search"]],
      ["api_key.created", undefined],
    ],
  );
});

test("a key's calls are changed by admins alone, by the rules for a new key, and never the operator's", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "small", scopes: ["read_only"] });
  const { id } = api_key;
  const itself = world.client({ apiKey: api_key.key });
  assert.equal((await refused(itself.apiKeys.update({ id, master: true }))).status, 403);
  const change = async (scopes?: string[]) => (await refused(team.api.apiKeys.update({ id, scopes }))).code;
  assert.equal(await change(), "scopes_missing");
  assert.equal(await change(["api/v1/api_keys/create"]), "unknown_scope");
  await team.api.apiKeys.revoke({ id });
  assert.equal((await refused(team.api.apiKeys.update({ id, scopes: ["read_only"] }))).status, 404);
  const { api_keys } = await world.operator.apiKeys.list();
  const bootstrap = api_keys.find(({ operator }) => operator);
  assert.equal(bootstrap?.name, "Bootstrap key");
  const wish = { id: bootstrap?.id ?? "", scopes: ["read_only"] };
  assert.equal((await refused(world.operator.apiKeys.update(wish))).code, "operator_key_fixed");
});

test("a key for a user of another team is refused", async () => {
  const refusal = await refused(
    team.api.apiKeys.create({ name: "x", master: true, user_id: "64f0aa0000000000000000ff" }),
  );
  assert.deepEqual([refusal.status, refusal.message], [404, "Record not found."]);
});

test("a rotated bootstrap key is the operator's no more", async () => {
  const { api_keys } = await world.operator.apiKeys.list();
  const bootstrap = api_keys.find(({ name }) => name === "Bootstrap key");
  const turned = await world.operator.apiKeys.rotate({ id: bootstrap?.id ?? "" });
  const api = world.client({ apiKey: turned.api_key.key });
  await api.teams.current();
  assert.equal((await refused(api.teams.create({ name: "x", owner_email: "x@example.no" }))).status, 403);
  assert.equal(turned.api_key.operator, false);
  assert.equal((await refused(world.operator.teams.current())).status, 401);
});

test("any key is told whose it is and what it may call, however little that is", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "narrow", scopes: ["api/v1/contacts/search"] });
  const { caller } = await world.client({ apiKey: api_key.key }).apiKeys.current();
  assert.deepEqual(
    [caller.team_id, caller.kind, caller.master, caller.scopes],
    [team.id, "key", false, ["api/v1/contacts/search"]],
  );
  assert.ok(caller.calls.includes("contacts.search"));
  assert.ok(!caller.calls.includes("contacts.create"));
  const reader = await team.api.apiKeys.create({ name: "reader", scopes: ["read_only"] });
  const { calls } = (await world.client({ apiKey: reader.api_key.key }).apiKeys.current()).caller;
  assert.ok(calls.includes("tasks.search") && !calls.includes("tasks.create"));
  const master = (await team.api.apiKeys.current()).caller;
  assert.ok(
    master.master && master.calls.includes("apiKeys.create") && !master.calls.includes("teams.create"),
  );
});
