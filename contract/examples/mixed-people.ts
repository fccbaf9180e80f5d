import type { Example } from "../endpoint.ts";

const PERSON = "64f0aa0000000000000000f1";
const ORGANIZATION = "64f0aa0000000000000000f2";
const AT = "2026-02-03T08:00:00.000Z";

export const organization = {
  id: ORGANIZATION,
  name: "Norrland Kraft",
  website_url: "https://kraft.example",
  blog_url: null,
  angellist_url: null,
  linkedin_url: null,
  linkedin_uid: null,
  twitter_url: null,
  facebook_url: null,
  crunchbase_url: null,
  primary_phone: {},
  phone: null,
  sanitized_phone: null,
  languages: [],
  num_languages: 0,
  alexa_ranking: null,
  founded_year: 1974,
  publicly_traded_symbol: null,
  publicly_traded_exchange: null,
  logo_url: null,
  primary_domain: "kraft.example",
  industry: "utilities",
  industries: ["utilities"],
  secondary_industries: [],
  keywords: ["pumps"],
  estimated_num_employees: 120,
  snippets_loaded: true,
  industry_tag_id: "c1d0e9f8a7b6c5d4e3f2a1b0",
  industry_tag_hash: { utilities: "c1d0e9f8a7b6c5d4e3f2a1b0" },
  retail_location_count: null,
  num_retail_locations: null,
  raw_address: "Umeå, Sweden",
  street_address: null,
  city: "Umeå",
  state: null,
  postal_code: null,
  country: "Sweden",
  owned_by_organization_id: null,
  seo_description: null,
  short_description: null,
  suborganizations: [],
  num_suborganizations: 0,
  annual_revenue: 40_000_000,
  annual_revenue_printed: "40M",
  total_funding: null,
  total_funding_printed: null,
  latest_funding_amount: null,
  latest_funding_round_date: null,
  latest_funding_stage: null,
  funding_events: [],
  technology_names: ["Sap"],
  current_technologies: [{ uid: "sap", name: "Sap", category: null }],
  departmental_head_count: {},
  organization_headcount_six_month_growth: null,
  organization_headcount_twelve_month_growth: null,
  organization_headcount_twenty_four_month_growth: null,
  num_jobs: 1,
  account_id: null,
  source: "file",
};

const pagination = { page: 1, per_page: 25, total_entries: 1, total_pages: 1 };

const furniture = (crumbs: readonly object[], id: string) => ({
  breadcrumbs: crumbs,
  partial_results_only: false,
  has_join: false,
  disable_eu_prospecting: false,
  partial_results_limit: 10_000,
  pagination: { ...pagination, next_cursor: null },
  model_ids: [id],
  num_fetch_result: null,
});

const crumb = (label: string, signal_field_name: string, value: string, display_name = value) => ({
  label,
  signal_field_name,
  value,
  display_name,
});

