// What the deals of each stage come to.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const dealTotals = {
  totals: endpoint({
    method: "GET",
    path: "/opportunities/totals",
    scope: "opportunities/totals",
    access: "scoped",
    effect: "read",
    summary: "Total the deals of each stage",
    description: "By currency, as full and as weighted amounts.",
    input: z.object({
      q_keywords: fields.text(200).optional(),
      account_id: fields.id.optional(),
      owner_id: fields.id.optional(),
    }),
    output: z.strictObject({
      totals: z.array(
        z.strictObject({
          opportunity_stage_id: fields.id.nullable(),
          currency_code: z.string(),
          deals: z.int(),
          amount: z.number(),
          weighted: z.number().describe("Sum of each amount times its deal's probability"),
        }),
      ),
    }),
  }),
};
