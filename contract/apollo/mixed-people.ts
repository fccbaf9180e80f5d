// Searches the people database. A result shows who a person is and where they work; the full name and the email address are
// for callers that save the person.

import { z } from "zod";
import { endpoint } from "../endpoint.ts";
import * as fields from "../fields.ts";
import { organization } from "./organization.ts";
import { companySearch, personSearch } from "./person-filters.ts";

const text = z.string().nullable();

export const foundPerson = z.strictObject({
  id: fields.id,
  first_name: text,
  last_name_obfuscated: text,
  title: text,
  last_refreshed_at: fields.stamp,
  has_email: z.boolean(),
  has_city: z.boolean(),
  has_state: z.boolean(),
  has_country: z.boolean(),
  has_direct_phone: z.enum(["Yes", "No"]),
  contact_id: text.describe("Cadenza's own: id of the saved contact"),
  organization: z
    .strictObject({
      name: text,
      has_industry: z.boolean(),
      has_phone: z.boolean(),
      has_city: z.boolean(),
      has_state: z.boolean(),
      has_country: z.boolean(),
      has_zip_code: z.boolean(),
      has_revenue: z.boolean(),
      has_employee_count: z.boolean(),
    })
    .nullable(),
});

/** Apollo prints them of a degree or a job, and its examples have null in each. */
const untold = {
  created_at: z.null(),
  updated_at: z.null(),
  degree: z.null(),
  description: z.null(),
  emails: z.null(),
  grade_level: z.null(),
  kind: z.null(),
  major: z.null(),
  raw_address: z.null(),
};

export const employment = z.strictObject({
  _id: z.string(),
  id: z.string(),
  key: z.string(),
  current: z.boolean(),
  title: text,
  organization_id: text,
  organization_name: text,
  start_date: text,
  end_date: text,
  ...untold,
});

export const person = z.strictObject({
  id: fields.id,
  first_name: text,
  last_name: text.describe("Only first and last letter until the person is saved"),
  name: text,
  linkedin_url: text.describe("null until the person is saved"),
  title: text,
  email: text.describe("`email_not_unlocked@domain.com` until the person is saved; null if unknown"),
  email_status: text,
  headline: text,
  photo_url: text,
  city: text,
  state: text,
  country: text,
  time_zone: text,
  seniority: text,
  departments: z.array(z.string()),
  subdepartments: z.array(z.string()),
  functions: z.array(z.string()),
  employment_history: z.array(employment),
  organization_id: text,
  organization_name: text,
  organization: organization.nullable(),
  contact_id: text,
  revealed_for_current_team: z.boolean(),
  has_direct_phone: z.boolean().describe("Cadenza's own: whether a phone number is known"),
  source: z.string().describe("Cadenza's own: data source; `sample` for invented people"),
  last_refreshed_at: fields.stamp.describe("Cadenza's own: time of the last update"),
});

const furniture = {
  breadcrumbs: z.array(fields.breadcrumb),
  partial_results_only: z.boolean(),
  ...fields.partialResults,
  pagination: fields.paginationOn,
  model_ids: z.array(fields.id).describe("In the order they were found"),
  num_fetch_result: z.null(),
};

const cursor = fields
  .text(100)
  .optional()
  .describe("Cadenza's own: continues after the last result of a page, also beyond 50,000");

const facet = z.array(z.strictObject({ value: z.string(), display_name: z.string(), count: z.int() }));

