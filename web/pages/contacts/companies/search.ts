// What the search of companies is asked for by the filters that are shown.

import { type FilterValues, isHeld } from "../../../parts/filters/filter.ts";
import { rangesOf } from "../contacts/search.ts";
import type { CompanySearch } from "./queries.ts";

export function searchOf(filter: FilterValues, q: string): CompanySearch {
  const ids = (key: string) => (isHeld(filter[key]) ? (filter[key] as string[]) : undefined);
  return {
    q_keywords: q || undefined,
    account_stage_ids: ids("stage"),
    account_owner_ids: ids("owner"),
    account_label_ids: ids("list"),
    organization_num_employees_ranges: rangesOf(filter.employees),
    q_industry: isHeld(filter.industry) ? String(filter.industry).slice(0, 200) : undefined,
    q_organization_name: isHeld(filter.name) ? String(filter.name) : undefined,
    q_organization_domains_list: isHeld(filter.domain)
      ? String(filter.domain)
          .split(/[\s,;]+/)
          .filter(Boolean)
      : undefined,
  };
}
