// What stands in a field of the team's own, for reading.

import { numberFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { dayOf } from "../../../parts/when.ts";
import type { CustomField } from "./queries.ts";

const number = numberFormat({ maximumFractionDigits: 6 });

export function sayFieldValue(field: CustomField, value: unknown): string {
  if (value === null || value === undefined || value === "") return "";
  if (Array.isArray(value)) return value.map((one) => sayFieldValue(field, one)).join(", ");
  switch (field.type) {
    case "boolean":
      return value === true || value === "true" ? t("Yes") : t("No");
    case "number":
      return number.format(Number(value));
    case "date":
    case "datetime":
      return dayOf(String(value), currentTime());
    case "picklist":
    case "multipicklist":
      return field.picklist_values.find(({ id }) => id === value)?.name ?? String(value);
    default:
      return String(value);
  }
}
