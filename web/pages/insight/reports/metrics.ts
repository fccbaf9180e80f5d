// What can be counted, in the order in which one looks for it.

import type { Metric } from "./asked.ts";

export const METRICS: readonly Metric[] = [
  ...(["num_emails_sent", "num_emails_delivered", "num_emails_opened", "num_emails_clicked"] as const),
  ...([
    "num_emails_replied",
    "num_emails_auto_replied",
    "num_emails_unsubscribed",
    "num_emails_demoed",
  ] as const),
  ...(["num_emails_bounced", "num_emails_hard_bounced", "num_emails_spam_blocked"] as const),
  ...(["num_emails_scheduled", "num_emails_not_sent"] as const),
  ...(["num_emails_opened_by_machines", "num_emails_clicked_by_machines"] as const),
  ...(["percent_emails_delivered", "percent_emails_opened", "percent_emails_clicked"] as const),
  ...(["percent_emails_replied", "percent_emails_bounced", "percent_emails_spam_blocked"] as const),
  ...(["percent_emails_unsubscribed", "percent_emails_demoed"] as const),
  ...(["num_contacts_emailed", "num_contacts_opened", "num_contacts_replied"] as const),
  ...(["num_contacts_unsubscribed", "percent_contacts_replied"] as const),
  ...(["num_contacts_added_to_sequence", "num_contacts_finished_sequence"] as const),
  ...(["num_tasks_created", "num_tasks_completed", "num_tasks_skipped", "num_tasks_open"] as const),
  ...(["num_phone_calls", "num_phone_calls_connect", "num_phone_calls_inbound"] as const),
  ...(["percent_phone_calls_connect", "num_opportunities_created", "num_opportunities_closed"] as const),
  ...(["num_opportunities_won", "num_opportunities_lost", "percent_opportunities_won"] as const),
];
