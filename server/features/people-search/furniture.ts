// A search's furniture: what it says of itself, and where it goes on.

import { Refusal } from "../../refusal.ts";
import { presentCrumbs } from "../people-filters/present.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../searching/store.ts";
import type { Found } from "./search.ts";

type Paged = { page: number; per_page: number; cursor?: string | undefined };

/** A cursor is the id of the last one of a page: whoever holds one has seen it. */
export function readPlace({ page, per_page, cursor }: Paged) {
  if (cursor && !/^[0-9a-f]{24}$/.test(cursor)) throw new Refusal("invalid_cursor");
  return { after: cursor || null, offset: (page - 1) * per_page, limit: per_page };
}

export function presentFurniture(input: Paged & Record<string, unknown>, found: Found) {
  const { page, per_page } = input;
  const total = Math.min(found.total, MOST_SHOWN);
  return {
    breadcrumbs: presentCrumbs(input),
    partial_results_only: found.total > MOST_SHOWN,
    has_join: false,
    disable_eu_prospecting: false,
    partial_results_limit: ALWAYS_COUNTED,
    pagination: {
      page,
      per_page,
      total_entries: total,
      total_pages: Math.ceil(total / per_page),
      next_cursor: found.next,
    },
    model_ids: found.ids,
    num_fetch_result: null,
  };
}
