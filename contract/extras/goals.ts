// What a user wants to reach in a day, a week or a month, counted as the reports count it.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

export const GOAL_METRICS = [
  ...(["num_contacts_emailed", "num_emails_sent", "num_contacts_replied", "num_emails_demoed"] as const),
  ...(["num_phone_calls", "num_phone_calls_connect", "num_tasks_completed"] as const),
  ...(["num_contacts_added_to_sequence", "num_opportunities_created", "num_opportunities_won"] as const),
] as const;

export const GOAL_PERIODS = ["day", "week", "month"] as const;

const MOST = 1_000_000;

const said = {
  metric: z.enum(GOAL_METRICS).describe("A metric of `reports/sync_report`"),
  period: z.enum(GOAL_PERIODS),
};

export const goal = z.strictObject({
  id: fields.id,
  user_id: fields.id,
  ...said,
  target: z.int(),
  figure: z.int().describe("Reached so far, as a report of this user and period says"),
  expected: z
    .int()
    .describe("At an even pace by now: the target's share of the working hours (Monday to Friday, 9 to 17)"),
  from: fields.stamp,
  until: fields.stamp,
  set_by: z.strictObject({ id: fields.id, name: z.string() }).describe("Who last set the target"),
  created_at: fields.stamp,
  updated_at: fields.stamp,
});

const whose = {
  user_id: fields.id.optional().describe("Default: the caller; others only for admins"),
  time_zone: fields.timeZone.default("UTC").describe("Time zone of the days"),
};

export const goals = {
  list: endpoint({
    method: "GET",
    path: "/goals",
    scope: "goals/index",
    access: "scoped",
    effect: "read",
    summary: "List a user's goals and how far they are",
    description: "Weeks start on Monday.",
    input: z.object(whose),
    output: z.strictObject({ goals: z.array(goal) }),
  }),

  save: endpoint({
    method: "POST",
    path: "/goals",
    scope: "goals/create",
    access: "scoped",
    effect: "write",
    summary: "Set a goal",
    description: "A user has one goal per metric and period. Setting it again changes its target.",
    input: z.object({ ...whose, ...said, target: z.int().min(1).max(MOST) }),
    output: z.strictObject({ goal }),
  }),

  delete: endpoint({
    method: "DELETE",
    path: "/goals/{id}",
    scope: "goals/destroy",
    access: "scoped",
    effect: "write",
    summary: "Delete a goal",
    description: "Allowed for its user and for admins.",
    input: z.object({ id: fields.id }),
    output: z.strictObject({ goal: z.strictObject({ id: fields.id, deleted: z.literal(true) }) }),
  }),
};
