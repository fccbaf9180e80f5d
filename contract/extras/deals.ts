// What Apollo has no call for: what the deals of each stage come to, what happened around one, and changes of many.

import { z } from "zod";
import { dealFilters } from "../apollo/opportunities.ts";
import { opportunityShown } from "../apollo/opportunity.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { dealTimeline } from "./timelines.ts";

const ids = z.array(fields.id).max(1000);

const change = {
  opportunity_stage_id: fields.id.optional(),
  owner_id: fields.id.nullish(),
  closed_lost_reason: fields.text(2000).nullish(),
};

export const dealExtras = {
  timeline: dealTimeline,

  bulkUpdate: endpoint({
    method: "POST",
    path: "/opportunities/bulk_update",
    scope: "opportunities/bulk_update",
    access: "scoped",
    effect: "write",
    summary: "Update several deals",
    description: "The same values for all, or different values for each. Either all deals change or none.",
    input: z.object({
      opportunity_ids: ids.optional(),
      ...change,
      opportunity_attributes: z
        .array(z.object({ id: fields.id, ...change }))
        .max(1000)
        .optional(),
    }),
    output: z.strictObject({ opportunities: z.array(opportunityShown) }),
  }),

  bulkDelete: endpoint({
    method: "POST",
    path: "/opportunities/bulk_delete",
    scope: "opportunities/bulk_delete",
    access: "scoped",
    effect: "write",
    summary: "Delete deals",
    description: "Unknown ids are skipped.",
    input: z.object({ opportunity_ids: ids }),
    output: z.strictObject({ deleted_opportunity_ids: z.array(fields.id) }),
  }),

  totals: endpoint({
    method: "GET",
    path: "/opportunities/totals",
    scope: "opportunities/totals",
    access: "scoped",
    effect: "read",
    summary: "Total the deals of each stage",
    description: "By currency, as full and as weighted amounts.",
    input: z.object(dealFilters),
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
