// A page of accounts and how many there are: counted up to what pages reach, and remembered for ten seconds where that
// takes longer than showing them.

import type { Db } from "../../db/connect.ts";
import { type AccountRow, findAccounts } from "../accounts/store.ts";
import { knownCount, rememberCount } from "../searching/known-counts.ts";
import { ALWAYS_COUNTED, planAsUsual, planForValues } from "../searching/store.ts";
import {
  type AccountFilter,
  countAccounts,
  type Page,
  pageMetEarly,
  pageOf,
  type Question,
  questionOf,
} from "./store.ts";

export type Found = { accounts: AccountRow[]; total: number };

export async function searchAccounts(
  db: Db,
  teamId: string,
  filter: AccountFilter,
  page: Page,
  viewerId: string | null,
): Promise<Found> {
  const question = questionOf(teamId, filter);
  await planForValues(db);
  const isByWords = filter.name !== null || filter.keywords !== null;
  const { ids, total } = await (isByWords ? countedFirst : shownFirst)(db, question, page);
  const [, accounts] = await Promise.all([
    planAsUsual(db),
    ids.length > 0 ? findAccounts(db, teamId, ids, viewerId) : [],
  ]);
  return { accounts, total };
}

/** For what an index gives in order. */
async function shownFirst(db: Db, question: Question, page: Page) {
  const ids = await pageOf(db, question, page);
  const isLastPage = ids.length < page.limit && (ids.length > 0 || page.offset === 0);
  const total = isLastPage ? page.offset + ids.length : atLeast(ids, page, await totalOf(db, question));
  return { ids, total };
}

const MANY = 1_000;

/** For words: how many they fit decides how a page of them is found. */
async function countedFirst(db: Db, question: Question, page: Page) {
  const total = await totalOf(db, question);
  const met = total > MANY ? await pageMetEarly(db, question, page) : [];
  const ids = met.length === page.limit ? met : await pageOf(db, question, page);
  return { ids, total: atLeast(ids, page, total) };
}

/** What the page itself shows is newer than what is remembered. */
function atLeast(ids: readonly string[], { offset }: Page, total: number) {
  return ids.length > 0 ? Math.max(total, offset + ids.length) : total;
}

async function totalOf(db: Db, question: Question) {
  const asked = JSON.stringify([question.where, question.params]);
  const known = knownCount(asked);
  if (known !== null) return known;
  const total = await countAccounts(db, question);
  if (total > ALWAYS_COUNTED) rememberCount(asked, total);
  return total;
}
