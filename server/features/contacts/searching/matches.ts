// What the searches of contacts, accounts and people say beside the rows of a page.

import { ALWAYS_COUNTED, MOST_SHOWN } from "./store.ts";

type AskedPage = { page: number; per_page: number };

/** `partialFrom`: with more matches than this, Apollo calls the result partial. */
export function presentMatches<Cursor>(
  { page, per_page }: AskedPage,
  { total, partialFrom, next }: { total: number; partialFrom: number; next: Cursor },
) {
  const shown = Math.min(total, MOST_SHOWN);
  return {
    partial_results_only: total > partialFrom,
    has_join: false,
    disable_eu_prospecting: false,
    partial_results_limit: ALWAYS_COUNTED,
    pagination: {
      page,
      per_page,
      total_entries: shown,
      total_pages: Math.ceil(shown / per_page),
      next_cursor: next,
    },
  };
}
