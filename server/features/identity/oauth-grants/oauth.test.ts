// An application acts for a user: how access is granted, how far it reaches, and how it ends.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sweep } from "../../../engine/upkeep/sweep.ts";
import { granting, newProof, REDIRECT, type TokenResponse } from "../../../testing/granting.ts";
import { until } from "../../../testing/sending.ts";
import { asOwner, call } from "../../../testing/wire.ts";
import { refused, type Team, tokenIn, useWorld } from "../../../testing/world.ts";

let team: Team;
let app: ReturnType<typeof granting>;
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  app = granting(opened, team);
});

test("an application registers itself, is let in, gets tokens, calls and renews them", async () => {
  const registered = await app.register({ client_name: "Apollo CLI", scope: "contacts_search tasks_create" });
  assert.equal(registered.status, 201);
  const client_id = String(registered.body.client_id);
  assert.deepEqual(
    [registered.body.client_name, registered.body.scope, registered.body.token_endpoint_auth_method],
    ["Apollo CLI", "contacts_search tasks_create", "none"],
  );
  assert.equal(registered.body.client_secret, undefined);

  const proof = newProof();
  const { cookie } = await app.signedIn();
  const asked = app.asks(client_id, proof, { scope: "contacts_search" });
  const browser = { cookie, origin: world.url, "content-type": "application/json" };
  const shown = await call(`${world.url}/api/v1/oauth/authorizations/check`, {
    method: "POST",
    body: JSON.stringify(asked),
    headers: browser,
  });
  assert.deepEqual(shown.body.authorization, {
    application: { id: client_id, name: "Apollo CLI", added_by_admin: false },
    leads_to: "a program on this computer",
    scopes: [{ name: "contacts_search", says: "search contacts", changes: false }],
    refusal: null,
  });

  const allowed = await app.decide(asked);
  const back = new URL(String(allowed.body.redirect_to));
  assert.equal(back.origin + back.pathname, REDIRECT);
  assert.equal(back.searchParams.get("state"), "a state");
  assert.equal(back.searchParams.get("iss"), world.running.app.config.publicUrl);

  const answer = await app.exchange(client_id, back.searchParams.get("code") ?? "", proof);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("cache-control"), "no-store");
  const { access_token, refresh_token, created_at, ...rest } = answer.body as TokenResponse & {
    created_at: number;
  };
  assert.deepEqual(rest, { token_type: "Bearer", expires_in: 2_592_000, scope: "contacts_search" });
  assert.equal(typeof created_at, "number");

  assert.equal((await app.tryToken(access_token, "/contacts/search", { method: "POST" })).status, 200);
  const renewed = await app.refresh(client_id, refresh_token);
  assert.equal(renewed.status, 200);
  assert.equal((await app.tryToken(String(renewed.body.access_token), "/contacts/search")).status, 200);
});

test("the token endpoint takes forms, JSON and multipart under both prefixes, and nothing from the address", async () => {
  const bodies: ((fields: Record<string, string>) => RequestInit)[] = [
    (fields) => ({ body: new URLSearchParams(fields) }),
    (fields) => ({ body: JSON.stringify(fields), headers: { "content-type": "application/json" } }),
    (fields) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      return { body: form };
    },
  ];
  for (const prefix of ["/api/v1", "/v1"])
    for (const body of bodies) {
      const { client_id, refresh_token } = await app.connect();
      const fields = { grant_type: "refresh_token", client_id, refresh_token };
      const at = `${world.url}${prefix}/oauth/token`;
      const inAddress = await call(`${at}?${new URLSearchParams(fields)}`, { method: "POST" });
      assert.deepEqual([inAddress.status, inAddress.body.error], [400, "invalid_request"]);
      // From a program with pages of its own, too: no cookie is looked at here.
      const answer = await call(at, { method: "POST", ...body(fields) });
      assert.equal(answer.status, 200, answer.text);
    }
});

