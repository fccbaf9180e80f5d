import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";

const stage = fields.id.nullish();

/** To which contact stage what happens to a mail moves the contact. What is sent replaces all that was said before. */
export const stageMapping = z.object({
  delivered: stage,
  opened: stage,
  clicked: stage,
  replied: stage,
  interested: stage,
  demoed: stage,
  bounced: stage,
  spam_blocked: stage,
  unsubscribed: stage,
  out_of_office: stage,
  finished: stage,
  not_sent: stage,
  unresponsive: stage,
  job_changed: stage.describe(
    "Stage after a job change. For contacts in no sequence, the default ruleset applies",
  ),
});

/** What a sequence and a ruleset can both say. Null leaves it to the ruleset, or to the team's default one. */
export const ruleInputs = {
  mark_finished_if_reply: fields.flag.nullish(),
  mark_finished_if_click: fields.flag.nullish(),
  mark_finished_if_interested: fields.flag.nullish(),
  mark_paused_if_ooo: fields.flag.nullish(),
  days_to_wait_before_mark_as_response: z.int().min(0).max(365).nullish(),
  same_account_reply_policy_cd: z.enum(["none", "mark_not_sent", "delay"]).nullish(),
  same_account_reply_delay_days: z.int().min(1).max(1000).nullish(),
  same_account_reply_scope: z
    .enum(["sequence", "all_sequences"])
    .nullish()
    .describe(
      "`sequence`: a colleague's reply counts in the same sequence. `all_sequences`: it counts in every sequence",
    ),
  create_task_if_email_open: fields.flag.nullish(),
  email_open_trigger_task_threshold: z.int().min(1).max(1000).nullish(),
  max_emails_per_day: z.int().min(0).max(1_000_000).nullish(),
  max_new_contacts_per_day: z
    .int()
    .min(0)
    .max(1_000_000)
    .nullish()
    .describe("Cadenza's own: contacts who get their first email in a day"),
  ignore_apollo_global_email_bounce_list: fields.flag.nullish(),
  contact_email_event_to_stage_mapping: stageMapping.optional(),
};

export const ruleOutputs = {
  mark_finished_if_reply: z.boolean().nullable(),
  mark_finished_if_click: z.boolean().nullable(),
  mark_finished_if_interested: z.boolean().nullable(),
  mark_paused_if_ooo: z.boolean().nullable(),
  days_to_wait_before_mark_as_response: z.int().nullable(),
  same_account_reply_policy_cd: z.enum(["none", "mark_not_sent", "delay"]).nullable(),
  same_account_reply_delay_days: z.int().nullable(),
  same_account_reply_scope: z.enum(["sequence", "all_sequences"]).nullable(),
  create_task_if_email_open: z.boolean().nullable(),
  email_open_trigger_task_threshold: z.int().nullable(),
  max_emails_per_day: z.int().nullable(),
  max_new_contacts_per_day: z.int().nullable(),
  ignore_apollo_global_email_bounce_list: z.boolean().nullable(),
};

export const ruleset = z.strictObject({
  id: fields.id,
  name: z.string(),
  default: z.boolean(),
  ...ruleOutputs,
  contact_email_event_to_stage_mapping: z.partialRecord(stageMapping.keyof(), fields.id),
  /** Of those that are not archived. The default also counts those that name none. */
  num_sequences: z.int(),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  etag: etag(),
});

const answer = z.strictObject({ sequence_ruleset: ruleset });

export const rulesets = {
  list: endpoint({
    method: "GET",
    path: "/sequence_rulesets",
    scope: "sequence_rulesets/index",
    access: "scoped",
    effect: "read",
    summary: "List rulesets",
    description: "The default ruleset comes first.",
    input: z.object({}),
    output: z.strictObject({ sequence_rulesets: z.array(ruleset) }),
  }),

  show: endpoint({
    method: "GET",
    path: "/sequence_rulesets/{id}",
    scope: "sequence_rulesets/show",
    access: "scoped",
    effect: "read",
    summary: "Show a ruleset",
    input: z.object({ id: fields.id }),
    output: answer,
  }),

  create: endpoint({
    method: "POST",
    path: "/sequence_rulesets",
    scope: "sequence_rulesets/create",
    access: "scoped",
    effect: "write",
    summary: "Create a ruleset",
    input: z.object({ name: fields.name(), default: fields.flag.optional(), ...ruleInputs }),
    output: answer,
  }),

  update: endpoint({
    method: "PATCH",
    also: ["PUT"],
    path: "/sequence_rulesets/{id}",
    scope: "sequence_rulesets/update",
    access: "scoped",
    effect: "write",
    summary: "Update a ruleset",
    description: "The change applies to every sequence that uses it.",
    ifMatch: { record: ruleset },
    input: z.object({
      id: fields.id,
      name: fields.name().optional(),
      default: fields.flag.optional(),
      ...ruleInputs,
    }),
    output: answer,
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/sequence_rulesets/{id}",
    scope: "sequence_rulesets/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete an unused ruleset",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ sequence_ruleset: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
