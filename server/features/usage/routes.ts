import { contract } from "@cadenza/contract";
import { route } from "../../http/route.ts";
import type { Counter } from "./counter.ts";
import { presentUsage } from "./present.ts";
import { listUsage } from "./store.ts";

/** What is written down at this moment, with what this process has not written down yet: so that a team reads its own last call too. */
export function usageRoutes(counter: Counter) {
  return [
    route(contract.usageStats.apiUsage, async ({ app, db, caller, now }) => {
      const written = await listUsage(db, caller.teamId);
      return presentUsage(counter.withUnwritten(caller.teamId, written, now), app.config.rateLimits, now);
    }),
  ];
}