test("a token acts as the user who granted it, and not as the longest-standing admin", async () => {
  const { invitation_url } = await team.api.users.invite({ email: "ines@example.no" });
  const password = "a long sentence is a good password";
  await world.client().invitations.accept({ token: tokenIn(invitation_url), name: "Ines Okafor", password });
  const theirs = granting(world, { ...team, owner: { id: "", email: "ines@example.no", password } });
  const { access_token, client_id } = await theirs.connect(
    "read_user_profile tasks_create api_usage_stats_read",
  );
  assert.equal((await theirs.tryToken(access_token)).body.email, "ines@example.no");
  const api = world.client({ accessToken: access_token });
  const { contact } = await team.api.contacts.create({ first_name: "Ole" });
  const { task } = await api.tasks.create({ type: "call", user_id: team.owner.id, contact_id: contact.id });
  const { caller } = await api.apiKeys.current();
  assert.deepEqual([task.creator_id, caller.kind, caller.role], [caller.user_id, "token", "member"]);
  const [entry] = (await team.api.auditLog.list({ subject_id: task.id })).audit_log;
  const { user_id, cause, application } = entry?.actor ?? {};
  assert.deepEqual(
    [user_id, cause, application],
    [caller.user_id, "api", { id: client_id, name: "A program" }],
  );
  assert.match(entry?.sentence ?? "", /^Ines Okafor, by A program, /);
});

test("outside its scope a token is refused in Apollo's shape, and an invalid one with 401", async () => {
  const { access_token } = await app.connect("contacts_search");
  const outside = await app.tryToken(access_token, "/tasks", { method: "POST" });
  assert.equal(outside.status, 403);
  assert.deepEqual(outside.body, {
    error:
      "This access token is not authorized to access api/v1/tasks/create. Ask for a scope that includes this endpoint.",
    error_code: "API_INACCESSIBLE",
    code: "token_scope_missing",
  });
  for (const bad of [`${access_token.slice(0, -1)}_`, "cdz_at_x", "a-token-of-another-server"]) {
    const answer = await app.tryToken(bad);
    assert.deepEqual([answer.status, answer.body.error_code], [401, "INVALID_ACCESS_TOKEN"]);
    assert.match(answer.headers.get("content-type") ?? "", /json/);
    assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer error="invalid_token"/);
  }
});

test("a token works in its header and nowhere else", async () => {
  const { access_token } = await app.connect();
  const at = `${world.url}/api/v1/users/api_profile`;
  assert.equal((await app.tryToken(access_token)).status, 200);
  assert.equal((await call(`${at}?access_token=${access_token}`)).status, 422);
  assert.equal((await call(`${at}?api_key=${access_token}`)).status, 401);
  assert.equal((await call(at, { key: access_token })).status, 401);
  assert.equal((await call(at, { headers: { cookie: `cadenza_session=${access_token}` } })).status, 401);
});

test("a refresh token is no access token, a code neither, and no access token renews", async () => {
  const { client_id, access_token, refresh_token } = await app.connect();
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  for (const secret of [refresh_token, code]) assert.equal((await app.tryToken(secret)).status, 401);
  for (const secret of [access_token, code])
    assert.equal((await app.refresh(client_id, secret)).body.error, "invalid_grant");
  assert.equal((await app.exchange(client_id, refresh_token, proof)).body.error, "invalid_grant");
  assert.equal((await app.tryToken(access_token)).status, 200, "and none of that ended anything");
});

test("an access token ends with its time, and the one that replaced it soon ends the old one", async () => {
  const { client_id, access_token, refresh_token } = await app.connect();
  const next = (await app.refresh(client_id, refresh_token)).body as TokenResponse;
  assert.equal((await app.tryToken(access_token)).status, 200, "what is under way goes on");
  world.advance({ seconds: 61 });
  assert.equal((await app.tryToken(access_token)).status, 401);
  world.advance({ hours: 30 * 24 - 1 });
  assert.equal((await app.tryToken(next.access_token)).status, 200);
  world.advance({ hours: 1 });
  assert.equal((await app.tryToken(next.access_token)).body.error_code, "INVALID_ACCESS_TOKEN");
  assert.equal((await app.refresh(client_id, next.refresh_token)).status, 200);
  world.advance({ hours: -(30 * 24), seconds: -61 });
});

test("a refresh token ends after 90 days beyond its access token, and a code after two minutes", async () => {
  const { client_id, refresh_token } = await app.connect();
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  world.advance({ seconds: 121 });
  assert.equal((await app.exchange(client_id, code, proof)).body.error, "invalid_grant");
  world.advance({ hours: 120 * 24 });
  assert.equal((await app.refresh(client_id, refresh_token)).body.error, "invalid_grant");
  world.advance({ hours: -(120 * 24), seconds: -121 });
});

