import { contract } from "@cadenza/contract";
import { planLimits } from "@cadenza/contract/plans";
import { route } from "../../../http/route.ts";
import { strictPlan } from "../sandbox-profiles/commands.ts";
import type { Counter } from "./counter.ts";
import { presentApiUsage } from "./present.ts";
import { listApiUsage } from "./store.ts";

/** What is written down at this moment, with what this process has not written down yet: so that a team reads its own last call too. */
export function usageRoutes(counter: Counter) {
  return [
    route(contract.usageStats.apiUsage, async ({ app, db, caller, now }) => {
      const written = await listApiUsage(db, caller.teamId);
      const plan = await strictPlan(app, caller.teamId);
      const limitsOf = (scope: string) => (plan ? planLimits(plan, scope) : app.config.rateLimits);
      return presentApiUsage(counter.withUnwritten(caller.teamId, written, now), limitsOf, now);
    }),
  ];
}
