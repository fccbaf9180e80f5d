// A company of the world as the wire shows it (Apollo's `organization`).

import { z } from "zod";
import * as fields from "../fields.ts";

const text = z.string().nullable();
const whole = z.number().nullable();

export const fundingEvent = z.strictObject({
  id: text,
  date: text,
  news_url: text,
  type: text,
  investors: text,
  amount: whole,
  currency: text,
});

export const technology = z.strictObject({ uid: z.string(), name: text, category: text });

export const organization = z.strictObject({
  id: fields.id,
  name: text,
  website_url: text,
  blog_url: text,
  angellist_url: text,
  linkedin_url: text,
  linkedin_uid: text,
  twitter_url: text,
  facebook_url: text,
  crunchbase_url: text,
  primary_phone: z.union([
    z.strictObject({ number: text, source: text, sanitized_number: text }),
    z.strictObject({}),
  ]),
  phone: text,
  sanitized_phone: text,
  languages: z.array(z.string()),
  num_languages: z.int(),
  alexa_ranking: whole,
  founded_year: whole,
  publicly_traded_symbol: text,
  publicly_traded_exchange: text,
  logo_url: text,
  primary_domain: text,
  industry: text,
  industries: z.array(z.string()),
  secondary_industries: z.array(z.string()),
  keywords: z.array(z.string()),
  estimated_num_employees: whole,
  snippets_loaded: z.boolean(),
  industry_tag_id: text,
  industry_tag_hash: z.record(z.string(), z.string()),
  retail_location_count: whole,
  num_retail_locations: whole,
  raw_address: text,
  street_address: text,
  city: text,
  state: text,
  postal_code: text,
  country: text,
  owned_by_organization_id: text,
  seo_description: text,
  short_description: text,
  suborganizations: z.array(z.never()),
  num_suborganizations: z.int(),
  annual_revenue: whole,
  annual_revenue_printed: text,
  total_funding: whole,
  total_funding_printed: text,
  latest_funding_amount: whole.describe("Cadenza's own"),
  latest_funding_round_date: text,
  latest_funding_stage: text,
  funding_events: z.array(fundingEvent),
  technology_names: z.array(z.string()),
  current_technologies: z.array(technology),
  departmental_head_count: z.record(z.string(), z.number()),
  organization_headcount_six_month_growth: whole,
  organization_headcount_twelve_month_growth: whole,
  organization_headcount_twenty_four_month_growth: whole,
  num_jobs: z.int().describe("Cadenza's own: open positions that are known"),
  account_id: text.describe("The account it is saved as"),
  source: z.string().describe("Cadenza's own: who says all this; `sample` for what is made up"),
});
