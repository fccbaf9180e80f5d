// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one, which a table element cannot hold

import { type MouseEvent, memo, type ReactNode, type RefObject } from "react";
import { t } from "../../language/t.ts";
import { ChooseBox } from "./ChooseBox.tsx";
import type { RecordColumn } from "./columns.ts";
import { EditableCell } from "./EditableCell.tsx";
import classes from "./RecordTable.module.css";
import type { RecordTableProps, RowState } from "./RecordTable.tsx";
import type { CellActs } from "./useCellEditing.ts";
import type { HeldInRow } from "./useCellSaving.ts";
import type { Choose } from "./useChoosing.ts";
import type { Selection } from "./useSelection.ts";

type Props<Row> = Pick<RecordTableProps<Row>, "rowKey" | "rowName" | "href" | "onOpen"> & {
  /** Its place among the rows, and among the lines that are drawn. */
  index: number;
  line: number;
  start: number;
  row: Row | undefined;
  columns: readonly RecordColumn<Row>[];
  /** How many of them stay at the left. */
  pinned: number;
  selection: Selection<Row> | undefined;
  choose: RefObject<Choose<Row> | null>;
  isChosen: boolean;
  isHere: boolean;
  state: RowState;
  standAt: (index: number) => void;
  /** In a table whose cells can be edited. */
  acts?: RefObject<CellActs<Row> | null>;
  /** The column that is being changed, and the one of which it is said why it cannot be. */
  openCell?: string | null;
  explainedCell?: string | null;
  held?: HeldInRow<Row> | undefined;
};

function AnyRow<Row>(props: Props<Row>) {
  const {
    index,
    line,
    start,
    row,
    columns,
    selection,
    choose,
    isChosen,
    isHere,
    state,
    rowName,
    standAt,
    acts,
  } = props;
  if (row === undefined) return <WaitingRow {...props} />;
  const name = rowName?.(row) ?? t("row {index}", { index: index + 1 });
  const open = openerOf(props, row);
  return (
    // The link in the first cell is what keys and screen readers use; the row only widens it for the mouse.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={line + 2}
      data-index={index}
      data-chosen={isChosen || undefined}
      data-here={isHere || undefined}
      data-state={state}
      data-opens={open ? true : undefined}
      className={classes.row}
      style={{ transform: `translateY(${start}px)` }}
      onClick={(event) => {
        standAt(index);
        if (!isOnControl(event)) open?.(event);
      }}
    >
      <div role="cell" className={classes.choose}>
        {selection && (
          <ChooseBox
            isChosen={isChosen}
            label={t("Select {name}", { name })}
            onToggle={(upToHere) => choose.current?.(index, row, upToHere)}
          />
        )}
      </div>
      {columns.map((column, place) => {
        const shown =
          place === 0 ? (
            <NameCell {...props} row={row} column={column} onFocus={() => standAt(index)} />
          ) : (
            <Cell>{column.cell(row)}</Cell>
          );
        const pin = pinnedAt(place, props.pinned);
        if (acts)
          return (
            <EditableCell
              key={column.id}
              column={column}
              at={{ index, row, columnId: column.id }}
              isName={place === 0}
              rowName={name}
              pin={pin}
              acts={acts}
              isOpen={props.openCell === column.id}
              isExplained={props.explainedCell === column.id}
              held={props.held?.get(column.id)}
            >
              {shown}
            </EditableCell>
          );
        return (
          <div key={column.id} role="cell" className={classes.cell} data-align={column.align} {...pin}>
            {shown}
          </div>
        );
      })}
    </div>
  );
}

/** What stays to be seen, however far to the right one looks: the name, and what the user has pinned. */
export function pinnedAt(place: number, pinned: number) {
  if (place >= pinned) return undefined;
  return {
    "data-pinned": pinned === 1 ? "only" : place === pinned - 1 ? "last" : "",
    style: { left: `var(--left-${place})` },
  };
}

/** Words that have no room end in dots, and are whole on hover; a cell with parts of its own sees to them itself. */
function Cell({ children }: { children: ReactNode }) {
  return typeof children === "string" ? <span title={children}>{children}</span> : children;
}

/** Drawn again only where something about the row is different; scrolling past changes nothing about it. */
export const GridRow = memo(AnyRow) as typeof AnyRow;

function openerOf<Row>({ href, onOpen, index }: Props<Row>, row: Row) {
  if (!onOpen) return undefined;
  return (event: MouseEvent) => {
    if (href && (event.ctrlKey || event.metaKey)) window.open(href(row), "_blank", "noopener");
    else onOpen(row, index);
  };
}

function isOnControl(event: MouseEvent) {
  // A cell that can be edited is chosen by a click; what it has opened elsewhere on the page is not in the row at all.
  const { target, currentTarget } = event;
  if (!(target instanceof Element) || !currentTarget.contains(target)) return true;
  return target.closest("a, button, input, label, [data-cell]") !== null;
}

type NameProps<Row> = Props<Row> & { row: Row; column: RecordColumn<Row>; onFocus: () => void };

export function NameCell<Row>({ row, column, href, onOpen, index, onFocus }: NameProps<Row>) {
  if (!onOpen) return column.cell(row);
  const press = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(row, index);
  };
  if (!href)
    return (
      <button type="button" data-walk className={classes.open} onClick={press} onFocus={onFocus}>
        {column.cell(row)}
      </button>
    );
  return (
    <a href={href(row)} data-walk className={classes.open} onClick={press} onFocus={onFocus}>
      {column.cell(row)}
    </a>
  );
}

/** One element: a long scroll draws many, each for a moment only. */
function WaitingRow<Row>({ index, start }: Props<Row>) {
  return (
    <div
      aria-hidden="true"
      data-index={index}
      className={`${classes.row} ${classes.waiting}`}
      style={{ transform: `translateY(${start}px)` }}
    />
  );
}