export const mixedPeople = {
  search: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/mixed_people/api_search",
    scope: "mixed_people/api_search",
    oauth: "mixed_people_api_search",
    access: "scoped",
    effect: "read",
    summary: "Search people in the people database",
    description:
      "Shows names and employers, no email addresses. Free of charge. Totals and pages stop at 50,000; `next_cursor` reaches all.",
    input: z.object({ ...fields.paging, ...personSearch, cursor }),
    output: z.strictObject({
      total_entries: z.int(),
      people: z.array(foundPerson),
      next_cursor: z.string().nullable().describe("Cadenza's own: send it as `cursor` for the next page"),
    }),
  }),

  searchWhole: endpoint({
    method: "POST",
    also: ["GET"],
    path: "/mixed_people/search",
    scope: "mixed_people/search",
    oauth: "mixed_people_search",
    access: "scoped",
    effect: "read",
    summary: "Search people (Apollo's older search)",
    description: "Free of charge. `contacts` are people your team has saved, `people` are all others.",
    input: z.object({ ...fields.paging, ...personSearch, cursor }),
    output: z.strictObject({ ...furniture, contacts: z.array(person), people: z.array(person) }),
  }),

  facets: endpoint({
    method: "POST",
    path: "/mixed_people/facets",
    scope: "mixed_people/facets",
    access: "scoped",
    effect: "read",
    summary: "Count the results of a people search by filter value",
    description: "Shows the most frequent values. Above 50,000 people, 50,000 are counted.",
    input: z.object(personSearch),
    output: z.strictObject({
      facets: z.strictObject({
        person_seniorities: facet,
        person_departments: facet,
        person_locations: facet,
        contact_email_status: facet,
        prospected_by_current_team: facet,
        organization_num_employees_ranges: facet,
        organization_locations: facet,
        organization_industry_tag_ids: facet,
        currently_using_any_of_technology_uids: facet,
      }),
      total_entries: z.int(),
      partial_results_only: z.boolean(),
    }),
  }),
};

export const mixedCompanies = {
  search: endpoint({
    method: "POST",
    path: "/mixed_companies/search",
    scope: "mixed_companies/search",
    oauth: "mixed_companies_search",
    access: "scoped",
    effect: "write",
    summary: "Search companies in the people database",
    description:
      "A page with results costs one credit, an empty page none. `accounts` are companies your team has saved, `organizations` are all others.",
    input: z.object({ ...fields.paging, ...companySearch, cursor }),
    output: z.strictObject({
      ...furniture,
      accounts: z.array(organization),
      organizations: z.array(organization),
      derived_params: z.null(),
    }),
  }),
};

export const organizations = {
  jobPostings: endpoint({
    method: "GET",
    path: "/organizations/{id}/job_postings",
    scope: "organizations/job_postings",
    oauth: "organizations_job_posting",
    access: "scoped",
    effect: "read",
    summary: "List a company's job postings",
    description: "Newest first.",
    input: z.object({ id: fields.id, ...fields.paging }),
    output: z.strictObject({
      organization_job_postings: z.array(
        z.strictObject({
          id: fields.id,
          title: z.string(),
          url: text,
          city: text,
          state: text,
          country: text,
          last_seen_at: fields.stamp,
          posted_at: fields.stamp,
        }),
      ),
    }),
  }),
};

export const newsArticles = {
  search: endpoint({
    method: "POST",
    path: "/news_articles/search",
    scope: "news_articles/search",
    oauth: "organizations_news_articles",
    access: "scoped",
    effect: "write",
    summary: "Search news about companies",
    description:
      "Newest first. Every 25 articles on a page, or part of them, cost one credit. An empty page is free.",
    input: z.object({
      organization_ids: z.array(fields.id).min(1, "must name at least one company").max(1000),
      categories: z.array(fields.text(100)).max(100).optional(),
      published_at: z.object({ min: fields.moment.optional(), max: fields.moment.optional() }).optional(),
      ...fields.paging,
    }),
    output: z.strictObject({
      pagination: fields.pagination,
      news_articles: z.array(
        z.strictObject({
          id: fields.id,
          url: text,
          domain: text,
          title: z.string(),
          snippet: text,
          organization_ids: z.array(fields.id),
          published_at: fields.stamp,
          event_categories: z.array(z.string()),
        }),
      ),
    }),
  }),
};
