// Records sorted by a custom field: `field:<id>`, as the tables of the web app name its column.

import type { Db } from "../../../db/connect.ts";
import type { FieldType } from "../../../domain/contacts/custom-fields.ts";
import { type FieldModality, type FieldRow, listFields } from "../custom-fields/store.ts";
import type { SortOrder } from "./orders-store.ts";

type Read = Pick<SortOrder, "type"> & { value: string };

const OPTION = `(select lower(o.name) from custom_field_options o
  where o.team_id = v.team_id and o.field_id = v.field_id and o.id = v.option_ids[1])`;

/** A field with several choices has no order. */
const READ: Record<Exclude<FieldType, "multipicklist">, Read> = {
  string: { type: "text", value: "nullif(lower(v.text_value), '')" },
  textarea: { type: "text", value: "nullif(lower(v.text_value), '')" },
  number: { type: "numeric", value: "v.number_value" },
  date: { type: "timestamptz", value: "v.date_value::timestamp at time zone 'UTC'" },
  datetime: { type: "timestamptz", value: "v.moment_value" },
  boolean: { type: "boolean", value: "v.boolean_value" },
  picklist: { type: "text", value: OPTION },
};

const TABLES: Record<FieldModality, { table: string; record: string; id: string }> = {
  contact: { table: "contact_field_values", record: "contact_id", id: "c.id" },
  account: { table: "account_field_values", record: "account_id", id: "a.id" },
  opportunity: { table: "deal_field_values", record: "deal_id", id: "d.id" },
};

/** Null where there is no such field, or it cannot be sorted by. */
export async function fieldOrder(
  db: Db,
  teamId: string,
  modality: FieldModality,
  name: string,
): Promise<SortOrder | null> {
  if (!name.startsWith("field:")) return null;
  const field = (await listFields(db, teamId, modality)).find(({ id }) => `field:${id}` === name);
  return field && field.type !== "multipicklist" ? orderOf(field, READ[field.type]) : null;
}

/** The id in the statement is the team's own, as it is stored: nothing that a caller sent. */
function orderOf({ id, modality }: FieldRow, { type, value }: Read): SortOrder {
  const { table, record, id: recordId } = TABLES[modality];
  const by = `(select ${value} from ${table} v
    where v.team_id = $1 and v.${record} = ${recordId} and v.field_id = '${id}')`;
  return { by, type, blanks: "last" };
}
