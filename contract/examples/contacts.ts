import type { Example } from "../endpoint.ts";

const id = "64f0aa0000000000000000c1";
const owner = "64f0aa000000000000000002";
const stage = "64f0aa000000000000000057";
const list = "64f0aa00000000000000001a";
const at = "2026-02-03T08:00:00.120Z";

export const enrollment = {
  id: "64f0aa0000000000000000cc",
  emailer_campaign_id: "64f0aa00000000000000005e",
  send_email_from_user_id: owner,
  inactive_reason: null,
  status: "active",
  added_at: "2026-02-03T08:05:00.000+00:00",
  added_by_user_id: owner,
  finished_at: null,
  paused_at: null,
  auto_unpause_at: null,
  send_email_from_email_address: "ole@example.no",
  send_email_from_email_account_id: "64f0aa0000000000000000ba",
  manually_set_unpause: null,
  failure_reason: null,
  current_step_id: "64f0aa000000000000000051",
  in_response_to_emailer_message_id: null,
  cc_emails: null,
  bcc_emails: null,
  to_emails: null,
  current_step_position: 1,
};

export const ines = {
  contact_roles: [],
  id,
  first_name: "Ines",
  last_name: "Okafor",
  name: "Ines Okafor",
  linkedin_url: null,
  title: "Plant Manager",
  contact_stage_id: stage,
  owner_id: owner,
  creator_id: owner,
  person_id: null,
  email_needs_tickling: null,
  organization_name: "Norrland Kraft",
  source: "api",
  original_source: "api",
  organization_id: null,
  headline: null,
  photo_url: null,
  present_raw_address: "Umea, Sweden",
  linkedin_uid: null,
  extrapolated_email_confidence: null,
  salesforce_id: null,
  salesforce_lead_id: null,
  salesforce_contact_id: null,
  salesforce_account_id: null,
  crm_owner_id: null,
  created_at: at,
  emailer_campaign_ids: [enrollment.emailer_campaign_id],
  direct_dial_status: null,
  direct_dial_enrichment_failed_at: null,
  city: "Umea",
  state: null,
  country: "Sweden",
  email_status: "verified",
  email_source: null,
  account_id: null,
  last_activity_date: null,
  hubspot_vid: null,
  hubspot_company_id: null,
  crm_id: null,
  sanitized_phone: null,
  merged_crm_ids: null,
  updated_at: at,
  queued_for_crm_push: false,
  suggested_from_rule_engine_config_id: null,
  email_unsubscribed: null,
  person_deleted: null,
  call_opted_out: null,
  label_ids: [list],
  has_pending_email_arcgate_request: false,
  has_email_arcgate_request: false,
  existence_level: "full",
  email: "ines.okafor@example.se",
  email_from_customer: true,
  typed_custom_fields: { "64f0aa0000000000000000f1": "B2" },
  custom_field_errors: {},
  field_errors: {},
  crm_record_url: null,
  salesforce_record_url: null,
  email_status_unavailable_reason: null,
  email_true_status: "User Managed",
  updated_email_true_status: true,
  contact_rule_config_statuses: [],
  source_display_name: "Created from API",
  twitter_url: null,
  facebook_url: null,
  github_url: null,
  contact_campaign_statuses: [enrollment],
  contact_emails: [
    {
      email: "ines.okafor@example.se",
      email_md5: "4f8a0d1c62d2b1f6f2ac0e9b8d7c6b5a",
      email_sha256: "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de",
      email_status: "verified",
      email_source: null,
      email_true_status: "User Managed",
      extrapolated_email_confidence: null,
      email_status_unavailable_reason: null,
      email_from_customer: true,
      email_needs_tickling: null,
      position: 0,
      free_domain: false,
      source: "User Managed",
      third_party_vendor_name: null,
      vendor_validation_statuses: [],
    },
  ],
  next_contact_id: null,
  time_zone: "Europe/Stockholm",
  show_intent: false,
  phone_numbers: [],
  account_phone_note: null,
  free_domain: false,
  is_likely_to_engage: false,
  email_domain_catchall: false,
  contact_job_change_event: null,
  do_not_contact: false,
  paused_until: null,
  prospect_score: 40,
  prospect_score_parts: [
    { code: "email_status", signal: 1, points: 25, says: "A verified email address", seen: "verified" },
    { code: "seniority", signal: 5, points: 10, says: "Leads a department", seen: "manager" },
    { code: "time_zone", signal: 8, points: 5, says: "A known time zone", seen: "Europe/Stockholm" },
  ],
  prospect_score_out_of: 100,
};

