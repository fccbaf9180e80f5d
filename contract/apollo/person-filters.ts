// What a search of people or companies is narrowed by. Filters of different kinds must all hold; of several values of one
// filter, one must.

import { z } from "zod";
import * as fields from "../fields.ts";

const texts = (max = 1000) => z.array(fields.text(300)).max(max).optional();

export const amounts = z.object({ min: fields.amount.optional(), max: fields.amount.optional() }).optional();
export const moments = z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional();

/** About the company, in a search of people and of companies alike. */
const companyFilters = {
  organization_ids: z.array(fields.text(100)).max(1000).optional(),
  q_organization_name: fields.text(200).optional().describe("Words in the name or domain"),
  q_organization_domains_list: texts().describe("Domains, at most 1,000"),
  q_organization_domains: z
    .union([fields.text(30_000), z.array(fields.text(300)).max(1000)])
    .optional()
    .describe("Older name of `q_organization_domains_list`; one domain per line"),
  organization_domains: texts().describe("Same as `q_organization_domains_list`, for Apollo's n8n node"),
  organization_linkedin_url: fields
    .text(500)
    .optional()
    .describe("LinkedIn page of the company, as Apollo's command line sends it"),
  organization_num_employees_ranges: texts(100).describe("Such as `1,10`; `10001,` means 10,001 and more"),
  organization_locations: texts().describe(
    "Cities, states or countries, or several with commas: `Chicago, US`",
  ),
  revenue_range: amounts,
  currently_using_all_of_technology_uids: texts(100),
  currently_using_any_of_technology_uids: texts(),
  currently_not_using_any_of_technology_uids: texts(),
  organization_industry_tag_ids: texts().describe("Ids or names of industries"),
  q_organization_keyword_tags: texts(),
  total_funding_range: amounts,
  latest_funding_amount_range: amounts,
  latest_funding_date_range: moments,
  q_organization_job_titles: texts(100).describe("Titles of job postings"),
  organization_job_locations: texts().describe("Locations of job postings"),
  organization_num_jobs_range: amounts.describe("Number of job postings"),
  organization_job_posted_at_range: moments,
  organization_not_locations: texts(),
};

export const companySearch = {
  ...companyFilters,
  prospected_by_current_team: z
    .array(fields.text(10))
    .max(2)
    .optional()
    .describe("`yes`: saved as an account; `no`: not saved yet"),
};

export const personSearch = {
  ...companyFilters,
  q_keywords: fields.text(200).optional().describe("Words in the name, title or company"),
  person_ids: z.array(fields.id).max(10_000).optional().describe("Cadenza's own: only these people"),
  linkedin_url: fields
    .text(2000)
    .optional()
    .describe("LinkedIn profile address in any spelling; other texts match no person"),
  person_linkedin_urls: z
    .array(fields.text(2000))
    .max(1000)
    .optional()
    .describe("Several LinkedIn profile addresses"),
  person_titles: texts(250).describe("`VP Sales` also finds `Vice President of Sales, Nordics`"),
  include_similar_titles: fields.flag
    .default(true)
    .describe("False: only exact titles, including equal spellings"),
  person_not_titles: texts(250).describe("Cadenza's own: skip these titles"),
  person_locations: texts(),
  person_seniorities: texts(50).describe(
    "Any of owner, founder, c_suite, partner, vp, head, director, manager, senior, entry, intern",
  ),
  person_departments: texts(100),
  person_department_or_subdepartments: texts(100).describe("Same as `person_departments`"),
  contact_email_status: texts(20).describe("Any of verified, unverified, likely to engage, unavailable"),
  contact_email_status_v2: texts(20).describe("Same as `contact_email_status`"),
  prospected_by_current_team: z
    .array(fields.text(10))
    .max(2)
    .optional()
    .describe("`yes`: saved as a contact; `no`: not saved yet"),
};
