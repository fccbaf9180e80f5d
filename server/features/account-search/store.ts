// Finding accounts, through the window `team_accounts`, behind which the planner may use any index.

import type { Db } from "../../db/connect.ts";
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
export type Page = {
  sort: AccountSort;
  ascending: boolean;
  limit: number;
  offset: number;
  /** Where an earlier page ended, in place of an offset. */
  after: Place | null;
};
export type Place = { value: string; id: string };
export type Found = Place;

/** What stands for a moment that never was, so that a place can be said in text. */
const NEVER = "-infinity";

// Only the filters that are asked for stand in the statement: one that may be absent hides the index from the planner.
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

export type Question = { where: string; params: readonly unknown[] };

/** The page's ids by an index, and one more where there is a next page; everything about so few is read afterwards. */
export function pageOf(db: Db, question: Question, page: Page) {
  return idsOf(db, "team_accounts a", question, page);
}

// Words that fit many are met soon by walking along the order, so nobody is gathered and sorted; but not always: they may
// all stand in one old import. So the walk ends, and says that it did by finding less than a page.
const LONGEST_WALK = 10_000;

export function pageMetEarly(db: Db, question: Question, page: Page) {
  const values = [...question.params];
  const on = goOnAfter(page, (value) => `$${values.push(value)}`);
  const newest = `(select * from team_accounts a where a.team_id = $1 ${on}
                    order by ${orderOf(page)} limit ${LONGEST_WALK}) a`;
  return idsOf(db, newest, { where: question.where, params: values }, { ...page, after: null });
}

function idsOf(db: Db, from: string, { where, params }: Question, page: Page) {
  const values = [...params];
  const keep = (value: unknown) => `$${values.push(value)}`;
  const { by, mayBeNull } = ORDERS[page.sort];
  const value = mayBeNull ? `coalesce(${by}, '${NEVER}')` : by;
  const on = goOnAfter(page, keep);
  return db.rows<Found>(
    `select a.id, (${value})::text as value from ${from} where ${where} ${on} order by ${orderOf(page)}
      limit ${keep(page.limit + 1)} offset ${keep(page.offset)}`,
    values,
  );
}

/** Behind the place an earlier page ended at. Whoever was never active is last, and first where it goes up. */
function goOnAfter({ sort, ascending, after }: Page, keep: (value: unknown) => string) {
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
export async function idsAfter(db: Db, { where, params }: Question, after: string, limit: number) {
  const found = await db.rows<{ id: string }>(
    `select a.id from team_accounts a where ${where} and a.id > $${params.length + 1} order by a.id limit $${params.length + 2}`,
    [...params, after || "0".repeat(24), limit],
  );
  return found.map(({ id }) => id);
}

function orderOf({ sort, ascending }: Page) {
  const { by, mayBeNull } = ORDERS[sort];
  if (ascending) return `${by}${mayBeNull ? " nulls first" : ""}, a.id`;
  return `${by} desc${mayBeNull ? " nulls last" : ""}, a.id desc`;
}

export function countAccounts(db: Db, { where, params }: Question) {
  return countUpTo(db, { from: "team_accounts a", where }, params);
}

export function questionOf(teamId: string, filter: AccountFilter): Question {
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
