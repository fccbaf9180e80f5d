// Rows selected one by one, or with Shift all from the last one to this one, also those that the list has not fetched yet.

import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { t } from "../../language/t.ts";
import { toast } from "../toast.tsx";
import type { Selection } from "./useSelection.ts";
import { rowsBetween, type WindowSource } from "./useWindowed.ts";

/** `upToHere`: with all from the row that was selected or deselected last. Then the row need not be there yet. */
export type Choose<Row> = (index: number, row: Row | undefined, upToHere: boolean) => void;

type List<Row> = {
  source: WindowSource<Row>;
  selection: Selection<Row> | undefined;
  rowKey: (row: Row) => string;
  /** Not in a folded group, and not done with. */
  isDrawn: (index: number, row: Row) => boolean;
};

type Last = { about: string; index: number; isChosen: boolean };

export function useChoosing<Row>({ source, selection, rowKey, isDrawn }: List<Row>): Choose<Row> {
  const client = useQueryClient();
  const last = useRef<Last | null>(null);
  const about = JSON.stringify(source.key);
  const chooseBetween = async (from: number, to: number, isChosen: boolean) => {
    try {
      const first = Math.min(from, to);
      const rows = await rowsBetween(client, source, first, Math.max(from, to) + 1);
      const shown = rows.filter((row, n) => isDrawn(first + n, row));
      selection?.set(
        shown.map((row) => [rowKey(row), row] as const),
        isChosen,
      );
    } catch {
      toast(t("The list could not be loaded. Your selection stays."));
    }
  };
  return (index, row, upToHere) => {
    if (!selection) return;
    const from = last.current?.about === about ? last.current : null;
    if (upToHere && from) {
      last.current = { ...from, index };
      void chooseBetween(from.index, index, from.isChosen);
      return;
    }
    if (row === undefined) return;
    last.current = { about, index, isChosen: !selection.has(rowKey(row)) };
    selection.toggle(rowKey(row), row);
  };
}
