// What a workflow is: for whom, set off by what, narrowed by what, and what it then does.

import { z } from "zod";
import { accountFilters } from "../apollo/accounts.ts";
import { contactFilters } from "../apollo/contact-filters.ts";
import { personSearch } from "../apollo/person-filters.ts";
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
  .describe("`09:00`");

export const trigger = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("event"),
    event: fields
      .sized(100)
      .regex(/^[a-z_]+\.(?:[a-z_]+|\*)$/, "is not a type of event")
      .describe("A type of the feed: `contact.stage_changed`, `message.*`"),
    data: fields
      .freeForm(
        z.union([fields.text(200), z.number().min(-1e15).max(1e15), z.boolean(), z.null()]),
        z.string().max(100),
      )
      .optional()
      .describe('What the event\'s data must say: `{"to": "<stage>"}`'),
  }),
  z.strictObject({
    type: z.literal("schedule"),
    every: z.enum(["hour", "day", "week"]).optional(),
    at: clock.optional().describe("Of a day or a week; 09:00 unless said"),
    weekday: z.int().min(1).max(7).optional().describe("Of a week: 1 is Monday, which it is unless said"),
    cron: fields.text(200).optional().describe("Five fields, instead of `every`"),
    time_zone: fields.timeZone.default("UTC"),
  }),
  z.strictObject({
    type: z.literal("webhook"),
    creates_contacts: fields.flag
      .default(false)
      .describe("Whoever is not found by contact_id or email is made a contact"),
  }),
]);

const most = z.int().min(1).max(100_000).nullish();

/** What somebody says who makes or changes one. */
export const definition = {
  name: fields.name(200),
  trigger,
  filters: fields
    .freeForm(z.unknown())
    .default({})
    .describe("The body of a search: of contacts, of people or of accounts. Empty: everybody"),
  net_new: fields.flag
    .default(false)
    .describe("People who are contacts already, or whom this workflow has had before, are passed over"),
  reentry: z
    .union([z.enum(["once", "every_time"]), z.strictObject({ days: z.int().min(1).max(3650) })])
    .default("once"),
  actions: workflowActions,
  caps: z
    .strictObject({
      per_run: most.describe("A run takes no more; of what is triggered, each UTC day is a run"),
      per_day: most,
      per_owner: most.describe("A day, of the records of one owner"),
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
  user_id: fields.id.describe("Whose rights it has"),
  active: z.boolean(),
  archived: z.boolean().describe("Put away: it is off, and cannot be run"),
  inactive_reason: z.string().nullable().describe("Why it was switched off, where nobody has"),
  version: z.int().describe("Counted up when what it does is changed; a run keeps the one it began with"),
  next_run_at: fields.stamp.nullable(),
  num_waiting: z.int().describe("Candidates that are not through"),
  held_up: z.array(z.strictObject({ ...saidCode.shape, count: z.int() })).describe("What they wait for"),
  warnings: z.array(warning),
  created_at: fields.stamp,
  updated_at: fields.stamp,
  activated_at: fields.stamp.nullable(),
});
