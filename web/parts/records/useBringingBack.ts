// What was typed into cells before the page was loaded again stands at its cells, and is open where it was being typed.

import { useEffect, useRef } from "react";
import type { Lines } from "./lines.ts";
import type { ListProps } from "./RecordGrid.tsx";
import type { useCellEditing } from "./useCellEditing.ts";

type InView = readonly { one: ReturnType<Lines["at"]> }[];

/** Rows are loaded when they are scrolled to, so the line that was open is brought into view first. */
export function useBringingBack<Row>(
  { table, rows, rowKey, arranged, walk }: ListProps<Row>,
  { kept, bringBack }: ReturnType<typeof useCellEditing<Row>>,
  inView: InView,
) {
  const isBrought = useRef(false);
  useEffect(() => {
    if (rows.total === undefined || !kept.hasMore()) return;
    const line = isBrought.current ? null : kept.lineOpenIn(table);
    isBrought.current = true;
    if (line !== null) walk.bring.current?.(line);
    for (const { one } of inView) {
      const row = one.kind === "row" ? rows.rows(one.index, one.index + 1)[0] : undefined;
      if (one.kind !== "row" || row === undefined) continue;
      for (const { id: columnId, edit } of arranged.shown) {
        const found = edit && kept.take(rowKey(row), columnId);
        if (found) bringBack({ index: one.index, row, columnId }, edit, found);
      }
    }
  });
}
