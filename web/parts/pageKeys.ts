// The keys of the page that is open: E finishes, N makes a new one. The frame asks here first, under its own rule that
// letters count only while the user is not typing and no dialog is open.

import { createContext, useContext, useEffect, useEffectEvent } from "react";

type PageKeys = Readonly<Record<string, (() => void) | false | undefined>>;

type Press = (key: string) => boolean;

const pages: Press[] = [];
const first: Press[] = [];

/** Around what has the keys before the page beside it, whichever was drawn last: the verbs of the chosen rows. */
export const KeysFirst = createContext(false);

/** Of the innermost that knows it. True if the key meant something. */
export function pressPageKey(key: string) {
  return [...pages, ...first].toReversed().some((press) => press(key));
}

export function usePageKeys(keys: PageKeys) {
  const press = useEffectEvent((key: string) => {
    const act = keys[key];
    if (act) act();
    return Boolean(act);
  });
  const list = useContext(KeysFirst) ? first : pages;
  useEffect(() => {
    const ask: Press = (key) => press(key);
    list.push(ask);
    return () => void list.splice(list.indexOf(ask), 1);
  }, [list]);
}
