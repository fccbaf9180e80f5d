import type { Example } from "../endpoint.ts";

const opportunity = {
  id: "64f0aa0000000000000000de",
  team_id: "64f0aa000000000000000001",
  owner_id: "64f0aa000000000000000002",
  salesforce_owner_id: null,
  amount: 48000,
  closed_date: "2026-06-30T00:00:00.000+00:00",
  account_id: "64f0aa0000000000000000ac",
  description: null,
  is_closed: false,
  is_won: false,
  name: "Boiler retrofit",
  stage_name: "Qualification",
  opportunity_stage_id: "64f0aa0000000000000000d5",
  source: "api",
  salesforce_id: null,
  created_at: "2026-02-03T08:00:00.000Z",
  actual_close_date: null,
  next_step: null,
  next_step_date: null,
  closed_lost_reason: null,
  closed_won_reason: null,
  forecast_category: "pipeline",
  deal_probability: 10,
  created_by_id: "64f0aa000000000000000002",
  current_solutions: null,
  deal_source: null,
  manually_updated_probability: null,
  manually_updated_forecast: null,
  crm_id: null,
  crm_record_url: null,
  crm_owner_id: null,
  probability: null,
  opportunity_pipeline_id: "64f0aa0000000000000000f1",
  stage_updated_at: "2026-02-03T08:00:00.000+00:00",
  next_step_last_updated_at: null,
  exchange_rate_code: "EUR",
  exchange_rate_value: 1,
  amount_in_team_currency: 48000,
  forecasted_revenue: 4800,
  last_activity_date: null,
  existence_level: "full",
  typed_custom_fields: {},
  custom_field_errors: {},
  field_errors: {},
  opportunity_rule_config_statuses: [],
  opportunity_contact_roles: [],
  currency: { name: "Euro", iso_code: "EUR", symbol: "€" },
};

const pipeline = {
  id: "64f0aa0000000000000000f1",
  title: "Sales Pipeline",
  default_pipeline: true,
  display_order: 0,
  source: "apollo",
  external_id: null,
  sync_enabled: false,
  team_id: "64f0aa000000000000000001",
};

const buyer = { id: "64f0aa0000000000000000e1", name: "Buyer", display_order: 1 };

const role = {
  id: "64f0aa0000000000000000e2",
  contact_id: "64f0aa0000000000000000c1",
  is_primary: true,
  created_at: "2026-01-12T09:00:00.000Z",
  updated_at: "2026-01-12T09:00:00.000Z",
  role: [{ opportunity_contact_role_type_id: buyer.id, is_primary: true, crm_role_id: null, crm_id: null }],
  role_name: buyer.name,
  role_names: [buyer.name],
  contact: {
    id: "64f0aa0000000000000000c1",
    name: "Ines Okafor",
    first_name: "Ines",
    last_name: "Okafor",
  },
};

export const opportunities: Record<string, readonly Example[]> = {
  "opportunityPipelines.list": [
    { title: "The team's pipeline", input: {}, answer: { opportunity_pipelines: [pipeline] } },
  ],
  "opportunityPipelines.get": [
    {
      isShownElsewhere: true,
      title: "By id",
      input: { id: pipeline.id },
      answer: { opportunity_pipeline: pipeline },
    },
  ],
  "opportunityContactRoleTypes.search": [
    { title: "All roles", input: {}, answer: { opportunity_contact_role_types: [buyer] } },
  ],
  "opportunities.updateRoles": [
    {
      title: "Ines is the buyer and the main contact",
      isShownElsewhere: true,
      input: {
        opportunity_id: opportunity.id,
        roles: [
          {
            contact_id: role.contact_id,
            is_primary: true,
            role: [{ opportunity_contact_role_type_id: buyer.id, is_primary: true }],
          },
        ],
      },
      answer: {
        opportunity: {
          ...opportunity,
          account_id: null,
          opportunity_contact_roles: [role],
          num_contacts: 1,
          account: null,
        },
      },
    },
  ],
  "opportunities.update": [
    {
      title: "A higher amount",
      input: { id: opportunity.id, amount: "52000" },
      answer: { opportunity: { ...opportunity, amount: 52000 } },
    },
  ],
  "opportunities.ofContact": [
    {
      title: "Roles in words, as in Apollo",
      isShownElsewhere: true,
      input: { id: role.contact_id },
      answer: {
        opportunities: [
          {
            ...opportunity,
            account_id: null,
            num_contacts: 1,
            account: null,
            opportunity_contact_roles: [{ id: role.id, role: "Buyer", contact: role.contact }],
          },
        ],
      },
    },
  ],
  "opportunities.delete": [
    {
      title: "A duplicate deal",
      input: { id: opportunity.id },
      answer: { opportunity: { id: opportunity.id, deleted: true } },
    },
  ],
  "opportunities.create": [
    {
      title: "A deal with an account",
      input: {
        name: "Boiler retrofit",
        amount: "48000",
        closed_date: "2026-06-30",
        account_id: opportunity.account_id,
        currency_code: "EUR",
      },
      answer: { opportunity },
      isShownElsewhere: true,
    },
  ],
  "opportunities.get": [
    {
      title: "A deal without an account",
      isShownElsewhere: true,
      input: { id: opportunity.id },
      answer: {
        opportunity: {
          ...opportunity,
          account_id: null,
          num_contacts: 0,
          account: null,
        },
      },
    },
  ],
};