const labels = [
  {
    id: list,
    modality: "contacts",
    cached_count: 3,
    name: "Q3 plants",
    created_at: at,
    updated_at: at,
    user_id: owner,
    book_of_business: null,
  },
];

const summary = {
  id,
  first_name: "Ines",
  last_name: "Okafor",
  email: "ines.okafor@example.se",
  title: "Plant Manager",
  organization_name: "Norrland Kraft",
  owner_id: owner,
};

export const contacts: Record<string, readonly Example[]> = {
  "contacts.create": [
    {
      title: "A contact on a list, updated if it exists",
      isShownElsewhere: true,
      input: { email: "ines.okafor@example.se", label_names: ["Q3 plants"], run_dedupe: true },
      answer: {
        contact: ines,
        labels,
        dedupe_result: { found_existing: true, match_reason: "email_match", existing_contact_id: id },
      },
    },
  ],
  "contacts.get": [
    {
      title: "One contact",
      input: { id },
      answer: { contact: { ...ines, etag: "Zk3qP0v8mYd2tRx7wLsN" }, labels },
    },
  ],
  "contacts.update": [
    { title: "A new title", input: { id, title: "Plant Manager" }, answer: { contact: ines, labels } },
  ],
  "contacts.search": [
    {
      title: "On a list, in a stage",
      isShownElsewhere: true,
      input: { contact_label_ids: [list], contact_stage_ids: [stage], page: 1, per_page: 25 },
      answer: {
        contacts: [{ ...ines, organization_logo_url: null, account: null, organization: null }],
        breadcrumbs: [
          {
            label: "Contact Stage",
            signal_field_name: "contact_stage_ids",
            value: stage,
            display_name: "Approaching",
          },
          { label: "Lists", signal_field_name: "contact_label_ids", value: list, display_name: "Q3 plants" },
        ],
        partial_results_only: false,
        has_join: false,
        disable_eu_prospecting: false,
        partial_results_limit: 10_000,
        pagination: { page: 1, per_page: 25, total_entries: 1, total_pages: 1, next_cursor: null },
        num_fetch_result: null,
      },
    },
  ],
  "contacts.bulkCreate": [
    {
      title: "One new contact",
      input: { contacts: [{ first_name: "Ines", last_name: "Okafor" }], append_label_names: ["Q3 plants"] },
      answer: {
        created_contacts: [
          {
            ...summary,
            team_id: "64f0aa000000000000000001",
            contact_stage_id: stage,
            created_at: "2026-02-03T08:00:00Z",
            updated_at: "2026-02-03T08:00:00Z",
          },
        ],
        existing_contacts: [],
        field_errors: {},
      },
    },
  ],
  "contacts.bulkUpdate": [
    {
      title: "The same title for all",
      input: { contact_ids: [id], title: "Plant Manager" },
      answer: {
        contacts: [
          {
            ...summary,
            account_id: null,
            present_raw_address: "Umea, Sweden",
            linkedin_url: null,
            updated_at: "2026-02-03T08:00:00Z",
          },
        ],
      },
    },
  ],
  "contacts.updateStages": [
    {
      title: "To another stage",
      isShownElsewhere: true,
      input: { contact_ids: [id], contact_stage_id: stage },
      answer: { contacts: [ines] },
    },
  ],
  "contacts.updateOwners": [
    {
      title: "To a colleague",
      input: { contact_ids: [id], owner_id: owner },
      answer: { contacts: [{ id, owner_id: owner, crm_owner_id: null }] },
    },
  ],
  "contacts.delete": [
    { title: "Delete a contact", input: { id }, answer: { contact: { id, deleted: true } } },
  ],
  "contacts.bulkDelete": [
    { title: "Several", input: { contact_ids: [id] }, answer: { deleted_contact_ids: [id] } },
  ],
  "contacts.merge": [
    {
      title: "Two duplicates",
      input: { winner_id: id, loser_ids: ["64f0aa0000000000000000c2"] },
      answer: { contact: ines, labels },
    },
  ],
  "contacts.timeline": [
    {
      title: "The newest",
      input: { id, limit: 1 },
      answer: {
        timeline: [
          {
            id: "64f0aa0000000000000000ee",
            kind: "event",
            at,
            type: "contact.created",
            sentence: "Ole Dahl created the contact Ines Okafor",
            user_id: owner,
            contact_id: id,
            data: { name: "Ines Okafor", email: "ines.okafor@example.se" },
          },
        ],
        next_cursor: null,
      },
    },
  ],
};
