// Searches that cost something: a page with anything on it is paid for, and written in the log, since money was spent.

import type { Act } from "../../../app.ts";
import { PRICES, type PricedAction } from "../../../domain/identity/credit-prices.ts";
import { byCaller, record } from "../../events/events/store.ts";
import { spendCredits } from "../../identity/credits/commands.ts";

/** `shown` of a page, each begun `perPage` of which cost what one page does. */
export async function payForPage(
  act: Act,
  action: Extract<PricedAction, "organization_search_page" | "news_search_page">,
  { shown, perPage }: { shown: number; perPage: number },
) {
  const pages = Math.ceil(shown / perPage);
  if (pages === 0) return;
  const { kind, each } = PRICES[action];
  const amount = pages * each;
  await spendCredits(act, { kind, action, each, spent: [{ subjectId: null, amount }] });
  await record(byCaller(act), {
    type: "search.paid",
    subject: { type: "team", id: act.caller.teamId },
    data: { action, credits: amount },
  });
}
