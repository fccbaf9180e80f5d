// Finding accounts, through the window `team_accounts`, behind which the planner may use any index.

import type { Db } from "../../../db/connect.ts";
import type { SizeRange } from "../../../domain/contacts/size-ranges.ts";
import { inIndustry, patternOf, rangesOf, sizedWithin } from "../contact-filters/store.ts";
import {
  goOnAfter,
  inOrder,
  type SortOrder,
  type SortPlace,
  sortKeys,
  sortValue,
} from "../searching/orders-store.ts";
import { countUpTo } from "../searching/store.ts";

export const TEAM_ACCOUNTS = "team_accounts a";

export type AccountFilter = {
  /** Part of the name. */
  name: string | null;
  /** Part of the name or the domain. */
  keywords: string | null;
  stageIds: readonly string[] | null;
  labelIds: readonly string[] | null;
  ownerIds: readonly string[] | null;
  accountIds: readonly string[] | null;
  domains: readonly string[] | null;
  /** Of the number of employees; one of them must hold. */
  sizes: readonly SizeRange[] | null;
  industryWords: readonly string[] | null;
};

export type AccountPaging = {
  order: SortOrder;
  isAscending: boolean;
  limit: number;
  offset: number;
  /** Where an earlier page ended, in place of an offset. */
  after: SortPlace | null;
};
export type MatchedAccount = SortPlace;

// Only the requested filters are in the statement: one that may be absent hides the index from the planner.
const FILTERS: Record<keyof AccountFilter, (param: string) => string> = {
  name: (text) => `a.words like lower(${text}) and lower(a.name) like lower(${text})`,
  keywords: (text) => `a.words like lower(${text})`,
  stageIds: (ids) => `a.account_stage_id = any(${ids}::text[])`,
  labelIds: (ids) =>
    `a.id in (select account_id from account_labels where team_id = $1 and label_id = any(${ids}::text[]))`,
  ownerIds: (ids) => `a.owner_id = any(${ids}::text[])`,
  accountIds: (ids) => `a.id = any(${ids}::text[])`,
  domains: (domains) => `a.domain = any(${domains}::text[])`,
  sizes: (ranges) => sizedWithin("a", ranges),
  industryWords: (patterns) => inIndustry("a", patterns),
};

export type AccountCondition = { where: string; params: readonly unknown[] };

/** The page's ids by an index, and one more where there is a next page; everything about so few is read afterwards. */
export function accountPage(db: Db, question: AccountCondition, page: AccountPaging) {
  return idsOf(db, TEAM_ACCOUNTS, question, page);
}

// Words with many matches are found soon by walking along the order, without sorting all matches. Not always: all
// matches may be in one old import. So the walk has an end. Finding less than a page says that it was reached.
const LONGEST_WALK = 10_000;

export function pageMetEarly(db: Db, question: AccountCondition, page: AccountPaging) {
  const values = [...question.params];
  const on = goOnAfter(page.order, "a.id", page, (value) => `$${values.push(value)}`);
  const newest = `(select * from team_accounts a where a.team_id = $1 ${on}
                    ${inOrder(page.order, "a.id", page.isAscending)} limit ${LONGEST_WALK}) a`;
  return idsOf(db, newest, { where: question.where, params: values }, { ...page, after: null });
}

function idsOf(db: Db, from: string, { where, params }: AccountCondition, page: AccountPaging) {
  const values = [...params];
  const keep = (value: unknown) => `$${values.push(value)}`;
  const on = goOnAfter(page.order, "a.id", page, keep);
  return db.rows<MatchedAccount>(
    `select a.id, ${sortValue(page.order)} as value from ${from} where ${where} ${on}
      ${inOrder(page.order, "a.id", page.isAscending)}
      limit ${keep(page.limit + 1)} offset ${keep(page.offset)}`,
    values,
  );
}

/** In the order of their groups, and within a group in the order asked for. */
export function groupedPage(db: Db, { where, params }: AccountCondition, page: AccountPaging, group: string) {
  return db.rows<{ id: string }>(
    `select a.id from ${TEAM_ACCOUNTS} where ${where}
      order by ${group} nulls last, ${sortKeys(page.order, "a.id", page.isAscending)}
      limit $${params.length + 1} offset $${params.length + 2}`,
    [...params, page.limit, page.offset],
  );
}

export function countAccounts(db: Db, { where, params }: AccountCondition) {
  return countUpTo(db, { from: TEAM_ACCOUNTS, where }, params);
}

export function questionOf(teamId: string, filter: AccountFilter): AccountCondition {
  const params: unknown[] = [teamId];
  const conditions = ["a.team_id = $1"];
  for (const key of Object.keys(FILTERS) as (keyof AccountFilter)[]) {
    const value = filter[key];
    if (value === null) continue;
    params.push(asParameter(key, value));
    conditions.push(FILTERS[key](`$${params.length}`));
  }
  return { where: conditions.join(" and "), params };
}

/** What was typed is looked for as it is: `%` and `_` are no wildcards here. */
function asParameter<Key extends keyof AccountFilter>(key: Key, value: NonNullable<AccountFilter[Key]>) {
  if (key === "name" || key === "keywords") return patternOf(value as string);
  if (key === "industryWords") return (value as readonly string[]).map(patternOf);
  return key === "sizes" ? rangesOf(value as readonly SizeRange[]) : value;
}
