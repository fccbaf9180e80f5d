import { contract } from "@cadenza/contract";
import { route, routeWithBefore } from "../../../http/route.ts";
import { type ForecastWish, foresee, getForecast, keepForecast } from "./commands.ts";
import { presentBrief, presentForecast, presentHours } from "./present.ts";
import { listForecasts } from "./store.ts";
import { type WhatIfInput, whatIfFrom } from "./what-if-input.ts";

export const routes = [
  routeWithBefore(
    contract.forecasts.create,
    ({ input, ...asking }) => foresee(asking, wishFrom(input)),
    async ({ input, before, ...act }) => ({
      forecast: presentForecast(await keepForecast(act, wishFrom(input), before)),
    }),
  ),

  route(contract.forecasts.list, async ({ db, caller, input: { page, per_page } }) => {
    const { teamId, userId, role } = caller;
    const { rows, total } = await listForecasts(db, teamId, {
      userId,
      isAdmin: role === "admin",
      limit: per_page,
      offset: (page - 1) * per_page,
    });
    return {
      forecasts: rows.map(presentBrief),
      pagination: { page, per_page, total_entries: total, total_pages: Math.ceil(total / per_page) },
    };
  }),

  route(contract.forecasts.show, async ({ input, ...act }) => {
    const { row, actual } = await getForecast(act, input.id);
    return { forecast: { ...presentForecast(row), actual: presentHours(actual) } };
  }),
];

type Input = {
  days: number;
  seed?: number | undefined;
  reply_rate: number;
  emailer_campaign_ids?: string[] | undefined;
  what_if?: WhatIfInput | undefined;
};

function wishFrom({ days, seed, reply_rate, emailer_campaign_ids, what_if }: Input): ForecastWish {
  return {
    days,
    seed: seed ?? null,
    replyRate: reply_rate,
    sequenceIds: emailer_campaign_ids ?? [],
    whatIf: whatIfFrom(what_if),
    asked: { ...what_if },
  };
}
