// How a sequence does, step by step, variant by variant and day by day. Apollo's web client shows the like, without a
// documented call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const mails = z.strictObject({
  sent: z.int(),
  delivered: z.int(),
  opened: z.int().describe("Opened by people, if opens are tracked"),
  clicked: z.int(),
  replied: z.int().describe("Without out-of-office replies"),
  bounced: z.int(),
  unsubscribed: z.int(),
  demoed: z.int(),
});

const people = z.strictObject({
  reached: z.int().describe("Contacts who got an email or a task of it"),
  opened: z.int(),
  replied: z.int(),
  unsubscribed: z.int(),
});

const share = z
  .strictObject({
    share: z.number(),
    least: z.number(),
    most: z.number(),
  })
  .describe("Share of the delivered emails, with a 95 % range that stays valid however often you check");

const difference = z
  .strictObject({ against_emailer_touch_id: fields.id, ...share.shape })
  .describe("Lead over the best other variant, with its range, valid however often you check");

export const reports = {
  reached: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/reached",
    scope: "emailer_campaigns/reached",
    access: "scoped",
    effect: "read",
    summary: "List the contacts a sequence or a step has reached",
    description:
      "The contacts behind `reached` in the report of the sequence, latest first. Without `emailer_step_id`: all who got an email.",
    input: z.object({
      id: fields.id,
      emailer_step_id: fields.id.optional().describe("Only contacts who got an email or a task of this step"),
      from: fields.day.optional().describe("First day"),
      until: fields.day.optional().describe("Last day"),
      ...fields.paging,
    }),
    output: z.strictObject({
      contacts: z.array(
        z.strictObject({
          id: fields.id,
          name: z.string().nullable(),
          email: z.string().nullable(),
          reached_at: fields.stamp.describe("First email, task or branch decision in this time"),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),

  sequence: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/report",
    scope: "emailer_campaigns/report",
    access: "scoped",
    effect: "read",
    summary: "Report on a sequence by step, variant and day",
    description:
      "Counts emails and contacts. An email and all its results count on the day it was sent, in the team's time zone.",
    input: z.object({
      id: fields.id,
      from: fields.day.optional().describe("First day"),
      until: fields.day.optional().describe("Last day"),
    }),
    output: z.strictObject({
      report: z.strictObject({
        time_zone: z.string(),
        mails,
        people: z.strictObject({ ...people.shape, added: z.int(), finished: z.int() }),
        steps: z.array(
          z.strictObject({
            emailer_step_id: fields.id,
            position: z.int(),
            type: z.string(),
            mails,
            people,
            tasks: z.strictObject({ open: z.int(), completed: z.int(), skipped: z.int() }),
            paths: z.strictObject({ yes: z.int(), no: z.int() }).nullable().describe("Of a branch: contacts"),
          }),
        ),
        variants: z.array(
          z.strictObject({
            emailer_touch_id: fields.id,
            emailer_step_id: fields.id,
            goes_with_touch_id: fields.id
              .nullable()
              .describe(
                "This variant is only for contacts who got that one, and is compared only with variants for the same contacts",
              ),
            mails,
            replies: share,
            difference: difference.nullable(),
            verdict: z
              .enum(["alone", "too_early", "ahead", "behind", "even"])
              .describe(
                "Compares replies with the step's other variants for the same contacts, from 100 delivered emails each. A sequential test, so you may check early and often. `even`: less than 1 % apart",
              ),
          }),
        ),
        days: z.array(
          z.strictObject({
            date: z.iso.date(),
            added: z.int(),
            delivered: z.int(),
            opened: z.int(),
            replied: z.int(),
            bounced: z.int(),
          }),
        ),
      }),
    }),
  }),
};
