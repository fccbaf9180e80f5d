// A table that is loaded whole, as a CSV file: the given columns as text, in their order.

import { cellOf } from "../charts/chart-table.ts";

/** The compiler sees to it that no column of a table is missing. */
export type RowCells<Row, Id extends string> = Readonly<
  Record<Id, (row: Row) => string | number | null | undefined>
>;

export function csvOfRows<Row, Id extends string>(
  columns: readonly { id: string; header: string }[],
  rows: readonly Row[],
  cells: RowCells<Row, Id>,
) {
  const known = columns.filter((column): column is { id: Id; header: string } => column.id in cells);
  const lines = [
    known.map(({ header }) => header),
    ...rows.map((row) => known.map(({ id }) => cells[id](row))),
  ];
  return lines.map((line) => `${line.map(cellOf).join(",")}\r\n`).join("");
}
