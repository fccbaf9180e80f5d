// What is typed and not saved yet. A reload and an ended session do not lose it. Where others have saved something else meanwhile,
// both versions can be looked at.

import { useEffect, useRef, useState } from "react";
import { useMe } from "../session.ts";
import { type Begun, keptPlace, readBegun, writeKept } from "./kept-storage.ts";

export type Side = "mine" | "theirs";

/** Which version of a thing is shown, where others saved another one after this user began to change it. */
export type Sides<Shown = unknown> = { shown: Side; show: (side: Side) => Shown };

export type Kept<Value> = {
  value: Value;
  keep: (change: (before: Value) => Value) => void;
  /** It was sent, or is not wanted: what is shown stays as it is, until something is typed. */
  forget: () => void;
  /** Null unless something else was saved since this was begun. */
  sides: Sides<Value> | null;
};

const isAlike = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** `saved`: what there is without it. Drawn for another place, a part needs another `key`. */
export function useKept<Value>(of: string, saved: Value): Kept<Value> {
  const place = keptPlace(useMe().user.id, of);
  const [begun, setBegun] = useState<Begun<Value> | null>(() => readBegun<Value>(place));
  const [side, setSide] = useState<Side>("mine");
  const latest = useRef(begun);
  const write = (next: Begun<Value> | null) => {
    latest.current = next;
    setBegun(next);
    setSide("mine");
    writeKept(place, next);
  };
  // Once it is saved, nothing is left to be kept.
  const isSaved = begun !== null && isAlike(begun.mine, saved);
  useEffect(() => {
    if (!isSaved) return;
    latest.current = null;
    setBegun(null);
    writeKept(place, null);
  }, [isSaved, place]);
  const isTheirs = side === "theirs";
  const isOvertaken = begun !== null && !isAlike(begun.base, saved) && !isAlike(begun.mine, saved);
  return {
    value: begun && !isTheirs ? begun.mine : saved,
    keep: (change) => {
      const now = latest.current;
      const mine = change(now && !isTheirs ? now.mine : saved);
      // Typing into the version of the others takes it over.
      write(isAlike(mine, saved) ? null : { base: now && !isTheirs ? now.base : saved, mine });
    },
    forget: () => writeKept(place, null),
    sides: isOvertaken
      ? {
          shown: side,
          show: (next) => {
            setSide(next);
            return next === "mine" ? begun.mine : saved;
          },
        }
      : null,
  };
}
