// A file with the columns that a table shows: which are asked for, in which order, and what stands in each.

import { inOneCell } from "../../../domain/contacts/cell-lists.ts";
import type { CsvCell } from "../../../kernel/csv-lines.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { say } from "../../../kernel/say.ts";
import type { FieldRow } from "../custom-fields/store.ts";

export type FileColumn<Row> = { header: string; cell: (row: Row) => CsvCell };

type Known<Row> = {
  /** The table's own columns by their ids. */
  own: Readonly<Record<string, FileColumn<Row>>>;
  fields: readonly FieldRow[];
  /** The values of a row's custom fields. */
  valuesOf: (row: Row) => Readonly<Record<string, unknown>>;
};

/** Null where nothing is asked for, and the file is whole. */
export function askedColumns<Row>(
  { own, fields, valuesOf }: Known<Row>,
  asked: readonly string[] | undefined,
): FileColumn<Row>[] | null {
  if (!asked || asked.length === 0) return null;
  const ofFields = new Map(fields.map((field) => [`field:${field.id}`, field]));
  return asked.map((id) => {
    const field = ofFields.get(id);
    if (field) return { header: field.name, cell: (row) => fieldCell(valuesOf(row)[field.id], field) };
    const column = Object.hasOwn(own, id) ? own[id] : undefined;
    if (!column)
      throw new Refusal("parameter_invalid", {
        name: "csv_columns",
        why: say("has no column {id}", { id: id.slice(0, 40) }),
      });
    return column;
  });
}

/** Choices by their names: an id means nothing in a spreadsheet. */
export function fieldCell(value: unknown, field: Pick<FieldRow, "options">): CsvCell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return inOneCell(value.map((one) => String(fieldCell(one, field) ?? "")));
  if (typeof value === "number" || typeof value === "boolean") return value;
  return field.options.find(({ id }) => id === String(value))?.name ?? String(value);
}
