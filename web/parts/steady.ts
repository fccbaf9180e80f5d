import { useCallback, useLayoutEffect, useRef } from "react";

/** A function that stays the same and does what the newest one does: a part that is given it need not be drawn again for it. */
export function useSteady<Given extends unknown[], Answer>(act: (...given: Given) => Answer) {
  const newest = useRef(act);
  useLayoutEffect(() => {
    newest.current = act;
  });
  return useCallback((...given: Given) => newest.current(...given), []);
}
