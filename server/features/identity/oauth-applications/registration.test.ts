// Where the operator wants no strangers, and another life of tokens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { granting } from "../../../testing/granting.ts";
import { call } from "../../../testing/wire.ts";
import { type Team, useWorld } from "../../../testing/world.ts";

let team: Team;
const world = useWorld(
  { role: "api", oauthRegistration: false, accessTokenDays: 1, publicUrl: "https://example.no/cadenza" },
  async (opened) => {
    team = await opened.newTeam();
  },
);

test("where registration is closed no client registers, and the metadata do not offer it", async () => {
  const answer = await granting(world, team).register();
  assert.deepEqual([answer.status, answer.body.error], [403, "access_denied"]);
  const { body } = await call(`${world.url}/.well-known/oauth-authorization-server/cadenza`);
  assert.equal(body.issuer, "https://example.no/cadenza");
  assert.equal("registration_endpoint" in body, false);
});

test("below a path, what agents are told begins with it, and stands where RFC 9728 looks for it", async () => {
  const knocking = await call(`${world.url}/mcp`, { method: "POST", body: "{}" });
  const [, address = ""] =
    /resource_metadata="([^"]+)"/.exec(knocking.headers.get("www-authenticate") ?? "") ?? [];
  assert.equal(address, "https://example.no/.well-known/oauth-protected-resource/cadenza/mcp");
  const { body } = await call(world.url + new URL(address).pathname);
  assert.equal(body.resource, "https://example.no/cadenza/mcp");
});

test("an admin's application works all the same, for as long as the operator said", async () => {
  // Cookies are marked Secure here, so the person signs in with the name such cookies have.
  const app = granting(world, team);
  const signIn = await call(`${world.url}/api/v1/sessions`, {
    method: "POST",
    body: JSON.stringify({ email: team.owner.email, password: team.owner.password }),
    headers: { "content-type": "application/json" },
  });
  const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  assert.match(cookie, /^__Host-/);
  const { client_id } = await app.added("contacts_search");
  const connected = await app.connectAs({ cookie, origin: "https://example.no" }, client_id);
  assert.equal(connected.expires_in, 86_400);
  assert.equal((await app.tryToken(connected.access_token, "/contacts/search")).status, 200);
});
