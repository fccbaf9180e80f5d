// What a caller says of which accounts to find, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { Refusal } from "../../refusal.ts";
import type { AccountFilter } from "./store.ts";

/** Without what only a page has. */
export type AccountSearch = Omit<
  z.output<typeof contract.accounts.search.input>,
  "page" | "per_page" | "sort_by_field" | "sort_ascending"
>;

export function readFilter(input: AccountSearch): AccountFilter {
  const stageIds = listOrNull(input.account_stage_ids)?.map((id) => id.toLowerCase()) ?? null;
  if (stageIds?.some((id) => !/^[0-9a-f]{24}$/.test(id))) throw new Refusal("search_entered_wrongly");
  return {
    name: input.q_organization_name?.trim() || null,
    keywords: input.q_keywords?.trim() || null,
    stageIds,
    labelIds: listOrNull(input.account_label_ids),
    ownerIds: listOrNull(input.account_owner_ids),
    accountIds: listOrNull(input.account_ids),
    domains:
      listOrNull(input.q_organization_domains_list)?.map((domain) => domain.trim().toLowerCase()) ?? null,
  };
}

/** An empty list filters nothing, as Apollo takes it. */
function listOrNull(values: readonly string[] | undefined) {
  return values && values.length > 0 ? values : null;
}
