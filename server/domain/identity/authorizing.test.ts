import assert from "node:assert/strict";
import { test } from "node:test";
import { type AuthorizationParams, fewer, isResource, judgeAsked } from "./authorizing.ts";

const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const asked = (change: Partial<AuthorizationParams> = {}): AuthorizationParams => ({
  responseType: "code",
  scope: undefined,
  challenge: CHALLENGE,
  challengeMethod: "S256",
  ...change,
});
const grantedTo = (scope: string | undefined, registered: readonly string[]) => {
  const judged = judgeAsked(asked({ scope }), registered);
  return judged.isGranted ? judged.scopes : judged.error;
};

test("only a code with an S256 challenge is given", () => {
  const error = (change: Partial<AuthorizationParams>) => {
    const judged = judgeAsked(asked(change), ["app_scopes"]);
    return judged.isGranted ? null : judged.error;
  };
  assert.equal(error({}), null);
  assert.equal(error({ responseType: "token" }), "unsupported_response_type");
  assert.equal(error({ responseType: undefined }), "invalid_request");
  assert.equal(error({ challenge: undefined }), "invalid_request");
  assert.equal(error({ challengeMethod: "plain" }), "invalid_request");
  assert.equal(error({ challengeMethod: undefined }), "invalid_request");
  assert.equal(error({ challenge: CHALLENGE.slice(1) }), "invalid_request");
  assert.equal(error({ challenge: `${CHALLENGE.slice(1)}=` }), "invalid_request");
});

test("nothing more is granted than was registered", () => {
  const registered = ["contacts_search", "tasks_create"];
  assert.deepEqual(grantedTo(undefined, registered), registered);
  assert.deepEqual(grantedTo("contacts_search", registered), ["contacts_search"]);
  assert.deepEqual(grantedTo("contacts_search  contacts_search", registered), ["contacts_search"]);
  assert.deepEqual(grantedTo("read_user_profile contacts_search", registered), [
    "read_user_profile",
    "contacts_search",
  ]);
  assert.equal(grantedTo("contact_write", registered), "invalid_scope");
  assert.equal(grantedTo("read_only", registered), "invalid_scope");
});

test("app_scopes is what the application was registered for, and all only where it registered for all", () => {
  assert.deepEqual(grantedTo("app_scopes", ["contacts_search"]), ["contacts_search"]);
  assert.deepEqual(grantedTo("read_user_profile app_scopes", ["app_scopes"]), [
    "read_user_profile",
    "app_scopes",
  ]);
  assert.deepEqual(grantedTo("contact_write", ["app_scopes"]), ["contact_write"]);
});

test("new tokens get as much as was granted or less", () => {
  const granted = ["contacts_search", "tasks_create"];
  assert.deepEqual(fewer(undefined, granted), granted);
  assert.deepEqual(fewer("tasks_create", granted), ["tasks_create"]);
  assert.equal(fewer("tasks_create contact_write", granted), null);
});

test("this server, its API and its MCP endpoint are resources here, and nothing else is", () => {
  const own = "https://cadenza.example.no";
  for (const path of ["", "/", "/mcp", "/mcp/", "/api/v1", "/v1"])
    assert.ok(isResource(own + path, own), path);
  for (const other of [
    "https://api.apollo.io/mcp",
    "http://cadenza.example.no/mcp",
    "https://cadenza.example.no.evil.example/mcp",
    "https://cadenza.example.no/other",
    "https://cadenza.example.no/mcp#x",
    "mcp",
  ])
    assert.ok(!isResource(other, own), other);
  assert.ok(isResource("https://example.no/cadenza/mcp", "https://example.no/cadenza"));
});
