// What is chosen of a list: some rows, or by an explicit wish all that match. Another question lets go of it.

import { useMemo, useState } from "react";

export type Selection<Row> = {
  /** The rows chosen one by one, by their key. */
  chosen: ReadonlyMap<string, Row>;
  isAll: boolean;
  isEmpty: boolean;
  has: (key: string) => boolean;
  toggle: (key: string, row: Row) => void;
  /** Many at once: the rows between two, or those in view. */
  set: (rows: readonly (readonly [key: string, row: Row])[], isChosen: boolean) => void;
  chooseAll: () => void;
  clear: () => void;
  count: (total: number) => number;
};

type Held<Row> = { about: string; chosen: ReadonlyMap<string, Row>; isAll: boolean };

/** `about`: what the list answers; when that changes, nothing is chosen. */
export function useSelection<Row>(about = ""): Selection<Row> {
  const [held, setHeld] = useState<Held<Row>>({ about, chosen: new Map(), isAll: false });
  return useMemo(() => {
    const nothing: Held<Row> = { about, chosen: new Map(), isAll: false };
    const now = held.about === about ? held : nothing;
    const set: Selection<Row>["set"] = (rows, isChosen) =>
      setHeld((before) => {
        const next = new Map(before.about === about ? before.chosen : nothing.chosen);
        for (const [key, row] of rows) {
          if (isChosen) next.set(key, row);
          else next.delete(key);
        }
        return { about, chosen: next, isAll: false };
      });
    return {
      chosen: now.chosen,
      isAll: now.isAll,
      isEmpty: !now.isAll && now.chosen.size === 0,
      has: (key) => now.isAll || now.chosen.has(key),
      toggle: (key, row) => set([[key, row]], !now.chosen.has(key) || now.isAll),
      set,
      chooseAll: () => setHeld({ ...now, isAll: true }),
      clear: () => setHeld(nothing),
      count: (total) => (now.isAll ? total : now.chosen.size),
    };
  }, [held, about]);
}