export const mixedPeople: Record<string, readonly Example[]> = {
  "mixedPeople.search": [
    {
      title: "Who runs plants in Sweden, at companies of 50 to 500",
      input: {
        person_titles: ["plant manager", "vp operations"],
        person_locations: ["Sweden"],
        organization_num_employees_ranges: ["51,500"],
      },
      answer: {
        total_entries: 1,
        people: [
          {
            id: PERSON,
            first_name: "Ines",
            last_name_obfuscated: "Ok***r",
            title: "VP of Operations",
            last_refreshed_at: AT,
            has_email: true,
            has_city: true,
            has_state: false,
            has_country: true,
            has_direct_phone: "Yes",
            contact_id: null,
            organization: {
              name: "Norrland Kraft",
              has_industry: true,
              has_phone: false,
              has_city: true,
              has_state: false,
              has_country: true,
              has_zip_code: false,
              has_revenue: true,
              has_employee_count: true,
            },
          },
        ],
        next_cursor: null,
      },
    },
  ],
  "mixedPeople.searchWhole": [
    {
      title: "Net new people, by rank",
      input: { person_seniorities: ["vp"], prospected_by_current_team: ["no"] },
      answer: {
        ...furniture(
          [
            crumb("Management Level", "person_seniorities", "vp"),
            crumb("Saved", "prospected_by_current_team", "no"),
          ],
          PERSON,
        ),
        contacts: [],
        people: [
          {
            id: PERSON,
            first_name: "Ines",
            last_name: "Ok***r",
            name: "Ines Ok***r",
            linkedin_url: null,
            title: "VP of Operations",
            email: "email_not_unlocked@domain.com",
            email_status: "verified",
            headline: null,
            photo_url: null,
            city: "Umeå",
            state: null,
            country: "Sweden",
            time_zone: null,
            seniority: "vp",
            departments: ["operations"],
            subdepartments: [],
            functions: [],
            employment_history: [
              {
                _id: "64f0aa000000000000000000",
                id: "64f0aa000000000000000000",
                key: "64f0aa000000000000000000",
                current: true,
                title: "VP of Operations",
                organization_id: ORGANIZATION,
                organization_name: "Norrland Kraft",
                start_date: "2024-03-01",
                end_date: null,
              },
            ],
            organization_id: ORGANIZATION,
            organization_name: "Norrland Kraft",
            organization,
            contact_id: null,
            revealed_for_current_team: false,
            has_direct_phone: true,
            source: "file",
            last_refreshed_at: AT,
          },
        ],
      },
    },
  ],
  "mixedPeople.facets": [
    {
      title: "What managers in Norway can be narrowed to",
      input: { person_titles: ["manager"], person_locations: ["Norway"] },
      answer: {
        facets: {
          person_seniorities: [{ value: "manager", display_name: "Manager", count: 2 }],
          person_departments: [{ value: "operations", display_name: "Operations", count: 2 }],
          person_locations: [{ value: "Norway", display_name: "Norway", count: 2 }],
          contact_email_status: [{ value: "verified", display_name: "Verified", count: 2 }],
          prospected_by_current_team: [{ value: "no", display_name: "Net new", count: 2 }],
          organization_num_employees_ranges: [{ value: "501,1000", display_name: "501–1000", count: 2 }],
          organization_locations: [{ value: "Norway", display_name: "Norway", count: 2 }],
          organization_industry_tag_ids: [
            { value: "c1d0e9f8a7b6c5d4e3f2a1b0", display_name: "food production", count: 2 },
          ],
          currently_using_any_of_technology_uids: [{ value: "sap", display_name: "Sap", count: 2 }],
        },
        total_entries: 2,
        partial_results_only: false,
      },
    },
  ],
  "mixedCompanies.search": [
    {
      title: "Companies in Sweden that look for people",
      input: { organization_locations: ["Sweden"], organization_num_jobs_range: { min: 1 } },
      answer: {
        ...furniture(
          [
            crumb("Company Locations", "organization_locations", "Sweden"),
            crumb("# Job Postings", "organization_num_jobs_range", "1", "At least 1"),
          ],
          ORGANIZATION,
        ),
        accounts: [],
        organizations: [organization],
        derived_params: null,
      },
    },
  ],
  "organizations.jobPostings": [
    {
      title: "Whom a company looks for",
      input: { id: ORGANIZATION },
      answer: {
        organization_job_postings: [
          {
            id: "64f0aa0000000000000000f3",
            title: "VP Sales",
            url: "https://kraft.example/jobs/1",
            city: "Oslo",
            state: null,
            country: "Norway",
            last_seen_at: AT,
            posted_at: "2026-02-01T08:00:00.000Z",
          },
        ],
      },
    },
  ],
  "newsArticles.search": [
    {
      title: "Whom it hires",
      input: { organization_ids: [ORGANIZATION], categories: ["hires"] },
      answer: {
        pagination,
        news_articles: [
          {
            id: "64f0aa0000000000000000f4",
            url: "https://gazette.example/1",
            domain: "gazette.example",
            title: "Norrland Kraft hires",
            snippet: "Ten welders are looked for.",
            organization_ids: [ORGANIZATION],
            published_at: AT,
            event_categories: ["hires"],
          },
        ],
      },
    },
  ],
  "prospecting.addToContacts": [
    {
      title: "Somebody who was found is saved, and put on a list",
      input: { person_ids: [PERSON], label_names: ["Nordic plants"] },
      answer: {
        contacts: [{ person_id: PERSON, contact_id: "64f0aa0000000000000000c1", outcome: "created" }],
        not_found_person_ids: [],
        left_out_person_ids: [],
        counts: { created: 1, linked: 0, saved_already: 0, without_email: 0 },
        credits: { least: 1, expected: 1, most: 1, charged: 1 },
        partial_results_only: false,
      },
    },
  ],
  "inventedPeople.remove": [
    {
      title: "The store without those who are made up",
      input: {},
      answer: {
        removed: { people: 100_000, organizations: 10_000 },
        entity_progress_job: {
          id: "64f0aa0000000000000000eb",
          user_id: "64f0aa000000000000000002",
          job_type: "remove_invented_people",
          entity_ids: ["000000000000000000000000"],
          params: {},
          progress: 0,
          batch_size: 1,
        },
      },
    },
  ],
};
