import { type Unread, unreadOfAccount, unreadRows } from "../../../domain/work/unread-fields.ts";
import { computedOrNull, stored } from "../../../kernel/moments.ts";
import { NO_CHART, presentOrganization } from "../organizations/present.ts";
import type { OrganizationRow } from "../organizations/store.ts";
import type { AccountRow } from "./store.ts";

type Fields = Record<string, unknown>;

export function presentAccount(
  account: AccountRow,
  fields: Fields = {},
  errors: Record<string, string> = {},
  unread: Unread = {},
) {
  return {
    ...core(account),
    label_ids: account.labelIds,
    typed_custom_fields: fields,
    custom_field_errors: errors,
    field_errors: unread,
    ...organization(account),
    contact_emailer_campaign_ids: account.sequenceIds,
    contact_campaign_status_tally: account.tally,
    num_contacts: account.numContacts,
    last_activity_date: computedOrNull(account.lastActivityAt),
    stage_updated_at: computedOrNull(account.stageUpdatedAt),
  };
}

export const SOURCES: Record<string, string> = {
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

/** The fields of an account without an organization. */
export const NO_ORGANIZATION: Omit<
  ReturnType<typeof presentOrganization>,
  "id" | "name" | "account_id" | "source"
> = {
  website_url: null,
  blog_url: null,
  angellist_url: null,
  linkedin_url: null,
  linkedin_uid: null,
  twitter_url: null,
  facebook_url: null,
  crunchbase_url: null,
  primary_phone: { number: null, source: null, sanitized_number: null },
  phone: null,
  sanitized_phone: null,
  languages: [],
  num_languages: 0,
  alexa_ranking: null,
  founded_year: null,
  publicly_traded_symbol: null,
  publicly_traded_exchange: null,
  logo_url: null,
  primary_domain: null,
  industry: null,
  industries: [],
  secondary_industries: [],
  keywords: [],
  estimated_num_employees: null,
  snippets_loaded: true,
  industry_tag_id: null,
  industry_tag_hash: {},
  retail_location_count: null,
  num_retail_locations: null,
  raw_address: null,
  street_address: null,
  city: null,
  state: null,
  postal_code: null,
  country: null,
  owned_by_organization_id: null,
  seo_description: null,
  short_description: null,
  suborganizations: [],
  num_suborganizations: 0,
  ...NO_CHART,
  annual_revenue: null,
  annual_revenue_printed: null,
  total_funding: null,
  total_funding_printed: null,
  latest_funding_amount: null,
  latest_funding_round_date: null,
  latest_funding_stage: null,
  funding_events: [],
  technology_names: [],
  current_technologies: [],
  departmental_head_count: {},
  organization_headcount_six_month_growth: null,
  organization_headcount_twelve_month_growth: null,
  organization_headcount_twenty_four_month_growth: null,
  num_jobs: 0,
};

/** With what the store tells of the company; what the team says of the account itself holds, its numbers to call above all. */
export function presentShownAccount(account: AccountRow, fields: Fields, known: OrganizationRow | null) {
  const {
    id,
    name: _,
    account_id: __,
    source: ___,
    ...told
  } = known
    ? presentOrganization(known)
    : { ...NO_ORGANIZATION, id: null, name: null, account_id: null, source: null };
  const own = presentAccount(account, fields);
  const industry = own.industry ?? told.industry;
  return {
    ...told,
    ...own,
    organization_id: own.organization_id ?? id,
    linkedin_url: own.linkedin_url ?? told.linkedin_url,
    website_url: account.websiteUrl ?? told.website_url ?? own.website_url,
    twitter_url: own.twitter_url ?? told.twitter_url,
    facebook_url: own.facebook_url ?? told.facebook_url,
    logo_url: own.logo_url ?? told.logo_url,
    primary_domain: own.primary_domain ?? told.primary_domain,
    industry,
    industries: [...new Set(industry === null ? told.industries : [industry, ...told.industries])],
    estimated_num_employees: own.estimated_num_employees ?? told.estimated_num_employees,
    annual_revenue: own.annual_revenue ?? told.annual_revenue,
    founded_year: own.founded_year ?? told.founded_year,
    ...placeOf(own, told),
    primary_phone:
      account.phone === null
        ? told.primary_phone
        : { number: account.phone, source: "Account", sanitized_number: account.sanitizedPhone },
    account_queues: [],
    engagement_graph: [],
    suggest_location_enrichment: false,
  };
}

type Placed = Pick<
  typeof NO_ORGANIZATION,
  "raw_address" | "street_address" | "city" | "state" | "postal_code" | "country"
>;

/** One address or the other: halves of two are nowhere. */
function placeOf(own: Placed, told: Placed) {
  const isSaid = [own.raw_address, own.city, own.state, own.country].some((part) => part !== null);
  const { raw_address, street_address, city, state, postal_code, country } = isSaid ? own : told;
  return {
    raw_address,
    street_address,
    city,
    state,
    postal_code,
    country,
    organization_city: city,
    organization_state: state,
    organization_country: country,
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

type SaidOfDomains = Parameters<typeof unreadOfAccount>[0];

/** What was sent and not taken. */
export function presentUnread(said: SaidOfDomains) {
  return unreadOfAccount(said);
}

export function presentUnreadRows(said: readonly SaidOfDomains[]) {
  return unreadRows(said, unreadOfAccount);
}
