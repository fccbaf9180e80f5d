import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";

/** What the tables of a kind hold. */
const KINDS: Record<string, { name: string; holds: string }> = perLanguage(() => ({
  emails: { name: t("Emails"), holds: t("Texts, delivery, opens, clicks, attached files, the test inbox") },
  replies: { name: t("Replies"), holds: t("Emails that contacts sent, and what was read from them") },
  enrollments: {
    name: t("Contacts in sequences"),
    holds: t("Who is where, and why contacts were not added"),
  },
  sequences: { name: t("Sequences"), holds: t("Steps with all versions, templates, schedules") },
  contacts: { name: t("Contacts and companies"), holds: t("With fields, lists, addresses not to email") },
  prospecting: { name: t("People database"), holds: t("People and companies that were found or enriched") },
  imports: { name: t("Imports"), holds: t("Rows of files, kept for 90 days") },
  work: { name: t("Tasks, calls, deals and notes"), holds: t("Conversations too") },
  workflows: { name: t("Workflows"), holds: t("Runs, kept for 90 days; copilots") },
  events: {
    name: t("Events"),
    holds: t("Everything that happened: history, webhooks and workflows read it"),
  },
  earlier_states: { name: t("Earlier states"), holds: t("How records looked before they were changed") },
  webhooks: { name: t("Webhooks"), holds: t("Deliveries, kept for 30 days") },
  reports: { name: t("Reports"), holds: t("Scheduled reports, forecasts, saved views") },
  jobs: { name: t("Background jobs"), holds: t("What is under way or waits") },
  access: { name: t("Users and keys"), holds: t("Sessions, API keys, usage, credits") },
  mailboxes: { name: t("Mailboxes and domains"), holds: t("Connections, limits, checks") },
  installation: { name: t("Installation"), holds: t("Settings of this server") },
  other: { name: t("Other tables"), holds: t("Tables that Cadenza does not know") },
}));

export function kindWords(kind: string) {
  return KINDS[kind] ?? { name: kind, holds: "" };
}
