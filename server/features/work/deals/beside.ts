// Deals with their custom fields and the account each belongs to.

import type { Act } from "../../../app.ts";
import { accountsWhole } from "../../contacts/accounts/beside.ts";
import { fieldValuesOf } from "../../contacts/custom-fields/store.ts";
import { presentDealShown } from "./present.ts";
import { type DealRow, findDeals } from "./store.ts";

type Asking = Pick<Act, "db" | "caller">;

export async function dealsShown(asking: Asking, deals: readonly DealRow[]) {
  const ids = deals.map(({ id }) => id);
  const [values, accounts] = await Promise.all([
    fieldValuesOf(asking.db, asking.caller.teamId, "opportunity", ids),
    accountsWhole(
      asking,
      deals.flatMap(({ accountId }) => accountId ?? []),
    ),
  ]);
  return deals.map((deal) =>
    presentDealShown(deal, accounts.get(deal.accountId ?? "") ?? null, {
      values: values.get(deal.id) ?? {},
      errors: {},
    }),
  );
}

export async function dealsBeside(asking: Asking, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, Awaited<ReturnType<typeof dealsShown>>[number]>();
  const deals = await findDeals(asking.db, asking.caller.teamId, [...new Set(ids)]);
  return new Map((await dealsShown(asking, deals)).map((deal) => [deal.id, deal]));
}
