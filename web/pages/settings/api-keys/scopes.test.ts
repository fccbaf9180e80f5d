import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints, scopesOf } from "@cadenza/contract";
import { READY_SETS } from "./ready-sets.ts";
import { sayScopes } from "./say-scopes.ts";
import { SCOPE_GROUPS } from "./scope-groups.ts";
import { findScopes, whyNotOffered } from "./scopes.ts";
import { EMPTY, wishOf } from "./wish.ts";

const offered = SCOPE_GROUPS.flatMap(({ scopes }) => scopes.map(({ name }) => name));

test("every call that a key can be given is offered, once, and no other", () => {
  const grantable = endpoints.filter(({ endpoint }) => endpoint.access === "scoped");
  assert.deepEqual(
    [...offered].sort(),
    [...new Set(grantable.flatMap(({ endpoint }) => scopesOf(endpoint).map(({ name }) => name)))].sort(),
  );
});

test("a search looks at noun, call and sentence, in any order of words", () => {
  const found = findScopes(SCOPE_GROUPS, "team USERS").flatMap(({ scopes }) =>
    scopes.map(({ name }) => name),
  );
  assert.ok(found.includes("api/v1/users/search"));
  assert.ok(found.length < offered.length / 10, "and not everything");
  assert.deepEqual(findScopes(SCOPE_GROUPS, "no such thing"), []);
});

test("a search takes an address in any spelling", () => {
  const found = (query: string) =>
    findScopes(SCOPE_GROUPS, query).flatMap(({ scopes }) => scopes.map(({ name }) => name));
  assert.deepEqual(found("POST /contacts"), ["api/v1/contacts/create"]);
  assert.deepEqual(found("GET /email_accounts"), ["api/v1/email_accounts/index"]);
  assert.deepEqual(found("POST /emailer_campaigns/search"), ["api/v1/emailer_campaigns/search"]);
  for (const spelling of [
    "/emailer_campaigns/{id}/add_contact_ids",
    "emailer_campaigns/:id/add_contact_ids",
    "POST https://api.apollo.io/api/v1/emailer_campaigns/64f0aa0000000000000000a1/add_contact_ids?x=1",
    "https://api.apollo.io/v1/emailer_campaigns/{id}/add_contact_ids",
  ])
    assert.deepEqual(found(spelling), ["api/v1/emailer_campaigns/add_contact_ids"], spelling);
  for (const spelling of ["/api/v1/contacts", "/contacts", "contacts/"]) {
    assert.ok(found(spelling).includes("api/v1/contacts/create"), spelling);
    assert.ok(found(spelling).includes("api/v1/contacts/search"), spelling);
  }
  assert.deepEqual(found("api/v1/contacts/create"), ["api/v1/contacts/create"], "the scope's own name");
});

test("a call that no scope stands for says why it is not offered", () => {
  assert.equal(whyNotOffered("auth/health"), "auth/health needs no permission.");
  assert.equal(whyNotOffered("GET /api/v1/auth/health"), "auth/health needs no permission.");
  assert.equal(whyNotOffered("POST /users/invite"), "users/invite needs a key with full access.");
  assert.equal(
    whyNotOffered("GET /push_subscriptions"),
    "push_subscriptions is only for signed-in users. No key can make this call.",
  );
  assert.equal(whyNotOffered("POST /contacts"), null);
  assert.equal(whyNotOffered("contacts"), null);
});

test("every noun of the contract has a group with a title, and ready sets hold calls that exist", () => {
  assert.ok(!SCOPE_GROUPS.some(({ title }) => title === "Other calls"));
  for (const { scopes } of READY_SETS) for (const scope of scopes) assert.ok(offered.includes(scope), scope);
});

test("what a key may do is said in words", () => {
  assert.equal(sayScopes({ master: true, scopes: [] }), "Full access");
  assert.equal(sayScopes({ master: false, scopes: ["read_only"] }), "Read everything");
  assert.equal(sayScopes({ master: false, scopes: ["a"] }), "1 call");
  assert.equal(sayScopes({ master: false, scopes: ["read_only", "a", "b"] }), "Read everything, and 2 calls");
});

test("the form becomes a request that the server takes", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  assert.deepEqual(wishOf({ ...EMPTY, name: "n8n", scopes: ["a"] }, now), {
    name: "n8n",
    master: false,
    scopes: ["a"],
  });
  assert.deepEqual(wishOf({ ...EMPTY, name: "all", reach: "master", scopes: ["a"], expiresIn: "30" }, now), {
    name: "all",
    master: true,
    scopes: [],
    expires_at: "2026-12-20T12:00:00.000Z",
  });
  assert.deepEqual(wishOf({ ...EMPTY, name: "r", reach: "read", actsAs: "64f0" }, now), {
    name: "r",
    master: false,
    scopes: ["read_only"],
    user_id: "64f0",
  });
});
