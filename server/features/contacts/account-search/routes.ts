import { contract } from "@cadenza/contract";
import type { z } from "zod";
import { routeAlsoCsv } from "../../../http/route.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import { viewerIn } from "../../access/sharing/hiding.ts";
import { presentAccount } from "../accounts/present.ts";
import { isInstant, presentSearchCursor, readSearchCursor } from "../contact-search/present.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { findLabels } from "../labels/store.ts";
import { presentMatches } from "../searching/matches.ts";
import { MOST_SHOWN } from "../searching/store.ts";
import { findStages } from "../stages/store.ts";
import { accountsFile } from "./file.ts";
import { presentAccountCrumbs } from "./present.ts";
import { searchAccounts } from "./search.ts";
import { readAccountSearch } from "./search-input.ts";
import type { AccountSort } from "./store.ts";

const { accounts } = contract;

export const routes = [
  routeAlsoCsv(
    accounts.search,
    async ({ input, db, caller }) => {
      const { page, per_page } = input;
      const field = input.sort_by_field ?? "";
      const filter = await readAccountSearch(db, caller.teamId, input);
      const order = { sort: readSort(input.sort_by_field), ascending: readDirection(input) };
      const after = readPlace(input);
      const place = { ...order, limit: per_page, offset: after ? 0 : (page - 1) * per_page, after };
      const found = await searchAccounts(db, caller.teamId, filter, place, viewerIn(caller));
      const next = found.last && presentSearchCursor(field, order.ascending, found.last);
      const ids = found.accounts.map(({ id }) => id);
      const fields = await fieldValuesOf(db, caller.teamId, "account", ids);
      const stages = filter.stageIds ? await findStages(db, caller.teamId, "account", filter.stageIds) : [];
      const labels = filter.labelIds ? await findLabels(db, caller.teamId, filter.labelIds) : [];
      return {
        accounts: found.accounts.map((account) => presentAccount(account, fields.get(account.id))),
        breadcrumbs: presentAccountCrumbs(filter, stages, labels),
        ...presentMatches(input, { total: found.total, partialFrom: MOST_SHOWN, next }),
        num_fetch_result: null,
      };
    },
    async ({ input, db, caller }) =>
      accountsFile(db, caller.teamId, await readAccountSearch(db, caller.teamId, input)),
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
  const place = readSearchCursor(input.cursor, input.sort_by_field ?? "", readDirection(input));
  const isSound = place && (readSort(input.sort_by_field) === "name" || isInstant(place.value));
  if (!isSound) throw new Refusal("invalid_cursor");
  return place;
}

function readDirection({ sort_by_field, sort_ascending }: Search) {
  return Boolean(sort_by_field) && sort_ascending;
}
