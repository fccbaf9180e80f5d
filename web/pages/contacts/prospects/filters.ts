// What people of the store can be narrowed by, as the filter bar shows it, and as the search is asked.

import { t } from "../../../language/t.ts";
import type { Between, FilterField, FilterOption, FilterValues } from "../../../parts/filters/filter.ts";
import { isHeld } from "../../../parts/filters/filter.ts";
import type { Facets, ProspectSearch } from "./queries.ts";

/** `all`: what there is to choose from at all; `now`: how many of each the list has. */
export function prospectFields(all: Facets | undefined, now: Facets | undefined): FilterField[] {
  const counted = (kind: keyof Facets): FilterOption[] => {
    const counts = new Map(now?.[kind].map(({ value, count }) => [value, count]));
    const known = new Map([...(all?.[kind] ?? []), ...(now?.[kind] ?? [])].map((one) => [one.value, one]));
    return [...known.values()].map(({ value, display_name }) => ({
      value,
      label: display_name,
      count: counts.get(value),
    }));
  };
  return [
    { key: "title", name: t("Title"), kind: "words", placeholder: t("plant manager, vp operations") },
    { key: "exact", name: t("Title match"), kind: "yesNo", yes: t("is exact"), no: t("includes similar") },
    { key: "notTitle", name: t("Title without"), kind: "words", placeholder: t("assistant, intern") },
    { key: "seniority", name: t("Seniority"), kind: "choices", choices: counted("person_seniorities") },
    { key: "department", name: t("Department"), kind: "choices", choices: counted("person_departments") },
    { key: "country", name: t("Country"), kind: "choices", choices: counted("person_locations") },
    { key: "place", name: t("Location"), kind: "words", placeholder: t("Umeå; Chicago, US") },
    { key: "email", name: t("Email"), kind: "choices", choices: counted("contact_email_status") },
    { key: "company", name: t("Company"), kind: "words", placeholder: t("Company name") },
    { key: "domain", name: t("Company domain"), kind: "words", placeholder: "norrland.example" },
    {
      key: "employees",
      name: t("Employees"),
      kind: "choices",
      choices: counted("organization_num_employees_ranges"),
    },
    {
      key: "industry",
      name: t("Industry"),
      kind: "choices",
      choices: counted("organization_industry_tag_ids"),
    },
    { key: "keywords", name: t("Company keywords"), kind: "words", placeholder: t("cold chain, pumps") },
    {
      key: "companyCountry",
      name: t("Company country"),
      kind: "choices",
      choices: counted("organization_locations"),
    },
    { key: "companyPlace", name: t("Company location"), kind: "words", placeholder: t("Bergen; Texas, US") },
    { key: "notCompanyPlace", name: t("Company not in"), kind: "words", placeholder: t("Norway; Denmark") },
    {
      key: "technology",
      name: t("Uses"),
      kind: "choices",
      choices: counted("currently_using_any_of_technology_uids"),
    },
    {
      key: "notTechnology",
      name: t("Does not use"),
      kind: "choices",
      choices: counted("currently_using_any_of_technology_uids"),
    },
    { key: "revenue", name: t("Revenue"), kind: "numbers" },
    { key: "funding", name: t("Total funding"), kind: "numbers" },
    { key: "latestFunding", name: t("Latest funding"), kind: "numbers" },
    { key: "jobTitle", name: t("Open position"), kind: "words", placeholder: t("sales manager, welder") },
    { key: "jobPlace", name: t("Position location"), kind: "words", placeholder: t("Oslo; Sweden") },
    { key: "jobs", name: t("Number of open positions"), kind: "numbers" },
    { key: "jobsPosted", name: t("Position posted"), kind: "days" },
  ];
}

/** Which part of the store: all of it, whom the team has saved, or whom it has not. */
export type PeopleScope = "all" | "new" | "saved";

export function partOf(filter: FilterValues): PeopleScope {
  return filter.saved === "yes" ? "saved" : filter.saved === "no" ? "new" : "all";
}

export function withPart(filter: FilterValues, part: PeopleScope): FilterValues {
  return { ...filter, saved: part === "all" ? undefined : part === "saved" ? "yes" : "no" };
}

export function searchOf(filter: FilterValues, q: string): ProspectSearch {
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
