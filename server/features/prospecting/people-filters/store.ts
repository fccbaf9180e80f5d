// The conditions of a search for people or companies.
//
// Only requested conditions are in the statement. Most are about marks (see the migration that makes them), and one
// index answers all that are about a person's marks and their company's light ones. Other facts of a company are looked
// up in companies first, of which there are a tenth.

import { isSavedAsAccount } from "../../contacts/company-ties/store.ts";
import { withProfiles } from "../../contacts/contact-filters/store.ts";

/** Keeps a value as a parameter and answers its place. Conditions hold nothing else of what a caller sent. */
export type BindParameter = (value: unknown) => string;
export type Amounts = { min: number | null; max: number | null };
export type Moments = { min: Temporal.Instant | null; max: Temporal.Instant | null };

export type CompanyFilter = {
  ids: readonly string[] | null;
  /** Parts that must each occur in the name or the domain, in lower case. */
  nameWords: readonly string[];
  domains: readonly string[] | null;
  linkedinUrl: string | null;
  employees: readonly Amounts[] | null;
  revenue: Amounts;
  places: readonly string[] | null;
  notPlaces: readonly string[] | null;
  technologiesAll: readonly string[] | null;
  technologiesAny: readonly string[] | null;
  technologiesNone: readonly string[] | null;
  industries: readonly string[] | null;
  keywords: readonly string[] | null;
  totalFunding: Amounts;
  latestFunding: Amounts;
  latestFundingAt: Moments;
  jobTitles: readonly string[] | null;
  jobPlaces: readonly string[] | null;
  jobsPosted: Moments;
  jobs: Amounts;
  isSaved: boolean | null;
};

export type PersonFilter = {
  ids: readonly string[] | null;
  words: readonly string[];
  profiles: readonly string[] | null;
  titles: readonly string[] | null;
  withSimilarTitles: boolean;
  notTitles: readonly string[] | null;
  places: readonly string[] | null;
  seniorities: readonly string[] | null;
  departments: readonly string[] | null;
  emailStatuses: readonly string[] | null;
  isSaved: boolean | null;
  company: CompanyFilter;
};

export function peopleWhere(filter: PersonFilter, keep: BindParameter): string {
  const { company } = filter;
  return all([
    "p.team_id = $1",
    ...when(filter.ids, (ids) => `p.id = any (${keep(ids)}::text[])`),
    ...when(filter.profiles, (urls) => withProfiles("p", keep(urls))),
    ...when(filter.titles, (titles) =>
      filter.withSimilarTitles ? anyTitle("p.marks", titles, keep) : sameTitle(titles, keep),
    ),
    ...when(filter.notTitles, (titles) => `not ${anyTitle("p.marks", titles, keep)}`),
    ...when(filter.seniorities, (values) => `p.marks && ${marks("seniority", values, keep)}`),
    ...when(filter.departments, (values) => `p.marks && ${marks("department", values, keep)}`),
    ...when(filter.emailStatuses, (values) => `p.marks && ${marks("email status", values, keep)}`),
    ...when(filter.places, (places) => `p.marks && ${placeMarks("person place", places, keep)}`),
    ...filter.words.map((word) => `p.words like ${keep(patternOf(word))}`),
    ...when(
      company.places,
      (places) => `p.organization_marks && ${placeMarks("company place", places, keep)}`,
    ),
    ...when(
      company.notPlaces,
      (places) => `not (p.organization_marks && ${placeMarks("company place", places, keep)})`,
    ),
    ...when(company.industries, (values) => `p.organization_marks && ${marks("industry", values, keep)}`),
    ...when(company.employees, (ranges) =>
      between("p.organization_marks", "employees", "p.organization_employees", ranges, keep),
    ),
    ...ranged(company.revenue, (range) =>
      between("p.organization_marks", "revenue", "p.organization_revenue", [range], keep),
    ),
    ...when(company.ids, (ids) => `p.organization_id = any (${keep(ids)}::text[])`),
    ...ofCompanies(company, keep),
    ...when(filter.isSaved, (isSaved) => `${isSaved ? "" : "not "}${SAVED_PERSON}`),
  ]);
}

const SAVED_PERSON = "exists (select from team_contacts c where c.team_id = $1 and c.person_id = p.id)";

export function companiesWhere(filter: CompanyFilter, keep: BindParameter): string {
  return all([
    "o.team_id = $1",
    ...when(filter.ids, (ids) => `o.id = any (${keep(ids)}::text[])`),
    ...when(filter.places, (places) => `o.marks && ${placeMarks("company place", places, keep)}`),
    ...when(filter.notPlaces, (places) => `not (o.marks && ${placeMarks("company place", places, keep)})`),
    ...when(filter.industries, (values) => `o.marks && ${marks("industry", values, keep)}`),
    ...when(filter.employees, (ranges) =>
      between("o.marks", "employees", "o.estimated_num_employees", ranges, keep),
    ),
    ...ranged(filter.revenue, (range) => between("o.marks", "revenue", "o.annual_revenue", [range], keep)),
    ...knownToCompanies(filter, keep),
    ...when(filter.isSaved, (isSaved) => `${isSaved ? "" : "not "}${isSavedAsAccount("o")}`),
  ]);
}

