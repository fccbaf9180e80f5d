// Which tables a trial run copies, and which rows of them. A test compares the list with the database: a new table is copied, or it
// is said here why not.

/** Which rows come along: all of the team, or those of what was chosen. `where` is SQL over the row `t`: $1 is the team, $2 the ids. */
type Along = { rows: "all"; where?: string } | { rows: "of"; chosen: Chosen; where: string };
export type Chosen = "contacts" | "companies" | "enrollments";

export type CopiedTable = Along & {
  /** What a copy has in place of it, as SQL over the row `t`. */
  changed?: Record<string, string>;
};

const ALL: CopiedTable = { rows: "all" };
const ofContacts = of("contacts", "contact_id");
const ofCompanies = of("companies", "account_id");
const ofEnrollments = of("enrollments", "enrollment_id");

function of(chosen: Chosen, column: string) {
  return { rows: "of", chosen, where: `t.${column} = any($2::text[])` } as const;
}

/** Nobody has such an address (RFC 6761), and those of one domain stay together. */
const inventedAddress = (column: string) => `${column} || '.invalid'`;

const NOTHING_SECRET = [
  "smtp_host smtp_port smtp_security smtp_username smtp_password imap_host imap_port imap_security imap_username imap_password",
  "oauth_client_id oauth_client_secret oauth_access_token oauth_refresh_token oauth_expires_at oauth_renewing_until oauth_wait_until",
  "oauth_wait_reason reading_engine reading_at reading_error reading_error_since tracking_domain_id",
].flatMap((names) => names.split(" ").map((name): [string, string] => [name, "null"]));

/** Under way at that moment: what the engine has not sent is planned again, and what has left counts as sent. */
const UNDER_WAY =
  "case t.delivery when 'claimed' then 'planned' when 'dot' then 'sent' when 'unconfirmed' then 'sent' else t.delivery end";

/** Digests are made with the key of the installation, which the copy has not. */
const MESSAGE_CHANGES = {
  to_email: inventedAddress("t.to_email"),
  delivery: UNDER_WAY,
  engine_id: "null",
  attempt_id: "null",
  in_response_to: "null",
  reader_digest: "null",
  host_digest: "null",
  company_digest: "null",
  body_html: "case when t.delivery in ('draft', 'planned', 'claimed') then t.body_html end",
  body_text: "case when t.delivery in ('draft', 'planned', 'claimed') then t.body_text end",
};

/** SQL: the email is one of those that come along. What is older and over counts for nothing any more. */
function isCopied(email: string) {
  return `(${email}.delivery <> 'draft' or ${email}.enrollment_id is not null) and (${email}.released_at is null or ${email}.released_at > $3::timestamptz
            or exists (select from enrollments e where e.team_id = ${email}.team_id and e.id = ${email}.enrollment_id and e.state in ('active', 'paused')))`;
}

/** SQL: `m` is the email that a row belongs to, and comes along. */
const OF_COPIED = `m.team_id = t.team_id and m.id = t.message_id and m.contact_id = t.contact_id and ${isCopied("m")}`;

