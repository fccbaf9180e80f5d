import { contract } from "@cadenza/contract";
import { routeWithBefore } from "../../http/route.ts";
import type { Counter } from "./counter.ts";
import { presentUsage } from "./present.ts";
import { listUsage } from "./store.ts";

/** The counter writes down what it holds first, so that a team reads its own last call too. */
export function usageRoutes(counter: Counter) {
  return [
    routeWithBefore(
      contract.usageStats.apiUsage,
      () => counter.flush(),
      async ({ app, db, caller, now }) =>
        presentUsage(await listUsage(db, caller.teamId), app.config.rateLimits, now),
    ),
  ];
}
