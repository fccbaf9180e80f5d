// Who may call what: the ways a key is shown, what it may and may not reach, and how soon it stops.

import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints, scopeName } from "@cadenza/contract";
import { openLog } from "../kernel/log.ts";
import { start } from "../start.ts";
import { asOwner, call, rowCounts } from "../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../testing/world.ts";
import { isFromOwnPage } from "./credentials.ts";

const WRONG = "Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.";
const NOWHERE = "64f0aa0000000000000000ff";

let team: Team;
const world = useWorld({}, async (opened) => {
  team = await opened.newTeam();
});

const json = { "content-type": "application/json" };

test("a key is taken from the header, the bearer, the query and the body, under both prefixes", async () => {
  const { key } = team;
  const ways: [string, RequestInit][] = [
    ["", { headers: { "x-api-key": key } }],
    ["", { headers: { "X-API-KEY": key } }],
    ["", { headers: { "X-Api-Key": ` ${key} ` } }],
    ["", { headers: { authorization: `Bearer ${key}` } }],
    ["", { headers: { Authorization: `bearer  ${key}` } }],
    [`?api_key=${key}`, {}],
    [`?api_key=${key}`, { method: "POST" }],
    ["", { method: "POST", body: JSON.stringify({ api_key: key }), headers: json }],
    ["", { method: "POST", body: new URLSearchParams({ api_key: key }) }],
  ];
  for (const prefix of ["/api/v1", "/v1"]) {
    for (const [query, init] of ways) {
      const answer = await call(`${world.url}${prefix}/users/search${query}`, init);
      assert.equal(answer.status, 200, `${prefix} ${query} ${JSON.stringify(init)}`);
    }
  }
});

test("the header wins over the query and the body", async () => {
  const good = await call(`${world.url}/api/v1/users/api_profile?api_key=wrong`, { key: team.key });
  assert.equal(good.status, 200);
  const bad = await call(`${world.url}/api/v1/users/api_profile?api_key=${team.key}`, { key: "wrong" });
  assert.equal(bad.status, 401);
});

test("a wrong key gets 401 and Apollo's bare sentence, wherever it was sent", async () => {
  const near = `${team.key.slice(0, -1)}${team.key.endsWith("A") ? "B" : "A"}`;
  for (const key of [
    "wrong",
    near,
    team.key.toUpperCase(),
    `${team.key}x`,
    "' or 1=1 --",
    "x".repeat(5000),
  ]) {
    for (const path of ["/api/v1/users/search", "/v1/api_keys", "/api/v1/teams/current"]) {
      const answer = await call(world.url + path, { key });
      assert.equal(answer.status, 401);
      assert.equal(answer.text, WRONG);
      assert.equal(answer.headers.get("content-type"), "text/plain; charset=utf-8");
    }
  }
  const inQuery = await call(`${world.url}/api/v1/users/search?api_key=%00wrong`);
  assert.deepEqual([inQuery.status, inQuery.text], [401, WRONG]);
});