test("a program with a secret shows it in the body or in the header, and never without", async () => {
  for (const method of ["client_secret_post", "client_secret_basic"]) {
    const { client_id, client_secret = "" } = await app.client({ token_endpoint_auth_method: method });
    assert.match(client_secret, /^cdz_cs_/);
    const inHeader = {
      authorization: `Basic ${Buffer.from(`${client_id}:${encodeURIComponent(client_secret)}`).toString("base64")}`,
    };
    const proof = newProof();
    const first = await app.exchange(client_id, await app.codeFor(client_id, proof), proof, {
      client_secret,
    });
    assert.equal(first.status, 200);
    const refresh_token = String(first.body.refresh_token);
    for (const wrong of ["", `${client_secret}x`, "cdz_cs_none"]) {
      const answer = await app.refresh(client_id, refresh_token, { client_secret: wrong });
      assert.ok(["invalid_client", "invalid_request"].includes(String(answer.body.error)), wrong);
    }
    const without = await app.refresh(client_id, refresh_token);
    assert.deepEqual([without.status, without.body.error], [401, "invalid_client"]);
    assert.match(without.headers.get("www-authenticate") ?? "", /^Basic /);
    const second = await app.token({ grant_type: "refresh_token", refresh_token }, inHeader);
    assert.equal(second.status, 200);
  }
});

test("the user who granted access sees it and revokes it, with every token that was made from it", async () => {
  const before = (await team.api.connectedApps.list()).connected_apps.length;
  const { client_id, access_token, refresh_token } = await app.connect("contacts_search");
  await app.tryToken(access_token, "/contacts/search");
  const listed = async () => (await team.api.connectedApps.list()).connected_apps;
  const find = async () => (await listed()).find(({ id }) => id === client_id);
  await until(async () => (await find())?.last_used_at); // written down a moment later
  assert.equal((await listed()).length, before + 1);
  const shown = await find();
  assert.deepEqual(shown?.scopes, [{ name: "contacts_search", says: "search contacts", changes: false }]);
  assert.ok(shown?.last_used_at);
  await team.api.connectedApps.disconnect({ id: client_id });
  assert.equal((await app.tryToken(access_token, "/contacts/search")).status, 401);
  assert.equal((await app.refresh(client_id, refresh_token)).body.error, "invalid_grant");
  assert.equal((await refused(team.api.connectedApps.disconnect({ id: client_id }))).status, 404);
  const { audit_log } = await team.api.auditLog.list({ subject_id: client_id });
  assert.deepEqual(
    audit_log.map(({ type, sentence }) => [type, sentence]),
    [
      ["application.disconnected", "Ole Dahl disconnected the application A program"],
      ["application.authorized", "Ole Dahl allowed the application A program to act on their behalf"],
      ["application.created", "Ole Dahl added the application A program"],
    ],
  );
});

test("an admin adds an application and ends it for everybody, for good", async () => {
  const made = await team.api.oauthApplications.create({
    name: "Our CRM",
    redirect_uris: ["https://crm.example/back"],
  });
  const { client_id, client_secret } = made;
  const proof = newProof();
  const code = await app.codeFor(client_id, proof, { redirect_uri: "https://crm.example/back" });
  const answer = await app.exchange(client_id, code, proof, {
    client_secret: client_secret ?? "",
    redirect_uri: "https://crm.example/back",
  });
  assert.equal(answer.status, 200, answer.text);
  const [listed] = (await team.api.oauthApplications.list()).oauth_applications;
  assert.deepEqual([listed?.id, listed?.people, listed?.added_by_admin], [client_id, 1, true]);
  const { oauth_application } = await team.api.oauthApplications.revoke({ id: client_id });
  assert.ok(oauth_application.revoked_at);
  assert.equal(oauth_application.people, 0);
  assert.equal((await app.tryToken(String(answer.body.access_token))).status, 401);
  assert.equal(
    (await app.decide(app.asks(client_id, proof, { redirect_uri: "https://crm.example/back" }))).status,
    404,
  );
  const again = await team.api.oauthApplications.revoke({ id: client_id });
  assert.equal(again.oauth_application.revoked_at, oauth_application.revoked_at);
  const wrong = await refused(
    team.api.oauthApplications.create({ name: "x", redirect_uris: ["http://crm.example/"] }),
  );
  assert.equal(wrong.code, "redirect_uri_refused");
});

