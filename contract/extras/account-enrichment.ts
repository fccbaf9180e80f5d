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
    summary: "Enrich an account",
    description:
      "Looks up the company and fills empty fields. Costs one credit if the company is found. Existing values are never overwritten.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({
      found: z.boolean(),
      lookup_lost: lostOne,
      changed: z.array(z.string()).describe("Fields that were filled in"),
    }),
  }),
};
