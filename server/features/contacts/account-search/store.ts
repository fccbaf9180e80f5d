// Finding accounts, through the window `team_accounts`, behind which the planner may use any index.

import type { Db } from "../../../db/connect.ts";
import { countUpTo } from "../searching/store.ts";

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
};

export type AccountSort = "name" | "created" | "updated" | "activity";
export type AccountPaging = {
  sort: AccountSort;
  ascending: boolean;
  limit: number;
  offset: number;
  /** Where an earlier page ended, in place of an offset. */
  after: AccountCursor | null;
};
export type AccountCursor = { value: string; id: string };
export type MatchedAccount = AccountCursor;

/** Replaces a missing time, so that a cursor can be written as text. */
const NEVER = "-infinity";

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
};

/** An index's expression and its type. Only the last activity may be null: such accounts are the least active. */
const ORDERS: Record<AccountSort, { by: string; type: string; mayBeNull?: true }> = {
  name: { by: "lower(coalesce(a.name, a.domain, ''))", type: "text" },
  created: { by: "a.created_at", type: "timestamptz" },
  updated: { by: "a.updated_at", type: "timestamptz" },
  activity: { by: "a.last_activity_at", type: "timestamptz", mayBeNull: true },
};

export type AccountCondition = { where: string; params: readonly unknown[] };

/** The page's ids by an index, and one more where there is a next page; everything about so few is read afterwards. */
export function accountPage(db: Db, question: AccountCondition, page: AccountPaging) {
  return idsOf(db, "team_accounts a", question, page);
}

// Words with many matches are found soon by walking along the order, without sorting all matches. Not always: all
// matches may be in one old import. So the walk has an end. Finding less than a page says that it was reached.
const LONGEST_WALK = 10_000;

export function pageMetEarly(db: Db, question: AccountCondition, page: AccountPaging) {
  const values = [...question.params];
  const on = goOnAfter(page, (value) => `$${values.push(value)}`);
  const newest = `(select * from team_accounts a where a.team_id = $1 ${on}
                    order by ${orderOf(page)} limit ${LONGEST_WALK}) a`;
  return idsOf(db, newest, { where: question.where, params: values }, { ...page, after: null });
}

function idsOf(db: Db, from: string, { where, params }: AccountCondition, page: AccountPaging) {
  const values = [...params];
  const keep = (value: unknown) => `$${values.push(value)}`;
  const { by, mayBeNull } = ORDERS[page.sort];
  const value = mayBeNull ? `coalesce(${by}, '${NEVER}')` : by;
  const on = goOnAfter(page, keep);
  return db.rows<MatchedAccount>(
    `select a.id, (${value})::text as value from ${from} where ${where} ${on} order by ${orderOf(page)}
      limit ${keep(page.limit + 1)} offset ${keep(page.offset)}`,
    values,
  );
}

/** After the last row of an earlier page. Accounts that were never active come last, and first in ascending order. */
function goOnAfter({ sort, ascending, after }: AccountPaging, keep: (value: unknown) => string) {
  if (!after) return "";
  const { by, type, mayBeNull } = ORDERS[sort];
  const beyond = ascending ? ">" : "<";
  const id = keep(after.id);
  if (mayBeNull && after.value === NEVER) {
    const amongThese = `${by} is null and a.id ${beyond} ${id}`;
    return ascending ? `and (${by} is not null or (${amongThese}))` : `and ${amongThese}`;
  }
  const on = `(${by}, a.id) ${beyond} (${keep(after.value)}::${type}, ${id})`;
  return mayBeNull && !ascending ? `and (${on} or ${by} is null)` : `and ${on}`;
}

/** For files: the next ids, whatever comes and goes meanwhile. */
export async function idsAfter(db: Db, { where, params }: AccountCondition, after: string, limit: number) {
  const found = await db.rows<{ id: string }>(
    `select a.id from team_accounts a where ${where} and a.id > $${params.length + 1} order by a.id limit $${params.length + 2}`,
    [...params, after || "0".repeat(24), limit],
  );
  return found.map(({ id }) => id);
}

function orderOf({ sort, ascending }: AccountPaging) {
  const { by, mayBeNull } = ORDERS[sort];
  if (ascending) return `${by}${mayBeNull ? " nulls first" : ""}, a.id`;
  return `${by} desc${mayBeNull ? " nulls last" : ""}, a.id desc`;
}

export function countAccounts(db: Db, { where, params }: AccountCondition) {
  return countUpTo(db, { from: "team_accounts a", where }, params);
}

export function questionOf(teamId: string, filter: AccountFilter): AccountCondition {
  const params: unknown[] = [teamId];
  const conditions = ["a.team_id = $1"];
  for (const key of Object.keys(FILTERS) as (keyof AccountFilter)[]) {
    const value = filter[key];
    if (value === null) continue;
    params.push(key === "name" || key === "keywords" ? containing(value as string) : value);
    conditions.push(FILTERS[key](`$${params.length}`));
  }
  return { where: conditions.join(" and "), params };
}

/** What was typed is looked for as it is: `%` and `_` are no wildcards here. */
function containing(text: string) {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
