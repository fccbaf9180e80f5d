// A search's furniture: what it says of itself, and where it goes on.

import { Refusal } from "../../../kernel/refusal.ts";
import { presentMatches } from "../../contacts/searching/matches.ts";
import { MOST_SHOWN } from "../../contacts/searching/store.ts";
import { presentPeopleCrumbs } from "../people-filters/present.ts";
import type { PeopleMatches } from "./search.ts";

type Paged = { page: number; per_page: number; cursor?: string | undefined };

/** A cursor is the id of the last person of a page, whom its holder has seen. */
export function readPlace({ page, per_page, cursor }: Paged) {
  if (cursor && !/^[0-9a-f]{24}$/.test(cursor)) throw new Refusal("invalid_cursor");
  return { after: cursor || null, offset: (page - 1) * per_page, limit: per_page };
}

export function presentFurniture(input: Paged & Record<string, unknown>, found: PeopleMatches) {
  return {
    breadcrumbs: presentPeopleCrumbs(input),
    ...presentMatches(input, { total: found.total, partialFrom: MOST_SHOWN, next: found.next }),
    model_ids: found.ids,
    num_fetch_result: null,
  };
}
