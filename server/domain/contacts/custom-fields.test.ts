import assert from "node:assert/strict";
import { test } from "node:test";
import { checkFieldValues, type FieldDefinition, type FieldType } from "./custom-fields.ts";

const ID = "64f0aa0000000000000000f1";
const RED = { id: "64f0aa000000000000000001", name: "Red; dark" };
const BLUE = { id: "64f0aa000000000000000002", name: "Blue" };

function field(type: FieldType, textMaxLength: number | null = null): FieldDefinition {
  return {
    id: ID,
    name: "Plant",
    type,
    textMaxLength,
    options: type.endsWith("picklist") ? [RED, BLUE] : [],
  };
}

const GOOD: [FieldType, unknown, object][] = [
  ["string", "B2", { text: "B2" }],
  ["string", 12, { text: "12" }],
  ["string", true, { text: "true" }],
  ["textarea", "a\nb", { text: "a\nb" }],
  ["number", 12.5, { number: "12.5" }],
  ["number", " 1e3 ", { number: "1e3" }],
  ["number", "12345678901234567890.1", { number: "12345678901234567890.1" }],
  ["date", "2028-02-29", { date: "2028-02-29" }],
  ["date", "2026-03-31T23:59:00-08:00", { date: "2026-03-31" }],
  ["datetime", "2026-03-31T09:30:00+02:00", { moment: "2026-03-31T07:30:00Z" }],
  ["datetime", "2026-03-31T09:30", { moment: "2026-03-31T09:30:00Z" }],
  ["datetime", "2026-03-31", { moment: "2026-03-31T00:00:00Z" }],
  ["boolean", true, { boolean: true }],
  ["boolean", "false", { boolean: false }],
  ["boolean", 0, { boolean: false }],
  ["boolean", "Yes", { boolean: true }],
  ["picklist", "blue", { optionIds: [BLUE.id] }],
  ["picklist", RED.id, { optionIds: [RED.id] }],
  ["picklist", [BLUE.id], { optionIds: [BLUE.id] }],
  ["multipicklist", [BLUE.id, "Red; dark", "BLUE"], { optionIds: [BLUE.id, RED.id] }],
  ["multipicklist", `blue; ${RED.id}`, { optionIds: [BLUE.id, RED.id] }],
  ["string", null, {}],
  ["number", " ", {}],
  ["multipicklist", [], {}],
];

for (const [type, value, expected] of GOOD) {
  test(`a ${type} takes ${JSON.stringify(value)}`, () => {
    assert.deepEqual(checkFieldValues([field(type)], { [ID]: value }), {
      values: [{ fieldId: ID, ...expected }],
      errors: {},
    });
  });
}

const BAD: [FieldType, unknown, string][] = [
  ["string", { a: 1 }, "must be text"],
  ["number", "twelve", "must be a number"],
  ["number", "1e999", "must be a number"],
  ["number", [1], "must be a number"],
  ["date", "2026-02-30", "must be a date such as 2026-03-31"],
  ["date", "31.03.2026", "must be a date such as 2026-03-31"],
  ["datetime", "2026-03-31T25:00:00Z", "must be a time such as 2026-03-31T09:30:00Z"],
  ["datetime", "soon", "must be a time such as 2026-03-31T09:30:00Z"],
  ["boolean", "perhaps", "must be true or false"],
  ["picklist", "Green", "has no option Green"],
  ["picklist", ["Blue", RED.id], "accepts one option only"],
  ["multipicklist", ["Blue", "Green"], "has no option Green"],
];

for (const [type, value, why] of BAD) {
  test(`a ${type} refuses ${JSON.stringify(value)}`, () => {
    assert.deepEqual(checkFieldValues([field(type)], { [ID]: value }), {
      values: [],
      errors: { [ID]: `Plant ${why}` },
    });
  });
}

test("text is held to the field's own length", () => {
  assert.deepEqual(checkFieldValues([field("string", 3)], { [ID]: "four" }).errors, {
    [ID]: "Plant must have at most 3 characters",
  });
});

test("an unknown field is told by the key that was sent, and the others are kept", () => {
  const { values, errors } = checkFieldValues([field("string")], {
    [`contact.${ID.toUpperCase()}`]: "B2",
    nope: 1,
  });
  assert.deepEqual(values, [{ fieldId: ID, text: "B2" }]);
  assert.deepEqual(errors, { nope: "This custom field does not exist" });
});
