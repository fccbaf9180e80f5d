// A page of companies in groups, and on the first page the groups. Pages are by number: no cursor goes on in a group.

import type { Act } from "../../../app.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { findAccounts } from "../accounts/store.ts";
import { countGroups, type Group } from "../searching/groups-store.ts";
import { planAsUsual, planForValues } from "../searching/store.ts";
import { type AccountGroup, GROUPINGS } from "./orders.ts";
import {
  type AccountFilter,
  type AccountPaging,
  countAccounts,
  groupedPage,
  questionOf,
  TEAM_ACCOUNTS,
} from "./store.ts";

export async function accountsInGroups(
  { db, caller }: Pick<Act, "db" | "caller">,
  filter: AccountFilter,
  place: AccountPaging,
  group: AccountGroup,
) {
  const question = questionOf(caller.teamId, filter);
  const found = { from: TEAM_ACCOUNTS, where: question.where };
  const [, rows, total, groups] = await Promise.all([
    planForValues(db),
    groupedPage(db, question, place, GROUPINGS[group].by),
    countAccounts(db, question),
    place.offset === 0 ? countGroups(db, GROUPINGS[group], found, question.params) : ([] as Group[]),
    planAsUsual(db),
  ]);
  const ids = rows.map(({ id }) => id);
  const accounts = ids.length > 0 ? await findAccounts(db, caller.teamId, ids, viewerIn(caller)) : [];
  return { accounts, total, last: null, groups };
}
