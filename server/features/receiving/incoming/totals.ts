// How many emails match. The first page is always counted; who goes on reading many is told what was counted a moment ago.

import { knownCount, rememberCount } from "../../contacts/searching/known-counts.ts";
import { ALWAYS_COUNTED } from "../../contacts/searching/store.ts";

export function totalsFor({ isFirstPage }: { isFirstPage: boolean }) {
  return async (asked: string, count: () => Promise<number>) => {
    const known = isFirstPage ? null : knownCount(asked);
    if (known !== null) return known;
    const total = await count();
    if (total > ALWAYS_COUNTED) rememberCount(asked, total);
    return total;
  };
}
