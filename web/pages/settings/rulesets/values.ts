// What the form of a ruleset shows and changes.

import type { Ruleset } from "./queries.ts";

export type Values = ReturnType<typeof valuesOf>;

const SILENT = {
  mark_finished_if_reply: null,
  mark_finished_if_click: null,
  mark_finished_if_interested: null,
  mark_paused_if_ooo: null,
  days_to_wait_before_mark_as_response: null,
  same_account_reply_policy_cd: null,
  same_account_reply_delay_days: null,
  same_account_reply_scope: null,
  create_task_if_email_open: null,
  email_open_trigger_task_threshold: null,
  max_emails_per_day: null,
  max_new_contacts_per_day: null,
  contact_email_event_to_stage_mapping: {},
};

export function valuesOf(
  ruleset: Ruleset | null,
): Omit<Ruleset, "id" | "num_sequences" | "created_at" | "updated_at"> {
  if (!ruleset) return { ...SILENT, name: "", default: false, ignore_apollo_global_email_bounce_list: null };
  const { id: _id, num_sequences: _used, created_at: _made, updated_at: _changed, ...values } = ruleset;
  return values;
}
