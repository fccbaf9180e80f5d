// The fields of people and companies of the store that a column of a file can go to, with the names other tools have for them.

import { isEmailAddress } from "../contacts/contact-emails.ts";
import type { ImportField } from "./import-columns.ts";

const looksLikePerson = (text: string) => /linkedin\.com\/(in|pub|sales)\//i.test(text);
const looksLikeCompany = (text: string) => /linkedin\.com\/company\//i.test(text);
const looksLikeDomain = (text: string) => /^([\w-]+\.)+[a-z]{2,24}$/i.test(text);

/** Where the label says it all. */
const plainly = (field: string, ...names: string[]): ImportField => ({
  field,
  label: (field.charAt(0).toUpperCase() + field.slice(1)).replaceAll("_", " "),
  names,
});

export const PERSON_TARGETS: readonly ImportField[] = [
  { ...plainly("external_id", "id", "person id"), label: "ID at the source" },
  plainly("first_name", "given name", "first", "vorname", "prénom", "nombre"),
  plainly("last_name", "surname", "family name", "last", "nachname", "nom", "apellido"),
  { ...plainly("name", "contact name", "person"), label: "Full name" },
  {
    ...plainly("email", "email address", "e-mail", "mail", "work email", "e-mail-adresse"),
    looks: isEmailAddress,
  },
  plainly("email_status", "contact email status", "email true status"),
  plainly("personal_emails", "personal email", "private email"),
  { ...plainly("title", "job title", "position", "role"), label: "Job title" },
  plainly("headline", "linkedin headline"),
  plainly("seniority", "rank", "management level"),
  plainly("departments", "department"),
  plainly("subdepartments", "subdepartment", "sub departments"),
  plainly("functions", "function"),
  {
    ...plainly(
      "organization_name",
      "company",
      "company name",
      "organization",
      "account",
      "employer",
      "firma",
    ),
    label: "Company",
  },
  {
    ...plainly(
      "organization_domain",
      "company domain",
      "domain",
      "website",
      "company website",
      "website url",
    ),
    label: "Company's domain",
  },
  {
    ...plainly("linkedin_url", "linkedin", "person linkedin url", "linkedin profile"),
    label: "LinkedIn",
    looks: looksLikePerson,
  },
  plainly("twitter_url", "twitter", "x"),
  plainly("facebook_url", "facebook"),
  plainly("github_url", "github"),
  plainly("photo_url", "photo", "picture"),
  plainly("phone", "direct phone", "phone number", "work phone", "telephone", "telefon"),
  plainly("mobile_phone", "mobile", "cell phone", "cell", "handy"),
  plainly("city", "town", "stadt", "ort", "ville"),
  plainly("state", "region", "province"),
  plainly("country", "land", "pays"),
  plainly("time_zone", "timezone"),
  { ...plainly("employment_history", "employments"), label: "Employment history (JSON)" },
];

export const ORGANIZATION_TARGETS: readonly ImportField[] = [
  { ...plainly("external_id", "id", "organization id"), label: "ID at the source" },
  plainly("name", "company", "company name", "organization", "organization name", "account", "firma"),
  { ...plainly("domain", "primary domain", "company domain"), looks: looksLikeDomain },
  { ...plainly("website_url", "website", "company website", "url", "homepage"), label: "Website" },
  {
    ...plainly("linkedin_url", "linkedin", "company linkedin url"),
    label: "LinkedIn",
    looks: looksLikeCompany,
  },
  plainly("twitter_url", "twitter", "x"),
  plainly("facebook_url", "facebook"),
  plainly("industry", "sector", "branche"),
  plainly("secondary_industries"),
  plainly("keywords", "tags"),
  plainly("technologies", "technology names", "technology uids", "tech stack"),
  {
    ...plainly("estimated_num_employees", "employees", "# employees", "num employees", "headcount", "size"),
    label: "Employees",
  },
  plainly("annual_revenue", "revenue", "umsatz"),
  plainly("total_funding", "funding"),
  plainly("latest_funding_amount"),
  plainly("latest_funding_round_date", "latest funding date", "last raised at"),
  plainly("latest_funding_stage", "latest funding", "last funding stage"),
  { ...plainly("funding_events"), label: "Funding rounds (JSON)" },
  { ...plainly("departmental_head_count"), label: "People by department (JSON)" },
  { ...plainly("headcount_growth"), label: "Headcount growth by months (JSON)" },
  plainly("founded_year", "founded", "year founded"),
  plainly("phone", "company phone", "phone number", "telephone"),
  plainly("street_address", "street", "address"),
  plainly("city", "company city", "stadt"),
  plainly("state", "company state", "region"),
  plainly("postal_code", "zip", "postcode", "plz"),
  plainly("country", "company country", "land"),
  plainly("short_description", "description", "about"),
  { ...plainly("job_postings", "jobs"), label: "Job postings (JSON)" },
  { ...plainly("news", "news articles"), label: "News (JSON)" },
];
