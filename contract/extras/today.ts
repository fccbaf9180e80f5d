// Today: what waits for whoever asks, what is held up, what went out and what came back.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const whose = {
  user_id: fields.id.optional().describe("Only what is this user's to do or to look after"),
};

const most = "None is counted beyond 1000";

export const today = {
  counts: endpoint({
    method: "GET",
    path: "/today/counts",
    scope: "today/counts",
    access: "scoped",
    effect: "read",
    summary: "Counts what waits for somebody: tasks, answers, mails",
    description: `${most}, so that it can be asked often.`,
    input: z.object({
      ...whose,
      due_before: fields.moment.optional().describe("When today ends, for whoever asks; now unless said"),
    }),
    output: z.strictObject({
      counts: z.strictObject({
        tasks: z.strictObject({ overdue: z.int(), due_today: z.int() }),
        replies: z.strictObject({ open: z.int(), questions: z.int() }),
        mails: z.strictObject({
          scheduled: z.int(),
          held: z.int().describe("Those of them that something holds"),
          unconfirmed: z.int().describe("Nobody knows whether they arrived"),
          failed: z.int().describe("In the last 14 days"),
          drafted: z.int(),
        }),
        failed_jobs: z
          .int()
          .describe(
            "Jobs that failed and the caller has not marked as seen; an admin's count is of all people",
          ),
        sending_held: z
          .boolean()
          .describe("No mail leaves: this database may be a copy, and somebody has to say that it is not"),
        catches_mail: z.boolean().describe("Some mailbox is a catcher's: what it sends stays in the house"),
        sample_coming: z
          .boolean()
          .describe("The sample is being put together: the team is filled with it in some seconds"),
        set_aside: z
          .array(
            z.strictObject({
              code: z.string(),
              says: z.string(),
              subjects: z.int().describe("How many are set aside; the whole team counts as one"),
              since: fields.stamp,
              tried_again_at: fields.stamp,
            }),
          )
          .describe("For admins: work of the engine that failed and is tried again later, by its loops"),
        undeclared_proxy: z
          .string()
          .nullable()
          .describe(
            "For admins: the address of a proxy that is not in CADENZA_TRUSTED_PROXIES, so all people share it",
          ),
        inboxes_behind: z
          .int()
          .describe("Mailboxes whose mails wait because their inbox was last read too long ago"),
      }),
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/today",
    scope: "today/show",
    access: "scoped",
    effect: "read",
    summary: "Shows what is held up and needs a person, the mailboxes, and the mail of the last days",
    input: z.object({
      ...whose,
      days: z.int().min(1).max(60).default(14),
      time_zone: fields.timeZone.default("UTC").describe("In which a day begins"),
    }),
    output: z.strictObject({
      today: z.strictObject({
        held: z
          .array(
            z.strictObject({
              emailer_campaign_id: fields.id,
              emailer_campaign_name: z.string(),
              code: z.string().describe("Of a hold (docs/why.md), or why a step failed"),
              sentence: z.string(),
              contacts: z.int(),
              since: fields.stamp.nullable(),
            }),
          )
          .describe("Sequences in which people wait for somebody to act, the most people first"),
        mailboxes: z.array(
          z.strictObject({
            id: fields.id,
            email: z.string(),
            user_id: fields.id,
            state: z.enum(["ready", "resting", "trouble", "disconnected"]),
            says: z.string().nullable().describe("What is wrong, in the server's words where there are some"),
            resting_until: fields.stamp.nullable(),
            sent_last_day: z.int(),
            sent_elsewhere_last_day: z.int().describe("How many of them were sent with another program"),
            email_daily_threshold: z.int().nullable(),
            waiting: z.int().describe("Mails planned within a day"),
          }),
        ),
        days: z.array(
          z.strictObject({
            date: z.string(),
            sent: z.int(),
            replied: z.int(),
            bounced: z.int(),
            unsubscribed: z.int(),
          }),
        ),
      }),
    }),
  }),
};
