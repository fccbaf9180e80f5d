// The table itself: every call is whole, no two are the same, and what is documented is true.

import assert from "node:assert/strict";
import { test } from "node:test";
import { examples, examplesOf } from "./examples/index.ts";
import { endpoints, isForbidding, pathParameters, refusals, scopeName } from "./index.ts";

const verbsOf = ({ endpoint: { method, also = [] } }: (typeof endpoints)[number]) => [method, ...also];

test("no two calls share a verb and a path, whatever their parameters are named", () => {
  const places = endpoints.flatMap((entry) =>
    verbsOf(entry).map((verb) => `${verb} ${entry.endpoint.path.replace(/\{\w+\}/g, "{}")}`),
  );
  assert.deepEqual(
    places.filter((place, index) => places.indexOf(place) !== index),
    [],
  );
});

// Apollo gives one scope to several calls here: a contact's deals come with the deals.
const SHARED = ["opportunities/search"];

test("a scope names one call, in the form Apollo prints", () => {
  const scopes = endpoints.map(({ endpoint }) => endpoint.scope);
  assert.deepEqual(
    scopes.filter((scope, index) => scopes.indexOf(scope) !== index && !SHARED.includes(scope)),
    [],
  );
  for (const { endpoint, name } of endpoints)
    assert.match(
      scopeName(endpoint),
      /^(?:api\/v1|(?:deals|meetings)\/api\/v1)\/[a-z0-9_]+\/[a-z0-9_]+$|^api\/v1\/[a-z0-9_]+(?:\/[a-z0-9_]+)+$/,
      name,
    );
});

for (const { name, endpoint } of endpoints) {
  test(`${name} is whole`, () => {
    assert.match(endpoint.path, /^(?:\/(?:[a-z0-9_]+|\{\w+\}))+$/);
    assert.ok(endpoint.summary.length > 5 && !endpoint.summary.endsWith("."), endpoint.summary);
    for (const parameter of pathParameters(endpoint.path))
      assert.ok(parameter in endpoint.input.shape, `${parameter} stands in the path and not in the input`);
    assert.ok(!(endpoint.also ?? []).includes(endpoint.method));
    if (endpoint.method === "GET") assert.equal(endpoint.effect, "read");
    if (endpoint.effect === "read") assert.ok(!verbsOf({ name, endpoint }).includes("DELETE"));
  });

  for (const example of examplesOf(name)) {
    test(`${name}: the example "${example.title}" is what it says`, () => {
      endpoint.input.parse(example.input);
      endpoint.output.parse(example.answer);
      assert.deepEqual(
        Object.keys(example.input).filter((key) => !(key in endpoint.input.shape)),
        [],
      );
    });
  }
}

test("every example belongs to a call", () => {
  const names = new Set(endpoints.map(({ name }) => name));
  assert.deepEqual(
    Object.keys(examples).filter((name) => !names.has(name)),
    [],
  );
});

test("examples of one call have titles of their own", () => {
  for (const [name, shown] of Object.entries(examples))
    assert.equal(new Set(shown.map(({ title }) => title)).size, shown.length, name);
});

test("every refusal has a status of Apollo's kind and says a sentence", () => {
  for (const [code, entry] of Object.entries(refusals)) {
    assert.match(code, /^[a-z_]+$/);
    assert.ok(entry.status >= 400 && entry.status < 600, code);
    assert.ok(entry.says.length > 5, code);
  }
});

test("the sentences that clients match are Apollo's to the letter", () => {
  const says = (code: keyof typeof refusals) => `${refusals[code].status} ${refusals[code].says}`;
  assert.equal(
    says("invalid_api_key"),
    "401 Invalid API key. See https://docs.apollo.io/reference/authentication for how to authenticate.",
  );
  assert.equal(says("api_key_required"), "422 Api key required");
  assert.equal(
    says("scope_missing"),
    "403 This API key is not authorized to access {scope}. Request an API key from your administrator that includes this endpoint in its configured scope.",
  );
  assert.equal(says("not_a_valid_id"), "422 Parameters misconfigured. {value} is not a valid ID");
  assert.equal(says("parameter_missing"), "422 Required parameter '{name}' missing");
  assert.equal(says("per_page_zero"), "422 An error occurred. Per page cannot be 0.");
  assert.equal(says("per_page_not_supported"), "422 Per page not supported");
  assert.equal(
    says("page_over_threshold"),
    "422 Invalid parameter passed in. Page * per page number is over threshold.",
  );
  assert.equal(
    says("too_many_calls"),
    "429 The maximum number of api calls allowed for {scope} is {limit} times per {period}. Please upgrade your plan from https://app.apollo.io/#/settings/plans/upgrade.",
  );
  assert.equal(says("record_not_found"), "404 Record not found.");
});

test("each 403 says that the caller may not, except for four that are about something else", () => {
  const others = Object.entries(refusals)
    .filter(([code, { status }]) => status === 403 && !isForbidding(code as keyof typeof refusals))
    .map(([code]) => code);
  assert.deepEqual(others.sort(), [
    "crm_mapping_not_offered",
    "foreign_origin",
    "registration_closed",
    "strict_paid_plans",
  ]);
});
