// Attacks by a client that was never granted access.

import assert from "node:assert/strict";
import { test } from "node:test";
import { granting, newProof, REDIRECT, type TokenResponse } from "../../../testing/granting.ts";
import { call, rowCounts } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
let app: ReturnType<typeof granting>;
let client_id = "";
let evil_id = "";
const world = useWorld({ role: "api" }, async (opened) => {
  team = await opened.newTeam();
  app = granting(opened, team);
  client_id = (await app.client()).client_id;
  evil_id = (await app.client({ client_name: "Another" })).client_id;
});

const errorOf = ({ status, body }: { status: number; body: Record<string, unknown> }) => [status, body.error];
const GRANT_REFUSED = [400, "invalid_grant"];

test("a code is worth nothing to another client, with another verifier or at another address, and still works for its own", async () => {
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  assert.deepEqual(errorOf(await app.exchange(evil_id, code, proof)), GRANT_REFUSED);
  assert.deepEqual(errorOf(await app.exchange(client_id, code, newProof())), GRANT_REFUSED);
  const elsewhere = { redirect_uri: "http://127.0.0.1:4712/callback" };
  assert.deepEqual(errorOf(await app.exchange(client_id, code, proof, elsewhere)), GRANT_REFUSED);
  const plain = { code_verifier: proof.challenge };
  assert.deepEqual(errorOf(await app.exchange(client_id, code, proof, plain)), GRANT_REFUSED);
  assert.equal((await app.exchange(client_id, code, proof)).status, 200);
});

test("a code that is slipped into another user's session is refused: the verifier does not match", async () => {
  const [victims, thiefs] = [newProof(), newProof()];
  const stolen = await app.codeFor(client_id, victims);
  assert.deepEqual(errorOf(await app.exchange(client_id, stolen, thiefs)), GRANT_REFUSED);
});

test("a code used twice ends every token that was made from it", async () => {
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  const { access_token, refresh_token } = (await app.exchange(client_id, code, proof)).body as TokenResponse;
  assert.equal((await app.tryToken(access_token)).status, 200);
  assert.deepEqual(errorOf(await app.exchange(client_id, code, proof)), GRANT_REFUSED);
  assert.equal((await app.tryToken(access_token)).status, 401);
  assert.deepEqual(errorOf(await app.refresh(client_id, refresh_token)), GRANT_REFUSED);
});

test("a refresh token used twice ends the whole family, and the log says why", async () => {
  const { client_id: own, ...first } = await app.connect();
  const second = (await app.refresh(own, first.refresh_token)).body as TokenResponse;
  const third = (await app.refresh(own, second.refresh_token)).body as TokenResponse;
  assert.equal((await app.tryToken(third.access_token)).status, 200);
  assert.deepEqual(errorOf(await app.refresh(own, first.refresh_token)), GRANT_REFUSED);
  for (const { access_token } of [first, second, third])
    assert.equal((await app.tryToken(access_token)).body.error_code, "INVALID_ACCESS_TOKEN");
  assert.deepEqual(errorOf(await app.refresh(own, third.refresh_token)), GRANT_REFUSED);
  const [ended] = (await team.api.auditLog.list({ subject_id: own })).audit_log;
  assert.deepEqual([ended?.type, ended?.data.because], ["application.ended", "refresh_token_reused"]);
  assert.match(
    ended?.sentence ?? "",
    /^The application A program can no longer act for Ole Dahl: a refresh token was used a second time/,
  );
});

test("of two exchanges at once one gets tokens, and they are worth nothing: two had the code", async () => {
  const proof = newProof();
  const code = await app.codeFor(client_id, proof);
  const answers = await Promise.all(Array.from({ length: 8 }, () => app.exchange(client_id, code, proof)));
  const good = answers.filter(({ status }) => status === 200);
  assert.equal(good.length, 1);
  assert.deepEqual(
    [...new Set(answers.filter((answer) => answer !== good[0]).map(({ body }) => body.error))],
    ["invalid_grant"],
  );
  assert.equal((await app.tryToken(String(good[0]?.body.access_token))).status, 401);
});

test("of two that refresh at once one gets tokens, and the family is over", async () => {
  const { client_id: own, refresh_token } = await app.connect();
  const answers = await Promise.all(Array.from({ length: 8 }, () => app.refresh(own, refresh_token)));
  const good = answers.filter(({ status }) => status === 200);
  assert.equal(good.length, 1);
  assert.equal((await app.tryToken(String(good[0]?.body.access_token))).status, 401);
  assert.deepEqual(errorOf(await app.refresh(own, String(good[0]?.body.refresh_token))), GRANT_REFUSED);
});

