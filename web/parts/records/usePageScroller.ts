import { type RefObject, useLayoutEffect, useState } from "react";

/** What scrolls around a list that is part of its page, and how far down in it the list begins. */
export function usePageScroller(list: RefObject<HTMLElement | null>) {
  const [found, setFound] = useState<{ scroller: HTMLElement | null; margin: number }>({
    scroller: null,
    margin: 0,
  });
  useLayoutEffect(() => {
    const scroller = list.current?.closest("main") ?? null;
    if (!list.current || !scroller) return;
    const margin =
      list.current.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    if (found.scroller !== scroller || Math.abs(found.margin - margin) > 1) setFound({ scroller, margin });
  });
  return found;
}
