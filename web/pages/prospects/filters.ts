// What people of the store can be narrowed by, as the filter bar shows it, and as the search is asked.

import type { Between, Choice, Filter, FilterField } from "../../parts/filters/filter.ts";
import { isHeld } from "../../parts/filters/filter.ts";
import type { Facets, ProspectSearch } from "./queries.ts";

/** `all`: what there is to choose from at all; `now`: how many of each the list has. */
export function prospectFields(all: Facets | undefined, now: Facets | undefined): FilterField[] {
  const counted = (kind: keyof Facets): Choice[] => {
    const counts = new Map(now?.[kind].map(({ value, count }) => [value, count]));
    const known = new Map([...(all?.[kind] ?? []), ...(now?.[kind] ?? [])].map((one) => [one.value, one]));
    return [...known.values()].map(({ value, display_name }) => ({
      value,
      label: display_name,
      count: counts.get(value),
    }));
  };
  return [
    { key: "title", name: "Title", kind: "words", placeholder: "plant manager, vp operations" },
    { key: "exact", name: "Title says", kind: "yesNo", yes: "exactly that", no: "that, and may say more" },
    { key: "notTitle", name: "Title lacks", kind: "words", placeholder: "assistant, intern" },
    { key: "seniority", name: "Rank", kind: "choices", choices: counted("person_seniorities") },
    { key: "department", name: "Department", kind: "choices", choices: counted("person_departments") },
    { key: "country", name: "Country", kind: "choices", choices: counted("person_locations") },
    { key: "place", name: "Place", kind: "words", placeholder: "Umeå; Chicago, US" },
    { key: "email", name: "Email", kind: "choices", choices: counted("contact_email_status") },
    { key: "company", name: "Company", kind: "words", placeholder: "Words of its name" },
    { key: "domain", name: "Company domain", kind: "words", placeholder: "norrland.example" },
    {
      key: "employees",
      name: "Employees",
      kind: "choices",
      choices: counted("organization_num_employees_ranges"),
    },
    {
      key: "industry",
      name: "Industry",
      kind: "choices",
      choices: counted("organization_industry_tag_ids"),
    },
    { key: "keywords", name: "Company keywords", kind: "words", placeholder: "cold chain, pumps" },
    {
      key: "companyCountry",
      name: "Company country",
      kind: "choices",
      choices: counted("organization_locations"),
    },
    { key: "companyPlace", name: "Company place", kind: "words", placeholder: "Bergen; Texas, US" },
    { key: "notCompanyPlace", name: "Company not in", kind: "words", placeholder: "Norway; Denmark" },
    {
      key: "technology",
      name: "Uses",
      kind: "choices",
      choices: counted("currently_using_any_of_technology_uids"),
    },
    {
      key: "notTechnology",
      name: "Does not use",
      kind: "choices",
      choices: counted("currently_using_any_of_technology_uids"),
    },
    { key: "revenue", name: "Revenue", kind: "numbers" },
    { key: "funding", name: "Total funding", kind: "numbers" },
    { key: "latestFunding", name: "Latest funding", kind: "numbers" },
    { key: "jobTitle", name: "Looks for", kind: "words", placeholder: "sales manager, welder" },
    { key: "jobPlace", name: "Looks in", kind: "words", placeholder: "Oslo; Sweden" },
    { key: "jobs", name: "Open positions", kind: "numbers" },
    { key: "jobsPosted", name: "Position posted", kind: "days" },
  ];
}

/** Which part of the store: all of it, whom the team has saved, or whom it has not. */
export type Part = "all" | "new" | "saved";

export function partOf(filter: Filter): Part {
  return filter.saved === "yes" ? "saved" : filter.saved === "no" ? "new" : "all";
}

export function withPart(filter: Filter, part: Part): Filter {
  return { ...filter, saved: part === "all" ? undefined : part === "saved" ? "yes" : "no" };
}

export function searchOf(filter: Filter, q: string): ProspectSearch {
  const chosen = (key: string) => (isHeld(filter[key]) ? [filter[key]].flat().map(String) : []);
  const listed = (key: string, apart: RegExp) =>
    isHeld(filter[key])
      ? String(filter[key])
          .split(apart)
          .map((one) => one.trim())
          .filter(Boolean)
      : [];
  const titles = (key: string) => listed(key, /[,;\n]/);
  const places = (key: string) => listed(key, /[;\n]/);
  return dropEmpty({
    q_keywords: q || undefined,
    person_titles: titles("title"),
    include_similar_titles: String(filter.exact) === "true" ? false : undefined,
    person_not_titles: titles("notTitle"),
    person_seniorities: chosen("seniority"),
    person_departments: chosen("department"),
    person_locations: [...chosen("country"), ...places("place")],
    contact_email_status: chosen("email"),
    prospected_by_current_team: chosen("saved"),
    q_organization_name: isHeld(filter.company) ? String(filter.company).slice(0, 200) : undefined,
    q_organization_domains_list: titles("domain"),
    organization_num_employees_ranges: chosen("employees"),
    organization_industry_tag_ids: chosen("industry"),
    q_organization_keyword_tags: titles("keywords"),
    organization_locations: [...chosen("companyCountry"), ...places("companyPlace")],
    organization_not_locations: places("notCompanyPlace"),
    currently_using_any_of_technology_uids: chosen("technology"),
    currently_not_using_any_of_technology_uids: chosen("notTechnology"),
    revenue_range: numbersOf(filter.revenue),
    total_funding_range: numbersOf(filter.funding),
    latest_funding_amount_range: numbersOf(filter.latestFunding),
    q_organization_job_titles: titles("jobTitle"),
    organization_job_locations: places("jobPlace"),
    organization_num_jobs_range: numbersOf(filter.jobs),
    organization_job_posted_at_range: daysOf(filter.jobsPosted),
  });
}

/** What asks for nothing is not sent. */
function dropEmpty(search: ProspectSearch): ProspectSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== undefined,
    ),
  );
}

function numbersOf(value: unknown) {
  if (!isHeld(value)) return undefined;
  const { min, max } = value as Between;
  return { ...(min && { min: Number(min) }), ...(max && { max: Number(max) }) };
}

/** Days are the viewer's own, from their first moment to their last. */
function daysOf(value: unknown) {
  if (!isHeld(value)) return undefined;
  const { min, max } = value as Between;
  return {
    ...(min && { min: asInstant(`${min}T00:00:00`) }),
    ...(max && { max: asInstant(`${max}T23:59:59.999`) }),
  };
}

function asInstant(text: string) {
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? "1970-01-01" : at.toISOString();
}
