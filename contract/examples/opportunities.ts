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

export const opportunities: Record<string, readonly Example[]> = {
  "opportunityPipelines.list": [
    { title: "The one there is", input: {}, answer: { opportunity_pipelines: [pipeline] } },
  ],
  "opportunityPipelines.get": [
    { title: "By its id", input: { id: pipeline.id }, answer: { opportunity_pipeline: pipeline } },
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
    },
  ],
  "opportunities.get": [
    {
      title: "A deal with nobody yet",
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
