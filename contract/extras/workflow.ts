// What a workflow is: for whom, set off by what, narrowed by what, and what it then does.

import { z } from "zod";
import { accountFilters } from "../apollo/accounts.ts";
import { contactFilters } from "../apollo/contact-filters.ts";
import { personSearch } from "../apollo/person-filters.ts";
import { etag } from "../etags.ts";
import * as fields from "../fields.ts";
import { workflowActions } from "./workflow-actions.ts";
import { saidCode } from "./workflow-runs.ts";

export const entity = z.enum(["contact", "person", "account"]);

/** What a workflow's filters may say, by what it is for; each is the body of that search. */
export const workflowFilters = {
  contact: z.strictObject(contactFilters),
  person: z.strictObject(personSearch),
  account: z.strictObject(accountFilters),
};

const clock = fields
  .sized(5)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "is not a time of day")
  .describe("Such as `09:00`");

export const trigger = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("event"),
    event: fields
      .sized(100)
      .regex(/^[a-z_]+\.(?:[a-z_]+|\*)$/, "is not a type of event")
      .describe("An event type such as `contact.stage_changed` or `message.*`"),
    data: fields
      .freeForm(
        z.union([fields.text(200), z.number().min(-1e15).max(1e15), z.boolean(), z.null()]),
        z.string().max(100),
      )
      .optional()
      .describe('Values the event\'s data must have, such as `{"to": "<stage>"}`'),
  }),
  z.strictObject({
    type: z.literal("schedule"),
    every: z.enum(["hour", "day", "week"]).optional(),
    at: clock.optional().describe("For day and week; default: 09:00"),
    weekday: z.int().min(1).max(7).optional().describe("For week: 1 is Monday; default: 1"),
    cron: fields.text(200).optional().describe("Cron expression with five fields, instead of `every`"),
    time_zone: fields.timeZone.default("UTC"),
  }),
  z.strictObject({
    type: z.literal("date_field"),
    field: fields
      .sized(24)
      .regex(/^(?:[0-9a-f]{24}|closed_date|actual_close_date|next_step_date)$/, "is not a date field")
      .describe("A custom date field's id; or of deals `closed_date`, `actual_close_date`, `next_step_date`"),
    days: z.int().min(-3650).max(3650).default(0).describe("Days after the date; negative: before it"),
    at: clock.default("09:00"),
    time_zone: fields.timeZone.optional().describe("Default: the team's"),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    creates_contacts: fields.flag
      .default(false)
      .describe("True creates a contact if contact_id and email match none"),
  }),
]);

const most = z.int().min(1).max(100_000).nullish();

/** What the caller sends to create or change a workflow. */
export const definition = {
  name: fields.name(200),
  trigger,
  filters: fields
    .freeForm(z.unknown())
    .default({})
    .describe("Body of a search for contacts, people or accounts; empty: all records"),
  net_new: fields.flag
    .default(false)
    .describe("Skip people who are contacts already, or whom this workflow has handled before"),
  reentry: z
    .union([z.enum(["once", "every_time"]), z.strictObject({ days: z.int().min(1).max(3650) })])
    .default("once"),
  actions: workflowActions,
  caps: z
    .strictObject({
      per_run: most.describe("Most records per run; for event triggers, per UTC day"),
      per_day: most,
      per_owner: most.describe("Most records per day with the same owner"),
    })
    .default({}),
};

export const warning = z.strictObject({
  code: z.string(),
  level: z.enum(["red", "amber"]),
  sentence: z.string(),
});

/** One as it is shown. */
export const workflow = z.strictObject({
  id: fields.id,
  name: z.string(),
  entity,
  trigger: z.record(z.string(), z.unknown()),
  filters: z.record(z.string(), z.unknown()),
  net_new: z.boolean(),
  reentry: z.union([z.enum(["once", "every_time"]), z.strictObject({ days: z.int() })]),
  actions: z.array(z.record(z.string(), z.unknown())),
  caps: z.strictObject({
    per_run: z.int().nullable(),
    per_day: z.int().nullable(),
    per_owner: z.int().nullable(),
  }),
  user_id: fields.id.describe("The owner; the workflow has this user's permissions"),
  active: z.boolean(),
  archived: z.boolean().describe("True if it is archived: it is off and cannot run"),
  inactive_reason: z.string().nullable().describe("Why it was turned off automatically"),
  version: z.int().describe("Grows with each change of its steps; a run keeps its version"),
  next_run_at: fields.stamp.nullable(),
  num_waiting: z.int().describe("Records still in progress"),
  held_up: z.array(z.strictObject({ ...saidCode.shape, count: z.int() })).describe("What they wait for"),
  warnings: z.array(warning),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  activated_at: fields.stamp.nullable(),
  etag: etag(),
});