test("no key at all gets 422", async () => {
  for (const headers of [
    {},
    { "x-api-key": "" },
    { authorization: "Basic dXNlcjpwYXNz" },
    { authorization: "Bearer" },
  ]) {
    const answer = await call(`${world.url}/api/v1/users/search`, {
      headers: headers as Record<string, string>,
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.error, "Api key required");
  }
});

test("a stranger is told who they are before what is wrong with their parameters", async () => {
  const answer = await call(`${world.url}/api/v1/api_keys`, {
    method: "POST",
    key: "wrong",
    body: "{",
    headers: json,
  });
  assert.equal(answer.status, 401);
});

test("health always answers 200 and says whether the key is good", async () => {
  const said = async (path: string, init = {}) => {
    const answer = await call(world.url + path, init);
    assert.equal(answer.status, 200);
    return answer.body;
  };
  for (const path of ["/api/v1/auth/health", "/v1/auth/health", "/auth/health"]) {
    assert.deepEqual(await said(path, { key: team.key }), { healthy: true, is_logged_in: true });
    assert.deepEqual(await said(path, { key: "wrong" }), { healthy: true, is_logged_in: false });
    assert.deepEqual(await said(path), { healthy: true, is_logged_in: false });
  }
});

test("a key is never taken from a cookie", async () => {
  for (const cookie of [
    `cadenza_session=${team.key}`,
    `api_key=${team.key}`,
    `x-api-key=${team.key}`,
    `__Host-cadenza_session=${team.key}`,
  ]) {
    const answer = await call(`${world.url}/api/v1/users/search`, { headers: { cookie } });
    assert.ok([401, 422].includes(answer.status), cookie);
  }
});

test("a session's token is no API key, and a link's token neither", async () => {
  const { cookie } = await world.signIn(team.owner.email, team.owner.password);
  const token = cookie.split("=")[1] as string;
  const link = tokenIn((await team.api.users.invite({ email: "link@example.no" })).invitation_url);
  for (const key of [token, link]) {
    assert.equal((await call(`${world.url}/api/v1/users/search`, { key })).status, 401);
    assert.equal(
      (await call(`${world.url}/api/v1/users/search`, { headers: { authorization: `Bearer ${key}` } }))
        .status,
      401,
    );
  }
});

async function keyWith(scopes: string[]) {
  const { api_key } = await team.api.apiKeys.create({ name: "scoped", scopes });
  return world.client({ apiKey: api_key.key });
}

test("a scoped key reaches what its scope names and nothing else", async () => {
  const api = await keyWith(["api/v1/users/search"]);
  await api.users.search();
  const refusal = await refused(api.users.apiProfile());
  assert.equal(refusal.status, 403);
  assert.deepEqual(refusal.body, {
    error:
      "This API key is not authorized to access api/v1/users/api_profile. Request an API key from your administrator that includes this endpoint in its configured scope.",
    error_code: "API_INACCESSIBLE",
    code: "scope_missing",
    fix: "Create a key that includes “Show the user the API key acts as” under Settings, API keys.",
  });
});

test("a refused key is told which call to choose, in the words of the screen for keys", async () => {
  const api = await keyWith(["api/v1/users/search"]);
  const refusal = await refused(api.contacts.create({ first_name: "Ines" }));
  assert.equal(
    (refusal.body as { fix: string }).fix,
    "Create a key that includes “Create a contact” under Settings, API keys.",
  );
});

/** Reads that Apollo refuses in its own way where the id is unknown, or nothing is asked for. */
const APOLLOS_OWN: Record<string, number> = {
  "emailerMessages.getContent": 422,
  "emailerMessages.sendStatus": 422,
  "sequences.activityFeed": 422,
  "touches.list": 422,
  "joining.checkDeployability": 422,
  "opportunities.ofContact": 200,
  "tasks.get": 422,
  "workflowTrials.lookBack": 422,
  "workflowTrials.tryOut": 422,
  "scoreFormula.preview": 422,
  "catcher.list": 404, // where none runs
  "notes.list": 400,
  "activities.search": 400,
  "attachments.list": 422,
  "imports.preview": 422,
  "webhookResults.show": 400,
  "reports.sync": 422,
  "reports.behind": 422,
  "today.newsRows": 422,
  "emailPatterns.guess": 422,
  "emailAccounts.discover": 422,
  "credits.quote": 422,
};

test("a read-only key reads everything that has a scope and writes nothing", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "reads", scopes: ["read_only"] });
  for (const { name, endpoint } of endpoints.filter(
    (entry) => entry.endpoint.access !== "open" && !entry.endpoint.inSandbox,
  )) {
    const answer = await call(world.url + placeOf(endpoint.path), {
      method: endpoint.method,
      key: api_key.key,
      body: bodyFor(endpoint.method),
      headers: json,
    });
    const mayRead = ["known", "scoped"].includes(endpoint.access) && endpoint.effect === "read";
    // What is named in the path is nowhere, and said to be.
    const read = endpoint.path.includes("{") ? [404, 422, APOLLOS_OWN[name]] : [APOLLOS_OWN[name] ?? 200];
    const expected = mayRead ? read : [403];
    assert.ok(expected.includes(answer.status), `${name}: ${answer.status} ${answer.text}`);
  }
});

function placeOf(path: string) {
  return `/api/v1${path.replace(/\{\w+\}/g, NOWHERE)}`;
}

function bodyFor(method: string) {
  return method === "GET" || method === "DELETE" ? null : "{}";
}

// The key holds every scope there is to hold, so whatever refuses it is closed to standard keys.
const grantable = endpoints
  .filter(({ endpoint }) => endpoint.access === "scoped")
  .map(({ endpoint }) => scopeName(endpoint));

