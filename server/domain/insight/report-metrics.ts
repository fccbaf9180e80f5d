// What a report can count: each number with its source and its meaning, each share with what it is a share of. docs/guides/reports.md
// says the same in a table.
//
// Easy to get wrong here: the words mean what they mean in the statistics of sequences (features/statistics). Opens and
// clicks are people's; what machines fetched is a number of its own, and never part of a share.

/** Rows of one kind, each with the moment and the person it counts for. */
export const SOURCES = [
  "mails",
  "planned",
  "calls",
  "tasks_created",
  "tasks_completed",
  "tasks_skipped",
  "tasks_open",
  "members",
  "deals",
  "closed_deals",
] as const;
export type ReportSource = (typeof SOURCES)[number];

const COUNTS = {
  num_emails_sent: "mails",
  num_emails_delivered: "mails",
  num_emails_bounced: "mails",
  num_emails_hard_bounced: "mails",
  num_emails_spam_blocked: "mails",
  num_emails_opened: "mails",
  num_emails_clicked: "mails",
  num_emails_replied: "mails",
  num_emails_auto_replied: "mails",
  num_emails_unsubscribed: "mails",
  num_emails_demoed: "mails",
  num_emails_open_tracked: "mails",
  num_emails_click_tracked: "mails",
  num_emails_opened_tracked: "mails",
  num_emails_clicked_tracked: "mails",
  num_emails_opened_by_machines: "mails",
  num_emails_clicked_by_machines: "mails",
  num_contacts_emailed: "mails",
  num_contacts_opened: "mails",
  num_contacts_replied: "mails",
  num_contacts_unsubscribed: "mails",
  num_emails_scheduled: "planned",
  num_emails_not_sent: "planned",
  num_phone_calls: "calls",
  num_phone_calls_connect: "calls",
  num_phone_calls_inbound: "calls",
  num_tasks_created: "tasks_created",
  num_tasks_completed: "tasks_completed",
  num_tasks_skipped: "tasks_skipped",
  num_tasks_open: "tasks_open",
  num_contacts_added_to_sequence: "members",
  num_contacts_finished_sequence: "members",
  num_opportunities_created: "deals",
  num_opportunities_won: "closed_deals",
  num_opportunities_lost: "closed_deals",
  num_opportunities_closed: "closed_deals",
} as const satisfies Record<string, ReportSource>;

export type Count = keyof typeof COUNTS;

/** Each share as part and whole. */
const SHARES = {
  percent_emails_delivered: ["num_emails_delivered", "num_emails_sent"],
  percent_emails_bounced: ["num_emails_bounced", "num_emails_sent"],
  percent_emails_hard_bounced: ["num_emails_hard_bounced", "num_emails_sent"],
  percent_emails_spam_blocked: ["num_emails_spam_blocked", "num_emails_sent"],
  percent_emails_opened: ["num_emails_opened", "num_emails_delivered"],
  percent_emails_clicked: ["num_emails_clicked", "num_emails_delivered"],
  percent_emails_replied: ["num_emails_replied", "num_emails_delivered"],
  percent_emails_unsubscribed: ["num_emails_unsubscribed", "num_emails_delivered"],
  percent_emails_demoed: ["num_emails_demoed", "num_emails_delivered"],
  percent_emails_opened_tracked: ["num_emails_opened_tracked", "num_emails_open_tracked"],
  percent_emails_clicked_tracked: ["num_emails_clicked_tracked", "num_emails_click_tracked"],
  percent_emails_opened_per_sent: ["num_emails_opened", "num_emails_sent"],
  percent_emails_clicked_per_sent: ["num_emails_clicked", "num_emails_sent"],
  percent_emails_replied_per_sent: ["num_emails_replied", "num_emails_sent"],
  percent_emails_unsubscribed_per_sent: ["num_emails_unsubscribed", "num_emails_sent"],
  percent_emails_demoed_per_sent: ["num_emails_demoed", "num_emails_sent"],
  percent_contacts_replied: ["num_contacts_replied", "num_contacts_emailed"],
  percent_phone_calls_connect: ["num_phone_calls_connect", "num_phone_calls"],
  percent_opportunities_won: ["num_opportunities_won", "num_opportunities_closed"],
} as const satisfies Record<string, readonly [Count, Count]>;

