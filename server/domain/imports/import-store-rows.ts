// What one row of a file says of a person or a company of the store. Cells may hold JSON where a line of JSON was deeper
// than a cell; what cannot be read is left out, and said.

import { say } from "../../kernel/say.ts";
import { lineOf } from "../basics/told-lines.ts";
import { normalizeDomain } from "../contacts/companies.ts";
import { bareAddress, isEmailAddress } from "../contacts/contact-emails.ts";
import { PERSON_EMAIL_STATUSES } from "../contacts/people.ts";
import type { OrganizationWish } from "../prospecting/organization.ts";
import { type Article, articlesOf, type Posting, postingsOf } from "../prospecting/organization-told.ts";
import type { PersonWish } from "../prospecting/person.ts";
import { organizationOf, personOf } from "../prospecting/person-rows.ts";
import type { Read } from "./import-rows.ts";
import type { CellValues } from "./row-values.ts";

export type SaidRow<Wish> = { wish: Wish; leftOut: Record<string, string> };
export type SaidOrganization = SaidRow<OrganizationWish> & { postings: Posting[]; articles: Article[] };

export function personFromRow(values: CellValues): Read<SaidRow<PersonWish>> {
  const told = personOf(lineIn(values));
  const wish = told?.email ? { ...told, email: bareAddress(told.email) } : told;
  if (wish === null) return { row: null, code: "row_unidentified" };
  const leftOut: Record<string, string> = {};
  if (wish.email && !isEmailAddress(wish.email)) leftOut.email = say("is not an email address");
  const status = wish.emailStatus?.toLowerCase().replace(/_/g, " ");
  if (status && !(PERSON_EMAIL_STATUSES as readonly string[]).includes(status))
    leftOut.email_status = say("is not a status");
  const domain = values.get("organization_domain");
  if (domain && normalizeDomain(domain) === null) leftOut.organization_domain = say("is not a domain");
  return { row: { wish, leftOut }, code: null };
}

const NUMBERS = {
  estimated_num_employees: "estimatedNumEmployees",
  annual_revenue: "annualRevenue",
  total_funding: "totalFunding",
  latest_funding_amount: "latestFundingAmount",
  founded_year: "foundedYear",
} as const satisfies Record<string, keyof OrganizationWish>;

export function organizationFrom(values: CellValues): Read<SaidOrganization> {
  const line = lineIn(values);
  const wish = organizationOf(line);
  if (wish === null) return { row: null, code: "row_unidentified" };
  const leftOut: Record<string, string> = {};
  for (const [field, key] of Object.entries(NUMBERS))
    if (values.has(field) && wish[key] === null) leftOut[field] = say("must be a number");
  if (values.has("latest_funding_round_date") && !wish.latestFundingRoundDate)
    leftOut.latest_funding_round_date = say("must be a date");
  if (values.has("domain") && normalizeDomain(values.get("domain")) === null)
    leftOut.domain = say("is not a domain");
  const postings = postingsOf(line.get("job_postings"));
  if (values.has("job_postings") && postings.length === 0) leftOut.job_postings = say("must be a JSON list");
  const articles = articlesOf(line.get("news"));
  if (values.has("news") && articles.length === 0) leftOut.news = say("must be a JSON list");
  return { row: { wish, leftOut, postings, articles }, code: null };
}

function lineIn(values: CellValues) {
  return lineOf([...values].map(([field, cell]) => [field, /^[[{]/.test(cell) ? parsed(cell) : cell]));
}

function parsed(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
