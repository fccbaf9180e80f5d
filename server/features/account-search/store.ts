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
export type Page = { sort: AccountSort; ascending: boolean; limit: number; offset: number };

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

const ORDERS: Record<AccountSort, { down: string; up: string }> = {
  name: {
    down: "lower(coalesce(a.name, a.domain, '')) desc, a.id desc",
    up: "lower(coalesce(a.name, a.domain, '')), a.id",
  },
  created: { down: "a.created_at desc, a.id desc", up: "a.created_at, a.id" },
  updated: { down: "a.updated_at desc, a.id desc", up: "a.updated_at, a.id" },
  activity: {
    down: "a.last_activity_at desc nulls last, a.id desc",
    up: "a.last_activity_at nulls first, a.id",
  },
};

export type Question = { where: string; params: readonly unknown[] };

/** The page's ids by an index; everything about so few is read afterwards. */
export function pageOf(db: Db, question: Question, page: Page) {
  return idsOf(db, "team_accounts a", question, page);
}

// Words that fit many are met soon by walking along the order, so nobody is gathered and sorted; but not always: they may
// all stand in one old import. So the walk ends, and says that it did by finding less than a page.
const LONGEST_WALK = 10_000;

export function pageMetEarly(db: Db, question: Question, page: Page) {
  const newest = `(select * from team_accounts a where a.team_id = $1 order by ${orderOf(page)} limit ${LONGEST_WALK}) a`;
  return idsOf(db, newest, question, page);
}

async function idsOf(db: Db, from: string, { where, params }: Question, page: Page) {
  const found = await db.rows<{ id: string }>(
    `select a.id from ${from} where ${where} order by ${orderOf(page)}
      limit $${params.length + 1} offset $${params.length + 2}`,
    [...params, page.limit, page.offset],
  );
  return found.map(({ id }) => id);
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
  return ORDERS[sort][ascending ? "up" : "down"];
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
