// What a workflow does with the contacts it takes, as a tree: a branch and a split hold lists of actions themselves. Inner
// lists are read by the same rules as the outer one. They are plain objects, because the schema would be endless.

import { z } from "zod";
import { terms } from "../apollo/joining-terms.ts";
import { taskType } from "../apollo/task.ts";
import * as fields from "../fields.ts";

const DEEPEST = 5;
const MOST_STEPS = 50;

const {
  id: _,
  emailer_campaign_id: __,
  contact_ids: ___,
  label_names: ____,
  contact_filter: _____,
  async: ______,
  ...rest
} = terms;
export const joinTerms = rest;

const lists = z.array(fields.name(200)).min(1, "must not be empty").max(50);
const liquid = "May contain Liquid variables of the contact";

const nested = z
  .array(fields.freeForm(z.unknown()))
  .max(MOST_STEPS)
  .transform((actions, issues): Record<string, unknown>[] =>
    actions.map((one, place) => {
      const read = workflowAction.safeParse(one);
      if (read.success) return read.data as Record<string, unknown>;
      for (const { message, path } of read.error.issues)
        issues.addIssue({ code: "custom", message, path: [place, ...path] });
      return one;
    }),
  )
  .describe("Actions, like the outer list");

const some = (most: number) => z.int().min(0).max(most).optional();

export const workflowAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("enrich") }),
  z.strictObject({
    type: z.literal("save_as_contact"),
    label_names: z.array(fields.name(200)).max(50).optional(),
    contact_stage_id: fields.id.optional(),
    owner_id: fields.id.optional(),
  }),
  z.strictObject({ type: z.literal("add_to_sequence"), emailer_campaign_id: fields.id, ...joinTerms }),
  z.strictObject({
    type: z.literal("remove_from_sequence"),
    emailer_campaign_ids: z.array(fields.id).min(1, "must not be empty").max(100),
    mode: z.enum(["mark_as_finished", "remove", "stop"]).default("mark_as_finished"),
    stop_reason: fields.text(200).nullish(),
  }),
  z.strictObject({ type: z.literal("add_to_list"), label_names: lists }),
  z.strictObject({ type: z.literal("remove_from_list"), label_names: lists }),
  z.strictObject({ type: z.literal("set_stage"), stage_id: fields.id }),
  z.strictObject({
    type: z.literal("set_field"),
    typed_custom_fields: fields
      .freeForm(z.unknown(), fields.id)
      .describe("By field id; null clears the field"),
  }),
  z.strictObject({
    type: z.literal("set_owner"),
    owner_ids: z.array(fields.id).min(1, "must not be empty").max(200).describe("Several owners rotate"),
  }),
  z.strictObject({
    type: z.literal("create_task"),
    task_type: taskType,
    title: fields.text(1000).optional().describe(liquid),
    note: fields.text(5000).optional().describe(liquid),
    priority: z.enum(["high", "medium", "low"]).default("medium"),
    user_id: fields.id.optional().describe("Default: the record's owner, or the workflow's owner"),
    due_in_hours: some(24 * 365).describe("Default: 0"),
  }),
  z.strictObject({
    type: z.literal("create_deal"),
    name: fields.name(200).describe(liquid),
    amount: z.number().min(0).max(1e12).optional(),
    opportunity_stage_id: fields.id.optional(),
    owner_id: fields.id.optional().describe("Default: the record's owner, or the workflow's owner"),
    closes_in_days: some(3650),
  }),
  z.strictObject({
    type: z.literal("notify"),
    user_ids: z.array(fields.id).max(200).optional().describe("Default: the workflow's owner"),
    text: fields.name(1000).describe(liquid),
  }),
  z.strictObject({ type: z.literal("call_webhook"), url: fields.name(2000) }),
  z
    .strictObject({
      type: z.literal("wait"),
      days: some(365),
      hours: some(24 * 365),
      minutes: some(60 * 24 * 365),
    })
    .refine(({ days = 0, hours = 0, minutes = 0 }) => days + hours + minutes > 0, "does not say how long"),
  z.strictObject({
    type: z.literal("branch"),
    filters: fields.freeForm(z.unknown()).describe("Body of a search, like the workflow's filters"),
    yes: nested,
    no: nested.optional(),
  }),
  z.strictObject({
    type: z.literal("split"),
    paths: z
      .array(z.strictObject({ weight: z.int().min(1).max(1000).default(1), actions: nested }))
      .min(2, "needs two paths")
      .max(20)
      .describe("Each contact takes one path, chosen by weight, and always the same one"),
  }),
]);

export const workflowActions = z
  .array(workflowAction)
  .min(1, "must not be empty")
  .max(MOST_STEPS)
  .refine((actions) => depthOf(actions) <= DEEPEST, `go more than ${DEEPEST} deep`);

type Branching = { yes?: unknown; no?: unknown; paths?: unknown; actions?: unknown };

function depthOf(value: unknown): number {
  if (!Array.isArray(value)) return 0;
  const inside = value.map(({ yes, no, paths }: Branching) =>
    Math.max(
      depthOf(yes),
      depthOf(no),
      ...(Array.isArray(paths) ? paths.map((path: Branching) => depthOf(path.actions)) : []),
    ),
  );
  return 1 + Math.max(0, ...inside);
}
