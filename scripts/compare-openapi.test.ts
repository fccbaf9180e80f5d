import assert from "node:assert/strict";
import { test } from "node:test";
import { buildOpenApi, writeOut } from "../contract/openapi.ts";
import { compareOpenApi } from "./compare-openapi.ts";

const text = { type: "string" };
const contact = { type: "object", properties: { id: text, name: text }, required: ["id", "name"] };

/** A document of one call that answers this. */
const answering = (schema: object, components: object = {}) => ({
  paths: { "/contacts": { get: { responses: { "200": { content: { "application/json": { schema } } } } } } },
  components,
});
const inAnswer = "/paths//contacts/get/responses/200/content/application/json/schema";

test("the document that is served describes what the calls say, written out", () => {
  assert.deepEqual(compareOpenApi(writeOut(), buildOpenApi()), []);
});

test("a reference, a composition and another order change nothing", () => {
  const more = {
    ...contact,
    properties: { city: text, ...contact.properties },
    required: ["name", "city", "id"],
  };
  const composed = {
    allOf: [
      { $ref: "#/components/schemas/Contact" },
      { type: "object", properties: { city: text }, required: ["city"] },
    ],
  };
  assert.deepEqual(
    compareOpenApi(answering(more), answering(composed, { schemas: { Contact: contact } })),
    [],
  );
});

test("what comes, goes or changes is found, also behind a reference", () => {
  const after = { type: "object", properties: { id: { type: "integer" }, city: text }, required: ["id"] };
  const differences = compareOpenApi(
    answering(contact),
    answering({ $ref: "#/components/schemas/Contact" }, { schemas: { Contact: after } }),
  );
  assert.deepEqual(
    differences.map(({ kind, place }) => `${kind} ${place.slice(inAnswer.length)}`),
    [
      "changed /properties/id/type",
      "removed /properties/name",
      "added /properties/city",
      "removed /required/1",
    ],
  );
});

test("a record that a composition leaves a key out of is found", () => {
  const composed = {
    allOf: [
      { type: "object", properties: { id: text }, required: ["id"] },
      { type: "object", properties: { name: text } },
    ],
  };
  assert.deepEqual(
    compareOpenApi(answering(contact), answering(composed)).map(({ kind, before }) => [kind, before]),
    [["removed", "name"]],
  );
});

test("one value beside a list is told apart from other changes", () => {
  const list = { type: "array", items: text, maxItems: 5, description: "Ids" };
  const { description, ...limits } = list;
  const both = { description, oneOf: [text, limits] };
  assert.deepEqual(compareOpenApi(answering(list), answering(both)), [
    { place: inAnswer, kind: "one for many" },
  ]);
  const fewer = { description, oneOf: [text, { ...limits, maxItems: 4 }] };
  assert.deepEqual(
    compareOpenApi(answering(list), answering(fewer)).map(({ kind }) => kind),
    ["one for many", "changed"],
  );
});

test("a document that changes in one place only is not said to change where it is the same", () => {
  const pair = (other: object) => ({ type: "object", properties: { first: contact, second: other } });
  const differences = compareOpenApi(
    answering(pair(contact)),
    answering(pair({ ...contact, required: ["id"] })),
  );
  assert.deepEqual(
    differences.map(({ place }) => place.slice(inAnswer.length)),
    ["/properties/second/required/1"],
  );
});
