import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import type { OrganizationRow } from "./store.ts";

type Shown = z.input<typeof contract.mixedCompanies.search.output>["organizations"][number];

export function presentOrganization(row: OrganizationRow): Shown {
  const industries = [row.industry, ...(row.secondaryIndustries ?? [])].filter((one) => one !== null);
  return {
    id: row.id,
    name: row.name,
    website_url: row.websiteUrl ?? (row.domain && `https://${row.domain}`),
    blog_url: row.blogUrl,
    angellist_url: row.angellistUrl,
    linkedin_url: row.linkedinUrl,
    linkedin_uid: row.linkedinUid,
    twitter_url: row.twitterUrl,
    facebook_url: row.facebookUrl,
    crunchbase_url: row.crunchbaseUrl,
    primary_phone: row.phone
      ? { number: row.phone, source: row.source, sanitized_number: row.sanitizedPhone }
      : {},
    phone: row.phone,
    sanitized_phone: row.sanitizedPhone,
    languages: [...(row.languages ?? [])],
    num_languages: row.languages?.length ?? 0,
    alexa_ranking: row.alexaRanking,
    founded_year: row.foundedYear,
    publicly_traded_symbol: row.publiclyTradedSymbol,
    publicly_traded_exchange: row.publiclyTradedExchange,
    logo_url: row.logoUrl,
    primary_domain: row.domain,
    industry: row.industry,
    industries,
    secondary_industries: [...(row.secondaryIndustries ?? [])],
    keywords: [...(row.keywords ?? [])],
    estimated_num_employees: row.estimatedNumEmployees,
    snippets_loaded: true,
    industry_tag_id: row.industryTagId,
    industry_tag_hash: row.industry && row.industryTagId ? { [row.industry]: row.industryTagId } : {},
    retail_location_count: row.retailLocationCount,
    num_retail_locations: row.retailLocationCount,
    raw_address:
      row.rawAddress ??
      ([row.streetAddress, row.city, row.state, row.country].filter(Boolean).join(", ") || null),
    street_address: row.streetAddress,
    city: row.city,
    state: row.state,
    postal_code: row.postalCode,
    country: row.country,
    owned_by_organization_id: row.ownedByOrganizationId,
    seo_description: row.seoDescription,
    short_description: row.shortDescription,
    suborganizations: [],
    num_suborganizations: 0,
    ...NO_CHART,
    annual_revenue: row.annualRevenue,
    annual_revenue_printed: printed(row.annualRevenue),
    total_funding: row.totalFunding,
    total_funding_printed: printed(row.totalFunding),
    latest_funding_amount: row.latestFundingAmount,
    latest_funding_round_date: row.latestFundingRoundDate,
    latest_funding_stage: row.latestFundingStage,
    funding_events: (row.fundingEvents ?? []).map((event) => ({ ...event, amount: printed(event.amount) })),
    technology_names: (row.technologies ?? []).map(({ uid, name }) => name ?? uid),
    current_technologies: (row.technologies ?? []).map((one) => ({ ...one })),
    departmental_head_count: { ...row.departmentalHeadCount },
    organization_headcount_six_month_growth: row.headcountGrowth?.["6"] ?? null,
    organization_headcount_twelve_month_growth: row.headcountGrowth?.["12"] ?? null,
    organization_headcount_twenty_four_month_growth: row.headcountGrowth?.["24"] ?? null,
    num_jobs: row.numJobs,
    account_id: row.accountId,
    source: row.source,
  };
}

/** Apollo draws them from its own data; here nothing is known of them. */
export const NO_CHART = {
  org_chart_root_people_ids: [],
  org_chart_sector: null,
  org_chart_removed: false,
  org_chart_show_department_filter: false,
  show_intent: false,
  has_intent_signal_account: false,
  intent_signal_account: null,
};

const STEPS = [
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "K"],
] as const;

/** `12400000` is `12.4M`. */
function printed(amount: number | null) {
  if (amount === null) return null;
  const [size, letter] = STEPS.find(([step]) => amount >= step) ?? [1, ""];
  return `${Math.round((amount / size) * 10) / 10}${letter}`;
}
