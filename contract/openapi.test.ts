import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { endpoints, pathParameters } from "./index.ts";
import { buildOpenApi } from "./openapi.ts";

type Parameter = { name: string; in: string; required: boolean; schema: { pattern?: string } };
type Operation = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, { schema: { properties: Record<string, unknown> } }> };
  responses: Record<string, { description: string; content: Record<string, { schema: unknown }> }>;
  security?: unknown[];
};

const document = JSON.parse(JSON.stringify(buildOpenApi())) as {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, unknown>; schemas: Record<string, unknown> };
};
const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
  Object.entries(verbs).map(([verb, operation]) => ({ path, verb, operation })),
);

test("every verb of every call stands in it once", () => {
  const expected = endpoints.flatMap(({ endpoint }) =>
    [endpoint.method, ...(endpoint.also ?? [])].map((verb) => `${verb.toLowerCase()} ${endpoint.path}`),
  );
  assert.deepEqual(operations.map(({ path, verb }) => `${verb} ${path}`).sort(), expected.sort());
  const ids = operations.map(({ operation }) => operation.operationId);
  assert.equal(new Set(ids).size, ids.length);
});

test("every parameter of every call is in the path, the query or the body, and every id says it is one", () => {
  for (const { name, endpoint } of endpoints) {
    const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
    assert.ok(operation, name);
    const body = operation.requestBody?.content["application/json"]?.schema.properties ?? {};
    const listed = new Set([
      ...operation.parameters
        .filter((parameter) => parameter.in !== "header")
        .map((parameter) => parameter.name.replace(/\[\]$/, "")),
      ...Object.keys(body),
    ]);
    assert.deepEqual([...listed].sort(), Object.keys(endpoint.input.shape).sort(), name);
    for (const key of pathParameters(endpoint.path)) {
      const parameter: Parameter | undefined = operation.parameters.find(
        (candidate) => candidate.name === key,
      );
      assert.deepEqual([parameter?.in, parameter?.required], ["path", true], `${name} ${key}`);
      if (/^id$|_id$/.test(key) && key !== "request_id")
        // a whole number, as Apollo has it
        assert.match(String(parameter?.schema.pattern), /\[0-9a-f\]\{24\}\$$/, `${name} ${key}`);
    }
  }
});

test("it is OpenAPI 3.1: every operation has answers, every reference leads somewhere", () => {
  assert.match(document.openapi, /^3\.1\.\d$/);
  assert.ok(document.info.title && document.info.version);
  for (const { path, verb, operation } of operations) {
    assert.match(path, /^\//);
    assert.ok(["get", "post", "put", "patch", "delete"].includes(verb));
    assert.ok(
      operation.summary && operation.responses["200"]?.description && operation.responses.default,
      `${verb} ${path}`,
    );
    if (verb === "get" || verb === "delete")
      assert.equal(operation.requestBody, undefined, `${verb} ${path} has a body`);
    const named = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    assert.equal(new Set(named).size, named.length, `${verb} ${path}`);
  }
  for (const [, pointer = ""] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer
      .split("/")
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
    assert.ok(target, pointer);
  }
});

test("what can be had as a file says so beside JSON, and nothing else does", () => {
  for (const { name, endpoint } of endpoints) {
    const content = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]?.responses["200"]?.content;
    const json = endpoint.isFile ? "application/octet-stream" : "application/json";
    const kinds = [json, ...(endpoint.alsoCsv ? ["text/csv"] : [])];
    assert.deepEqual(Object.keys(content ?? {}), kinds, name);
  }
  assert.ok(endpoints.some(({ endpoint }) => endpoint.alsoCsv));
});

test("answers may gain keys, so no schema forbids them", () => {
  assert.doesNotMatch(JSON.stringify(document), /"additionalProperties":false/);
});

test("whoever reads it learns which calls need a key, and which can be tried out", () => {
  for (const { name, endpoint } of endpoints) {
    const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
    const withoutKey =
      operation?.security?.length === 0 || isDeepStrictEqual(operation?.security?.at(-1), {});
    assert.equal(withoutKey, endpoint.access === "open", name);
    assert.equal((operation?.security?.length ?? 0) > 1, endpoint.looksAtKey === true, name);
    const headers =
      operation?.parameters
        .filter((parameter) => parameter.in === "header")
        .map((parameter) => parameter.name) ?? [];
    assert.deepEqual(
      headers,
      endpoint.effect === "write" && endpoint.access !== "open" ? ["Idempotency-Key", "Dry-Run"] : [],
      name,
    );
  }
});
