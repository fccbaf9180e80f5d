import assert from "node:assert/strict";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { endpoints, offersDryRun, pathParameters } from "./index.ts";
import { buildOpenApi, writeOut } from "./openapi.ts";
import { records } from "./records.ts";

type Parameter = { name: string; in: string; required: boolean; schema: { pattern?: string } };
type Body = {
  schema: { properties: Record<string, unknown> };
  examples?: Record<string, { value: Record<string, unknown> }>;
};
type Answer = { description: string; content: Record<string, { schema: unknown }> };
type Operation = {
  operationId: string;
  summary: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, Body> };
  responses: Record<string, Answer>;
  "x-access"?: string;
  "x-effect"?: string;
  security?: unknown[];
};

type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: Record<string, Record<string, { properties?: Record<string, unknown> }>>;
};

/** With everything in its place; what is served says the same (scripts/compare-openapi.test.ts). */
const document = JSON.parse(JSON.stringify(writeOut())) as Document;
const text = JSON.stringify(buildOpenApi());
const served = JSON.parse(text) as Document;
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
  for (const [, pointer = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const target = pointer
      .split("/")
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], served);
    assert.ok(target, pointer);
  }
});

test("it is less than a megabyte, because each record is written out once and referred to by its name", () => {
  assert.ok(Buffer.byteLength(text) < 2 ** 20, `${Buffer.byteLength(text)} bytes`);
  const referred = new Set(
    [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name),
  );
  const unused = Object.keys({ ...records, ...served.components.schemas }).filter(
    (name) => !referred.has(name),
  );
  assert.deepEqual(unused, []);
});

test("an answer names the record it shows, and a record that says more is composed of the other one", () => {
  const schemaOf = (path: string, verb: string) => {
    const answer = served.paths[path]?.[verb]?.responses["200"] as { $ref?: string; content?: object };
    const name = answer.$ref?.split("/").at(-1) ?? "";
    const whole = (answer.$ref ? served.components.responses?.[name] : answer) as Partial<Answer> | undefined;
    return whole?.content?.["application/json"]?.schema;
  };
  const shown = schemaOf("/contacts/{id}", "get") as { properties: Record<string, unknown> };
  assert.deepEqual(shown.properties.contact, { $ref: "#/components/schemas/WholeContact" });
  assert.deepEqual(schemaOf("/contacts/search", "post"), schemaOf("/contacts/search", "get"));
  const more = {
    FoundContact: ["organization_logo_url", "account", "organization"],
    WholeContact: ["etag"],
  };
  for (const [name, keys] of Object.entries(more)) {
    const composed = served.components.schemas?.[name] as unknown as {
      allOf: [unknown, { properties: Record<string, unknown> }];
    };
    assert.deepEqual(composed.allOf[0], { $ref: "#/components/schemas/Contact" });
    assert.deepEqual(Object.keys(composed.allOf[1].properties), keys);
  }
});

test("where a list is taken, one value of it is taken as well, and both are said", () => {
  const body =
    document.paths["/contacts/search"]?.post?.requestBody?.content["application/json"]?.schema.properties;
  assert.ok(body);
  const { oneOf, ...said } = body.contact_ids as { oneOf: { type: string }[] };
  assert.deepEqual(
    oneOf.map(({ type }) => type),
    ["string", "array"],
  );
  assert.deepEqual(said, {});
  const { anyOf } = body.q_organization_domains as { anyOf: { type: string }[] };
  assert.deepEqual(
    anyOf.map(({ type }) => type),
    ["string", "array"],
    "where one text is another thing, it stays as it is",
  );
});

test("examples of a body have nothing in them that stands in the path", () => {
  for (const { path, verb, operation } of operations)
    for (const { examples = {} } of Object.values(operation.requestBody?.content ?? {}))
      for (const { value } of Object.values(examples))
        assert.deepEqual(
          pathParameters(path).filter((name) => name in value),
          [],
          `${verb} ${path}`,
        );
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
  assert.doesNotMatch(text, /"additionalProperties":false/);
});

test("who may call and what a call does can be told of each, where it is written and where it is left out", () => {
  for (const { name, endpoint } of endpoints)
    for (const verb of [endpoint.method, ...(endpoint.also ?? [])]) {
      const operation = document.paths[endpoint.path]?.[verb.toLowerCase()];
      assert.equal(operation?.["x-access"] ?? "scoped", endpoint.access, name);
      assert.equal(operation?.["x-effect"] ?? (verb === "GET" ? "read" : "write"), endpoint.effect, name);
    }
});

test("the document says which calls need a key, and which take a dry run or a condition", () => {
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
    const taken = [
      ...(offersDryRun(endpoint) ? ["Idempotency-Key", "Dry-Run"] : []),
      ...(endpoint.ifMatch ? ["If-Match"] : []),
    ];
    assert.deepEqual(headers, taken, name);
  }
});
