import { contract } from "@cadenza/contract";
import { route } from "../../../http/route.ts";
import { setProspects } from "./commands.ts";
import type { Prospect } from "./following.ts";
import { listProspects } from "./store.ts";

export const routes = [
  route(contract.sandbox.prospects, async ({ db, caller }) => ({
    prospects: (await listProspects(db, caller.teamId)).map(present),
  })),

  route(contract.sandbox.setProspects, async ({ input, ...act }) => ({
    prospects: (await setProspects(act, input)).map(present),
  })),
];

function present({ match, does, afterSeconds, text, untilDay }: Prospect) {
  return {
    match,
    does,
    after: Temporal.Duration.from({ seconds: Math.round(afterSeconds) })
      .round({ largestUnit: "hours" })
      .toString(),
    ...(text !== null && { text }),
    ...(untilDay && { until: untilDay.toString() }),
  };
}
