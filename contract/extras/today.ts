// Today: what waits for the caller, what is held up, what went out and what came back.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";

const whose = {
  user_id: fields.id.optional().describe("Only work and mailboxes of this user"),
};

export const NEWS_KINDS = [
  ...(["replies", "meetings", "bounces", "opt_outs", "finished", "added"] as const),
  ...(["deals_won", "deals_lost", "deals_moved", "tasks_completed", "tasks_assigned"] as const),
  ...(["mailboxes_lost", "mailboxes_back"] as const),
] as const;

const since = fields.moment
  .optional()
  .describe("At most 31 days ago; default: start of the previous working day (Monday to Friday)");

const most = "Counts stop at 1,000";

export const today = {
  counts: endpoint({
    method: "GET",
    path: "/today/counts",
    scope: "today/counts",
    access: "scoped",
    effect: "read",
    summary: "Count what is waiting for you: tasks, replies, emails",
    description: `${most}, so you can call it often.`,
    input: z.object({
      ...whose,
      due_before: fields.moment.optional().describe("End of the caller's day; default: now"),
    }),
    output: z.strictObject({
      counts: z.strictObject({
        tasks: z.strictObject({ overdue: z.int(), due_today: z.int() }),
        replies: z.strictObject({ open: z.int(), questions: z.int() }),
        mails: z.strictObject({
          scheduled: z.int(),
          due_today: z.int().describe("Scheduled emails due by `due_before`"),
          due_next_day: z.int().describe("Scheduled emails due within 24 hours after `due_before`"),
          first_due_at: fields.stamp
            .nullable()
            .describe("When the next of them is due; null: all are due now"),
          held: z.int().describe("Scheduled emails on hold"),
          unconfirmed: z.int().describe("Delivery not confirmed"),
          failed: z.int().describe("Failed in the last 14 days"),
          drafted: z.int(),
        }),
        failed_jobs: z
          .int()
          .describe("Failed jobs the caller has not marked as seen; for admins, of all users"),
        sending_held: z
          .boolean()
          .describe("True if sending is paused because this database may be a copy; an admin has to confirm"),
        waits_for_standby: z
          .boolean()
          .describe("True if emails wait until a standby of the database confirms commits; ends by itself"),
        catches_mail: z
          .boolean()
          .describe("True if a mailbox is connected to the test mail server, which sends no real email"),
        sample_coming: z.boolean().describe("True while the sample data is being added; takes some seconds"),
        set_aside: z
          .array(
            z.strictObject({
              code: z.string(),
              says: z.string(),
              subjects: z.int().describe("Number of skipped records; the whole team counts as one"),
              since: fields.stamp,
              tried_again_at: fields.stamp,
            }),
          )
          .describe("For admins: work that failed and is retried later, by engine loop"),
        undeclared_proxy: z
          .string()
          .nullable()
          .describe(
            "For admins: address of a proxy missing from CADENZA_TRUSTED_PROXIES; all users share this address",
          ),
        brakes: z
          .array(z.strictObject({ id: fields.id, sentence: z.string() }))
          .describe("Brakes of the team and of what the caller owns; for admins all"),
        inboxes_behind: z.int().describe("Mailboxes on hold because their inbox was last read too long ago"),
      }),
    }),
  }),

  news: endpoint({
    method: "GET",
    path: "/today/news",
    scope: "today/news",
    access: "scoped",
    effect: "read",
    summary: "Count what happened since the previous working day",
    input: z.object({
      ...whose,
      since,
      time_zone: fields.timeZone.default("UTC").describe("Time zone of the days"),
    }),
    output: z.strictObject({
      news: z.strictObject({
        since: fields.stamp,
        lines: z.array(
          z.strictObject({
            kind: z.enum(NEWS_KINDS),
            group: z.string().nullable().describe("Class of the replies, or id of the user who did it"),
            group_name: z.string().nullable().describe("The user's name"),
            count: z.int(),
          }),
        ),
      }),
    }),
  }),

  newsRows: endpoint({
    method: "GET",
    path: "/today/news_rows",
    scope: "today/news_rows",
    access: "scoped",
    effect: "read",
    summary: "List the records of one kind of news",
    description: "As many as `today/news` counts with the same `since` and `user_id`, newest first.",
    input: z.object({
      ...whose,
      kind: z.enum(NEWS_KINDS),
      group: fields.text(100).optional().describe("Only this group; `none`: without a group"),
      since,
      time_zone: fields.timeZone.default("UTC").describe("Time zone of the days"),
      ...fields.paging,
    }),
    output: z.strictObject({
      rows: z.array(
        z.strictObject({
          id: fields.id.describe("Of the incoming mail, email, contact, deal, task or mailbox"),
          at: fields.stamp,
          contact_id: fields.id.nullable(),
          contact_name: z.string().nullable(),
          title: z.string().nullable(),
        }),
      ),
      pagination: fields.pagination,
    }),
  }),

  show: endpoint({
    method: "GET",
    path: "/today",
    scope: "today/show",
    access: "scoped",
    effect: "read",
    summary: "Show the holds to resolve, the mailboxes and the emails of the last days",
    input: z.object({
      ...whose,
      days: z.int().min(1).max(60).default(14),
      time_zone: fields.timeZone.default("UTC").describe("Time zone of the days"),
    }),
    output: z.strictObject({
      today: z.strictObject({
        held: z
          .array(
            z.strictObject({
              emailer_campaign_id: fields.id,
              emailer_campaign_name: z.string(),
              code: z.string().describe("Code of a hold (/help/guides/why), or of a failed step"),
              sentence: z.string(),
              has_failed: z.boolean().describe("Their step failed; otherwise they wait"),
              contacts: z.int(),
              since: fields.stamp.nullable(),
            }),
          )
          .describe("Sequences whose contacts wait for a teammate, most contacts first"),
        mailboxes: z.array(
          z.strictObject({
            id: fields.id,
            email: z.string(),
            user_id: fields.id,
            state: z.enum(["ready", "resting", "trouble", "disconnected"]),
            says: z.string().nullable().describe("What is wrong, with the server's answer if there is one"),
            resting_until: fields.stamp.nullable(),
            sent_last_day: z.int(),
            sent_elsewhere_last_day: z.int().describe("Number of them that another program sent"),
            email_daily_threshold: z
              .int()
              .nullable()
              .describe("Daily limit of today; a ramp may make it smaller"),
            waiting: z.int().describe("Emails scheduled within a day"),
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
