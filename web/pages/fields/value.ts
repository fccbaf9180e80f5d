// What stands in a field of the team's own, for reading.

import { dayOf } from "../../parts/when.ts";
import type { Field } from "./queries.ts";

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

export function sayFieldValue(field: Field, value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return value.map((one) => sayFieldValue(field, one)).join(", ");
  switch (field.type) {
    case "boolean":
      return value === true || value === "true" ? "Yes" : "No";
    case "number":
      return number.format(Number(value));
    case "date":
    case "datetime":
      return dayOf(String(value), new Date());
    case "picklist":
    case "multipicklist":
      return field.picklist_values.find(({ id }) => id === value)?.name ?? String(value);
    default:
      return String(value);
  }
}
