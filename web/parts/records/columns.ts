// What a table's column is, and how the columns are arranged: which are shown, in which order, how wide, and which stay at the
// left. Rules only; where an arrangement is kept is the business of layout.ts and of saved views.

import type { ReactNode } from "react";
import type { CellEdit } from "./cell-edit.ts";

export type RecordColumn<Row, Id extends string = string> = {
  id: Id;
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
  /** Where its value can be changed in the table. */
  edit?: CellEdit<Row>;
  /** Why it cannot be changed there: for all rows, or for one. */
  fixed?: string | ((row: Row) => string | undefined);
};

/** As the server keeps it. */
export type Layout = {
  /** Ids of the columns shown, in order; null: the default columns. */
  columns: readonly string[] | null;
  pinned: readonly string[];
  /** In pixels, of columns whose width a user has set. */
  widths: Readonly<Record<string, number>>;
};

/**
 * A change is made to the columns as they are, not as they were drawn: a second press often comes before the first is drawn.
 * Returns what has become of them.
 */
export type ChangeLayout = (how: (now: Layout) => Layout) => Layout;

export const DEFAULT_LAYOUT: Layout = { columns: null, pinned: [], widths: {} };

export const DEFAULT_WIDTH = 160;
export const LEAST_WIDTH = 64;
export const MOST_WIDTH = 800;

type Columns<Row> = readonly RecordColumn<Row>[];

/**
 * The shown columns as they stand: the first, which is the record's name and always shown, those that are pinned, the rest.
 * What the layout names and the table does not have is left out.
 */
export function arrange<Row>(columns: Columns<Row>, { columns: chosen, pinned }: Layout) {
  const [first, ...others] = columns;
  const byId = new Map(others.map((column) => [column.id, column]));
  const ids = chosen ?? others.filter(({ isExtra }) => !isExtra).map(({ id }) => id);
  const shown = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  const [stay, move] = [
    shown.filter(({ id }) => pinned.includes(id)),
    shown.filter(({ id }) => !pinned.includes(id)),
  ];
  const all = [...(first ? [first] : []), ...stay, ...move];
  return {
    shown: all,
    hidden: others.filter((column) => !shown.includes(column)),
    /** How many of the shown stay at the left. */
    pinned: stay.length + (first ? 1 : 0),
  };
}

const idsOf = <Row>(columns: Columns<Row>) => columns.map(({ id }) => id);

/** The same without what the table does not have: a column of an earlier version would be refused by the server. */
function tidy<Row>(columns: Columns<Row>, { columns: chosen, pinned, widths }: Layout): Layout {
  const known = new Set(idsOf(columns));
  return {
    columns: chosen && [...new Set(chosen)].filter((id) => known.has(id)),
    pinned: pinned.filter((id) => known.has(id)),
    widths: Object.fromEntries(Object.entries(widths).filter(([id]) => known.has(id))),
  };
}

/** A column that is shown stands where it stood before, or last. */
export function toggled<Row>(columns: Columns<Row>, layout: Layout, id: string): Layout {
  const shown = idsOf(arrange(columns, layout).shown);
  if (shown.includes(id)) return tidy(columns, { ...layout, columns: shown.filter((one) => one !== id) });
  return tidy(columns, { ...layout, columns: [...shown, id] });
}

export function pinToggled<Row>(columns: Columns<Row>, layout: Layout, id: string): Layout {
  const pinned = layout.pinned.includes(id)
    ? layout.pinned.filter((one) => one !== id)
    : [...layout.pinned, id];
  return tidy(columns, { ...layout, pinned });
}

/** A width within what a table bears; null: as wide as the others leave it. */
export function widened<Row>(
  columns: Columns<Row>,
  layout: Layout,
  { id, width }: { id: string; width: number | null },
): Layout {
  const { [id]: _, ...rest } = layout.widths;
  return tidy(columns, {
    ...layout,
    widths: width === null ? rest : { ...rest, [id]: boundedWidth(width) },
  });
}

export const boundedWidth = (width: number) => Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));

/** Between which places a column can be moved: pinned columns among themselves, the rest too. The first stays first. */
export function placesFor<Row>(columns: Columns<Row>, layout: Layout, id: string): readonly [number, number] {
  const { shown, pinned } = arrange(columns, layout);
  const at = idsOf(shown).indexOf(id);
  if (at <= 0) return [at, at];
  return at < pinned ? [1, pinned - 1] : [pinned, shown.length - 1];
}

/** The column at another place among the shown. */
export function moved<Row>(columns: Columns<Row>, layout: Layout, id: string, to: number): Layout {
  const [least, most] = placesFor(columns, layout, id);
  const others = idsOf(arrange(columns, layout).shown).filter((one) => one !== id);
  return tidy(columns, {
    ...layout,
    columns: others.toSpliced(Math.min(most, Math.max(least, to)), 0, id),
  });
}

/** Nothing is left of what a user has changed. */
export function isDefault({ columns, pinned, widths }: Layout) {
  return columns === null && pinned.length === 0 && Object.keys(widths).length === 0;
}
