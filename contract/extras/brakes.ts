// What holds emails of a mailbox, a sequence or the team because too many came back, and from which figures on.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const cause = z.enum(["bounces", "complaints", "blocks", "replies"]);
const level = z.enum(["first_steps", "paused"]);
const scope = z.enum(["mailbox", "sequence", "team"]);

export const brakeRule = z.strictObject({
  cause,
  enabled: z.boolean(),
  days: z.int(),
  min_emails: z.int(),
  first_steps_at_percent: z.number(),
  pause_at_percent: z.number().nullable().describe("null: never"),
});

const subject = {
  scope,
  subject_id: fields.id,
  name: z.string().nullable(),
  level,
  cause,
};

export const brake = z.strictObject({
  id: fields.id,
  ...subject,
  emails: z.int(),
  count: z.int(),
  percent: z.number(),
  threshold_percent: z.number(),
  days: z.int(),
  percent_before: z.number().nullable().describe("For `replies`: percentage of the 28 days before"),
  since: fields.stamp,
  ended_at: fields.stamp.nullable(),
  end_reason: z
    .enum(["recovered", "raised", "rule_off", "user"])
    .nullable()
    .describe("`raised`: replaced by a pause"),
  ended_by: fields.id.nullable(),
  sentence: z.string(),
});

export const simulatedBrake = z.strictObject({
  ...subject,
  from: fields.stamp,
  until: fields.stamp,
  days_on: z.int(),
  emails_sent: z.int(),
  sentence: z.string(),
});

const percent = z.number().min(0.01).max(100);
const rules = z
  .array(
    z.object({
      cause,
      enabled: fields.flag.optional(),
      days: z.int().min(1).max(60).optional(),
      min_emails: z.int().min(10).max(100_000).optional(),
      first_steps_at_percent: percent.optional(),
      pause_at_percent: percent.nullish().describe("null: never"),
    }),
  )
  .max(4);

export const brakes = {
  list: endpoint({
    method: "GET",
    path: "/brakes",
    scope: "brakes/index",
    access: "scoped",
    effect: "read",
    summary: "List brakes and their rules",
    description:
      "A brake holds emails of sequences because too many bounced, were reported as spam or were blocked, or because replies within 3 days fell suddenly compared with the 28 days before. Emails that a user sends are never held by it.",
    input: z.object({
      include_ended: fields.flag.default(false).describe("Include lifted ones; 200 in all"),
    }),
    output: z.strictObject({ brakes: z.array(brake), rules: z.array(brakeRule) }),
  }),

  update: endpoint({
    method: "PATCH",
    path: "/brakes",
    scope: "brakes/update",
    access: "admin",
    effect: "write",
    summary: "Change the rules of brakes",
    description:
      "Values you leave out stay the same. Applies within some seconds. A rule that is turned off lifts its brakes.",
    input: z.object({ rules }),
    output: z.strictObject({ rules: z.array(brakeRule) }),
  }),

  simulate: endpoint({
    method: "POST",
    path: "/brakes/simulate",
    scope: "brakes/simulate",
    access: "admin",
    effect: "read",
    summary: "Show which brakes other rules would have set",
    description:
      "Counts the emails that were sent, day by day. A pause is supposed to be lifted as soon as its figures allow.",
    input: z.object({ rules: rules.default([]), simulate_days: z.int().min(1).max(90).default(90) }),
    output: z.strictObject({
      with_these_rules: z.array(simulatedBrake),
      with_current_rules: z.array(simulatedBrake),
    }),
  }),

  lift: endpoint({
    method: "POST",
    path: "/brakes/{id}/lift",
    scope: "brakes/lift",
    access: "scoped",
    effect: "write",
    summary: "Lift a brake",
    description:
      "Admins lift any; owners lift those of their mailboxes and sequences. Emails from before no longer count, so the brake is not set again because of them.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ brake }),
  }),
};
