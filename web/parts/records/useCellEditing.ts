// Editing cells in place: which one is open, and what was typed into others that is not saved. Saving is not waited for: the
// next cell opens at once, and a value that was not taken stays at its cell.

import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { t } from "../../language/t.ts";
import { type FactValue, isAlike } from "../facts/fact.ts";
import { toast } from "../toast.tsx";
import { accountFor } from "../trouble.ts";
import type { CellEdit } from "./cell-edit.ts";
import type { ListProps } from "./RecordGrid.tsx";

/** `row`: as it stood when it was opened. It is drawn so, whatever the list has there by now. */
export type OpenCell<Row> = { index: number; row: Row; columnId: string };

export type HeldValue<Row> = { value: FactValue } & (
  | { state: "saving" }
  | { state: "refused"; says: string }
  /** Others have changed it since the row was loaded: `now` is theirs. */
  | { state: "conflict"; now: Row }
);

export type HeldInRow<Row> = ReadonlyMap<string, HeldValue<Row>>;

/** Where one goes after a cell. */
export type After = "stay" | "next" | "previous" | "left";

export type CellActs<Row> = {
  begin: (cell: OpenCell<Row>) => void;
  save: (value: FactValue, after: After) => void;
  cancel: () => void;
  settle: (cell: OpenCell<Row>, isMine: boolean) => void;
  /** Why its value cannot be changed; null: no more. */
  explain: (cell: OpenCell<Row> | null) => void;
  /** True if the key meant something at this cell. */
  press: (event: KeyboardEvent) => boolean;
};

export function useCellEditing<Row>(props: ListProps<Row>, scroller: RefObject<HTMLElement | null>) {
  const { rows, rowKey, arranged, walk, stays } = props;
  const columns = arranged.shown;
  const [open, setOpen] = useState<OpenCell<Row> | null>(null);
  const [held, setHeld] = useState<ReadonlyMap<string, HeldInRow<Row>>>(new Map());
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
  const hold = ({ row, columnId }: OpenCell<Row>, value: HeldValue<Row> | null) =>
    setHeld((before) => {
      const inRow = new Map(before.get(rowKey(row)));
      if (value) inRow.set(columnId, value);
      else inRow.delete(columnId);
      return new Map(before).set(rowKey(row), inRow);
    });
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

  const refuse = (cell: OpenCell<Row>, value: FactValue, says: string) => {
    hold(cell, { state: "refused", value, says });
    const isHere = isOnNothing() || isOnCell(scroller.current, cell, placeOf(cell.columnId));
    if (!latest.current && isHere) setOpen(cell);
    else toast(t("Not saved: {refused}.", { refused: says.replace(/\.$/, "") }));
  };
  const send = async (cell: OpenCell<Row>, value: FactValue, base?: Row) => {
    const edit = columnOf(cell.columnId)?.edit;
    if (!edit) return;
    const why = edit.refuses?.(value);
    if (why) return refuse(cell, value, why);
    hold(cell, { state: "saving", value });
    try {
      const now = await edit.read(cell.row);
      const before = edit.input(now).value;
      if (!isAlike(before, edit.input(base ?? cell.row).value) && !isAlike(before, value))
        return hold(cell, { state: "conflict", value, now });
      const written = await edit.write(now, value);
      if ("refused" in written) return refuse(cell, value, written.refused);
      hold(cell, null);
      if ("kept" in written) return;
      const isInPlace = await (stays?.(cell.row, cell.index) ?? true);
      toast(savedWords(edit, isInPlace), { undo: () => takenBack(edit, now) });
    } catch (error) {
      refuse(cell, value, accountFor(error, "writing").happened);
    }
  };

  const heldAt = ({ row, columnId }: OpenCell<Row>) => held.get(rowKey(row))?.get(columnId);
  acts.current = {
    begin,
    explain,
    cancel: () => {
      if (!open) return;
      hold(open, null);
      close(open, "stay");
    },
    save: (value, after) => {
      if (!open) return;
      const edit = columnOf(open.columnId)?.edit;
      latest.current = null;
      close(open, after);
      if (edit && isAlike(value, edit.input(open.row).value)) return hold(open, null);
      void send(open, value);
    },
    settle: (cell, isMine) => {
      const conflict = heldAt(cell);
      const edit = columnOf(cell.columnId)?.edit;
      if (conflict?.state !== "conflict" || !edit) return;
      focusOn(cell.index, placeOf(cell.columnId));
      if (isMine) return void send(cell, conflict.value, conflict.now);
      edit.put(conflict.now);
      hold(cell, null);
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
  return { open, held, explained, acts };
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
