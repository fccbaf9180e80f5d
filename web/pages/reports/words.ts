// What metrics, groupings and periods are called.

import type { Dimension, Metric, Period } from "./asked.ts";

const OTHER_METRICS: Partial<Record<Metric, string>> = {
  num_emails_not_sent: "Mails not sent",
  num_emails_scheduled: "Mails to go out",
  num_emails_demoed: "Mails that led to a meeting",
  percent_emails_demoed: "Mails that led to a meeting, %",
  num_phone_calls_connect: "Calls connected",
  percent_phone_calls_connect: "Calls connected, %",
  num_phone_calls_inbound: "Calls that came in",
  num_contacts_added_to_sequence: "Contacts added to sequences",
  num_contacts_finished_sequence: "Contacts through a sequence",
};

const NOUNS: Readonly<Record<string, string>> = {
  emails: "Mails",
  contacts: "Contacts",
  phone_calls: "Calls",
  tasks: "Tasks",
  opportunities: "Deals",
};

/** "percent_emails_replied_per_sent": "Mails replied per sent, %". */
export function sayMetric(metric: Metric): string {
  const known = OTHER_METRICS[metric];
  if (known) return known;
  const [, kind, rest = ""] = /^(num|percent)_(.*)$/.exec(metric) ?? [];
  const noun = Object.keys(NOUNS).find((one) => rest.startsWith(one)) ?? "";
  const verb = rest.slice(noun.length + 1).replaceAll("_", " ");
  return `${[NOUNS[noun], verb].filter(Boolean).join(" ")}${kind === "percent" ? ", %" : ""}`;
}

export const isShare = (metric: Metric) => metric.startsWith("percent_");

export const DIMENSIONS: readonly (readonly [Dimension, string])[] = [
  ["emailer_campaign_id", "Sequence"],
  ["emailer_step_id", "Step"],
  ["emailer_touch_id", "Variant"],
  ["email_account_id", "Mailbox"],
  ["user_id", "Person"],
  ["subteam_id", "Group of people"],
  ["contact_stage_id", "Contact stage"],
  ["account_stage_id", "Company stage"],
  ["opportunity_stage_id", "Deal stage"],
  ["recipient_domain", "Recipient domain"],
  ["reply_class", "Kind of reply"],
  ["reply_hour", "Hour of the reply"],
  ["bounce_cause", "Bounce cause"],
  ["not_sent_reason", "Reason it was not sent"],
  ["task_type", "Kind of task"],
  ["phone_call_outcome_id", "Outcome of the call"],
  ["day", "Day"],
  ["week", "Week"],
  ["month", "Month"],
  ["hour_of_day", "Hour of the day"],
  ["day_of_week", "Day of the week"],
];

export function sayDimension(name: Dimension) {
  return DIMENSIONS.find(([one]) => one === name)?.[1] ?? name;
}

export const PERIODS: readonly Period[] = [
  ...(["today", "yesterday", "last_7_days", "last_30_days", "last_90_days", "current_week"] as const),
  ...(["last_week", "current_month", "last_month", "current_quarter", "last_quarter"] as const),
  ...(["current_year", "last_12_months", "all_time", "custom_range"] as const),
];

export function sayPeriod(period: Period) {
  if (period === "custom_range") return "From … to …";
  const words = period.replaceAll("_", " ").replace("current", "this");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function sayFigure(metric: Metric, figure: number | null) {
  if (figure === null) return "–";
  return isShare(metric) ? `${NUMBER.format(figure)}%` : NUMBER.format(figure);
}
