// What a search says of itself: one crumb for each value of each filter that was understood.

type Search = Readonly<Record<string, unknown>>;
type Crumb = { label: string; signal_field_name: string; value: string | boolean; display_name: string };

const TEXTS: Record<string, string> = {
  q_keywords: "Contains Keywords",
  q_organization_name: "Company Name",
  organization_linkedin_url: "Company LinkedIn",
  linkedin_url: "LinkedIn",
};

const LISTS: Record<string, string> = {
  person_titles: "Job Titles",
  person_not_titles: "Excluded Job Titles",
  person_locations: "Location",
  person_seniorities: "Management Level",
  person_departments: "Departments & Job Function",
  person_department_or_subdepartments: "Departments & Job Function",
  contact_email_status: "Email Status",
  contact_email_status_v2: "Email Status",
  prospected_by_current_team: "Saved",
  person_ids: "Person",
  person_linkedin_urls: "LinkedIn",
  organization_ids: "Company",
  q_organization_domains_list: "Company Domains",
  organization_domains: "Company Domains",
  organization_num_employees_ranges: "# Employees",
  organization_locations: "Company Locations",
  organization_not_locations: "Excluded Company Locations",
  currently_using_all_of_technology_uids: "Technologies",
  currently_using_any_of_technology_uids: "Technologies",
  currently_not_using_any_of_technology_uids: "Excluded Technologies",
  organization_industry_tag_ids: "Industry",
  q_organization_keyword_tags: "Company Keywords",
  q_organization_job_titles: "Job Postings",
  organization_job_locations: "Job Posting Locations",
};

const RANGES: Record<string, string> = {
  revenue_range: "Revenue",
  total_funding_range: "Total Funding",
  latest_funding_amount_range: "Latest Funding",
  latest_funding_date_range: "Latest Funding Date",
  organization_num_jobs_range: "# Job Postings",
  organization_job_posted_at_range: "Job Posted At",
};

export function presentPeopleCrumbs(search: Search): Crumb[] {
  return [
    ...Object.entries(TEXTS).flatMap(([field, label]) => {
      const value = search[field];
      return typeof value === "string" && value.trim() !== "" ? [crumb(label, field, value, value)] : [];
    }),
    ...Object.entries(LISTS).flatMap(([field, label]) =>
      listOf(search[field]).map((value) =>
        crumb(label, field, value, field === EMPLOYEES ? value.replace(/(?<!\s)\s*,\s*/, "-") : value),
      ),
    ),
    ...domainsIn(search.q_organization_domains).map((value) =>
      crumb("Company Domains", "q_organization_domains", value, value),
    ),
    ...Object.entries(RANGES).flatMap(([field, label]) => rangeCrumbs(label, field, search[field])),
  ];
}

const EMPLOYEES = "organization_num_employees_ranges";

function crumb(label: string, field: string, value: string, name: string): Crumb {
  return { label, signal_field_name: field, value, display_name: name };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function domainsIn(value: unknown) {
  const lines = typeof value === "string" ? value.split(/[\n,;]/) : listOf(value);
  return lines.map((line) => line.trim()).filter(Boolean);
}

function rangeCrumbs(label: string, field: string, range: unknown): Crumb[] {
  const { min, max } = (range ?? {}) as { min?: string | number; max?: string | number };
  const said = (end: string | number, low: string, high: string) =>
    `${typeof end === "number" ? low : high} ${end}`;
  return [
    ...(min === undefined ? [] : [crumb(label, field, String(min), said(min, "At least", "After"))]),
    ...(max === undefined ? [] : [crumb(label, field, String(max), said(max, "At most", "Before"))]),
  ];
}
