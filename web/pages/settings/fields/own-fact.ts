// A custom field as a value that users change: on the record's page and in the tables.

import type { Fact, FactInput, FactValue } from "../../../parts/facts/fact.ts";
import type { CustomField } from "./queries.ts";
import { sayFieldValue } from "./value.ts";

export type OwnValues = { typed_custom_fields: Record<string, unknown> };

export function ownFact(field: CustomField): Fact<OwnValues, OwnValues> {
  return {
    label: field.name,
    input: ({ typed_custom_fields: values }) => inputOf(field, values[field.id]),
    change: (value) => ({ typed_custom_fields: { [field.id]: written(value) } }),
  };
}

function written(value: FactValue) {
  return typeof value === "string" ? value.trim() || null : value;
}

function inputOf(field: CustomField, value: unknown): FactInput {
  const choices = field.picklist_values.map(({ id, name }) => ({ value: id, label: name }));
  const text = value === null || value === undefined ? "" : String(value);
  switch (field.type) {
    case "boolean":
      return { kind: "yesNo", value: text === "" ? null : text === "true" };
    case "picklist":
      return { kind: "choice", value: text || null, choices, mayClear: true };
    case "multipicklist":
      return { kind: "choices", value: Array.isArray(value) ? value.map(String) : [], choices };
    case "date":
      return { kind: "date", value: text.slice(0, 10), says: sayFieldValue(field, value) };
    case "textarea":
      return { kind: "lines", value: text };
    case "number":
      return { kind: "number", value: text, says: sayFieldValue(field, value) };
    default:
      return { value: text, says: sayFieldValue(field, value) };
  }
}
