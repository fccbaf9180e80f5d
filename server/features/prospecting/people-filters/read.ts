// What a caller says of whom to find, in our words: for searches, for counting, and for saving all whom a search finds.

import type { contract } from "@cadenza/contract";
import type { z } from "zod";
import { searchWords } from "../../../domain/basics/words.ts";
import { normalizeDomain } from "../../../domain/contacts/companies.ts";
import { profilesIn } from "../../../domain/contacts/profiles.ts";
import { readSizeRange } from "../../../domain/contacts/size-ranges.ts";
import { readMoment } from "../../../kernel/moments.ts";
import { Refusal } from "../../../kernel/refusal.ts";
import type { Amounts, CompanyFilter, Moments, PersonFilter } from "./store.ts";

export type PersonSearch = z.output<typeof contract.mixedPeople.facets.input>;
type CompanySearch = Omit<
  z.output<typeof contract.mixedCompanies.search.input>,
  "page" | "per_page" | "cursor"
>;

export function readPersonFilter(input: PersonSearch): PersonFilter {
  const emailStatuses = listOf([
    ...(input.contact_email_status ?? []),
    ...(input.contact_email_status_v2 ?? []),
  ]);
  return {
    ids: input.person_ids?.length ? input.person_ids : null,
    words: searchWords(input.q_keywords),
    profiles: profilesIn([input.linkedin_url, ...(input.person_linkedin_urls ?? [])]),
    titles: listOf(input.person_titles),
    withSimilarTitles: input.include_similar_titles,
    notTitles: listOf(input.person_not_titles),
    places: listOf(input.person_locations),
    seniorities: listOf(input.person_seniorities),
    departments: listOf([
      ...(input.person_departments ?? []),
      ...(input.person_department_or_subdepartments ?? []),
    ]),
    emailStatuses: emailStatuses?.map((status) => status.replace(/_/g, " ")) ?? null,
    isSaved: readSaved(input.prospected_by_current_team),
    company: readCompanyFilter({ ...input, prospected_by_current_team: undefined }),
  };
}

export function readCompanyFilter(input: CompanySearch): CompanyFilter {
  return {
    ids: listOf(input.organization_ids)?.map((id) => id.toLowerCase()) ?? null,
    nameWords: searchWords(input.q_organization_name),
    domains: readDomains(input),
    linkedinUrl: input.organization_linkedin_url?.trim() || null,
    employees: listOf(input.organization_num_employees_ranges)?.map(readRange) ?? null,
    revenue: readAmounts(input.revenue_range),
    places: listOf(input.organization_locations),
    notPlaces: listOf(input.organization_not_locations),
    technologiesAll: listOf(input.currently_using_all_of_technology_uids),
    technologiesAny: listOf(input.currently_using_any_of_technology_uids),
    technologiesNone: listOf(input.currently_not_using_any_of_technology_uids),
    industries: listOf(input.organization_industry_tag_ids),
    keywords: listOf(input.q_organization_keyword_tags),
    totalFunding: readAmounts(input.total_funding_range),
    latestFunding: readAmounts(input.latest_funding_amount_range),
    latestFundingAt: readMoments(input.latest_funding_date_range),
    jobTitles: listOf(input.q_organization_job_titles),
    jobPlaces: listOf(input.organization_job_locations),
    jobsPosted: readMoments(input.organization_job_posted_at_range),
    jobs: readAmounts(input.organization_num_jobs_range),
    isSaved: readSaved(input.prospected_by_current_team),
  };
}

/** An empty list filters nothing, as at Apollo; neither does an empty entry. */
function listOf(list: readonly string[] | undefined) {
  const told = list?.map((one) => one.trim()).filter(Boolean) ?? [];
  return told.length > 0 ? told : null;
}

function readDomains({ q_organization_domains_list: list, ...said }: CompanySearch) {
  const { q_organization_domains, organization_domains } = said;
  const older = q_organization_domains;
  const lines = typeof older === "string" ? older.split(/[\n,;]/) : (older ?? []);
  const told = listOf([...(list ?? []), ...(organization_domains ?? []), ...lines]);
  // An invalid domain finds nothing, rather than everything.
  return told?.map((domain) => normalizeDomain(domain) ?? domain.toLowerCase()) ?? null;
}

function readRange(text: string): Amounts {
  const range = readSizeRange(text);
  if (!range) throw new Refusal("search_invalid");
  return range;
}

const FARTHEST = 1e15;

/** No amount is outside these limits, so a larger one counts as the limit. */
function readAmounts(range: { min?: number | undefined; max?: number | undefined } | undefined): Amounts {
  const within = (value: number) => Math.min(FARTHEST, Math.max(-1, value));
  return {
    min: range?.min === undefined ? null : Math.ceil(within(range.min)),
    max: range?.max === undefined ? null : Math.floor(within(range.max)),
  };
}

function readMoments(range: { min?: string | undefined; max?: string | undefined } | undefined): Moments {
  return {
    min: range?.min === undefined ? null : readMoment(range.min),
    max: range?.max === undefined ? null : readMoment(range.max),
  };
}

const SAVED_WORDS: ReadonlySet<string> = new Set(["yes", "true", "no", "false"]);

/** Both words, or none, ask for everybody. Another word does not: who means net new would save everybody. */
function readSaved(words: readonly string[] | undefined) {
  const told = new Set(words?.map((word) => word.trim().toLowerCase()).filter(Boolean));
  if ([...told].some((word) => !SAVED_WORDS.has(word))) throw new Refusal("search_invalid");
  const yes = told.has("yes") || told.has("true");
  const no = told.has("no") || told.has("false");
  return yes === no ? null : yes;
}
