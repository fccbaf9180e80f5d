// Editing cells in place: which one is open, and where one goes from it. Saving is not waited for: the next cell opens at once.

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { type FactValue, isAlike } from "../facts/fact.ts";
import { toast } from "../toast.tsx";
import type { CellEdit } from "./cell-edit.ts";
import { type KeptCell, useKeptCells } from "./kept-cells.ts";
import type { ListProps } from "./RecordGrid.tsx";
import { useCellSaving } from "./useCellSaving.ts";

/** `row`: as it stood when it was opened. It is drawn so, whatever the list has there by now. */
export type OpenCell<Row> = { index: number; row: Row; columnId: string };

/** Where one goes after a cell. */
export type After = "stay" | "next" | "previous" | "left";

export type CellActs<Row> = {
  begin: (cell: OpenCell<Row>) => void;
  /** Not saved yet: a reload does not lose it. */
  type: (value: FactValue) => void;
  save: (value: FactValue, after: After) => void;
  cancel: () => void;
  settle: (cell: OpenCell<Row>, isMine: boolean) => void;
  /** Why its value cannot be changed; null: no more. */
  explain: (cell: OpenCell<Row> | null) => void;
  /** True if the key meant something at this cell. */
  press: (event: KeyboardEvent) => boolean;
};

export function useCellEditing<Row>(props: ListProps<Row>, scroller: RefObject<HTMLElement | null>) {
  const { table, rows, rowKey, arranged, walk, stays } = props;
  const columns = arranged.shown;
  const [open, setOpen] = useState<OpenCell<Row> | null>(null);
  const [explained, setExplained] = useState<Pick<OpenCell<Row>, "index" | "columnId"> | null>(null);
  const latest = useRef(open); // what is answered later must know what is open by then
  latest.current = open;
  const acts = useRef<CellActs<Row>>(null);
  const wish = useRef<string | null>(null);

  const focusWished = () => {
    const target = wish.current && scroller.current?.querySelector<HTMLElement>(wish.current);
    if (!target) return;
    wish.current = null;
    target.focus();
  };
  useLayoutEffect(focusWished); // where it was not drawn yet

  const columnOf = (id: string) => columns.find((column) => column.id === id);
  const placeOf = (id: string) => columns.findIndex((column) => column.id === id);
  const rowAt = (index: number) => rows.rows(index, index + 1)[0];
  const focusOn = (index: number, place: number) => {
    const column = columns[place];
    if (!column) return;
    wish.current = selectorOf(index, place === 0 ? null : column.id);
    focusWished();
    walk.standAt(index);
  };
  const whyNot = (cell: OpenCell<Row>) => whyFixed(columnOf(cell.columnId), cell.row);

  const begin = (cell: OpenCell<Row>) => {
    if (!columnOf(cell.columnId)?.edit || whyNot(cell)) return explain(cell);
    setExplained(null);
    walk.standAt(cell.index);
    walk.bring.current?.(cell.index);
    setOpen(cell);
  };
  const explain = (cell: OpenCell<Row> | null) =>
    setExplained(cell && { index: cell.index, columnId: cell.columnId });

  const close = (cell: OpenCell<Row>, after: After) => {
    if (after === "next" || after === "previous") {
      const next = besides(cell, after === "next" ? 1 : -1);
      if (next) return begin(next);
    }
    setOpen(null);
    if (after !== "left") focusOn(cell.index, placeOf(cell.columnId));
  };
  /** The next cell that can be changed, in this row or the one beside it. */
  const besides = (cell: OpenCell<Row>, by: 1 | -1) => {
    let place = placeOf(cell.columnId) + by;
    for (let index = cell.index; index >= 0 && Math.abs(index - cell.index) < 2; index += by) {
      const row = rowAt(index);
      if (row === undefined) return null;
      for (; columns[place]; place += by) {
        const next = { index, row, columnId: columns[place]?.id ?? "" };
        if (columns[place]?.edit && !whyNot(next)) return next;
      }
      place = by === 1 ? 0 : columns.length - 1;
    }
    return null;
  };

  const kept = useKeptCells();
  const { held, heldAt, hold, drop, send } = useCellSaving<Row, OpenCell<Row>>({
    rowKey,
    kept,
    editOf: (columnId) => columnOf(columnId)?.edit,
    refused: (cell, says) => {
      const isHere = isOnNothing() || isOnCell(scroller.current, cell, placeOf(cell.columnId));
      if (!latest.current && isHere) setOpen(cell);
      else toast(t("Not saved: {refused}.", { refused: says.replace(/\.$/, "") }));
    },
    saved: async (cell, edit, before) => {
      // It is saved, also where its place in the list is not to be had.
      const isInPlace = await (stays?.(cell.row, cell.index).catch(() => true) ?? true);
      toast(savedWords(edit, isInPlace), { undo: () => takenBack(edit, before) });
    },
  });
  acts.current = {
    begin,
    explain,
    cancel: () => {
      if (!open) return;
      const before = heldAt(open);
      if (before?.state === "saving")
        kept.keep(rowKey(open.row), open.columnId, { base: before.base, mine: before.value });
      else drop(open);
      close(open, "stay");
    },
    type: (value) => {
      const edit = open && columnOf(open.columnId)?.edit;
      if (!edit) return;
      const { index, row, columnId } = open;
      const base = heldAt(open)?.base ?? edit.input(row).value;
      kept.keep(rowKey(row), columnId, { base, mine: value, openIn: { table, index } });
    },
    save: (value, after) => {
      if (!open) return;
      const edit = columnOf(open.columnId)?.edit;
      const isSaving = heldAt(open)?.state === "saving";
      latest.current = null;
      close(open, after);
      if (edit && !isSaving && isAlike(value, edit.input(open.row).value)) return drop(open);
      send(open, value);
    },
    settle: (cell, isMine) => {
      const conflict = heldAt(cell);
      const edit = columnOf(cell.columnId)?.edit;
      if (conflict?.state !== "conflict" || !edit) return;
      focusOn(cell.index, placeOf(cell.columnId));
      if (isMine) return send(cell, conflict.value, conflict.now);
      edit.put(conflict.now);
      drop(cell);
    },
    press: (event) => {
      const at = cellUnder(event.target);
      if (!at) return false;
      const row = rowAt(at.index);
      if (row === undefined) return false;
      const place = at.columnId === null ? 0 : placeOf(at.columnId);
      const cell = { index: at.index, row, columnId: columns[place]?.id ?? "" };
      setExplained(null);
      switch (event.key) {
        case "ArrowRight":
        case "ArrowLeft":
          focusOn(at.index, Math.min(columns.length - 1, place + (event.key === "ArrowRight" ? 1 : -1)));
          return true;
        case "ArrowDown":
        case "ArrowUp": {
          if (place === 0) return false;
          const next = walk.next(at.index, event.key === "ArrowDown" ? 1 : -1);
          if (next === at.index) return true;
          walk.bring.current?.(next);
          focusOn(next, place);
          return true;
        }
        case "Enter":
          if (place === 0) return false; // opens the record
          begin(cell);
          return true;
        case "F2":
          begin(cell);
          return true;
        case "Escape":
          if (place === 0) return false;
          focusOn(at.index, 0);
          return true;
        default:
          return false;
      }
    },
  };
  const bringBack = (cell: OpenCell<Row>, edit: CellEdit<Row>, { base, mine, openIn }: KeptCell) => {
    if (isAlike(mine, edit.input(cell.row).value)) return drop(cell);
    hold(cell, { state: "unsaved", value: mine, base });
    if (openIn?.table === table && !latest.current && !whyNot(cell)) setOpen(cell);
  };
  return { open, held, explained, acts, kept, bringBack };
}

