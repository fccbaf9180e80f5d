// A team's own stages of deals: adding, changing, ordering and deleting them. Apollo only lists them.

import { z } from "zod";
import { dealStageType, forecastCategory, opportunityStage } from "../apollo/opportunity.ts";
import * as fields from "../fields.ts";
import { stageCalls } from "./stage-calls.ts";

const wish = {
  type: dealStageType
    .optional()
    .describe("`open`, `won` or `lost`; changing it opens or closes the stage's deals"),
  probability: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe("Probability for deals without their own, in percent"),
  forecast_category_cd: forecastCategory.optional(),
  description: fields.text(2000).nullish(),
  is_meeting_set: fields.flag.optional(),
  display_order: fields.whole(0).optional().describe("Position, counted from 0"),
};

export const opportunityStageChanges = stageCalls(
  { path: "opportunity_stages", name: "a deal stage", names: "deal stages", records: "deals" },
  {
    create: {
      description:
        "The default type is open. Missing values follow the type: won deals have 100 % probability, others 0 %.",
      input: z.object({ ...wish, name: fields.name() }),
    },
    update: {
      description: "A new type sets its own probability and forecast category, unless you send them.",
      input: z.object({ ...wish, id: fields.id, name: fields.name().optional() }),
    },
  },
  {
    one: z.strictObject({ opportunity_stage: opportunityStage }),
    all: z.strictObject({ opportunity_stages: z.array(opportunityStage) }),
    record: opportunityStage,
    list: "opportunityStages.list",
  },
);
