// What the tables hold, for people who ask what takes the space. A test compares the list with the database: a new table needs a kind.

const STORAGE_KINDS = {
  emails:
    "messages message_events message_links message_days message_day_changes message_day_places send_attempts placement_tests placement_mails test_links mails_sent_elsewhere reply_reminders attachments catcher_messages catcher_mailboxes",
  replies:
    "incoming_mails mailbox_folders mails_being_read reply_examples bookings model_suggestions model_usage language_models",
  enrollments:
    "enrollments enrollment_states branch_decisions awaited_answers promises verdicts changes change_items replans",
  sequences:
    "sequences sequence_steps step_touches sequence_versions sequence_labels sequence_shares sequence_stars sequence_stage_triggers sequence_excluded_account_stages sequence_excluded_contact_stages applied_files folders templates template_stars rulesets ruleset_stage_triggers schedules schedule_windows team_holidays ab_tests",
  contacts:
    "contacts contact_emails contact_phones contact_labels contact_field_values contact_stages accounts account_labels account_field_values account_stages labels custom_fields custom_field_options suppressions address_claims answer_holds answer_hold_keys score_formulas score_marks activity_cursors",
  prospecting:
    "people organizations employments job_postings news_articles news_article_organizations enrichment_providers enrichment_requests provider_calls lookup_claims address_checks mail_domains verification_settings",
  imports: "imports import_rows import_pieces import_byproducts team_moves team_move_records",
  work: "tasks calls call_outcomes call_purposes deals deal_contacts deal_field_values deal_stages notes note_accounts note_contacts note_conversations note_deals note_mentions conversations conversation_deals conversation_exports conversation_lines conversation_participants conversation_tagged conversation_tags",
  workflows:
    "workflows workflow_versions workflow_runs workflow_results workflow_candidates workflow_found workflow_missed workflow_notices workflow_payloads workflow_cursors copilots copilot_proposals",
  events: "events",
  earlier_states: "row_history history_began tombstones written_by",
  webhooks: "webhook_subscriptions webhook_deliveries webhook_attempts webhook_cursors",
  reports:
    "forecasts trial_runs trial_run_people trial_run_emails goals report_mails report_runs report_schedules saved_views table_layouts",
  jobs: "progress progress_items progress_seen set_aside pgboss",
  access:
    "teams users subteams subteam_members invitations sessions sign_in_failures push_subscriptions api_keys api_usage idempotent_answers oauth_applications oauth_grants oauth_registrations oauth_tokens oauth_tries sql_logins credit_allowances credit_legs credit_limits credit_movements credit_reservations",
  mailboxes:
    "mailboxes mailbox_aliases recipient_domains mailbox_sign_ins sign_in_clients sending_domains domain_findings dmarc_reports dmarc_sources tracking_domains brakes brake_looks",
  installation:
    "installation engines counted_teams background_migrations backup_runs storage_samples processing_records retention_rules schema_migrations sandbox_faults sandbox_profiles sandbox_prospects",
} as const;

export type StorageKind = keyof typeof STORAGE_KINDS | "other";

const KIND_OF = new Map<string, StorageKind>(
  Object.entries(STORAGE_KINDS).flatMap(([kind, tables]) =>
    tables.split(" ").map((table): [string, StorageKind] => [table, kind as StorageKind]),
  ),
);

/** The tables of pg-boss, in a schema of their own, are named after it. */
export function storageKindOf(schema: string, table: string): StorageKind {
  return KIND_OF.get(schema === "public" ? table : schema) ?? "other";
}