test("another client's refresh token renews nothing, and ends nothing", async () => {
  const { client_id: own, refresh_token } = await app.connect();
  assert.deepEqual(errorOf(await app.refresh(evil_id, refresh_token)), GRANT_REFUSED);
  assert.equal((await app.refresh(own, refresh_token)).status, 200);
});

test("nothing is sent to an address that was not registered letter by letter", async () => {
  for (const redirect_uri of [
    "https://evil.example/callback",
    `${REDIRECT}/../x`,
    `${REDIRECT}?next=https://evil.example`,
    "http://127.0.0.1:4711@evil.example/callback",
    "javascript:alert(1)",
    "",
  ]) {
    const answer = await app.decide(app.asks(client_id, newProof(), { redirect_uri }));
    assert.deepEqual([answer.status, answer.body.code], [422, "redirect_not_registered"], redirect_uri);
    assert.equal(answer.body.redirect_to, undefined);
  }
  const unknown = await app.decide(app.asks("64f0aa0000000000000000ff", newProof()));
  assert.deepEqual([unknown.status, unknown.body.code], [404, "application_unknown"]);
  const otherPort = app.asks(client_id, newProof(), { redirect_uri: "http://127.0.0.1:50123/callback" });
  assert.match(
    String((await app.decide(otherPort)).body.redirect_to),
    /^http:\/\/127\.0\.0\.1:50123\/callback\?code=/,
  );
});

test("without a challenge, with a plain one or for another server nothing is granted, and the application is told", async () => {
  const wrong: [Record<string, unknown>, string][] = [
    [{ code_challenge: undefined }, "invalid_request"],
    [{ code_challenge_method: "plain" }, "invalid_request"],
    [{ code_challenge_method: undefined }, "invalid_request"],
    [{ response_type: "token" }, "unsupported_response_type"],
    [{ scope: "api_keys_create" }, "invalid_scope"],
    [{ resource: "https://evil.example/mcp" }, "invalid_target"],
  ];
  const narrow = (await app.client({ scope: "contacts_search" })).client_id;
  const before = (await rowCounts(world)).oauth_grants;
  for (const [more, error] of wrong) {
    const back = new URL(String((await app.decide(app.asks(narrow, newProof(), more))).body.redirect_to));
    assert.equal(back.searchParams.get("error"), error);
    assert.equal(back.searchParams.get("state"), "a state");
    assert.ok(back.searchParams.get("iss"));
    assert.equal(back.searchParams.get("code"), null);
  }
  const more = await app.decide(app.asks(narrow, newProof(), { scope: "contacts_search contact_write" }));
  assert.match(String(more.body.redirect_to), /error=invalid_scope/);
  assert.equal((await rowCounts(world)).oauth_grants, before);
  const resource = "https://evil.example/mcp";
  const { client_id: own, refresh_token } = await app.connect();
  assert.deepEqual(errorOf(await app.refresh(own, refresh_token, { resource })), [400, "invalid_target"]);
});

test("no is no: the application is told, and gets no code", async () => {
  const answer = await app.decide(app.asks(client_id, newProof()), "deny");
  const { searchParams } = new URL(String(answer.body.redirect_to));
  assert.deepEqual([searchParams.get("error"), searchParams.get("code")], ["access_denied", null]);
});

test("another page cannot consent for a user, whatever it sends, and no key or token can", async () => {
  const asked = app.asks(client_id, newProof());
  const before = (await rowCounts(world)).oauth_grants;
  for (const origin of ["https://evil.example", "null", `${world.url}.evil.example`, ""])
    for (const type of ["application/json", "text/plain", "application/x-www-form-urlencoded"]) {
      const answer = await app.decide(asked, "allow", { origin, "content-type": type });
      assert.deepEqual([answer.status, answer.body.code], [403, "foreign_origin"], `${origin} ${type}`);
    }
  const { access_token } = await app.connect();
  const body = JSON.stringify({ ...asked, decision: "allow" });
  for (const headers of [{ "x-api-key": team.key }, { authorization: `Bearer ${access_token}` }]) {
    const init = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
    const answer = await call(`${world.url}/api/v1/oauth/authorizations`, init as RequestInit);
    assert.deepEqual([answer.status, answer.body.error_code], [403, "API_INACCESSIBLE"]);
  }
  const nobody = await call(`${world.url}/api/v1/oauth/authorizations`, { method: "POST", body });
  assert.equal(nobody.status, 422);
  assert.equal((await rowCounts(world)).oauth_grants, (before ?? 0) + 1, "the one that was let in meanwhile");
});