export const COPIED_TABLES: Readonly<Record<string, CopiedTable>> = {
  teams: ALL,
  users: { rows: "all", changed: { password_hash: "null" } },
  schedules: ALL,
  schedule_windows: ALL,
  team_holidays: ALL,
  rulesets: ALL,
  ruleset_stage_triggers: ALL,
  folders: ALL,
  templates: ALL,
  sequences: ALL,
  sequence_steps: ALL,
  sequence_versions: ALL,
  step_touches: ALL,
  attachments: {
    rows: "all",
    where: "t.id in (select unnest(v.attachment_ids) from step_touches v where v.team_id = $1)",
  },
  sequence_stage_triggers: ALL,
  sequence_excluded_account_stages: ALL,
  sequence_excluded_contact_stages: ALL,
  contact_stages: ALL,
  account_stages: ALL,
  labels: ALL,
  custom_fields: ALL,
  custom_field_options: ALL,
  score_formulas: ALL,
  call_outcomes: ALL,
  call_purposes: ALL,
  mailboxes: {
    rows: "all",
    changed: {
      type: "'catcher'",
      connected_by: "'smtp_imap'",
      oauth_of_team: "false",
      reading_failures: "0",
      ...Object.fromEntries(NOTHING_SECRET),
    },
  },
  mailbox_aliases: ALL,
  mails_sent_elsewhere: { rows: "all", where: "t.sent_at > $3::timestamptz" },
  recipient_domains: {
    rows: "all",
    changed: { domain: inventedAddress("t.domain"), wanted_at: "null", look_at: "null" },
  },
  brakes: ALL,
  brake_looks: ALL,
  ab_tests: ALL,

  contacts: {
    rows: "of",
    chosen: "contacts",
    where: "t.id = any($2::text[])",
    changed: { email: inventedAddress("t.email"), organization_id: "null", person_id: "null" },
  },
  contact_emails: {
    rows: "of",
    chosen: "contacts",
    where: ofContacts.where,
    changed: { email: inventedAddress("t.email") },
  },
  contact_phones: ofContacts,
  contact_labels: ofContacts,
  contact_field_values: ofContacts,
  answer_holds: ofContacts,
  answer_hold_keys: {
    rows: "of",
    chosen: "contacts",
    where:
      "t.hold_id in (select h.id from answer_holds h where h.team_id = $1 and h.contact_id = any($2::text[]))",
  },
  calls: {
    rows: "of",
    chosen: "contacts",
    where: ofContacts.where,
    changed: { recording_url: "null", note: "null", deal_id: "null" },
  },
  tasks: {
    rows: "of",
    chosen: "contacts",
    where: ofContacts.where,
    changed: { deal_id: "null", message_id: `(select m.id from messages m where ${OF_COPIED})` },
  },
  message_events: {
    rows: "of",
    chosen: "contacts",
    where: `${ofContacts.where} and exists (select from messages m where ${OF_COPIED})`,
  },

  accounts: {
    rows: "of",
    chosen: "companies",
    where: "t.id = any($2::text[])",
    changed: { organization_id: "null" },
  },
  account_labels: ofCompanies,
  account_field_values: ofCompanies,

  enrollments: {
    rows: "of",
    chosen: "enrollments",
    where: "t.id = any($2::text[])",
    changed: { in_response_to: "null" },
  },
  enrollment_states: ofEnrollments,
  branch_decisions: ofEnrollments,
  awaited_answers: ofEnrollments,

  // A follow-up in a thread needs the email it follows, however old that is. Drafts of steps belong to the tasks of users.
  messages: {
    rows: "of",
    chosen: "contacts",
    where: `${ofContacts.where} and ${isCopied("t")}`,
    changed: MESSAGE_CHANGES,
  },
};

const OTHER_DATA = "no email depends on it";
const SECRET = "it is a key or a way in";
const OWN_OF_SANDBOX = "the sandbox has its own";
const WORKED_OUT = "it is worked out anew";
const REACHES_OUT = "it calls other programs, and a trial run reaches nobody";

/** Tables that are left out, each with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      [
        OTHER_DATA,
        "applied_files bookings catcher_messages change_items changes conversation_deals conversation_exports conversation_lines conversation_participants conversation_tagged conversation_tags conversations credit_allowances credit_legs credit_limits credit_movements credit_reservations deal_contacts deal_field_values deal_stages deals dmarc_reports dmarc_sources domain_findings forecasts goals idempotent_answers import_byproducts import_pieces import_rows imports incoming_mails mail_domains model_suggestions model_usage note_accounts note_contacts note_conversations note_deals note_mentions notes placement_mails placement_tests processing_records progress progress_items progress_seen promises replans reply_examples reply_reminders report_mails report_runs retention_rules saved_views sequence_labels sequence_shares sequence_stars set_aside storage_samples subteam_members subteams table_layouts team_move_records team_moves template_stars test_links tombstones trial_run_emails trial_run_people trial_runs verdicts verification_settings",
      ],
      [
        SECRET,
        "api_keys api_usage invitations mailbox_sign_ins oauth_applications oauth_grants oauth_registrations oauth_tokens oauth_tries sessions sign_in_clients sign_in_failures sql_logins tracking_domains sending_domains",
      ],
      [
        OWN_OF_SANDBOX,
        "background_migrations backup_runs catcher_mailboxes engines history_began installation mailbox_folders mails_being_read sandbox_faults sandbox_profiles sandbox_prospects schema_migrations written_by",
      ],
      [
        WORKED_OUT,
        "activity_cursors counted_teams events message_day_changes message_day_places message_days message_links row_history score_marks send_attempts webhook_cursors workflow_cursors",
      ],
      [
        REACHES_OUT,
        "copilot_proposals copilots enrichment_providers enrichment_requests language_models lookup_claims provider_calls push_subscriptions report_schedules webhook_attempts webhook_deliveries webhook_subscriptions workflow_candidates workflow_found workflow_missed workflow_notices workflow_payloads workflow_results workflow_runs workflow_versions workflows",
      ],
      [
        "people and companies to find are no contacts",
        "address_checks employments job_postings news_article_organizations news_articles organizations people",
      ],
      [
        "addresses that must not be mailed are read and written anew, for the invented ones (copying.ts)",
        "address_claims suppressions",
      ],
    ] as const
  ).flatMap(([why, tables]) => tables.split(" ").map((table) => [table, why])),
);
