// A list of any length as a table: only the rows in view are drawn, and asked for. On a phone the same rows
// are cards. J and K walk, X chooses, Enter opens, Space looks.

import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useRef } from "react";
import { Trouble } from "../Trouble.tsx";
import { type ChosenColumns, type RecordColumn, useColumns } from "./columns.ts";
import { RecordCards } from "./RecordCards.tsx";
import { RecordGrid } from "./RecordGrid.tsx";
import classes from "./RecordTable.module.css";
import { useRecordKeys } from "./recordKeys.ts";
import type { Selection } from "./useSelection.ts";
import type { Windowed } from "./useWindowed.ts";

export type RowState = "over" | "peeked" | undefined;

/** What the list is sorted by, as the server names it. */
export type Sort = { by: string; isAscending: boolean };

export type RecordTableProps<Row> = {
  label: string;
  columns: readonly RecordColumn<Row>[];
  rows: Windowed<Row>;
  /** Above this many, all that match cannot be chosen at once; 10,000 unless said. */
  mostChosen?: number;
  rowKey: (row: Row) => string;
  /** The row's name: read out beside its checkbox. */
  rowName?: (row: Row) => string;
  /** Where the row's own page is, so that it can be opened in another tab too. */
  href?: (row: Row) => string;
  onOpen?: (row: Row, index: number) => void;
  onPeek?: (row: Row, index: number) => void;
  selection?: Selection<Row>;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
  /** Under which name this browser remembers the columns. */
  storageKey: string;
  /** A saved view's columns, which go before the remembered ones; and who is told of a change. */
  chosenColumns?: ChosenColumns | null | undefined;
  onColumns?: (chosen: ChosenColumns | null) => void;
  rowState?: (row: Row) => RowState;
  /** Shown in place of the rows where there are none. */
  empty?: ReactNode;
};

export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { rows, storageKey, chosenColumns, empty } = props;
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  const columns = useColumns(props.columns, { storageKey, chosen: chosenColumns });
  const frame = useRef<HTMLDivElement>(null);
  const walk = useRecordKeys(props, frame);
  if (rows.error && rows.total === undefined) return <Trouble error={rows.error} onRetry={rows.refetch} />;
  if (rows.total === 0 && empty && !rows.isStale) return empty;
  const List = isNarrow ? RecordCards : RecordGrid;
  return (
    <div ref={frame} className={classes.frame} data-stale={rows.isStale || undefined}>
      {rows.error ? (
        <div className={classes.trouble}>
          <Trouble error={rows.error} onRetry={rows.refetch} />
        </div>
      ) : null}
      <List {...props} columnsOf={columns} walk={walk} />
    </div>
  );
}
