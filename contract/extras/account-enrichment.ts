import { z } from "zod";
import { lostOne } from "../apollo/people-enrichment.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const accountEnrichment = {
  enrich: endpoint({
    method: "POST",
    path: "/accounts/{id}/enrich",
    scope: "accounts/enrich",
    access: "scoped",
    effect: "write",
    summary: "Looks an account's company up, and fills in what is missing",
    description: "Costs one credit where it is found; what stands there is never overwritten.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      found: z.boolean(),
      lookup_lost: lostOne,
      changed: z.array(z.string()).describe("The fields that were filled in"),
    }),
  }),
};
