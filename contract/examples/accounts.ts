import type { Example } from "../endpoint.ts";

const kraft = {
  id: "64f0aa0000000000000000ac",
  domain: "norrland.example",
  name: "Norrland Kraft",
  team_id: "64f0aa000000000000000001",
  organization_id: null,
  account_stage_id: "64f0aa0000000000000000a5",
  source: "api",
  original_source: "api",
  creator_id: null,
  owner_id: "64f0aa000000000000000002",
  created_at: "2026-02-03T07:50:00.000Z",
  updated_at: "2026-02-03T07:50:00.000Z",
  phone: "+46 90 555 01 00",
  phone_status: "no_status",
  hubspot_id: null,
  salesforce_id: null,
  merged_crm_ids: null,
  crm_owner_id: null,
  parent_account_id: null,
  linkedin_url: null,
  sanitized_phone: "+46905550100",
  account_playbook_statuses: [],
  account_rule_config_statuses: [],
  existence_level: "full",
  modality: "account",
  source_display_name: "Created from API",
  crm_record_url: null,
  show_intent: false,
  has_intent_signal_account: false,
  intent_signal_account: null,
  label_ids: [],
  typed_custom_fields: {},
  custom_field_errors: {},
  website_url: "http://www.norrland.example",
  primary_domain: "norrland.example",
  twitter_url: null,
  facebook_url: null,
  logo_url: null,
  industry: null,
  estimated_num_employees: null,
  annual_revenue: null,
  founded_year: null,
  raw_address: "Umeå, Sweden",
  street_address: null,
  city: "Umeå",
  state: "Västerbotten",
  postal_code: null,
  country: "Sweden",
  organization_city: "Umeå",
  organization_state: "Västerbotten",
  organization_country: "Sweden",
  contact_emailer_campaign_ids: ["64f0aa00000000000000005e"],
  contact_campaign_status_tally: { active: 4, paused: 2, not_sent: 1 },
  num_contacts: 9,
  last_activity_date: "2026-02-20T10:00:00.000+00:00",
  stage_updated_at: null,
};

const row = {
  id: kraft.id,
  name: kraft.name,
  domain: kraft.domain,
  team_id: kraft.team_id,
  owner_id: kraft.owner_id,
  account_stage_id: kraft.account_stage_id,
  phone: null,
  linkedin_url: null,
  created_at: kraft.created_at,
  updated_at: kraft.updated_at,
};

export const accounts: Record<string, readonly Example[]> = {
  "accounts.create": [
    {
      title: "A company with its number",
      input: { name: kraft.name, domain: kraft.domain, phone: kraft.phone, raw_address: kraft.raw_address },
      answer: {
        account: {
          ...kraft,
          contact_emailer_campaign_ids: [],
          contact_campaign_status_tally: {},
          num_contacts: 0,
          last_activity_date: null,
        },
      },
    },
  ],
  "accounts.search": [
    {
      title: "Part of the name, in one stage",
      input: { q_organization_name: "kraft", account_stage_ids: [kraft.account_stage_id] },
      answer: {
        accounts: [kraft],
        breadcrumbs: [
          {
            label: "Company Name",
            signal_field_name: "q_organization_name",
            value: "kraft",
            display_name: "kraft",
          },
          {
            label: "Account Stage",
            signal_field_name: "account_stage_ids",
            value: kraft.account_stage_id,
            display_name: "Current Client",
          },
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
  "accounts.bulkCreate": [
    {
      title: "One that is new and one that is there",
      input: {
        accounts: [{ name: "Norrland Kraft" }, { domain: "syd.example" }],
        run_dedupe: true,
      },
      answer: {
        created_accounts: [row],
        existing_accounts: [
          { ...row, id: "64f0aa0000000000000000ad", name: "Sydkraft", domain: "syd.example" },
        ],
      },
    },
  ],
  "accounts.updateOwners": [
    {
      title: "To a colleague",
      input: { account_ids: [kraft.id], owner_id: "64f0aa000000000000000003" },
      answer: { accounts: [{ id: kraft.id, owner_id: "64f0aa000000000000000003", crm_owner_id: null }] },
    },
  ],
  "accounts.merge": [
    {
      title: "Two that are the same",
      input: { winner_id: kraft.id, loser_ids: ["64f0aa0000000000000000ad"] },
      answer: { account: kraft, merged_account_ids: ["64f0aa0000000000000000ad"] },
    },
  ],
};
