// Reads a person or a company from a line of a file, under any of the usual field names. What cannot be read is left
// out; a line that identifies no record is skipped.

import { day, type FieldsByName, isObject, lineOf, number, text, texts } from "../basics/told-lines.ts";
import { normalizeDomain } from "../contacts/companies.ts";
import type { OrganizationWish } from "./organization.ts";
import { fundingOf, numbersOf } from "./organization-told.ts";
import type { Employment, PersonWish } from "./person.ts";

/** Null where it does not say who. */
export function personOf(line: FieldsByName): PersonWish | null {
  const [first, ...rest] = (text(line, ["name", "full_name"]) ?? "").split(/\s+/).filter(Boolean);
  const phone = text(line, ["phone", "direct_phone", "phone_number", "mobile_phone"], 60);
  const wish: PersonWish = {
    externalId: text(line, ["external_id", "id", "person_id"], 200),
    firstName: text(line, ["first_name", "given_name"], 200) ?? first ?? null,
    lastName: text(line, ["last_name", "family_name", "surname"], 200) ?? (rest.join(" ") || null),
    title: text(line, ["title", "job_title", "position"]),
    headline: text(line, ["headline"]),
    seniority: text(line, ["seniority"], 50)?.toLowerCase() ?? null,
    departments: texts(line, ["departments", "department"]),
    subdepartments: texts(line, ["subdepartments", "subdepartment"]),
    functions: texts(line, ["functions"]),
    email: text(line, ["email", "email_address", "work_email"], 254),
    emailStatus: text(line, ["email_status", "contact_email_status"], 50),
    personalEmails: texts(line, ["personal_emails", "personal_email"]),
    phones:
      phone === null
        ? null
        : [{ number: phone, type: line.has("mobile_phone") ? "mobile" : "work_direct", status: null }],
    linkedinUrl: text(line, ["linkedin_url", "linkedin", "person_linkedin_url"]),
    twitterUrl: text(line, ["twitter_url"]),
    facebookUrl: text(line, ["facebook_url"]),
    githubUrl: text(line, ["github_url"]),
    photoUrl: text(line, ["photo_url"]),
    city: text(line, ["city"], 200),
    state: text(line, ["state", "region"], 200),
    country: text(line, ["country"], 200),
    timeZone: text(line, ["time_zone"], 64),
    organization: companyOfPerson(line),
    employments: employmentsOf(line.get("employment_history")),
  };
  const says = [wish.externalId, wish.email, wish.linkedinUrl, wish.lastName, wish.firstName];
  return says.some((one) => one) ? wish : null;
}

function companyOfPerson(line: FieldsByName): OrganizationWish | null {
  const told = line.get("organization") ?? line.get("organization_name");
  if (isObject(told)) return organizationOf(lineOf(Object.entries(told)));
  const name = text(line, ["organization_name", "company", "company_name", "account"], 500);
  const domain = normalizeDomain(
    text(line, [
      "organization_domain",
      "company_domain",
      "domain",
      "website",
      "website_url",
      "company_website",
    ]),
  );
  return name || domain ? { name, domain } : null;
}

export function organizationOf(line: FieldsByName): OrganizationWish | null {
  const website = text(line, ["website_url", "website"]);
  const wish: OrganizationWish = {
    externalId: text(line, ["external_id", "id", "organization_id"], 200),
    name: text(line, ["name", "company", "company_name", "organization_name"], 500),
    domain: normalizeDomain(text(line, ["domain", "primary_domain"])) ?? normalizeDomain(website),
    websiteUrl: website,
    industry: text(line, ["industry"], 200),
    secondaryIndustries: texts(line, ["secondary_industries"]),
    keywords: texts(line, ["keywords"]),
    technologyUids: texts(line, ["technologies", "technology_names", "technology_uids"])?.map(uidOf) ?? null,
    technologies:
      texts(line, ["technologies", "technology_names", "technology_uids"])?.map((name) => ({
        uid: uidOf(name),
        name,
        category: null,
      })) ?? null,
    estimatedNumEmployees: number(
      line,
      ["estimated_num_employees", "employees", "num_employees", "size"],
      2_000_000_000,
    ),
    annualRevenue: number(line, ["annual_revenue", "revenue"]),
    totalFunding: number(line, ["total_funding"]),
    latestFundingAmount: number(line, ["latest_funding_amount"]),
    latestFundingRoundDate: day(line.get("latest_funding_round_date") ?? line.get("latest_funding_date")),
    latestFundingStage: text(line, ["latest_funding_stage", "latest_funding"], 100),
    fundingEvents: fundingOf(line.get("funding_events")),
    departmentalHeadCount: numbersOf(line.get("departmental_head_count")),
    headcountGrowth: numbersOf(line.get("headcount_growth"), true),
    foundedYear: number(line, ["founded_year"], 9999),
    phone: text(line, ["phone"], 60),
    linkedinUrl: text(line, ["linkedin_url", "company_linkedin_url", "linkedin"]),
    twitterUrl: text(line, ["twitter_url"]),
    facebookUrl: text(line, ["facebook_url"]),
    streetAddress: text(line, ["street_address", "street"]),
    city: text(line, ["city"], 200),
    state: text(line, ["state", "region"], 200),
    postalCode: text(line, ["postal_code", "zip"], 50),
    country: text(line, ["country"], 200),
    shortDescription: text(line, ["short_description", "description"], 5_000),
  };
  return wish.externalId || wish.domain || wish.name || wish.linkedinUrl ? wish : null;
}

const MOST_JOBS = 50;

function employmentsOf(value: unknown): Employment[] | null {
  if (!Array.isArray(value)) return null;
  return value
    .slice(0, MOST_JOBS)
    .filter(isObject)
    .map((one) => {
      const line = lineOf(Object.entries(one));
      return {
        organizationId: null,
        organizationName: text(line, ["organization_name", "company"], 500),
        title: text(line, ["title"]),
        isCurrent: line.get("current") === true || line.get("current") === "true",
        startDate: day(line.get("start_date")),
        endDate: day(line.get("end_date")),
      };
    });
}

/** Apollo's clients ask for `google_analytics` where people write `Google Analytics`. */
function uidOf(name: string) {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_|_$/g, "");
}
