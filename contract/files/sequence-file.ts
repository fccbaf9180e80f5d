// A sequence as a file in git. The JSON Schema for editors is made from it, and what a file says is read by it.

import { z } from "zod";
import { STEP_TYPES } from "../apollo/steps.ts";
import { touchStatus } from "../apollo/touches.ts";
import { branchFile, conditionFile } from "../extras/branch.ts";
import { ruleInputs, stageMapping } from "../extras/rulesets.ts";
import * as fields from "../fields.ts";

/** Names a record in files: the same in every team, and it stays when the record gets another name. */
export const fileKey = fields
  .sized(100)
  .regex(/^[a-z0-9][a-z0-9-]*$/, "may have small letters, digits and hyphens only")
  .describe("Names the record in files. It stays when the name changes");

const { contact_email_event_to_stage_mapping: _, ...rules } = ruleInputs;

/** What a sequence and a ruleset can both say. */
export const ruleFile = z.strictObject(rules).describe("What is left out is decided by the ruleset");

const stageName = fields.name(100);
export const stageFile = z
  .strictObject(
    Object.fromEntries(
      Object.keys(stageMapping.shape).map((event) => [event, stageName.optional()]),
    ) as Record<keyof typeof stageMapping.shape, z.ZodOptional<typeof stageName>>,
  )
  .describe("By event of an email, the name of the stage the contact moves to");

const WAIT = /^(\d{1,6}) (minute|hour|day)s?$/;

const wait = fields
  .sized(30)
  .regex(WAIT, 'must be such as "2 days", "4 hours" or "30 minutes"')
  .describe('How long after the step before it, such as "2 days"');

/** `2 days` as a number and a unit. */
export function waitFrom(text: string) {
  const [, count = "0", unit = "day"] = WAIT.exec(text) ?? [];
  return { time: Number(count), mode: unit as "minute" | "hour" | "day" };
}

const variantFile = z.strictObject({
  mail: fields.sized(200).optional().describe("A file beside this one, in Markdown (.md) or HTML (.html)"),
  template: fileKey.optional().describe("A template of the library: the name of a file in templates/"),
  subject: fields.text(2000).optional().describe("Instead of `mail`, together with `html` or `markdown`"),
  html: fields.html(600_000).optional(),
  markdown: fields.text(600_000).optional(),
  thread: z.enum(["new", "reply"]).default("new").describe("`reply` answers the email before it"),
  status: touchStatus.default("approved").describe("Only approved variants are sent"),
  weight: z.int().min(1).max(1000).default(1).describe("Share of this variant among the approved variants"),
  signature: z.boolean().default(true),
  opener: z.boolean().nullable().default(null).describe("Whether it has a personal opener"),
  opener_fallback: fields.text(100).default("send_without_opener"),
  generic_opener: fields.text(2000).nullable().default(null),
  attachments: z.array(fields.name(150)).max(20).default([]).describe("Names of files of the team"),
  goes_with: z
    .strictObject({ step: fields.whole(1, 1000), variant: fields.whole(1, 1000) })
    .nullable()
    .default(null)
    .describe("Only for contacts who got this variant of an earlier step; both are counted from 1"),
});

const stepFile = z.strictObject({
  type: z.enum(STEP_TYPES),
  branch: branchFile
    .nullable()
    .default(null)
    .describe(
      "The branch on whose path it is, by its number. Such steps stand right behind it, the yes path first",
    ),
  condition: conditionFile.nullable().default(null).describe("Of a branch: who takes its yes path"),
  wait: wait.default("0 days"),
  at: fields.moment.nullable().default(null).describe("Date and time, in a sequence with exact dates"),
  enabled: z.boolean().default(true).describe("Steps that are off are skipped"),
  priority: z.enum(["high", "medium", "low"]).nullable().default(null).describe("Of a task"),
  note: fields.html(100_000).nullable().default(null).describe("HTML"),
  max_emails_per_day: z.int().min(0).max(1_000_000).nullable().default(null),
  skip_after_days: z.int().min(1).max(365).nullable().default(null),
  variants: z.array(variantFile).max(26).default([]),
});

export const sequenceFile = z.strictObject({
  key: fileKey,
  name: fields.name(300),
  description: fields.text(5000).nullable().default(null),
  folder: z.array(fields.name()).max(20).default([]).describe("Folders from the outermost to the innermost"),
  labels: z.array(fields.name()).max(100).default([]),
  schedule: fileKey
    .nullable()
    .default(null)
    .describe("The name of a file in schedules/; without it the team's default schedule"),
  ruleset: fileKey
    .nullable()
    .default(null)
    .describe("The name of a file in rulesets/; without it the team's default ruleset"),
  rules: ruleFile.prefault({}),
  stage_changes: stageFile.prefault({}),
  excluded_contact_stages: z.array(stageName).max(200).default([]),
  excluded_account_stages: z.array(stageName).max(200).default([]),
  exact_dates: z.boolean().nullable().default(null).describe("Every step has a date and time of its own"),
  allowed_send_from_domains: z.array(fields.text(253)).max(200).default([]),
  cc_emails: fields.text(2000).default("").describe("Separated by commas"),
  bcc_emails: fields.text(2000).default("").describe("Separated by commas"),
  delivery_policy: z.enum(["never_twice", "never_lost"]).default("never_twice"),
  on_not_sent: z.enum(["fail", "continue"]).default("fail"),
  priority_policy: z.enum(["score", "followups_first", "fifo"]).default("followups_first"),
  send_at_usual_hour: z.boolean().default(false),
  steps: z.array(stepFile).max(100),
});

export type SequenceFile = z.output<typeof sequenceFile>;
export type StepFile = SequenceFile["steps"][number];
export type VariantFile = StepFile["variants"][number];
