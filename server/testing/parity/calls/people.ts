// People and companies to find, users, mailboxes, credits.

import type { Calls } from "../calls.ts";

const REVEAL = { reveal_personal_emails: true, reveal_phone_number: true, run_waterfall_email: true };
const LATER = { run_waterfall_phone: true, webhook_url: "https://hooks.example/parity" };

export const people: Calls = {
  "POST /people/match": (at) => [
    { query: { email: "ines@kraft.example", reveal_personal_emails: true } },
    { query: { id: at.person } },
    { query: { first_name: "Ines", last_name: "Okafor", organization_name: "Kraft" } },
    { query: { name: "Ines Okafor", domain: "kraft.example" } },
    { query: { hashed_email: at.hash } },
    { query: { linkedin_url: "https://www.linkedin.com/in/ines-okafor" } },
    { query: { email: "ines@kraft.example", ...REVEAL, ...LATER } },
    { query: { email: "ines@kraft.example", run_waterfall_phone: true } },
    { query: { email: "ines@kraft.example", run_waterfall_email: true } },
    { query: { email: "ada@kraft-group.example" } },
  ],
  "POST /people/bulk_match": (at) => [
    {
      query: { reveal_personal_emails: true, reveal_phone_number: true, ...LATER },
      body: { details: [{ email: "ines@kraft.example" }] },
    },
    { query: { run_waterfall_email: true }, body: { details: [{ id: at.person }] } },
    { query: { run_waterfall_phone: true }, body: { details: [{ id: at.person }] } },
    { body: { details: [{ first_name: "Ines", last_name: "Okafor", organization_name: "Kraft" }] } },
    { body: { details: [{ name: "Ines Okafor", domain: "kraft.example" }] } },
    { body: { details: [{ hashed_email: at.hash }] } },
    { body: { details: [{ linkedin_url: "https://www.linkedin.com/in/ines-okafor" }] } },
  ],
  "GET /organizations/enrich": () => [
    { query: { domain: "kraft.example" } },
    { query: { linkedin_url: "https://www.linkedin.com/company/kraft" } },
    { query: { name: "Kraft" } },
    { query: { website: "https://kraft.example" } },
    { query: { domain: "kraft-group.example" } },
  ],
  "POST /organizations/bulk_enrich": () => [
    { query: { "domains[]": ["kraft.example", "kraft-group.example"] } },
    { body: { details: [{ domain: "kraft.example" }] } },
    { body: { details: [{ linkedin_url: "https://www.linkedin.com/company/kraft" }] } },
    { body: { details: [{ name: "Kraft" }] } },
    { body: { details: [{ website: "https://kraft.example" }] } },
  ],
  "POST /mixed_people/api_search": (at) => [
    { query: { "person_titles[]": ["Manager"], include_similar_titles: false } },
    ...each({
      "person_titles[]": ["buyer"],
      q_keywords: "Halvorsen",
      "person_locations[]": ["Oslo"],
      "person_seniorities[]": ["owner"],
      "organization_locations[]": ["Norway"],
      "q_organization_domains_list[]": ["borealis.example"],
      "contact_email_status[]": ["unavailable"],
      "organization_ids[]": [at.other],
      "organization_num_employees_ranges[]": ["1,10"],
      "revenue_range[min]": 90_000_000,
      "revenue_range[max]": 1000,
      "currently_using_all_of_technology_uids[]": ["oracle"],
      "currently_using_any_of_technology_uids[]": ["oracle"],
      "currently_not_using_any_of_technology_uids[]": ["sap"],
      "q_organization_job_titles[]": ["buyer"],
      "organization_job_locations[]": ["Oslo"],
      "organization_num_jobs_range[min]": 50,
      "organization_num_jobs_range[max]": 0,
      "organization_job_posted_at_range[min]": "2100-01-01",
      "organization_job_posted_at_range[max]": "2000-01-01",
      page: 2,
      per_page: 1,
    }),
    {},
  ],
  "POST /mixed_companies/search": (at) => [
    ...each({
      "q_organization_domains_list[]": ["borealis.example"],
      "organization_num_employees_ranges[]": ["1,10"],
      "organization_locations[]": ["Norway"],
      "organization_not_locations[]": ["Sweden"],
      "revenue_range[min]": 90_000_000,
      "revenue_range[max]": 1000,
      "currently_using_any_of_technology_uids[]": ["oracle"],
      "q_organization_keyword_tags[]": ["mining"],
      q_organization_name: "Borealis",
      "organization_ids[]": [at.other],
      "latest_funding_amount_range[min]": 90_000_000,
      "latest_funding_amount_range[max]": 10,
      "total_funding_range[min]": 90_000_000,
      "total_funding_range[max]": 10,
      "latest_funding_date_range[min]": "2100-01-01",
      "latest_funding_date_range[max]": "2000-01-01",
      "q_organization_job_titles[]": ["buyer"],
      "organization_job_locations[]": ["Oslo"],
      "organization_num_jobs_range[min]": 50,
      "organization_num_jobs_range[max]": 0,
      "organization_job_posted_at_range[min]": "2100-01-01",
      "organization_job_posted_at_range[max]": "2000-01-01",
      page: 2,
      per_page: 1,
    }),
    {},
  ],
  "GET /organizations/{organization_id}/job_postings": (at) => [
    { path: { organization_id: at.company }, query: { page: 2 } },
    { path: { organization_id: at.company }, query: { page: 2, per_page: 1 } },
    { path: { organization_id: at.company } },
  ],
  "GET /organizations/{id}": (at) => [{ path: { id: at.company } }],
  "GET /people/{id}": (at) => [{ path: { id: at.person } }],
  "POST /news_articles/search": (at) => [
    ...each(
      {
        "categories[]": ["launches"],
        "published_at[min]": "2100-01-01",
        "published_at[max]": "2000-01-01",
        page: 2,
        per_page: 1,
      },
      { "organization_ids[]": [at.company] },
    ),
    { query: { "organization_ids[]": [at.company] } },
  ],
  "GET /webhook_result/{request_id}": (at) => [{ path: { request_id: at.requestId } }],
  "GET /users/search": () => [...each({ page: 2, per_page: 1 }), {}],
  "GET /users/api_profile": () => [{ query: { include_credit_usage: true } }, {}],
  "GET /email_accounts": () => [{}],
  "POST /usage_stats/credit_usage_stats": () => [{}],
  "POST /usage_stats/api_usage_stats": () => [{}],
};

/** One call for each parameter, by itself: what a filter leaves out shows against the call without it. */
export function each(parameters: Record<string, unknown>, rest: Record<string, unknown> = {}) {
  return Object.entries(parameters).map(([name, value]) => ({ query: { ...rest, [name]: value } }));
}
