import { useRef, useState } from "react";
import { useMe } from "../session.ts";
import { keptPlace, readKept, writeKept } from "./kept-storage.ts";

export type Kept<Value> = {
  value: Value;
  keep: (change: (before: Value) => Value) => void;
  /** It was sent, or is not wanted: what is shown stays as it is, until something is typed. */
  forget: () => void;
};

/** A state that a reload does not lose. Drawn for another place, a part needs another `key`. */
export function useKept<Value>(of: string, empty: Value): Kept<Value> {
  const place = keptPlace(useMe().user.id, of);
  const [value, setValue] = useState<Value>(() => readKept<Value>(place) ?? empty);
  const latest = useRef(value);
  const write = (next: Value) => {
    latest.current = next;
    setValue(next);
    writeKept(place, JSON.stringify(next) === JSON.stringify(empty) ? null : next);
  };
  return { value, keep: (change) => write(change(latest.current)), forget: () => writeKept(place, null) };
}
