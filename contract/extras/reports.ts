// How a sequence does, step by step, variant by variant and day by day. Apollo's web client shows the like, without a
// documented call.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const mails = z.strictObject({
  sent: z.int(),
  delivered: z.int(),
  opened: z.int().describe("By people, where opens are counted"),
  clicked: z.int(),
  replied: z.int().describe("Out-of-office notices do not count"),
  bounced: z.int(),
  unsubscribed: z.int(),
  demoed: z.int(),
});

const people = z.strictObject({
  reached: z.int().describe("Who got a mail of it, or a task"),
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
  .describe(
    "Of the delivered mails, with the range in which the truth lies 19 times out of 20, however often one looks",
  );

const difference = z
  .strictObject({ against_emailer_touch_id: fields.id, ...share.shape })
  .describe(
    "How much more of them than of the best other variant, with its range; looked at as often as one likes",
  );

export const reports = {
  sequence: endpoint({
    method: "GET",
    path: "/emailer_campaigns/{id}/report",
    scope: "emailer_campaigns/report",
    access: "scoped",
    effect: "read",
    summary: "Counts a sequence by step, by variant and by day, in mails and in people",
    description: "A mail counts on the day it went out, with all that came of it later; days are the team's.",
    input: z.object({
      id: fields.id,
      from: fields.day.optional().describe("The first day that counts"),
      until: fields.day.optional().describe("The last day that counts"),
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
          }),
        ),
        variants: z.array(
          z.strictObject({
            emailer_touch_id: fields.id,
            emailer_step_id: fields.id,
            goes_with_touch_id: fields.id
              .nullable()
              .describe(
                "It is for whoever was sent that one, and compared with those for the same people alone",
              ),
            mails,
            replies: share,
            difference: difference.nullable(),
            verdict: z
              .enum(["alone", "too_early", "ahead", "behind", "even"])
              .describe(
                "Against the other variants of the step that are for the same people, by replies, from 100 delivered mails of each on. A sequential test: " +
                  "looking early and often makes it no less true. `even`: less than one in a hundred apart",
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
