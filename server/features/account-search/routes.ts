import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { routeAlsoCsv } from "../../http/route.ts";
import { Refusal } from "../../refusal.ts";
import { presentAccount } from "../accounts/present.ts";
import { isInstant, presentCursor, readCursor } from "../contact-search/present.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { findLabels } from "../labels/store.ts";
import { ALWAYS_COUNTED, MOST_SHOWN } from "../searching/store.ts";
import { viewerIn } from "../sharing/hiding.ts";
import { findStages } from "../stages/store.ts";
import { accountsFile } from "./file.ts";
import { presentCrumbs } from "./present.ts";
import { searchAccounts } from "./search.ts";
import { readSearch } from "./search-input.ts";
import type { AccountSort } from "./store.ts";

const { accounts } = contract;

export const routes = [
  routeAlsoCsv(
    accounts.search,
    async ({ input, db, caller }) => {
      const { page, per_page } = input;
      const field = input.sort_by_field ?? "";
      const filter = await readSearch(db, caller.teamId, input);
      const order = { sort: readSort(input.sort_by_field), ascending: readDirection(input) };
      const after = readPlace(input);
      const place = { ...order, limit: per_page, offset: after ? 0 : (page - 1) * per_page, after };
      const found = await searchAccounts(db, caller.teamId, filter, place, viewerIn(caller));
      const total = Math.min(found.total, MOST_SHOWN);
      const ids = found.accounts.map(({ id }) => id);
      const fields = await fieldValuesOf(db, caller.teamId, "account", ids);
      const stages = filter.stageIds ? await findStages(db, caller.teamId, "account", filter.stageIds) : [];
      const labels = filter.labelIds ? await findLabels(db, caller.teamId, filter.labelIds) : [];
      return {
        accounts: found.accounts.map((account) => presentAccount(account, fields.get(account.id))),
        breadcrumbs: presentCrumbs(filter, stages, labels),
        partial_results_only: found.total > MOST_SHOWN,
        has_join: false,
        disable_eu_prospecting: false,
        partial_results_limit: ALWAYS_COUNTED,
        pagination: {
          page,
          per_page,
          total_entries: total,
          total_pages: Math.ceil(total / per_page),
          next_cursor: found.last && presentCursor(field, order.ascending, found.last),
        },
        num_fetch_result: null,
      };
    },
    async ({ input, db, caller }) =>
      accountsFile(db, caller.teamId, await readSearch(db, caller.teamId, input)),
  ),
];

type Search = z.output<typeof accounts.search.input>;

const SORTS: Record<string, AccountSort> = {
  account_name: "name",
  account_last_activity_date: "activity",
  account_created_at: "created",
  account_updated_at: "updated",
};

function readSort(field: string | undefined): AccountSort {
  if (!field) return "created";
  const sort = Object.hasOwn(SORTS, field) ? SORTS[field] : undefined;
  if (!sort) throw new Refusal("sort_invalid", {}, { skip_alert_dialog: true });
  return sort;
}

function readPlace(input: Search) {
  if (!input.cursor) return null;
  const place = readCursor(input.cursor, input.sort_by_field ?? "", readDirection(input));
  const isSound = place && (readSort(input.sort_by_field) === "name" || isInstant(place.value));
  if (!isSound) throw new Refusal("invalid_cursor");
  return place;
}

function readDirection({ sort_by_field, sort_ascending }: Search) {
  return Boolean(sort_by_field) && sort_ascending;
}
