import type { EditorOf } from "../../../parts/records/cell-edit.ts";
import type { RecordColumn } from "../../../parts/records/columns.ts";
import { FIELD_WIDTH } from "./columns-to-come.ts";
import { type OwnValues, ownFact } from "./own-fact.ts";
import type { CustomField } from "./queries.ts";
import { sayFieldValue } from "./value.ts";

/** The team's custom fields of a kind of record as columns of its table, hidden until a user chooses them. */
export function ownColumns<Row extends OwnValues>(
  fields: readonly CustomField[],
  modality: CustomField["modality"],
  edit: EditorOf<Row, OwnValues, OwnValues>,
) {
  return fields
    .filter((field) => field.modality === modality)
    .map(
      (field): RecordColumn<Row, `field:${string}`> => ({
        id: `field:${field.id}`,
        header: field.name,
        width: FIELD_WIDTH,
        isExtra: true,
        ...(field.type !== "multipicklist" && { sort: `field:${field.id}` }),
        ...(field.type === "number" && { align: "right" as const }),
        cell: ({ typed_custom_fields }) => sayFieldValue(field, typed_custom_fields[field.id]),
        edit: edit(ownFact(field)),
      }),
    );
}
