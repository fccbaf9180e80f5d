// The keys of the page that is open: E finishes, N makes a new one. The frame asks here first, under its own rule that
// letters count only while the user is not typing and no dialog is open.

import { useEffect, useEffectEvent } from "react";

type PageKeys = Readonly<Record<string, (() => void) | false | undefined>>;

type Press = (key: string) => boolean;

const pages: Press[] = [];

/** Of the innermost that knows it. True if the key meant something. */
export function pressPageKey(key: string) {
  return pages.toReversed().some((press) => press(key));
}

export function usePageKeys(keys: PageKeys) {
  const press = useEffectEvent((key: string) => {
    const act = keys[key];
    if (act) act();
    return Boolean(act);
  });
  useEffect(() => {
    const ask: Press = (key) => press(key);
    pages.push(ask);
    return () => void pages.splice(pages.indexOf(ask), 1);
  }, []);
}
