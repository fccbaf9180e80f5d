import assert from "node:assert/strict";
import { test } from "node:test";
import { endpoints, scopesOf } from "@cadenza/contract";
import { findScopes, SCOPE_GROUPS, sayScopes } from "./scopes.ts";
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
