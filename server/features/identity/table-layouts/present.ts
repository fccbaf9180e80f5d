import type { LayoutRow } from "./store.ts";

export function presentLayout({ tableName, columns, pinned, widths }: LayoutRow) {
  return {
    table: tableName,
    columns: columns && [...columns],
    pinned: [...pinned],
    widths: { ...widths },
  };
}