test("one team's application is unknown to another, and ending one that both know ends it for one", async () => {
  const other = await world.newTeam("Sydkraft");
  const theirs = granting(world, other);
  const own = await team.api.oauthApplications.create({ name: "Ours", redirect_uris: [REDIRECT] });
  assert.equal(
    (await theirs.decide(theirs.asks(own.client_id, newProof()))).body.code,
    "application_unknown",
  );

  const { client_id } = await app.client();
  const [a, b] = [newProof(), newProof()];
  const ours = await app.exchange(client_id, await app.codeFor(client_id, a), a);
  const others = await theirs.exchange(client_id, await theirs.codeFor(client_id, b), b);
  await team.api.oauthApplications.revoke({ id: client_id });
  assert.equal((await app.tryToken(String(ours.body.access_token))).status, 401);
  assert.equal((await app.tryToken(String(others.body.access_token))).status, 200);
});

test("no token acts for a user who is deactivated or has a new password", async () => {
  const password = "a long sentence is a good password";
  const join = async (email: string) => {
    const invited = await team.api.users.invite({ email });
    await world
      .client()
      .invitations.accept({ token: tokenIn(invited.invitation_url), name: "Mona Lie", password });
    const theirs = granting(world, { ...team, owner: { id: "", email, password } });
    return { id: invited.user.id, theirs, ...(await theirs.connect()) };
  };
  const leaver = await join("leaver@example.no");
  await team.api.users.deactivate({ id: leaver.id });
  assert.equal((await app.tryToken(leaver.access_token)).status, 401);
  await team.api.users.reactivate({ id: leaver.id });
  assert.equal((await app.tryToken(leaver.access_token)).status, 401, "and coming back revives nothing");
  assert.equal((await app.refresh(leaver.client_id, leaver.refresh_token)).body.error, "invalid_grant");

  const changer = await join("changer@example.no");
  const { api } = await world.signIn("changer@example.no", password);
  await api.users.update({ id: changer.id, password: "a quite new sentence", current_password: password });
  assert.equal((await app.tryToken(changer.access_token)).status, 401);

  const forgetful = await join("forgetful@example.no");
  const { invitation_url } = await team.api.users.invite({ email: "forgetful@example.no", reset: true });
  await world
    .client()
    .invitations.accept({ token: tokenIn(invitation_url), password: "a quite new sentence" });
  assert.equal((await app.tryToken(forgetful.access_token)).status, 401);
});

test("an application gives its access back, and an invalid token counts as revoked", async () => {
  for (const which of ["access_token", "refresh_token"] as const) {
    const connected = await app.connect();
    const answer = await app.revoke({ token: connected[which], client_id: connected.client_id });
    assert.deepEqual([answer.status, answer.body], [200, {}]);
    assert.equal((await app.tryToken(connected.access_token)).status, 401);
    assert.equal((await app.refresh(connected.client_id, connected.refresh_token)).status, 400);
  }
  const kept = await app.connect();
  const { client_id: another } = await app.client();
  assert.equal((await app.revoke({ token: "nonsense" })).status, 200);
  assert.equal((await app.revoke({ token: kept.access_token, client_id: another })).status, 200);
  assert.equal((await app.tryToken(kept.access_token)).status, 200, "another application ends nothing");
  assert.equal((await app.revoke({ token: kept.access_token })).status, 200);
  assert.equal((await app.tryToken(kept.access_token)).status, 401, "whoever has the token may end it");
});

test("a renewed token may do less, and never more", async () => {
  const { client_id, refresh_token } = await app.connect("contacts_search tasks_list");
  const more = await app.refresh(client_id, refresh_token, { scope: "contacts_search contact_write" });
  assert.deepEqual([more.status, more.body.error], [400, "invalid_scope"]);
  const less = await app.refresh(client_id, refresh_token, { scope: "tasks_list" });
  assert.equal(less.body.scope, "tasks_list");
  const token = String(less.body.access_token);
  assert.equal((await app.tryToken(token, "/contacts/search")).status, 403);
  assert.equal((await app.tryToken(token, "/tasks/search")).status, 200);
  const whole = await app.refresh(client_id, String(less.body.refresh_token));
  assert.equal(whole.body.scope, "contacts_search tasks_list");
});

