import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { CEILINGS } from "../outgoing/ceilings.ts";
import { openOutgoing } from "../outgoing/door.ts";
import { allow } from "../testing/loopback.ts";
import { exchangeCode, refreshTokens, type TokenWish } from "./oauth.ts";

const NOW = Temporal.Instant.from("2026-11-20T10:00:00Z");
const WISH = {
  provider: "google",
  scope: null,
  clientId: "app-1",
  clientSecret: "planted-secret",
  refreshToken: "planted-refresh",
} as const satisfies Omit<TokenWish, "url">;

type Said = { status: number; body: string; headers?: Record<string, string> };
type Endpoint = { url: string; asked: URLSearchParams[]; answer: Said };

const asked: URLSearchParams[] = [];
const answer: Said = { status: 200, body: "{}" };
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  asked.push(new URLSearchParams(body));
  response
    .writeHead(answer.status, { "content-type": "application/json", ...answer.headers })
    .end(answer.body);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { port } = server.address() as AddressInfo;
const endpoint: Endpoint = { url: `http://127.0.0.1:${port}/token`, asked, answer };

const outgoing = openOutgoing(
  { allowed: allow(`127.0.0.1:${port}`), ownDatabase: [{ host: "/nowhere", port: 9 }] },
  { ...CEILINGS, words: { ...CEILINGS.words, ms: 2000 } },
);

function refreshed(status: number, body: unknown, wish: Partial<TokenWish> = {}) {
  Object.assign(endpoint.answer, { status, body: typeof body === "string" ? body : JSON.stringify(body) });
  return refreshTokens(outgoing, { ...WISH, url: endpoint.url, ...wish }, NOW);
}

test("a refresh token gets the next hour, and perhaps a new refresh token", async () => {
  assert.deepEqual(
    await refreshed(200, { access_token: "ya29.new", expires_in: 3599, token_type: "Bearer" }),
    {
      kind: "granted",
      tokens: {
        accessToken: "ya29.new",
        refreshToken: null,
        idToken: null,
        scope: null,
        expiresAt: Temporal.Instant.from("2026-11-20T10:59:59Z"),
      },
    },
  );
  assert.deepEqual(Object.fromEntries(endpoint.asked.at(-1) ?? []), {
    grant_type: "refresh_token",
    client_id: "app-1",
    client_secret: "planted-secret",
    refresh_token: "planted-refresh",
  });
  const microsoft = { access_token: "EwB", refresh_token: "M.R3", expires_in: "3600" };
  const outcome = await refreshed(200, microsoft, {
    provider: "microsoft",
    scope: "https://outlook.office.com/SMTP.Send offline_access",
    clientSecret: null,
  });
  assert.equal(outcome.kind === "granted" && outcome.tokens.refreshToken, "M.R3");
  assert.match(endpoint.asked.at(-1)?.get("scope") ?? "", /SMTP\.Send.*offline_access/);
  assert.equal(endpoint.asked.at(-1)?.has("client_secret"), false);
});

test("what is refused for good needs a person, everything else another try", async () => {
  const cases: [number, unknown, string, string][] = [
    [400, { error: "invalid_grant", error_description: "Token revoked" }, "refused", "invalid_grant"],
    [401, { error: "invalid_client" }, "refused", "invalid_client"],
    [400, { error: "interaction_required" }, "refused", "interaction_required"],
    [400, { error: "temporarily_unavailable" }, "unreachable", "temporarily_unavailable"],
    [429, { error: "slow_down" }, "unreachable", "slow_down"],
    [500, { error: "invalid_grant" }, "unreachable", "invalid_grant"],
    [503, "<html>busy</html>", "unreachable", "status 503"],
    [400, "not json", "unreachable", "status 400"],
    [200, { access_token: "" }, "unreachable", "status 200"],
    [200, "null", "unreachable", "status 200"],
    [302, "", "unreachable", "status 302"],
    [200, `{"access_token":"${"x".repeat(100_000)}"}`, "unreachable", "unreadable_answer"],
  ];
  for (const [status, body, kind, why] of cases) {
    const outcome = await refreshed(status, body);
    const told = outcome.kind === "refused" ? outcome.code : outcome.kind === "unreachable" && outcome.why;
    assert.deepEqual([outcome.kind, told], [kind, why], JSON.stringify(body).slice(0, 60));
  }
});

test("what we sent is not in what we tell", async () => {
  const error_description = `bad ${WISH.refreshToken} and ${WISH.clientSecret}\r\nTrace: 1`;
  const outcome = await refreshed(400, { error: "invalid_grant", error_description });
  assert.deepEqual(outcome, { kind: "refused", code: "invalid_grant", detail: "bad … and … Trace: 1" });
});

test("a code is exchanged with its proof, and what was sent is not repeated", async () => {
  Object.assign(endpoint.answer, {
    status: 400,
    body: JSON.stringify({ error: "invalid_grant", error_description: "code-1 with proof-1 is used" }),
  });
  const wish = {
    ...WISH,
    url: endpoint.url,
    code: "code-1",
    codeVerifier: "proof-1",
    redirectUri: "https://c.example/back",
  };
  const outcome = await exchangeCode(outgoing, wish, NOW);
  assert.deepEqual(outcome, { kind: "refused", code: "invalid_grant", detail: "… with … is used" });
  assert.deepEqual(Object.fromEntries(endpoint.asked.at(-1) ?? []), {
    grant_type: "authorization_code",
    client_id: "app-1",
    client_secret: "planted-secret",
    code: "code-1",
    code_verifier: "proof-1",
    redirect_uri: "https://c.example/back",
  });
});

test("a server that does not answer is given up", async () => {
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port: deaf } = silent.address() as AddressInfo;
  const patient = openOutgoing(
    { allowed: allow(`127.0.0.1:${deaf}`), ownDatabase: [{ host: "/nowhere", port: 9 }] },
    { ...CEILINGS, words: { ...CEILINGS.words, ms: 300 } },
  );
  const outcome = await refreshTokens(patient, { ...WISH, url: `http://127.0.0.1:${deaf}/token` }, NOW);
  silent.closeAllConnections();
  silent.close();
  assert.equal(outcome.kind === "unreachable" && outcome.why, "timed_out");
});

test("how long a server asks to wait is handed on", async () => {
  endpoint.answer.headers = { "retry-after": "90" };
  const outcome = await refreshed(429, { error: "slow_down" });
  delete endpoint.answer.headers;
  assert.deepEqual(outcome, { kind: "unreachable", why: "slow_down", status: 429, retryAfter: "90" });
});

test("an unreachable server is tried again, and private addresses are not called", async () => {
  const closed = await refreshTokens(outgoing, { ...WISH, url: "http://127.0.0.1:1/token" }, NOW);
  assert.equal(closed.kind, "unreachable");
  const inside = await refreshTokens(outgoing, { ...WISH, url: "http://169.254.169.254/token" }, NOW);
  assert.equal(inside.kind === "unreachable" && inside.why, "private_address");
});
