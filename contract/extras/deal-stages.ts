// A team's own stages of deals: adding, changing, ordering and deleting them. Apollo only lists them.

import { z } from "zod";
import { dealStageType, forecastCategory, opportunityStage } from "../apollo/opportunities.ts";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const wish = {
  type: dealStageType
    .optional()
    .describe("Whether deals in it are open, won or lost; those in it are closed or opened with it"),
  probability: z.int().min(0).max(100).optional().describe("Of deals that do not say their own"),
  forecast_category_cd: forecastCategory.optional(),
  description: fields.text(2000).nullish(),
  is_meeting_set: fields.flag.optional(),
  display_order: fields.whole(0).optional().describe("Counted from 0"),
};

export const opportunityStageChanges = {
  create: endpoint({
    method: "POST",
    path: "/opportunity_stages",
    scope: "opportunity_stages/create",
    access: "admin",
    effect: "write",
    summary: "Adds a stage for deals",
    description:
      "Without a type it is for open deals. What is not said goes by the type: won deals are 100 % likely, others 0 %.",
    input: z.object({ ...wish, name: fields.name() }),
    output: z.strictObject({ opportunity_stage: opportunityStage }),
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/opportunity_stages/{id}",
    scope: "opportunity_stages/update",
    access: "admin",
    effect: "write",
    summary: "Changes a stage of deals, or its place in the order",
    description: "Another type brings its own probability and forecast category, unless they are said.",
    input: z.object({ ...wish, id: fields.id, name: fields.name().optional() }),
    output: z.strictObject({ opportunity_stage: opportunityStage }),
  }),

  reorder: endpoint({
    method: "POST",
    path: "/opportunity_stages/reorder",
    scope: "opportunity_stages/reorder",
    access: "admin",
    effect: "write",
    summary: "Puts the stages of deals into this order; those not named follow",
    input: z.object({ ids: z.array(fields.id).min(1, "must not be empty").max(1000) }),
    output: z.strictObject({ opportunity_stages: z.array(opportunityStage) }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/opportunity_stages/{id}",
    scope: "opportunity_stages/destroy",
    access: "admin",
    effect: "write",
    summary: "Deletes a stage of deals; those in it go to another",
    input: z.object({ id: fields.id, reassign_to: fields.id.optional() }),
    output: z.strictObject({ opportunity_stage: opportunityStage }),
  }),
};
