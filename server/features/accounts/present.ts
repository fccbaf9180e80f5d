import { computedOrNull, stored } from "../../moments.ts";
import type { AccountRow } from "./store.ts";

type Fields = Record<string, unknown>;

export function presentAccount(
  account: AccountRow,
  fields: Fields = {},
  errors: Record<string, string> = {},
) {
  return {
    ...core(account),
    label_ids: account.labelIds,
    typed_custom_fields: fields,
    custom_field_errors: errors,
    ...organization(account),
    contact_emailer_campaign_ids: account.sequenceIds,
    contact_campaign_status_tally: account.tally,
    num_contacts: account.numContacts,
    last_activity_date: computedOrNull(account.lastActivityAt),
    stage_updated_at: computedOrNull(account.stageUpdatedAt),
  };
}

const SOURCES: Record<string, string> = {
  api: "Created from API",
  csv_import: "Uploaded from CSV",
  search: "Requested from Apollo",
};

function core(account: AccountRow) {
  return {
    id: account.id,
    domain: account.domain,
    name: account.name,
    team_id: account.teamId,
    organization_id: account.organizationId,
    account_stage_id: account.accountStageId,
    source: account.source,
    original_source: account.originalSource,
    creator_id: account.creatorId,
    owner_id: account.ownerId,
    created_at: stored(account.createdAt),
    updated_at: stored(account.updatedAt),
    phone: account.phone,
    phone_status: account.phoneStatus,
    hubspot_id: account.hubspotId,
    salesforce_id: account.salesforceId,
    merged_crm_ids: account.mergedCrmIds === null ? null : [...account.mergedCrmIds],
    crm_owner_id: account.crmOwnerId,
    parent_account_id: account.parentAccountId,
    linkedin_url: account.linkedinUrl,
    sanitized_phone: account.sanitizedPhone,
    account_playbook_statuses: [],
    account_rule_config_statuses: [],
    existence_level: "full" as const,
    modality: "account" as const,
    source_display_name: SOURCES[account.source] ?? "Created from API",
    crm_record_url: null,
    show_intent: false,
    has_intent_signal_account: false,
    intent_signal_account: null,
  };
}

function organization(account: AccountRow) {
  return {
    website_url: account.websiteUrl ?? (account.domain && `http://www.${account.domain}`),
    primary_domain: account.domain,
    twitter_url: account.twitterUrl,
    facebook_url: account.facebookUrl,
    logo_url: account.logoUrl,
    industry: account.industry,
    estimated_num_employees: account.estimatedNumEmployees,
    annual_revenue: account.annualRevenue === null ? null : Number(account.annualRevenue),
    founded_year: account.foundedYear,
    raw_address: account.rawAddress,
    street_address: account.streetAddress,
    city: account.city,
    state: account.state,
    postal_code: account.postalCode,
    country: account.country,
    organization_city: account.city,
    organization_state: account.state,
    organization_country: account.country,
  };
}

/** What Apollo knows of an organization, and Cadenza of none. */
const UNKNOWN = {
  blog_url: null,
  angellist_url: null,
  crunchbase_url: null,
  linkedin_uid: null,
  languages: [],
  alexa_ranking: null,
  publicly_traded_symbol: null,
  publicly_traded_exchange: null,
  secondary_industries: [],
  keywords: [],
  short_description: null,
  seo_description: null,
  annual_revenue_printed: null,
  total_funding: null,
  total_funding_printed: null,
  latest_funding_round_date: null,
  latest_funding_stage: null,
  technology_names: [],
  current_technologies: [],
  suborganizations: [],
  num_suborganizations: 0,
  account_queues: [],
  engagement_graph: [],
  suggest_location_enrichment: false,
  organization_headcount_six_month_growth: null,
  organization_headcount_twelve_month_growth: null,
  organization_headcount_twenty_four_month_growth: null,
};

export function presentShownAccount(account: AccountRow, fields: Fields) {
  const { phone, sanitizedPhone, industry } = account;
  return {
    ...presentAccount(account, fields),
    ...UNKNOWN,
    primary_phone: {
      number: phone,
      source: phone === null ? null : "Account",
      sanitized_number: sanitizedPhone,
    },
    industries: industry === null ? [] : [industry],
  };
}

export function presentCreatedAccount(account: AccountRow) {
  const { id, name, domain, team_id, owner_id, account_stage_id, phone, linkedin_url } = core(account);
  const { created_at, updated_at } = core(account);
  return {
    id,
    name,
    domain,
    team_id,
    owner_id,
    account_stage_id,
    phone,
    linkedin_url,
    created_at,
    updated_at,
  };
}

export function presentOwner({ id, ownerId, crmOwnerId }: AccountRow) {
  return { id, owner_id: ownerId, crm_owner_id: crmOwnerId };
}
