// Keys of all lists whose rows can be selected: all rows at once, and on to the verbs for those that are.

import { useEffect, useEffectEvent } from "react";
import { isBusyElsewhere } from "../typing.ts";

/** Ctrl+A, or ⌘A: null where the list has nothing to select. */
export function useSelectAllKey(selectAll: (() => void) | null) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const isMeant = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!selectAll || !isMeant || event.key !== "a" || event.defaultPrevented || isBusyElsewhere(event))
      return;
    event.preventDefault();
    selectAll();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** The first verb that can be pressed. */
export function focusVerbs(bar: HTMLElement | null) {
  bar?.querySelector<HTMLElement>("[data-verbs] button:not(:disabled), [data-verbs] a")?.focus();
}
