// What metrics, groupings and periods are called.

import { numberFormat } from "../../../language/formats.ts";
import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import { asWords } from "../explain/words.ts";
import type { Dimension, Metric, Period } from "./asked.ts";

/** By what follows "num_" or "percent_". */
const METRICS: Readonly<Record<string, string>> = perLanguage(() => ({
  emails_sent: t("Emails sent"),
  emails_delivered: t("Emails delivered"),
  emails_opened: t("Emails opened"),
  emails_clicked: t("Emails clicked"),
  emails_replied: t("Emails replied"),
  emails_auto_replied: t("Emails auto replied"),
  emails_unsubscribed: t("Emails unsubscribed"),
  emails_demoed: t("Emails with meeting booked"),
  emails_bounced: t("Emails bounced"),
  emails_hard_bounced: t("Emails hard bounced"),
  emails_spam_blocked: t("Emails spam blocked"),
  emails_scheduled: t("Emails scheduled"),
  emails_not_sent: t("Emails not sent"),
  emails_opened_by_machines: t("Emails opened by machines"),
  emails_clicked_by_machines: t("Emails clicked by machines"),
  contacts_emailed: t("Contacts emailed"),
  contacts_opened: t("Contacts opened"),
  contacts_replied: t("Contacts replied"),
  contacts_unsubscribed: t("Contacts unsubscribed"),
  contacts_added_to_sequence: t("Contacts added to sequences"),
  contacts_finished_sequence: t("Contacts finished in sequences"),
  tasks_created: t("Tasks created"),
  tasks_completed: t("Tasks completed"),
  tasks_skipped: t("Tasks skipped"),
  tasks_open: t("Tasks open"),
  phone_calls: t("Calls"),
  phone_calls_connect: t("Calls connected"),
  phone_calls_inbound: t("Inbound calls"),
  opportunities_created: t("Deals created"),
  opportunities_closed: t("Deals closed"),
  opportunities_won: t("Deals won"),
  opportunities_lost: t("Deals lost"),
}));

/** "percent_emails_replied": "Emails replied, %". */
export function sayMetric(metric: Metric): string {
  const [, kind, counted = ""] = /^(num|percent)_(.*)$/.exec(metric) ?? [];
  return `${METRICS[counted] ?? asWords(metric)}${kind === "percent" ? ", %" : ""}`;
}

export const isShare = (metric: Metric) => metric.startsWith("percent_");

export const DIMENSIONS: readonly (readonly [Dimension, string])[] = perLanguage(() => [
  ["emailer_campaign_id", t("Sequence")],
  ["emailer_step_id", t("Step")],
  ["emailer_touch_id", t("Variant")],
  ["email_account_id", t("Mailbox")],
  ["user_id", t("User")],
  ["subteam_id", t("Subteam")],
  ["contact_stage_id", t("Contact stage")],
  ["account_stage_id", t("Company stage")],
  ["opportunity_stage_id", t("Deal stage")],
  ["recipient_domain", t("Recipient domain")],
  ["reply_class", t("Type of reply")],
  ["reply_hour", t("Hour of the reply")],
  ["reply_day_of_week", t("Day of the reply")],
  ["bounce_cause", t("Bounce cause")],
  ["not_sent_reason", t("Reason not sent")],
  ["task_type", t("Type of task")],
  ["phone_call_outcome_id", t("Call outcome")],
  ["day", t("Day")],
  ["week", t("Week")],
  ["month", t("Month")],
  ["hour_of_day", t("Hour of the day")],
  ["day_of_week", t("Day of the week")],
]);

export function sayDimension(name: Dimension) {
  return DIMENSIONS.find(([one]) => one === name)?.[1] ?? name;
}

const PERIOD_NAMES: Readonly<Record<Period, string>> = perLanguage(() => ({
  today: t("Today"),
  yesterday: t("Yesterday"),
  last_7_days: t("Last 7 days"),
  last_30_days: t("Last 30 days"),
  last_90_days: t("Last 90 days"),
  current_week: t("This week"),
  last_week: t("Last week"),
  current_month: t("This month"),
  last_month: t("Last month"),
  current_quarter: t("This quarter"),
  last_quarter: t("Last quarter"),
  current_year: t("This year"),
  last_12_months: t("Last 12 months"),
  all_time: t("All time"),
  custom_range: t("Custom dates"),
  last_14_days: t("Last 14 days"),
  last_60_days: t("Last 60 days"),
  last_3_months: t("Last 3 months"),
  last_6_months: t("Last 6 months"),
  last_year: t("Last year"),
}));

/** Those that the menu has. */
export const PERIODS: readonly Period[] = [
  ...(["today", "yesterday", "last_7_days", "last_30_days", "last_90_days", "current_week"] as const),
  ...(["last_week", "current_month", "last_month", "current_quarter", "last_quarter"] as const),
  ...(["current_year", "last_12_months", "all_time", "custom_range"] as const),
];

export const sayPeriod = (period: Period) => PERIOD_NAMES[period];

const NUMBER = numberFormat({ maximumFractionDigits: 1 });

export function sayFigure(metric: Metric, figure: number | null) {
  if (figure === null) return "–";
  return isShare(metric) ? `${NUMBER.format(figure)}%` : NUMBER.format(figure);
}