for (const { name, endpoint } of endpoints.filter(
  (entry) => !["open", "known", "scoped"].includes(entry.endpoint.access),
)) {
  for (const method of [endpoint.method, ...(endpoint.also ?? [])]) {
    test(`${method} ${name} refuses a standard key with 403 and does nothing but tell of it`, async () => {
      const { api_key } = await team.api.apiKeys.create({
        name: "all scopes",
        scopes: [...grantable, "read_only"],
      });
      const before = await rowCounts(world);
      const answer = await call(world.url + placeOf(endpoint.path), {
        method,
        key: api_key.key,
        body: bodyFor(method),
        headers: json,
      });
      assert.equal(answer.status, 403, answer.text);
      assert.equal(answer.body.error_code, "API_INACCESSIBLE");
      assert.match(
        String(answer.body.error),
        new RegExp(`not authorized to access ${scopeName(endpoint)}\\. Request`),
      );
      assert.deepEqual(await rowCounts(world), { ...before, events: (before.events ?? 0) + 1 });
    });
  }
}

test("every call without a credential is refused, unless it is open", async () => {
  for (const { name, endpoint } of endpoints.filter((entry) => entry.endpoint.access !== "open")) {
    const answer = await call(world.url + placeOf(endpoint.path), {
      method: endpoint.method,
      body: bodyFor(endpoint.method),
      headers: json,
    });
    assert.equal(answer.status, 422, name);
    assert.equal(answer.body.code, "api_key_required", name);
  }
});

test("a scope that cannot be granted is refused, be it unknown or an admin's", async () => {
  for (const scope of [
    "api/v1/api_keys/create",
    "api/v1/teams/create",
    "users/search",
    "*",
    "api/v1/users/*",
    "READ_ONLY",
    " read_only",
  ]) {
    const refusal = await refused(team.api.apiKeys.create({ name: "too much", scopes: [scope] }));
    assert.equal(refusal.code, "unknown_scope", scope);
  }
  for (const scopes of [undefined, [], [""]])
    assert.equal(
      (await refused(team.api.apiKeys.create({ name: "nothing", scopes }))).code,
      "scopes_missing",
    );
  const beside = await refused(team.api.apiKeys.create({ name: "beside", scopes: ["read_only", ""] }));
  assert.equal(beside.code, "unknown_scope");
});

test("a team's master key opens no further team; the operator's does", async () => {
  const wish = { name: "Another", owner_email: "another@example.no" };
  assert.equal((await refused(team.api.teams.create(wish))).status, 403);
  const { api_key } = await world.operator.apiKeys.create({ name: "second master", master: true });
  const second = world.client({ apiKey: api_key.key });
  assert.equal((await refused(second.teams.create(wish))).status, 403);
  await world.operator.teams.create(wish);
});

test("an expired key is refused from its moment on", async () => {
  const expires_at = Temporal.Now.instant().add({ hours: 1 }).toString();
  const { api_key } = await team.api.apiKeys.create({ name: "short", master: true, expires_at });
  const api = world.client({ apiKey: api_key.key });
  await api.users.search();
  world.advance({ minutes: 59 });
  await api.users.search();
  world.advance({ minutes: 2 });
  assert.equal((await refused(api.users.search())).status, 401);
  world.advance({ minutes: -61 });
  const past = Temporal.Now.instant().subtract({ hours: 1 }).toString();
  assert.equal(
    (await refused(team.api.apiKeys.create({ name: "late", master: true, expires_at: past }))).code,
    "expiry_past",
  );
});

test("a revoked or rotated key is refused at once, and the new secret works", async () => {
  const { api_key } = await team.api.apiKeys.create({ name: "turning", master: true });
  const old = world.client({ apiKey: api_key.key });
  await old.users.search();
  const turned = await team.api.apiKeys.rotate({ id: api_key.id });
  assert.equal((await refused(old.users.search())).status, 401);
  const fresh = world.client({ apiKey: turned.api_key.key });
  await fresh.users.search();
  await team.api.apiKeys.revoke({ id: api_key.id });
  assert.equal((await refused(fresh.users.search())).status, 401);
  assert.equal((await refused(team.api.apiKeys.rotate({ id: api_key.id }))).status, 404);
});

