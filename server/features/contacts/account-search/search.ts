// A page of accounts and how many there are: counted up to what pages reach, and remembered for ten seconds where that
// takes longer than showing them.

import type { Db } from "../../../db/connect.ts";
import { type AccountRow, findAccounts } from "../accounts/store.ts";
import { knownCount, rememberCount } from "../searching/known-counts.ts";
import type { SortPlace } from "../searching/orders-store.ts";
import { ALWAYS_COUNTED, planAsUsual, planForValues } from "../searching/store.ts";
import {
  type AccountCondition,
  type AccountFilter,
  type AccountPaging,
  accountPage,
  countAccounts,
  type MatchedAccount,
  pageMetEarly,
  questionOf,
} from "./store.ts";

/** `last` is where the next page goes on; null where there is none. */
type Answer = { accounts: AccountRow[]; total: number; last: SortPlace | null; groups: null };

export async function searchAccounts(
  db: Db,
  teamId: string,
  filter: AccountFilter,
  page: AccountPaging,
  viewerId: string | null,
): Promise<Answer> {
  const question = questionOf(teamId, filter);
  await planForValues(db);
  const isByWords = filter.name !== null || filter.keywords !== null;
  const { rows, total } = await (isByWords ? countedFirst : shownFirst)(db, question, page);
  const shown = rows.slice(0, page.limit);
  const ids = shown.map(({ id }) => id);
  const [, accounts] = await Promise.all([
    planAsUsual(db),
    ids.length > 0 ? findAccounts(db, teamId, ids, viewerId) : [],
  ]);
  return { accounts, total, last: rows.length > page.limit ? (shown.at(-1) ?? null) : null, groups: null };
}

/** For what an index gives in order. */
async function shownFirst(db: Db, question: AccountCondition, page: AccountPaging) {
  const rows = await accountPage(db, question, page);
  const isLastPage = rows.length <= page.limit && (rows.length > 0 || page.offset === 0);
  const isCounted = isLastPage && page.after === null;
  const total = isCounted ? page.offset + rows.length : atLeast(rows, page, await totalOf(db, question));
  return { rows, total };
}

const MANY = 1_000;

/** For words: how many they fit decides how a page of them is found. */
async function countedFirst(db: Db, question: AccountCondition, page: AccountPaging) {
  const total = await totalOf(db, question);
  const met = total > MANY && page.order.isIndexed ? await pageMetEarly(db, question, page) : [];
  const rows = met.length > page.limit ? met : await accountPage(db, question, page);
  return { rows, total: atLeast(rows, page, total) };
}

/** What the page itself shows is newer than what is remembered. */
function atLeast(rows: readonly MatchedAccount[], { offset, after }: AccountPaging, total: number) {
  return rows.length > 0 && after === null ? Math.max(total, offset + rows.length) : total;
}

async function totalOf(db: Db, question: AccountCondition) {
  const asked = JSON.stringify([question.where, question.params]);
  const known = knownCount(asked);
  if (known !== null) return known;
  const total = await countAccounts(db, question);
  if (total > ALWAYS_COUNTED) rememberCount(asked, total);
  return total;
}
