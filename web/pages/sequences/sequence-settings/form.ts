// A sequence's settings while a user changes them: only changes are sent.

import type { Sequence, SequenceChange } from "../sequences/queries.ts";

const KEPT = [
  "description",
  "user_id",
  "folder_id",
  "emailer_schedule_id",
  "sequence_ruleset_id",
  "allowed_send_from_domains",
  "cc_emails",
  "bcc_emails",
  "priority_policy",
  "send_at_usual_hour",
  "delivery_policy",
  "on_not_sent",
  "excluded_contact_stage_ids",
  "excluded_account_stage_ids",
  "contact_email_event_to_stage_mapping",
  "mark_finished_if_reply",
  "mark_finished_if_click",
  "mark_finished_if_interested",
  "mark_paused_if_ooo",
  "days_to_wait_before_mark_as_response",
  "same_account_reply_policy_cd",
  "same_account_reply_delay_days",
  "same_account_reply_scope",
  "create_task_if_email_open",
  "email_open_trigger_task_threshold",
  "max_emails_per_day",
  "max_new_contacts_per_day",
] as const;

export type SettingsValues = Pick<Sequence, (typeof KEPT)[number]> & { label_names: string[] };

export function valuesOf(sequence: Sequence, labelNames: readonly string[]): SettingsValues {
  const kept = Object.fromEntries(KEPT.map((key) => [key, sequence[key]])) as Omit<
    SettingsValues,
    "label_names"
  >;
  return { ...kept, label_names: [...labelNames] };
}

export function isSame(one: unknown, other: unknown) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What differs. `PUT /emailer_campaigns/{id}` leaves the rest as it is. */
export function changeOf(id: string, values: SettingsValues, saved: SettingsValues): SequenceChange {
  const keys = [...KEPT, "label_names"] as const;
  const changed = keys.filter((key) => !isSame(values[key], saved[key])).map((key) => [key, values[key]]);
  return { id, ...Object.fromEntries(changed) } as SequenceChange;
}
