import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useId } from "react";
import classes from "./DataTable.module.css";
import type { Sort } from "./records/RecordTable.tsx";
import { ariaSort, SortButton } from "./records/SortButton.tsx";
import { type SortValue, sortedRows } from "./sorted-rows.ts";
import { TableSkeleton } from "./TableSkeleton.tsx";

export type Column<Row> = {
  header: string;
  cell: (row: Row) => ReactNode;
  align?: "right";
  /** Share of the width, as CSS has it. */
  width?: string;
  /** By what the rows can be sorted: `by` is its name in the address. */
  sort?: { by: string; value: (row: Row) => SortValue; first?: "descending" };
};

type Props<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Opens the row's record; the first column becomes what is pressed, and what J and K walk. */
  onOpen?: (row: Row) => void;
  /** Stands with the first column, and is pressed by itself. */
  beside?: (row: Row) => ReactNode;
  /** Still listed, but over: revoked, deactivated. */
  isOver?: (row: Row) => boolean;
  /** Said where there are no rows. */
  empty?: string;
  /** In which order; as they are given where it names no column. */
  order?: readonly [Sort | null, (next: Sort) => void];
};

/** A list that fills the page: a table, or cards where the screen is narrow. */
export function DataTable<Row>(props: Props<Row>) {
  const isNarrow = useMediaQuery("(max-width: 47.99em)", undefined, { getInitialValueInEffect: false });
  if (!props.rows)
    return <TableSkeleton columns={props.columns.map(({ header }) => header)} isNarrow={!!isNarrow} />;
  if (props.rows.length === 0 && props.empty) return <p className="soft">{props.empty}</p>;
  const rows = inOrder(props.rows, props);
  return isNarrow ? <Cards {...props} rows={rows} /> : <Table {...props} rows={rows} />;
}

function inOrder<Row>(rows: readonly Row[], { columns, order }: Pick<Props<Row>, "columns" | "order">) {
  const sort = order?.[0];
  const value = columns.find((column) => column.sort && column.sort.by === sort?.by)?.sort?.value;
  return sort && value ? sortedRows(rows, value, sort.isAscending) : rows;
}

type Filled<Row> = Props<Row> & { rows: readonly Row[] };

function Table<Row>({ label, columns, rows, rowKey, onOpen, beside, isOver, order }: Filled<Row>) {
  return (
    <table className={classes.table} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ header, align, width, sort }) => (
            <th
              key={header}
              scope="col"
              data-align={align}
              style={{ width }}
              aria-sort={ariaSort(sort?.by, order?.[0])}
            >
              {sort && order ? (
                <SortButton by={sort.by} first={sort.first} sort={order[0]} onSort={order[1]}>
                  {header}
                </SortButton>
              ) : (
                header
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          // The button in the first cell is what keys and screen readers use; the row only widens it for the mouse.
          <tr
            key={rowKey(row)}
            data-over={isOver?.(row) || undefined}
            data-opens={!!onOpen || undefined}
            onClick={onOpen && (() => onOpen(row))}
          >
            {columns.map((column, index) => (
              <td key={column.header} data-align={column.align}>
                {index === 0 ? <First row={row} cell={column.cell} onOpen={onOpen} /> : column.cell(row)}
                {index === 0 && beside?.(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function First<Row>({
  row,
  cell,
  onOpen,
}: {
  row: Row;
  cell: Column<Row>["cell"];
  onOpen: Props<Row>["onOpen"];
}) {
  if (!onOpen) return cell(row);
  return (
    <button
      type="button"
      className={classes.open}
      data-walk
      onClick={(event) => {
        event.stopPropagation();
        onOpen(row);
      }}
    >
      {cell(row)}
    </button>
  );
}

function Cards<Row>({ label, columns, rows, rowKey, onOpen, beside, isOver }: Filled<Row>) {
  const [first, ...rest] = columns;
  const id = useId();
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes.card} data-over={isOver?.(row) || undefined}>
          {first && <First row={row} cell={first.cell} onOpen={onOpen} />}
          {beside?.(row)}
          <dl className={classes.facts}>
            {rest.map(({ header, cell }) => (
              <div key={id + header}>
                <dt>{header}</dt>
                <dd>{cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
