// Built-in reports; each could be built by a user as well.

import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { asks, type ReportQuery } from "./asked.ts";

export type Ready = { name: string; asked: ReportQuery };

const MAILS = [
  "num_emails_sent",
  "num_emails_delivered",
  "percent_emails_opened",
  "num_emails_replied",
  "percent_emails_replied",
  "percent_emails_bounced",
] as const;

export const READY: readonly [Ready, ...Ready[]] = perLanguage(() => [
  { name: t("Sequences"), asked: asks(MAILS, "emailer_campaign_id") },
  { name: t("Steps"), asked: asks(MAILS, "emailer_step_id") },
  {
    name: t("Variants"),
    asked: asks(
      ["num_emails_delivered", "num_emails_replied", "percent_emails_replied", "percent_emails_opened"],
      "emailer_touch_id",
    ),
  },
  { name: t("Mailboxes"), asked: asks(MAILS, "email_account_id") },
  {
    name: t("Senders"),
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
    name: t("Day by day"),
    asked: asks(["num_emails_delivered", "num_emails_opened", "num_emails_replied"], "day"),
  },
  {
    name: t("Tasks"),
    asked: asks(
      ["num_tasks_created", "num_tasks_completed", "num_tasks_skipped", "num_tasks_open"],
      "task_type",
    ),
  },
  { name: t("Calls"), asked: asks(["num_phone_calls", "num_phone_calls_connect"], "phone_call_outcome_id") },
  {
    name: t("Replies by type"),
    asked: asks(["num_emails_replied", "num_emails_auto_replied"], "reply_class", { withoutNone: true }),
  },
  {
    name: t("Replies by hour"),
    asked: asks(["num_emails_replied"], "reply_hour", { withoutNone: true, period: "last_90_days" }),
  },
  {
    name: t("When contacts reply"),
    asked: asks(["num_emails_replied"], "reply_day_of_week", {
      across: "reply_hour",
      withoutNone: true,
      period: "last_90_days",
    }),
  },
  {
    name: t("Best hours to send"),
    asked: asks(["num_emails_delivered", "percent_emails_replied"], "hour_of_day", {
      period: "last_90_days",
    }),
  },
  {
    name: t("Best times to send"),
    asked: asks(["num_emails_replied", "num_emails_delivered"], "day_of_week", {
      across: "hour_of_day",
      period: "last_90_days",
      withoutNone: true,
    }),
  },
  {
    name: t("Deals over time"),
    asked: asks(
      [
        "num_opportunities_created",
        "num_opportunities_won",
        "num_opportunities_lost",
        "percent_opportunities_won",
      ],
      "month",
      { period: "last_12_months" },
    ),
  },
  {
    name: t("Bounce causes"),
    asked: asks(
      ["num_emails_bounced", "num_emails_hard_bounced", "num_emails_spam_blocked"],
      "bounce_cause",
      { withoutNone: true },
    ),
  },
  {
    name: t("Recipient domains"),
    asked: asks(
      ["num_emails_sent", "percent_emails_bounced", "percent_emails_opened", "percent_emails_replied"],
      "recipient_domain",
    ),
  },
  {
    name: t("Why emails were not sent"),
    asked: asks(["num_emails_not_sent"], "not_sent_reason", { withoutNone: true }),
  },
  {
    name: t("Human and automatic opens"),
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
]);
