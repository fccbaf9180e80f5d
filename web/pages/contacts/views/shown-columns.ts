// Which columns a table shows, and under which words.

import { arrange, DEFAULT_LAYOUT, type Layout, type RecordColumn } from "../../../parts/records/columns.ts";
import type { ShownColumn } from "./export.ts";

/** As they stand in the table. */
export function shownColumns<Row>(
  columns: readonly RecordColumn<Row>[],
  layout: Layout | null,
): ShownColumn[] {
  return arrange(columns, layout ?? DEFAULT_LAYOUT).shown.map(({ id, header }) => ({ id, header }));
}
