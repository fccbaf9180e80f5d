// Values typed into the cells of tables and not saved yet, kept in the tab: a reload and an ended session bring them back at their cells.

import { useState } from "react";
import { useMe } from "../../session.ts";
import { type FactValue, isAlike } from "../facts/fact.ts";
import { type Begun, keptPlace, keptPlaces, readBegun, writeKept } from "../kept-storage.ts";

/** `openIn`: the line of a table where it is being typed. */
export type KeptCell = Begun<FactValue> & { openIn?: { table: string; index: number } | undefined };

export type KeptCells = {
  keep: (recordId: string, columnId: string, kept: KeptCell) => void;
  forget: (recordId: string, columnId: string) => void;
  /** What was typed meanwhile stays, and was begun from what is saved now. */
  saved: (recordId: string, columnId: string, value: FactValue) => void;
  /** What was kept when the table was opened: each once. */
  take: (recordId: string, columnId: string) => KeptCell | null;
  hasMore: () => boolean;
  lineOpenIn: (table: string) => number | null;
};

export function useKeptCells(): KeptCells {
  const prefix = keptPlace(useMe().user.id, "cell-");
  const [cells] = useState(() => cellsUnder(prefix));
  return cells;
}

function cellsUnder(prefix: string): KeptCells {
  const placeOf = (recordId: string, columnId: string) => `${prefix}${recordId}-${columnId}`;
  const found = new Map<string, KeptCell>();
  for (const place of keptPlaces(prefix)) {
    const kept = readBegun<FactValue>(place);
    if (kept) found.set(place, kept);
  }
  return {
    keep: (recordId, columnId, kept) =>
      writeKept(placeOf(recordId, columnId), isAlike(kept.base, kept.mine) ? null : kept),
    forget: (recordId, columnId) => writeKept(placeOf(recordId, columnId), null),
    saved: (recordId, columnId, value) => {
      const place = placeOf(recordId, columnId);
      const kept: KeptCell | null = readBegun<FactValue>(place);
      writeKept(place, !kept || isAlike(kept.mine, value) ? null : { ...kept, base: value });
    },
    take: (recordId, columnId) => {
      const place = placeOf(recordId, columnId);
      const kept = found.get(place) ?? null;
      found.delete(place);
      return kept;
    },
    hasMore: () => found.size > 0,
    lineOpenIn: (table) =>
      [...found.values()].find(({ openIn }) => openIn?.table === table)?.openIn?.index ?? null,
  };
}
