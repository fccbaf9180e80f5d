// Reports that are there from the start, each as good as one that somebody has put together.

import { type Asked, asks } from "./asked.ts";

export type Ready = { name: string; asked: Asked };

const MAILS = [
  "num_emails_sent",
  "num_emails_delivered",
  "percent_emails_opened",
  "num_emails_replied",
  "percent_emails_replied",
  "percent_emails_bounced",
] as const;

export const READY: readonly [Ready, ...Ready[]] = [
  { name: "Sequences", asked: asks(MAILS, "emailer_campaign_id") },
  { name: "Steps", asked: asks(MAILS, "emailer_step_id") },
  {
    name: "Variants",
    asked: asks(
      ["num_emails_delivered", "num_emails_replied", "percent_emails_replied", "percent_emails_opened"],
      "emailer_touch_id",
    ),
  },
  { name: "Mailboxes", asked: asks(MAILS, "email_account_id") },
  {
    name: "Senders",
    asked: asks(
      [
        "num_emails_sent",
        "num_emails_replied",
        "percent_emails_replied",
        "num_phone_calls",
        "num_tasks_completed",
      ],
      "user_id",
    ),
  },
  {
    name: "Day by day",
    asked: asks(["num_emails_delivered", "num_emails_opened", "num_emails_replied"], "day"),
  },
  {
    name: "Tasks",
    asked: asks(
      ["num_tasks_created", "num_tasks_completed", "num_tasks_skipped", "num_tasks_open"],
      "task_type",
    ),
  },
  { name: "Calls", asked: asks(["num_phone_calls", "num_phone_calls_connect"], "phone_call_outcome_id") },
  {
    name: "Replies by class",
    asked: asks(["num_emails_replied", "num_emails_auto_replied"], "reply_class", { withoutNone: true }),
  },
  {
    name: "Replies by hour",
    asked: asks(["num_emails_replied"], "reply_hour", { withoutNone: true, period: "last_90_days" }),
  },
  {
    name: "Hours to send at",
    asked: asks(["num_emails_delivered", "percent_emails_replied"], "hour_of_day", {
      period: "last_90_days",
    }),
  },
  {
    name: "Bounce causes",
    asked: asks(
      ["num_emails_bounced", "num_emails_hard_bounced", "num_emails_spam_blocked"],
      "bounce_cause",
      { withoutNone: true },
    ),
  },
  {
    name: "Recipient domains",
    asked: asks(
      ["num_emails_sent", "percent_emails_bounced", "percent_emails_opened", "percent_emails_replied"],
      "recipient_domain",
    ),
  },
  {
    name: "Why mails were not sent",
    asked: asks(["num_emails_not_sent"], "not_sent_reason", { withoutNone: true }),
  },
  {
    name: "People and machines",
    asked: asks(
      [
        "num_emails_opened",
        "num_emails_opened_by_machines",
        "num_emails_clicked",
        "num_emails_clicked_by_machines",
      ],
      "emailer_campaign_id",
    ),
  },
];