/** What people do not carry themselves. */
function ofCompanies(filter: CompanyFilter, keep: BindParameter) {
  const conditions = knownToCompanies(filter, keep);
  if (conditions.length === 0) return [];
  return [
    `p.organization_id in (select o.id from team_organizations o where ${all(["o.team_id = $1", ...conditions])})`,
  ];
}

function knownToCompanies(filter: CompanyFilter, keep: BindParameter): string[] {
  return [
    ...filter.nameWords.map((word) => `o.words like ${keep(patternOf(word))}`),
    ...when(filter.domains, (domains) => `o.domain = any (${keep(domains)}::text[])`),
    ...when(
      filter.linkedinUrl,
      (url) =>
        `o.linkedin_url is not null and linkedin_key(o.linkedin_url) = linkedin_key(${keep(url)}::text)`,
    ),
    ...when(filter.technologiesAll, (uids) => `o.marks @> ${marks("technology", uids, keep)}`),
    ...when(filter.technologiesAny, (uids) => `o.marks && ${marks("technology", uids, keep)}`),
    ...when(filter.technologiesNone, (uids) => `not (o.marks && ${marks("technology", uids, keep)})`),
    ...when(filter.keywords, (values) => `o.marks && ${marks("keyword", values, keep)}`),
    ...amounts("o.total_funding", filter.totalFunding, keep),
    ...amounts("o.latest_funding_amount", filter.latestFunding, keep),
    ...when(
      filter.latestFundingAt.min,
      (at) => `o.latest_funding_round_date >= (${keep(at)}::timestamptz at time zone 'UTC')::date`,
    ),
    ...when(
      filter.latestFundingAt.max,
      (at) => `o.latest_funding_round_date <= (${keep(at)}::timestamptz at time zone 'UTC')::date`,
    ),
    ...amounts("o.num_jobs", filter.jobs, keep),
    ...byJobs(filter, keep),
  ];
}

/** One open position must fit all that is asked of positions. */
function byJobs({ jobTitles, jobPlaces, jobsPosted }: CompanyFilter, keep: BindParameter) {
  const conditions = [
    ...when(jobTitles, (titles) => anyTitle("j.marks", titles, keep)),
    ...when(jobPlaces, (places) => `j.marks && ${placeMarks("job place", places, keep)}`),
    ...when(jobsPosted.min, (at) => `j.posted_at >= ${keep(at)}::timestamptz`),
    ...when(jobsPosted.max, (at) => `j.posted_at <= ${keep(at)}::timestamptz`),
  ];
  if (conditions.length === 0) return [];
  return [
    `o.id in (select j.organization_id from team_job_postings j where ${all(["j.team_id = $1", ...conditions])})`,
  ];
}

function marks(kind: string, values: readonly string[], keep: BindParameter) {
  return `marks_of($1, '${kind}', ${keep(values)}::text[])`;
}

function placeMarks(kind: string, places: readonly string[], keep: BindParameter) {
  const asked = places.map((place) => `place_asked(${keep(place)})`);
  return `marks_of($1, '${kind}', array[${asked.join(", ")}]::text[])`;
}

/** One of several titles must fit: every word of it, whatever other words there are. */
function anyTitle(column: string, titles: readonly string[], keep: BindParameter) {
  const each = titles.map((title) => {
    const wanted = `title_marks($1, ${keep(title)})`;
    return `(cardinality(${wanted}) > 0 and ${column} @> ${wanted})`;
  });
  return `(${each.join(" or ")})`;
}

function sameTitle(titles: readonly string[], keep: BindParameter) {
  const plain = titles.map((title) => `plain_title(${keep(title)})`);
  return `p.marks && marks_of($1, 'title', array[${plain.join(", ")}]::text[])`;
}

/** Found by magnitude, then looked at exactly. */
function between(
  column: string,
  kind: string,
  exact: string,
  ranges: readonly Amounts[],
  keep: BindParameter,
) {
  const ends = ranges.map(({ min, max }) => [`${keep(min)}::bigint`, `${keep(max)}::bigint`] as const);
  const near = ends.map(([min, max]) => `magnitude_marks($1, '${kind}', ${min}, ${max})`).join(" || ");
  const within = ends.map(
    ([min, max]) => `${exact} between coalesce(${min}, 0) and coalesce(${max}, 9223372036854775807)`,
  );
  return `(${column} && (${near}) and (${within.join(" or ")}))`;
}

function amounts(column: string, { min, max }: Amounts, keep: BindParameter) {
  return [
    ...when(min, (least) => `${column} >= ${keep(least)}::bigint`),
    ...when(max, (most) => `${column} <= ${keep(most)}::bigint`),
  ];
}

function ranged(range: Amounts, condition: (range: Amounts) => string) {
  return range.min === null && range.max === null ? [] : [condition(range)];
}

function when<T>(value: T | null, condition: (value: T) => string) {
  return value === null ? [] : [condition(value)];
}

function all(conditions: readonly string[]) {
  return conditions.join("\n and ");
}

/** What was typed is looked for as it is: `%` and `_` are no wildcards here. */
function patternOf(word: string) {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}
