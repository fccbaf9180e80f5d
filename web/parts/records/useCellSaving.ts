// Values typed into cells on their way to the server. Saving is not waited for, and a value that was not taken stays at its cell.

import { useRef, useState } from "react";
import { type FactValue, isAlike } from "../facts/fact.ts";
import { isOvertaken } from "../read-first.ts";
import { accountFor } from "../trouble.ts";
import type { CellEdit } from "./cell-edit.ts";
import type { KeptCells } from "./kept-cells.ts";

/** `base`: what was saved when it was typed. */
export type HeldValue<Row> = { value: FactValue; base: FactValue } & (
  | { state: "saving" }
  /** Typed before the page was loaded again. */
  | { state: "unsaved" }
  | { state: "refused"; says: string }
  /** Others have changed it since the row was loaded: `now` is theirs. */
  | { state: "conflict"; now: Row }
);

export type HeldInRow<Row> = ReadonlyMap<string, HeldValue<Row>>;

type SavedCell<Row> = { row: Row; columnId: string };

type Save<Row, Cell> = {
  cell: Cell;
  edit: CellEdit<Row>;
  value: FactValue;
  base: FactValue;
  /** What the cell may have at the server without a teammate having changed it. */
  known: readonly FactValue[];
  turn: number;
};

type Means<Row, Cell> = {
  rowKey: (row: Row) => string;
  editOf: (columnId: string) => CellEdit<Row> | undefined;
  kept: KeptCells;
  /** The value stands at its cell, with what the server says. */
  refused: (cell: Cell, says: string) => void;
  saved: (cell: Cell, edit: CellEdit<Row>, before: Row) => Promise<void>;
};

/** How often a row is looked at again that others go on changing between the look and the write. */
const MOST_LOOKS = 5;

export function useCellSaving<Row, Cell extends SavedCell<Row>>(means: Means<Row, Cell>) {
  const { rowKey, editOf, kept, refused, saved } = means;
  const [held, setHeld] = useState<ReadonlyMap<string, HeldInRow<Row>>>(new Map());
  const rowsSaved = useRef(new Map<string, Promise<void>>());
  const turns = useRef(new Map<string, number>());

  const heldAt = ({ row, columnId }: SavedCell<Row>) => held.get(rowKey(row))?.get(columnId);
  const hold = ({ row, columnId }: SavedCell<Row>, value: HeldValue<Row> | null) =>
    setHeld((before) => {
      const inRow = new Map(before.get(rowKey(row)));
      if (value) inRow.set(columnId, value);
      else inRow.delete(columnId);
      return new Map(before).set(rowKey(row), inRow);
    });
  const drop = (cell: SavedCell<Row>) => {
    hold(cell, null);
    kept.forget(rowKey(cell.row), cell.columnId);
  };
  const cellKey = ({ row, columnId }: SavedCell<Row>) => JSON.stringify([rowKey(row), columnId]);
  /** What a later save of the same cell shows is not overwritten by what comes of an earlier one. */
  const holdUnlessLater = ({ cell, turn }: Save<Row, Cell>, value: HeldValue<Row> | null) => {
    if (turns.current.get(cellKey(cell)) === turn) hold(cell, value);
  };
  const refuse = (save: Save<Row, Cell>, says: string) => {
    holdUnlessLater(save, { state: "refused", value: save.value, base: save.base, says });
    refused(save.cell, says);
  };

  /** Values of one row are saved one after the other, so that no save overtakes the look of another. */
  const send = (cell: Cell, value: FactValue, from: Row = cell.row) => {
    const edit = editOf(cell.columnId);
    if (!edit) return;
    const before = heldAt(cell);
    const base = before?.state === "unsaved" ? before.base : edit.input(from).value;
    kept.keep(rowKey(cell.row), cell.columnId, { base, mine: value });
    const turn = (turns.current.get(cellKey(cell)) ?? 0) + 1;
    turns.current.set(cellKey(cell), turn);
    const known = [base];
    if (before?.state === "saving") known.push(before.value);
    const save = { cell, edit, value, base, known, turn };
    const why = edit.refuses?.(value);
    if (why) return refuse(save, why);
    hold(cell, { state: "saving", value, base });
    const earlier = rowsSaved.current.get(rowKey(cell.row)) ?? Promise.resolve();
    rowsSaved.current.set(
      rowKey(cell.row),
      earlier.then(() => write(save)),
    );
  };
  const write = async (save: Save<Row, Cell>, looks = 1): Promise<void> => {
    const { cell, edit, value, base, known } = save;
    try {
      const now = await edit.read(cell.row);
      const before = edit.input(now).value;
      if (![...known, value].some((one) => isAlike(before, one)))
        return holdUnlessLater(save, { state: "conflict", value, base, now });
      const written = await edit.write(now, value, (now as { etag?: string }).etag);
      if ("refused" in written) return refuse(save, written.refused);
      holdUnlessLater(save, null);
      kept.saved(rowKey(cell.row), cell.columnId, value);
      if (!("kept" in written)) await saved(cell, edit, now);
    } catch (error) {
      // Changed between the look and the write: looked at again, and shown where it is this value.
      if (isOvertaken(error) && looks < MOST_LOOKS) return write(save, looks + 1);
      refuse(save, accountFor(error, "writing").happened);
    }
  };
  return { held, heldAt, hold, drop, send };
}
