// A page of accounts and how many there are: counted up to what pages reach, and remembered for ten seconds where that
// takes longer than showing them.

import type { Db } from "../../db/connect.ts";
import { type AccountRow, findAccounts } from "../accounts/store.ts";
import { knownCount, rememberCount } from "../searching/known-counts.ts";
import { ALWAYS_COUNTED, planAsUsual, planForValues } from "../searching/store.ts";
import { type AccountFilter, countAccounts, type Page, pageOf, type Question, questionOf } from "./store.ts";

export type Found = { accounts: AccountRow[]; total: number };

export async function searchAccounts(
  db: Db,
  teamId: string,
  filter: AccountFilter,
  page: Page,
): Promise<Found> {
  const question = questionOf(teamId, filter);
  const [, ids] = await Promise.all([planForValues(db), pageOf(db, question, page)]);
  const isLastPage = ids.length < page.limit && (ids.length > 0 || page.offset === 0);
  // What the page itself shows is newer than what is remembered.
  const seen = ids.length > 0 ? page.offset + ids.length : 0;
  const total = isLastPage ? seen : Math.max(seen, await totalOf(db, question));
  const [, accounts] = await Promise.all([
    planAsUsual(db),
    ids.length > 0 ? findAccounts(db, teamId, ids) : [],
  ]);
  return { accounts, total };
}

async function totalOf(db: Db, question: Question) {
  const asked = JSON.stringify([question.where, question.params]);
  const known = knownCount(asked);
  if (known !== null) return known;
  const total = await countAccounts(db, question);
  if (total > ALWAYS_COUNTED) rememberCount(asked, total);
  return total;
}
