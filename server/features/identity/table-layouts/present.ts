import type { TableName } from "@cadenza/contract";
import type { LayoutRow } from "./store.ts";

export function presentLayout({ tableName, columns, pinned, widths }: LayoutRow) {
  return {
    table: tableName as TableName, // nothing else is ever stored
    columns: columns && [...columns],
    pinned: [...pinned],
    widths: { ...widths },
  };
}
