// Which records were opened last in this browser, newest first: their ids and nothing else. The server answers what they are
// called, as far as the user may still see them.

import { useEffect } from "react";

const MOST = 20;
const AN_ID = /^[0-9a-f]{24}$/;

const keyOf = (userId: string) => `cadenza-opened-${userId}`;

export function openedBy(userId: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter((id) => AN_ID.test(String(id))).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keeps the record that an address shows: the one in its path, or the one that is open beside a list. */
export function useKeepOpened(userId: string, pathname: string, open: string | undefined) {
  const id = [open, pathname.split("/").at(-1)].find((part) => AN_ID.test(part ?? ""));
  useEffect(() => {
    if (id === undefined) return;
    const next = [id, ...openedBy(userId).filter((one) => one !== id)].slice(0, MOST);
    try {
      localStorage.setItem(keyOf(userId), JSON.stringify(next));
    } catch {
      // Without room or permission nothing is kept, and search works all the same.
    }
  }, [userId, id]);
}
