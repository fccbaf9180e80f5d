// What a search of people or companies is narrowed by. Filters of different kinds must all hold; of several values of one
// filter, one must.

import { z } from "zod";
import * as fields from "../fields.ts";

const texts = (max = 1000) => z.array(fields.text(300)).max(max).optional();

const amounts = z.object({ min: fields.amount.optional(), max: fields.amount.optional() }).optional();
const moments = z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional();

/** About the company, in a search of people and of companies alike. */
const companyFilters = {
  organization_ids: z.array(fields.text(100)).max(1000).optional(),
  q_organization_name: fields.text(200).optional().describe("Words of the name or the domain"),
  q_organization_domains_list: texts().describe("Domains, at most 1,000"),
  q_organization_domains: z
    .union([fields.text(30_000), z.array(fields.text(300)).max(1000)])
    .optional()
    .describe("As `q_organization_domains_list`, one to a line: the older name"),
  organization_domains: texts().describe("As `q_organization_domains_list`: so Apollo's n8n node calls it"),
  organization_linkedin_url: fields
    .text(500)
    .optional()
    .describe("The company's page, as Apollo's command line asks"),
  organization_num_employees_ranges: texts(100).describe("`1,10`; `10001,` has no end"),
  organization_locations: texts().describe(
    "Cities, states, countries, or several with commas: `Chicago, US`",
  ),
  revenue_range: amounts,
  currently_using_all_of_technology_uids: texts(100),
  currently_using_any_of_technology_uids: texts(),
  currently_not_using_any_of_technology_uids: texts(),
  organization_industry_tag_ids: texts().describe("Ids of industries, or their names"),
  q_organization_keyword_tags: texts(),
  total_funding_range: amounts,
  latest_funding_amount_range: amounts,
  latest_funding_date_range: moments,
  q_organization_job_titles: texts(100).describe("Titles of open positions"),
  organization_job_locations: texts().describe("Of open positions"),
  organization_num_jobs_range: amounts.describe("How many open positions"),
  organization_job_posted_at_range: moments,
  organization_not_locations: texts(),
};

export const companySearch = {
  ...companyFilters,
  prospected_by_current_team: z
    .array(fields.text(10))
    .max(2)
    .optional()
    .describe("`yes`: saved as an account; `no`: not yet"),
};

export const personSearch = {
  ...companyFilters,
  q_keywords: fields.text(200).optional().describe("Words of the name, the title or the company"),
  person_ids: z.array(fields.id).max(10_000).optional().describe("Cadenza's own"),
  linkedin_url: fields
    .text(2000)
    .optional()
    .describe("A profile, however its address is written; what is none is nobody's"),
  person_linkedin_urls: z.array(fields.text(2000)).max(1000).optional().describe("Several of them"),
  person_titles: texts(250).describe("`VP Sales` is also found as `Vice President of Sales, Nordics`"),
  include_similar_titles: fields.flag
    .default(true)
    .describe("False: only titles that say the same and nothing more"),
  person_not_titles: texts(250).describe("Cadenza's own"),
  person_locations: texts(),
  person_seniorities: texts(50).describe(
    "owner, founder, c_suite, partner, vp, head, director, manager, senior, entry, intern",
  ),
  person_departments: texts(100),
  person_department_or_subdepartments: texts(100).describe("As `person_departments`"),
  contact_email_status: texts(20).describe("verified, unverified, likely to engage, unavailable"),
  contact_email_status_v2: texts(20).describe("As `contact_email_status`"),
  prospected_by_current_team: z
    .array(fields.text(10))
    .max(2)
    .optional()
    .describe("`yes`: saved as a contact; `no`: net new"),
};
