// What a workflow would do, before it is turned on: whom it would have taken lately, and what it would do with one record.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { definition, entity, trigger } from "./workflow.ts";
import { workflowActions } from "./workflow-actions.ts";

/** A saved workflow, one that is not saved, or a saved one with changes that are not. */
const asked = {
  id: fields.id.optional().describe("A saved workflow; values beside it replace its own"),
  entity: entity.default("contact").describe("Without `id`"),
  trigger: trigger.optional().describe("Required without `id`"),
  filters: fields.freeForm(z.unknown()).optional(),
  net_new: fields.flag.optional(),
  reentry: definition.reentry.unwrap().optional(),
  caps: definition.caps.unwrap().optional(),
};

const line = z.strictObject({
  entity_id: fields.id,
  name: z.string().nullable(),
  at: fields.stamp.nullable(),
  event: z.strictObject({ id: fields.id, type: z.string() }).nullable(),
});

const lookBackGroup = z.strictObject({
  code: z.string(),
  filter: z.string().nullable(),
  sentence: z.string(),
  count: z.int().describe("Records"),
  count_alone: z.int().describe("Records that only this filter leaves out"),
  sample: z.array(line),
});

const lookBack = z.strictObject({
  kind: z
    .enum(["past", "today", "unknown"])
    .describe("past: the last 30 days. today: for a schedule. unknown: for a webhook"),
  since: fields.stamp.nullable(),
  complete_from: fields.stamp.nullable().describe("Set if older events were not read: too many"),
  sentence: z.string(),
  num_triggers: z.int().describe("How often the trigger happened"),
  num_taken: z.int(),
  num_records: z.int().describe("The same record counts once"),
  taken: z.array(line).describe("The newest 50"),
  left_out: z.array(lookBackGroup),
});

const trial = z.strictObject({
  entity_id: fields.id,
  name: z.string().nullable(),
  taken: z.boolean(),
  code: z.string().nullable(),
  sentence: z.string(),
  filters: z.array(z.strictObject({ filter: z.string(), holds: z.boolean(), value: z.string().nullable() })),
  actions: z
    .array(
      z.strictObject({
        step: z.string(),
        type: z.string(),
        outcome: z.enum(["done", "skipped", "failed", "waiting", "not_tried"]),
        code: z.string().nullable(),
        sentence: z.string(),
      }),
    )
    .describe("Also if it is not taken. not_tried: it asks another server"),
});

export const workflowTrials = {
  lookBack: endpoint({
    method: "POST",
    path: "/workflows/look_back",
    scope: "workflows/look_back",
    access: "scoped",
    effect: "read",
    summary: "Show which records a workflow would have processed lately",
    description:
      "Checks the events of the last 30 days by the rules of a running workflow. Filters check records as they are now. Nothing is done.",
    input: z.object(asked),
    output: z.strictObject({ look_back: lookBack }),
  }),

  tryOut: endpoint({
    method: "POST",
    path: "/workflows/try_out",
    scope: "workflows/try_out",
    access: "scoped",
    effect: "read",
    summary: "Try a workflow with one record",
    description:
      "Shows the result of each filter and what each action would do, by the rules of a real run. Nothing is saved and no other server is called.",
    input: z.object({ ...asked, actions: workflowActions.optional(), entity_id: fields.id }),
    output: z.strictObject({ trial }),
  }),
};
