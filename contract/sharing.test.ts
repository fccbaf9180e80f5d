import assert from "node:assert/strict";
import { test } from "node:test";
import { shareSchemas } from "./sharing.ts";

const text = { type: "string" };
const contact = {
  type: "object",
  properties: { id: text, name: text, email: text, title: text },
  required: ["id", "name"],
};
const stage = { type: "string", enum: ["open", "closed"], description: "Where it stands" };
const { share, components } = shareSchemas([
  { name: "Contact", schema: contact },
  { name: "Stage", schema: stage },
]);
const toContact = { $ref: "#/components/schemas/Contact" };

test("what says the same as a record refers to it, however its keys are ordered", () => {
  const { required, properties } = contact;
  const turned = { properties: Object.fromEntries(Object.entries(properties).reverse()), type: "object" };
  assert.deepEqual(share({ ...turned, required: required.toReversed() }), toContact);
  assert.deepEqual(share({ type: "array", items: contact }), { type: "array", items: toContact });
});

test("a description of its own stands beside the reference", () => {
  assert.deepEqual(share({ ...contact, description: "Whom it is about" }), {
    ...toContact,
    description: "Whom it is about",
  });
  assert.deepEqual(share({ ...stage, description: "Of the deal" }), {
    $ref: "#/components/schemas/Stage",
    description: "Of the deal",
  });
});

test("what lacks the record's description is not described by it", () => {
  const plain = { type: "string", enum: ["open", "closed"] };
  assert.deepEqual(share(plain), plain);
});

test("a record that says more is composed of the other one and the rest", () => {
  const found = {
    ...contact,
    properties: { ...contact.properties, stage, city: text },
    required: [...contact.required, "stage"],
  };
  assert.deepEqual(share(found), {
    allOf: [
      toContact,
      {
        type: "object",
        properties: { stage: { $ref: "#/components/schemas/Stage" }, city: text },
        required: ["stage"],
      },
    ],
  });
});

test("one that says something else of a key is written out", () => {
  const others = [
    { ...contact, properties: { ...contact.properties, name: { type: "integer" }, city: text } },
    { ...contact, properties: { ...contact.properties, city: text }, required: ["id"] },
  ];
  for (const other of others) assert.deepEqual(share(other), other);
});

test("a record that is referred to is written out under its name", () => {
  assert.deepEqual(components(), { Contact: contact, Stage: stage });
  assert.deepEqual(shareSchemas([{ name: "Contact", schema: contact }]).components(), {});
});