test("within a second another process refuses a revoked key and everything of a deactivated person", async () => {
  const other = await start({ ...world.running.app.config, port: 0 }, openLog("silent"));
  try {
    const mate = await join("mate@example.no", "admin");
    const theirs = await team.api.apiKeys.create({ name: "mate's", scopes: ["read_only"], user_id: mate.id });
    const leaked = await team.api.apiKeys.create({ name: "leaked", master: true });
    const ask = (init: Parameters<typeof call>[1]) =>
      call(`${other.url}/api/v1/users/search`, init).then(({ status }) => status);
    const credentials = [
      { key: theirs.api_key.key },
      { key: leaked.api_key.key },
      { headers: { cookie: mate.cookie } },
    ];
    for (const credential of credentials) assert.equal(await ask(credential), 200);

    await team.api.users.deactivate({ id: mate.id });
    await team.api.apiKeys.revoke({ id: leaked.api_key.id });
    const ended = performance.now();
    for (const credential of credentials)
      for (let asked = 0; ; ) {
        assert.ok(asked < 1000, "whoever asks after a second is refused");
        asked = performance.now() - ended;
        if ((await ask(credential)) === 401) break;
      }
    assert.equal((await call(`${world.url}/api/v1/users/search`, { key: theirs.api_key.key })).status, 401);
    assert.equal(
      (await call(`${world.url}/api/v1/users/search`, { headers: { cookie: mate.cookie } })).status,
      401,
    );

    await team.api.users.reactivate({ id: mate.id });
    assert.equal(
      (await call(`${world.url}/api/v1/users/search`, { headers: { cookie: mate.cookie } })).status,
      401,
      "the old session stays ended",
    );
  } finally {
    await other.stop();
  }
});

async function join(email: string, role: "admin" | "member") {
  const password = "another long sentence here";
  const { user, invitation_url } = await team.api.users.invite({ email, role });
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password });
  return { id: user.id, password, ...(await world.signIn(email, password)) };
}

test("a key acts as the longest-standing active admin, or as the person it names", async () => {
  const mine = await world.newTeam("Acting");
  const nobody = await mine.api.users.invite({ email: "older@example.no", role: "member" });
  const second = await mine.api.users.invite({ email: "second@example.no", role: "admin" });
  await world.client().invitations.accept({
    token: tokenIn(second.invitation_url),
    name: "Second",
    password: "a password long enough",
  });
  const named = await mine.api.apiKeys.create({
    name: "named",
    scopes: ["read_only"],
    user_id: nobody.user.id,
  });
  const asNamed = world.client({ apiKey: named.api_key.key });
  assert.equal((await mine.api.users.apiProfile()).id, mine.owner.id);
  assert.equal((await asNamed.users.apiProfile()).id, nobody.user.id);

  await mine.api.users.deactivate({ id: mine.owner.id });
  assert.equal((await mine.api.users.apiProfile()).id, second.user.id);
  await mine.api.users.deactivate({ id: nobody.user.id });
  assert.equal((await refused(asNamed.users.apiProfile())).status, 401);
  assert.equal(
    (await refused(mine.api.apiKeys.create({ name: "x", master: true, user_id: nobody.user.id }))).code,
    "user_deactivated",
  );
});

test("behind TLS a page of the same host that came without it is not our own", () => {
  const from = (origin: string, publicOrigin: string) =>
    isFromOwnPage({ headers: { origin, host: "cadenza.example" } }, publicOrigin);
  assert.equal(from("http://cadenza.example", "https://cadenza.example"), false);
  assert.equal(from("https://cadenza.example", "https://cadenza.example"), true);
  assert.equal(from("https://cadenza.example", "https://other.example"), true);
  assert.equal(from("http://cadenza.example", "http://localhost:3000"), true);
  assert.equal(from("https://evil.example", "https://cadenza.example"), false);
});

test("a full disk is explained in words, and the readiness probe keeps traffic away meanwhile", async () => {
  await asOwner(world, (client) =>
    client.query(`create function no_room() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$;
      create trigger no_room before insert on labels for each row execute function no_room()`),
  );
  assert.equal((await call(`${world.url}/health/ready`)).status, 200);
  const refusal = await refused(team.api.labels.create({ name: "No room", modality: "contacts" }));
  assert.deepEqual([refusal.status, refusal.code], [507, "storage_full"]);
  const ready = await call(`${world.url}/health/ready`);
  assert.deepEqual([ready.status, ready.body], [503, { status: "not ready", database: "disk full" }]);
  assert.equal(
    (await call(`${world.url}/api/v1/users/search`, { key: team.key })).status,
    200,
    "what only reads works",
  );
});