test("app_scopes reaches what a key can be given, read_only what changes nothing, and neither what admins do", async () => {
  const all = (await app.connect()).access_token;
  const reader = (await app.connect("read_only")).access_token;
  const post = {
    method: "POST",
    body: '{"first_name":"made"}',
    headers: { "content-type": "application/json" },
  };
  assert.equal((await app.tryToken(all, "/contacts", post)).status, 200);
  assert.equal((await app.tryToken(reader, "/contacts", post)).status, 403);
  assert.equal((await app.tryToken(reader, "/contacts/search", { method: "POST" })).status, 200);
  assert.equal((await app.tryToken(all, "/events")).status, 200);
  for (const path of [
    "/api_keys",
    "/audit_log",
    "/oauth/applications",
    "/connected_apps",
    "/sessions/current",
  ])
    assert.equal((await app.tryToken(all, path)).status, 403, path);
  const { events } = await world.client({ accessToken: all }).events.list({ limit: 1000 });
  const access = events.filter(({ type }) => /^(?:user|session|api_key|application)\./.test(type));
  assert.deepEqual(access, [], "and is not told who has access");
});

test("metadata say where everything is", async () => {
  const { publicUrl } = world.running.app.config;
  const read = async (path: string) => (await call(`${world.url}/.well-known/${path}`)).body;
  const server = await read("oauth-authorization-server");
  assert.equal(server.issuer, publicUrl);
  assert.equal(server.token_endpoint, `${publicUrl}/api/v1/oauth/token`);
  assert.deepEqual(server.code_challenge_methods_supported, ["S256"]);
  assert.deepEqual([(await read("oauth-protected-resource")).resource], [publicUrl]);
  const agents = await read("oauth-protected-resource/mcp");
  assert.deepEqual([agents.resource, agents.authorization_servers], [`${publicUrl}/mcp`, [publicUrl]]);
  const knocking = await call(`${world.url}/mcp`, { method: "POST", body: "{}" });
  assert.equal(knocking.status, 401);
  assert.match(
    knocking.headers.get("www-authenticate") ?? "",
    new RegExp(`^Bearer resource_metadata="${publicUrl}/.well-known/oauth-protected-resource/mcp", scope="`),
  );
});

test("of every secret the database has the hash alone, and the log has nothing", async () => {
  const { client_id, client_secret = "" } = await app.client({
    token_endpoint_auth_method: "client_secret_post",
  });
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  const { body } = await app.exchange(client_id, code, proof, { client_secret });
  const { access_token, refresh_token } = body as TokenResponse;
  await app.tryToken(access_token);
  await app.tryToken(`${access_token.slice(0, -2)}xx`);
  const kept = await asOwner(world, async (client) => {
    const tables = [
      "oauth_registrations",
      "oauth_applications",
      "oauth_grants",
      "oauth_tokens",
      "oauth_tries",
      "events",
    ];
    const texts: string[] = [];
    for (const table of tables)
      texts.push(JSON.stringify((await client.query(`select t::text from ${table} t`)).rows));
    return texts.join();
  });
  assert.ok(kept.includes(client_id));
  for (const secret of [client_secret, code, access_token, refresh_token, proof.verifier]) {
    assert.ok(secret.length > 40);
    for (const form of [
      secret,
      Buffer.from(secret).toString("hex"),
      Buffer.from(secret).toString("base64"),
    ]) {
      assert.ok(!kept.includes(form));
      assert.ok(!world.logged.join().includes(form));
    }
  }
});

test("expired tokens, unused consents and unused registrations are deleted", async () => {
  const { client_id } = await app.client();
  const { client_id: unused } = await app.client();
  const proof = newProof();
  const { body } = await app.exchange(client_id, await app.codeFor(client_id, proof), proof);
  const access_token = String(body.access_token);
  await app.codeFor(client_id, newProof());
  const count = (table: string, column: string, id: string) =>
    asOwner(world, async (client) => {
      const { rows } = await client.query(`select count(*)::int as n from ${table} where ${column} = $1`, [
        id,
      ]);
      return rows[0].n as number;
    });
  assert.equal(await count("oauth_grants", "application_id", client_id), 2);
  world.advance({ hours: 8 * 24 });
  await sweep(world.running.app);
  assert.equal(await count("oauth_grants", "application_id", client_id), 1);
  assert.equal(await count("oauth_registrations", "id", unused), 0);
  assert.equal(await count("oauth_registrations", "id", client_id), 1);
  assert.equal((await app.tryToken(access_token)).status, 200);
  world.advance({ hours: 121 * 24 });
  await sweep(world.running.app);
  assert.equal(await count("oauth_grants", "application_id", client_id), 0);
  assert.equal(await sweep(world.running.app), 0);
  world.advance({ hours: -129 * 24 });
});
