// What the cells of a row hold, by field, and what rows of every kind say alike.

import { fromOneCell } from "../contacts/cell-lists.ts";
import { bareAddress } from "../contacts/contact-emails.ts";
import type { RowExtras } from "./import-rows.ts";

/** What the cells of a row hold, by the field that their column goes to. */
export type CellValues = ReadonlyMap<string, string>;

const LONGEST_CELL = 1_000;

// Fields of the team's own are as long as their definitions let them be.
export function isTooLong(values: CellValues) {
  return [...values].some(([field, text]) => !isOwn(field) && !MANY.has(field) && text.length > LONGEST_CELL);
}

/** What holds several names or addresses, each as long as any, or a text of any length. */
const MANY = new Set([
  ...["label_names", "further_emails", "further_email_statuses"],
  ...["contact_emails", "contact_roles", "description"],
]);

export const OWN_FIELD_PREFIX = "typed_custom_fields.";

function isOwn(field: string) {
  return field.startsWith(OWN_FIELD_PREFIX);
}

export function commonIn(values: CellValues) {
  const common: Pick<RowExtras, "labelNames" | "owner" | "fields"> = {};
  const fields: Record<string, string> = {};
  for (const [field, text] of values) if (isOwn(field)) fields[field.slice(OWN_FIELD_PREFIX.length)] = text;
  if (Object.keys(fields).length > 0) common.fields = fields;
  const lists = fromOneCell(values.get("label_names") ?? "").map((name) => name.trim().slice(0, 200));
  const labelNames = lists.filter((name) => name !== "");
  if (labelNames.length > 0) common.labelNames = labelNames;
  const owner = values.get("owner_email");
  if (owner !== undefined) common.owner = bareAddress(owner).toLowerCase();
  return common;
}

export function placeIn(values: CellValues) {
  const parts = ["city", "state", "country"].flatMap((field) => values.get(field) ?? []);
  return parts.length > 0 ? parts.join(", ") : undefined;
}
