// What a caller says of which accounts to find, in our words.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { Db } from "../../../db/connect.ts";
import { searchWords } from "../../../domain/basics/words.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { readSizes } from "../contact-search/search-input.ts";
import { findLabelsByName } from "../labels/store.ts";
import type { AccountFilter } from "./store.ts";

type Input = z.output<typeof contract.accounts.search.input>;
type Alias = "display_name" | "domain" | "label_names";

/** Without what only a page has, and in Apollo's own names. */
export type AccountSearch = Omit<Input, "page" | "per_page" | "sort_by_field" | "sort_ascending" | Alias>;

/** Also in the names that one published client gives to filters that Apollo names otherwise. */
export async function readAccountSearch(db: Db, teamId: string, input: Input): Promise<AccountFilter> {
  const { display_name, domain, label_names } = input;
  const filter = readAccountSearchFilter({
    ...input,
    q_organization_name: input.q_organization_name ?? display_name,
    q_organization_domains_list: input.q_organization_domains_list ?? (domain?.trim() ? [domain] : undefined),
  });
  if (!label_names?.length) return filter;
  const labels = await findLabelsByName(db, teamId, "accounts", label_names);
  return { ...filter, labelIds: [...(filter.labelIds ?? []), ...labels.map(({ id }) => id)] };
}

export function readAccountSearchFilter(input: AccountSearch): AccountFilter {
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
    sizes: readSizes(input.organization_num_employees_ranges),
    industryWords: listOrNull(searchWords(input.q_industry)),
  };
}

/** An empty list filters nothing, as Apollo takes it. */
function listOrNull(values: readonly string[] | undefined) {
  return values && values.length > 0 ? values : null;
}
