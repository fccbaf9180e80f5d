// An A/B test of a step that ends by itself: the engine keeps the variant that is surely better.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const metric = z.enum(["replied", "clicked", "demoed"]);

export const abTest = z.strictObject({
  id: fields.id,
  emailer_campaign_id: fields.id,
  emailer_step_id: fields.id,
  metric,
  started_at: fields.stamp,
  ends_at: fields.stamp.nullable(),
  ended_at: fields.stamp.nullable(),
  outcome: z
    .enum(["won", "even", "undecided", "stopped", "changed"])
    .nullable()
    .describe("null: it runs. `even`: no difference that matters; `changed`: fewer than two variants left"),
  winner_emailer_touch_id: fields.id.nullable(),
  variants: z
    .array(z.strictObject({ emailer_touch_id: fields.id, delivered: z.int(), successes: z.int() }))
    .describe("Emails since the start; when it has ended, as they were then"),
});

export const abTests = {
  show: endpoint({
    method: "GET",
    path: "/emailer_steps/{id}/ab_test",
    scope: "emailer_steps/ab_test",
    access: "scoped",
    effect: "read",
    summary: "Show the latest A/B test of a step",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ ab_test: abTest.nullable() }),
  }),

  start: endpoint({
    method: "POST",
    path: "/emailer_steps/{id}/ab_test",
    scope: "emailer_steps/start_ab_test",
    access: "scoped",
    effect: "write",
    summary: "Start an A/B test that keeps the better variant",
    description:
      "Compares the approved variants of the step by emails from now on. When one is surely better than all others, the others are set to `to_be_reviewed`. Their weights are the shares of contacts.",
    input: z.object({
      id: fields.id,
      metric: metric.default("replied").describe("`demoed`: a meeting was booked"),
      ends_at: fields.moment.nullish().describe("Ends undecided then, and all variants stay"),
    }),
    output: z.strictObject({ ab_test: abTest }),
  }),

  stop: endpoint({
    method: "DELETE",
    path: "/emailer_steps/{id}/ab_test",
    scope: "emailer_steps/stop_ab_test",
    access: "scoped",
    effect: "write",
    summary: "Stop the A/B test of a step",
    description: "All variants stay.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ ab_test: abTest }),
  }),
};
