// Which columns a table shows, how wide and in which order: kept in this browser under the table's name, or by the page that
// shows a saved view.

import { useLocalStorage } from "@mantine/hooks";
import {
  type ColumnOrderState,
  type ColumnSizingState,
  type ColumnVisibilityState,
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";

export type RecordColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** In pixels; columns share what is left over in the same proportion. */
  width?: number;
  align?: "right";
  /** What the list is asked to be sorted by, and which way the first press sorts. */
  sort?: string;
  sortFirst?: "ascending" | "descending";
  /** Hidden until a user chooses it. */
  isExtra?: true;
  /** Left out on a phone's cards, though shown in the table. */
  notOnCards?: true;
};

/** Ids of the columns shown, in order. */
export type ChosenColumns = readonly string[];

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});
const helper = createColumnHelper<typeof features, object>();
const NO_ROWS: object[] = [];
const WIDTH = 160;

type Kept = { chosen: ChosenColumns | null; sizes: ColumnSizingState };
type Options = { storageKey: string; chosen?: ChosenColumns | null | undefined };

const keyOf = (storageKey: string) => `cadenza-columns-${storageKey}`;

/** The columns chosen in this browser; null for the usual columns. */
export function rememberedColumns(storageKey: string): ChosenColumns | null {
  try {
    return (JSON.parse(localStorage.getItem(keyOf(storageKey)) ?? "null") as Kept | null)?.chosen ?? null;
  } catch {
    return null;
  }
}

/** Rows are drawn by ourselves, so that a scroll draws none twice; everything about columns is the table's. */
export function useColumns<Row>(columns: readonly RecordColumn<Row>[], { storageKey, chosen }: Options) {
  const [kept, setKept] = useLocalStorage<Kept>({
    key: keyOf(storageKey),
    defaultValue: { chosen: null, sizes: {} },
    getInitialValueInEffect: false,
  });
  const shownIds = chosen ?? kept.chosen ?? usual(columns);
  const defs = useMemo(() => helper.columns(columns.map(defOf)), [columns]);
  const state = useMemo(
    () => ({
      columnVisibility: visibilityOf(columns, shownIds),
      columnOrder: orderOf(columns, shownIds),
      columnSizing: kept.sizes,
    }),
    [columns, shownIds, kept.sizes],
  );
  const table = useTable({
    features,
    columns: defs,
    data: NO_ROWS,
    state,
    columnResizeMode: "onChange",
    onColumnSizingChange: (next) =>
      setKept((now) => ({ ...now, sizes: typeof next === "function" ? next(now.sizes) : next })),
  });
  const shown = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    return orderOf(columns, shownIds).flatMap((id) => {
      const column = shownIds.includes(id) || id === columns[0]?.id ? byId.get(id) : undefined;
      return column ? [column] : [];
    });
  }, [columns, shownIds]);
  return {
    table,
    shown,
    /** The user's own choice; `null` for the usual columns. */
    choose: (next: ChosenColumns | null) => setKept((now) => ({ ...now, chosen: next })),
  };
}

export type Columns<Row> = ReturnType<typeof useColumns<Row>>;

function defOf<Row>({ id, header, width = WIDTH }: RecordColumn<Row>, index: number) {
  return helper.display({ id, header, size: width, minSize: 64, maxSize: 800, enableHiding: index > 0 });
}

export function usual<Row>(columns: readonly RecordColumn<Row>[]): ChosenColumns {
  return columns.filter(({ isExtra }) => !isExtra).map(({ id }) => id);
}

function visibilityOf<Row>(
  columns: readonly RecordColumn<Row>[],
  shown: ChosenColumns,
): ColumnVisibilityState {
  return Object.fromEntries(columns.map(({ id }, index) => [id, index === 0 || shown.includes(id)]));
}

/** The first column is the record's name and stays first. */
function orderOf<Row>(columns: readonly RecordColumn<Row>[], shown: ChosenColumns): ColumnOrderState {
  const all = columns.map(({ id }) => id);
  const [first] = all;
  return [...new Set([...(first ? [first] : []), ...shown.filter((id) => all.includes(id)), ...all])];
}
