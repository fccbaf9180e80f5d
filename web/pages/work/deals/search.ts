// What the search of deals is asked for by the filters that are shown.

import { type Between, type FilterValues, isHeld } from "../../../parts/filters/filter.ts";
import type { DealFilter } from "./queries.ts";

export function searchOf(filter: FilterValues, q: string): DealFilter {
  const ids = (key: string) => (isHeld(filter[key]) ? (filter[key] as string[]) : undefined);
  const { min, max } = (isHeld(filter.closes) ? filter.closes : {}) as Between;
  return {
    q_keywords: q || undefined,
    opportunity_stage_ids: ids("stage"),
    owner_ids: ids("owner"),
    closes_from: min || undefined,
    closes_until: max || undefined,
  };
}