type RateMetric = keyof typeof SHARES;
export type Metric = Count | RateMetric;

export const METRICS = [...Object.keys(COUNTS), ...Object.keys(SHARES)] as Metric[];

/** Those that count people, each once, where others count rows. */
export const COUNTS_OF_PEOPLE: readonly Count[] = [
  ...(["num_contacts_emailed", "num_contacts_opened"] as const),
  ...(["num_contacts_replied", "num_contacts_unsubscribed"] as const),
];

const isShare = (metric: Metric): metric is RateMetric => metric in SHARES;

export function reportSourceOf(metric: Metric): ReportSource {
  return COUNTS[isShare(metric) ? SHARES[metric][0] : metric];
}

/** What has to be counted to know them, by source. */
export function countsFor(metrics: readonly Metric[]) {
  const counts = new Set(metrics.flatMap((metric) => (isShare(metric) ? [...SHARES[metric]] : [metric])));
  return Map.groupBy(counts, (count): ReportSource => COUNTS[count]);
}

/** What is counted for it: of a share, the part. */
export function countBehind(metric: Metric): Count {
  return isShare(metric) ? SHARES[metric][0] : metric;
}

export type CountValues = Partial<Record<Count, number>>;

/** A share is of a hundred; null where its whole is smaller than is asked for, or nothing. */
export function figureOf(metric: Metric, counted: CountValues, leastWhole: number): number | null {
  if (!isShare(metric)) return counted[metric] ?? 0;
  const [part, whole] = SHARES[metric];
  const all = counted[whole] ?? 0;
  if (all < Math.max(leastWhole, 1)) return null;
  return Math.round(Math.min(1, (counted[part] ?? 0) / all) * 1_000_000) / 10_000;
}

export const DIMENSIONS = [
  "user",
  "subteam",
  "sequence",
  "step",
  "touch",
  "mailbox",
  "contact_stage",
  "account_stage",
  "deal_stage",
  "day",
  "week",
  "month",
  "hour_of_day",
  "weekday",
  "reply_class",
  "recipient_domain",
  "bounce_cause",
  "reply_hour",
  "reply_weekday",
  "not_sent_reason",
  "task_type",
  "call_outcome",
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const ALWAYS: readonly Dimension[] = [
  ...(["user", "subteam", "account_stage"] as const),
  ...(["day", "week", "month", "hour_of_day", "weekday"] as const),
];
const OF_MAILS: readonly Dimension[] = [
  ...ALWAYS,
  ...(["sequence", "step", "touch", "mailbox", "contact_stage", "recipient_domain"] as const),
  ...(["reply_class", "bounce_cause", "reply_hour", "reply_weekday", "not_sent_reason"] as const),
];
const OF_WORK: readonly Dimension[] = [...ALWAYS, "sequence", "step", "contact_stage"];
const OF_TASKS: readonly Dimension[] = [...OF_WORK, "task_type"];
const OF_DEALS: readonly Dimension[] = [...ALWAYS, "deal_stage"];

/** What the rows of a source can be told apart by. */
const KNOWS: Readonly<Record<ReportSource, readonly Dimension[]>> = {
  mails: OF_MAILS,
  planned: OF_MAILS,
  calls: [...OF_WORK, "call_outcome"],
  tasks_created: OF_TASKS,
  tasks_completed: OF_TASKS,
  tasks_skipped: OF_TASKS,
  tasks_open: OF_TASKS,
  members: [...ALWAYS, "sequence", "mailbox", "contact_stage"],
  deals: OF_DEALS,
  closed_deals: OF_DEALS,
};

export function knows(source: ReportSource, dimension: Dimension) {
  return KNOWS[source].includes(dimension);
}
