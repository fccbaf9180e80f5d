import assert from "node:assert/strict";
import { test } from "node:test";
import { namedDefaults, repeatedKeys, repeatedSchemas } from "./repeated-schemas.ts";

const text = { type: "string" };
const person = {
  type: "object",
  properties: { id: text, name: text, email: text, title: text, phone: text },
  required: ["id", "name", "email"],
};
const holding = (properties: object) => ({ type: "object", properties }) as object;
const roots = (...parts: object[]) =>
  parts.map((part, at) => ({ owner: at === 0 ? "Call" : "Task", schema: holding(part) }));

test("what stands several times under one key is named after where it first stands", () => {
  const found = repeatedSchemas(roots({ people: { type: "array", items: person } }, { people: person }), []);
  assert.deepEqual(found, [{ name: "CallPeople", schema: person }]);
  const taken = repeatedSchemas(roots({ person }, { person }), ["CallPerson"]);
  assert.deepEqual(taken, [{ name: "CallPerson2", schema: person }]);
});

test("a description of its own does not make it another part", () => {
  const described = { ...person, description: "Who called" };
  assert.deepEqual(repeatedSchemas(roots({ person: described }, { person }), []), [
    { name: "CallPerson", schema: person },
  ]);
});

test("what stands under several keys, once, or is short, gets no name", () => {
  assert.deepEqual(repeatedSchemas(roots({ caller: person }, { owner: person }), []), []);
  assert.deepEqual(repeatedSchemas(roots({ person }), []), []);
  assert.deepEqual(repeatedSchemas(roots({ name: text }, { name: text }), []), []);
});

test("a key with a default has a name of its own inside what has one, so that clients may leave it out", () => {
  const name = { ...text, default: "-" };
  const withDefault = { ...person, properties: { ...person.properties, name } };
  const found = repeatedSchemas(
    roots({ person: withDefault }, { person: withDefault }, { person: withDefault }),
    [],
  );
  assert.deepEqual(found, [{ name: "CallPerson", schema: withDefault }]);
  assert.deepEqual(namedDefaults({ CallPerson: withDefault }, []), [
    { name: "CallPersonName", schema: name },
  ]);
});

test("what has a default for a part with keys of its own gets no name", () => {
  const withDefault = { ...person, properties: { ...person.properties, name: { ...person, default: {} } } };
  const all = roots({ person: withDefault }, { person: withDefault }, { person: withDefault });
  assert.deepEqual(
    repeatedSchemas(all, []).map(({ name }) => name),
    [],
  );
});

test("a list that takes one value as well is named after what it holds, under whatever key", () => {
  const id = { $ref: "#/components/schemas/Id" };
  const ids = { oneOf: [id, { type: "array", items: id, maxItems: 200 }] };
  const found = repeatedSchemas(roots({ contact_ids: ids, user_ids: ids }, { label_ids: ids }), []);
  assert.deepEqual(
    found.map(({ name }) => name),
    ["IdsUpTo200"],
  );
  const some = { oneOf: [id, { type: "array", items: id, minItems: 1, maxItems: 200 }] };
  const needed = repeatedSchemas(roots({ contact_ids: some }, { user_ids: some }, { label_ids: some }), []);
  assert.deepEqual(
    needed.map(({ name }) => name),
    ["IdsFrom1UpTo200"],
  );
});

test("a key that says the same in several places is named with its description and its default", () => {
  const async = {
    type: "boolean",
    default: false,
    description: "Run in the background and answer with a job",
  };
  const other = { ...async, description: "Answer at once, with a job that goes on in the background" };
  assert.deepEqual(repeatedKeys(roots({ async }, { async }, { async }, { async: other }), []), [
    { name: "CallAsync", schema: async },
  ]);
  assert.deepEqual(repeatedKeys(roots({ async }, { later: async }, { async }), []), []);
  assert.deepEqual(
    repeatedKeys(roots({ run_async: async }, { run_async: async }, { run_async: async }), []),
    [{ name: "RunAsync", schema: async }],
  );
  const withKeys = { ...person, description: "The person who called, with everything that is known" };
  assert.deepEqual(repeatedKeys(roots({ person: withKeys }, { person: withKeys }), []), []);
});
