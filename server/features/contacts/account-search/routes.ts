import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { routeAlsoCsv } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { presentAccount } from "../accounts/present.ts";
import { presentSearchCursor, readSearchCursor } from "../contact-search/present.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { findLabels } from "../labels/store.ts";
import { presentMatches } from "../searching/matches.ts";
import { isSortValue, type SortOrder } from "../searching/orders-store.ts";
import { MOST_SHOWN } from "../searching/store.ts";
import { findStages } from "../stages/store.ts";
import { accountsFile } from "./file.ts";
import { accountsInGroups } from "./grouped.ts";
import { readAccountOrder } from "./orders.ts";
import { presentAccountCrumbs } from "./present.ts";
import { searchAccounts } from "./search.ts";
import { readAccountSearch } from "./search-input.ts";

const { accounts } = contract;

export const routes = [
  routeAlsoCsv(
    accounts.search,
    async ({ input, db, caller }) => {
      const { page, per_page } = input;
      const field = input.sort_by_field ?? "";
      const filter = await readAccountSearch(db, caller.teamId, input);
      const order = await readAccountOrder(db, caller.teamId, input.sort_by_field);
      const isAscending = readDirection(input);
      const after = readPlace(input, order);
      const offset = after ? 0 : (page - 1) * per_page;
      const place = { order, isAscending, limit: per_page, offset, after };
      const found = input.group_by
        ? await accountsInGroups({ db, caller }, filter, place, input.group_by)
        : await searchAccounts(db, caller.teamId, filter, place, viewerIn(caller));
      const next = found.last && presentSearchCursor(field, isAscending, found.last);
      const ids = found.accounts.map(({ id }) => id);
      const fields = await fieldValuesOf(db, caller.teamId, "account", ids);
      const stages = filter.stageIds ? await findStages(db, caller.teamId, "account", filter.stageIds) : [];
      const labels = filter.labelIds ? await findLabels(db, caller.teamId, filter.labelIds) : [];
      return {
        accounts: found.accounts.map((account) => presentAccount(account, fields.get(account.id))),
        breadcrumbs: presentAccountCrumbs(filter, stages, labels),
        ...presentMatches(input, { total: found.total, partialFrom: MOST_SHOWN, next }),
        num_fetch_result: null,
        ...(found.groups && { groups: found.groups }),
      };
    },
    async ({ input, db, caller }) =>
      accountsFile(db, caller.teamId, await readAccountSearch(db, caller.teamId, input), {
        columns: input.csv_columns,
        order: await readAccountOrder(db, caller.teamId, input.sort_by_field),
        isAscending: readDirection(input),
      }),
  ),
];

type Search = z.output<typeof accounts.search.input>;

function readPlace(input: Search, order: SortOrder) {
  if (!input.cursor) return null;
  const place = readSearchCursor(input.cursor, input.sort_by_field ?? "", readDirection(input));
  if (!place || !isSortValue(order, place.value)) throw new Refusal("invalid_cursor");
  return place;
}

function readDirection({ sort_by_field, sort_ascending }: Search) {
  return Boolean(sort_by_field) && sort_ascending;
}