test("registering is for addresses that can be sent to, names that can be read, and ways that are offered", async () => {
  const refusedWish: [Record<string, unknown>, string][] = [
    [{ redirect_uris: ["javascript:alert(1)"] }, "invalid_redirect_uri"],
    [{ redirect_uris: ["http://evil.example/callback"] }, "invalid_redirect_uri"],
    [{ redirect_uris: ["https://evil.example/#x"] }, "invalid_redirect_uri"],
    [{ redirect_uris: [] }, "invalid_client_metadata"],
    [{ redirect_uris: undefined }, "invalid_client_metadata"],
    [{ client_name: "Good \u202eelgooG" }, "invalid_client_metadata"],
    [{ client_name: "x".repeat(101) }, "invalid_client_metadata"],
    [{ grant_types: ["client_credentials"] }, "invalid_client_metadata"],
    [{ response_types: ["token"] }, "invalid_client_metadata"],
    [{ scope: "everything" }, "invalid_client_metadata"],
    [{ token_endpoint_auth_method: "private_key_jwt" }, "invalid_client_metadata"],
  ];
  for (const [wish, error] of refusedWish) {
    const answer = await app.register(wish);
    assert.deepEqual(errorOf(answer), [400, error], JSON.stringify(wish));
    assert.equal(typeof answer.body.error_description, "string");
  }
});

test("what is asked wrongly at the token endpoint is refused in OAuth's words", async () => {
  const errors: [Record<string, string>, number, string][] = [
    [{}, 400, "invalid_request"],
    [{ grant_type: "password", client_id }, 400, "unsupported_grant_type"],
    [{ grant_type: "client_credentials", client_id }, 400, "unsupported_grant_type"],
    [{ grant_type: "authorization_code" }, 401, "invalid_client"],
    [{ grant_type: "authorization_code", client_id: "no such" }, 401, "invalid_client"],
    [{ grant_type: "authorization_code", client_id }, 400, "invalid_request"],
    [{ grant_type: "authorization_code", client_id, code: "x" }, 400, "invalid_request"],
    [{ grant_type: "authorization_code", client_id, code: "x", code_verifier: "x" }, 400, "invalid_grant"],
    [{ grant_type: "refresh_token", client_id, refresh_token: "x" }, 400, "invalid_grant"],
    [
      { grant_type: "refresh_token", client_id, client_secret: "x", refresh_token: "x" },
      401,
      "invalid_client",
    ],
  ];
  for (const [fields, status, error] of errors)
    assert.deepEqual(errorOf(await app.token(fields)), [status, error], JSON.stringify(fields));
  const broken = await call(`${world.url}/api/v1/oauth/token`, {
    method: "POST",
    body: "{",
    headers: { "content-type": "application/json" },
  });
  assert.deepEqual(errorOf(broken), [400, "invalid_request"]);
});

test("registering too often is slowed down, and so is guessing, for the client that does it and nobody else", async () => {
  const statuses = new Set<number>();
  for (let tries = 0; tries < 25; tries++) statuses.add((await app.register()).status);
  assert.deepEqual(statuses, new Set([201, 429]));
  const late = await app.register();
  assert.match(late.headers.get("retry-after") ?? "", /^\d+$/);

  const { client_id: own, refresh_token } = await app.connect();
  for (let tries = 0; tries < 30; tries++) await app.refresh(evil_id, "cdz_rt_guess");
  const slowed = await app.refresh(evil_id, "cdz_rt_guess");
  assert.deepEqual(errorOf(slowed), [429, "temporarily_unavailable"]);
  assert.equal((await app.refresh(own, refresh_token)).status, 200);
  world.advance({ seconds: 61 });
  assert.deepEqual(errorOf(await app.refresh(evil_id, "cdz_rt_guess")), GRANT_REFUSED);
  world.advance({ seconds: -61 });
});

test("a secret that is nearly right is as wrong as any", async () => {
  const { client_id: id, client_secret = "" } = await team.api.oauthApplications
    .create({ name: "Timed", redirect_uris: [REDIRECT] })
    .then((made) => ({ ...made, client_secret: made.client_secret ?? "" }));
  const wrong = [`x${client_secret.slice(1)}`, `${client_secret.slice(0, -1)}~`, "short"];
  for (const secret of wrong)
    assert.deepEqual(errorOf(await app.refresh(id, "x", { client_secret: secret })), [401, "invalid_client"]);
});
