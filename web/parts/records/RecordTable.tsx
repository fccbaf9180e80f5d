// A list of any length as a table: only the rows in view are drawn, and asked for. On a phone the same rows
// are cards. J and K walk, X chooses, Enter opens, Space looks.

import type { TableName } from "@cadenza/contract";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Trouble } from "../Trouble.tsx";
import { arrange, DEFAULT_LAYOUT, type Layout, type RecordColumn } from "./columns.ts";
import { type TableLayout, useLayout } from "./layout.ts";
import { groupedLines, plainLines } from "./lines.ts";
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
  /** Under which name its columns are kept, for each user. */
  table: TableName;
  /** Where a saved view may say how the columns are arranged. */
  layout?: TableLayout;
  rowState?: (row: Row) => RowState;
  /** Cells can be edited; whether a row that was changed still stands in its place when the list is loaded again. */
  stays?: (row: Row, index: number) => Promise<boolean>;
  /** Shown in place of the rows where there are none. */
  empty?: ReactNode;
};

export function RecordTable<Row>(props: RecordTableProps<Row>) {
  const { rows, table, columns, empty } = props;
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  const own = useLayout(table);
  const { now, change } = props.layout ?? own;
  const arranged = useArranged(columns, now ?? DEFAULT_LAYOUT);
  const frame = useRef<HTMLDivElement>(null);
  const { lines, onFold } = useLines(rows);
  const walk = useRecordKeys(props, { frame, lines });
  if (rows.error && rows.total === undefined) return <Trouble error={rows.error} onRetry={rows.refetch} />;
  if (rows.total === 0 && empty && !rows.isStale) return empty;
  // Never with other columns first: what is chosen is there a moment later.
  if (!now) return <div className={classes.frame} aria-busy="true" />;
  const List = isNarrow ? RecordCards : RecordGrid;
  return (
    <div ref={frame} className={classes.frame} data-stale={rows.isStale || undefined}>
      {rows.error ? (
        <div className={classes.trouble}>
          <Trouble error={rows.error} onRetry={rows.refetch} />
        </div>
      ) : null}
      <List
        {...props}
        arranged={arranged}
        layout={now}
        onLayout={change}
        walk={walk}
        lines={lines}
        onFold={onFold}
      />
    </div>
  );
}

/** The same as long as the same columns are shown, however wide: rows are drawn again only where it is another. */
function useArranged<Row>(columns: readonly RecordColumn<Row>[], layout: Layout) {
  const said = JSON.stringify([layout.columns, layout.pinned]);
  return useMemo(() => {
    const [chosen, pinned] = JSON.parse(said) as [Layout["columns"], Layout["pinned"]];
    return arrange(columns, { columns: chosen, pinned, widths: {} });
  }, [columns, said]);
}

/** What is drawn of it, line by line. Another question folds nothing. */
function useLines<Row>({ source, total = 0, groups }: Windowed<Row>) {
  const about = JSON.stringify(source.key);
  const [held, setHeld] = useState({ about, folded: NOTHING_FOLDED });
  const folded = held.about === about ? held.folded : NOTHING_FOLDED;
  const { reach = Number.POSITIVE_INFINITY } = source;
  const lines = useMemo(
    () => (groups ? groupedLines(groups, { folded, reach }) : plainLines(total)),
    [groups, folded, reach, total],
  );
  const onFold = (key: string) => {
    const next = new Set(folded);
    if (!next.delete(key)) next.add(key);
    setHeld({ about, folded: next });
  };
  return { lines, onFold };
}

const NOTHING_FOLDED: ReadonlySet<string> = new Set();