/** Why a value cannot be changed here. */
export function whyFixed<Row>(column: ListProps<Row>["arranged"]["shown"][number] | undefined, row: Row) {
  const { edit, fixed } = column ?? {};
  const why = typeof fixed === "function" ? fixed(row) : fixed;
  return why ?? (edit ? undefined : t("This value is not entered by hand."));
}

function savedWords<Row>({ label }: CellEdit<Row>, isInPlace: boolean) {
  return isInPlace
    ? t("{label} saved.", { label })
    : t(
        "{label} saved. The row no longer fits the filters or the order. It moves when the list is loaded again.",
        {
          label,
        },
      );
}

async function takenBack<Row>(edit: CellEdit<Row>, before: Row) {
  const written = await edit.write(before, edit.input(before).value);
  if ("refused" in written) throw new Error(written.refused);
}

/** Null for the column: the row's name, which is a link. */
function selectorOf(index: number, columnId: string | null) {
  const row = `[data-index="${index}"]`;
  return columnId === null ? `${row} [data-walk]` : `${row} [data-cell="${columnId}"]`;
}

function cellUnder(target: EventTarget | null) {
  // texts: not translated, a selector
  if (!(target instanceof HTMLElement) || !target.matches("[data-cell], [data-walk]")) return null;
  const index = target.closest<HTMLElement>("[data-index]")?.dataset.index;
  return index === undefined ? null : { index: Number(index), columnId: target.dataset.cell ?? null };
}

const isOnNothing = () => document.activeElement === document.body;

function isOnCell(list: HTMLElement | null, { index, columnId }: OpenCell<unknown>, place: number) {
  const cell = list?.querySelector(selectorOf(index, place === 0 ? null : columnId));
  return cell !== null && cell === document.activeElement;
}
