// What a provider says, read as if it were lying: only fields we know, only of the kind we expect, nothing without end.

import type { OrganizationWish } from "./organization.ts";
import type { Employment, PersonWish } from "./person.ts";

export type ProviderAnswer = { tookMs: number } & (
  | { outcome: "hit"; person: PersonWish | null; organization: OrganizationWish | null }
  | { outcome: "miss" }
  | { outcome: "failed"; error: string; retryAfterMs: number | null }
);

const LONGEST = 500;
const LONGEST_WORDS = 5_000;
const MOST = 100;

type Json = Record<string, unknown>;

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function textIn(value: unknown, longest = LONGEST): string | null {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  if (typeof value !== "string") return null;
  const text = value
    .replace(/\p{Cc}+/gu, " ")
    .toWellFormed()
    .trim();
  return text === "" ? null : text.slice(0, longest);
}

function wholeIn(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

export function textsIn(value: unknown): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.slice(0, MOST).flatMap((one) => textIn(one) ?? []);
  return texts.length > 0 ? texts : null;
}

/** Only addresses of the web: what is shown as a link must not be a script. */
function linkIn(value: unknown): string | null {
  const text = textIn(value, 2_000);
  const url = text === null ? null : URL.parse(/^[a-z]+:/i.test(text) ? text : `https://${text}`);
  return url && (url.protocol === "https:" || url.protocol === "http:") ? url.href : null;
}

function dayIn(value: unknown): string | null {
  const day = typeof value === "string" ? /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] : undefined;
  return day && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day) ? day : null;
}

/** A person as Apollo shows one, and providers with Apollo's format. */
export function readApolloPerson(value: unknown): PersonWish | null {
  if (!isObject(value)) return null;
  const email = textIn(value.email);
  const isLocked = email?.startsWith("email_not_unlocked@") ?? false;
  const organization = readApolloOrganization(value.organization);
  const [first = null, ...more] = textIn(value.name)?.split(/\s+/) ?? [];
  const person: PersonWish = {
    externalId: textIn(value.id),
    firstName: textIn(value.first_name) ?? first,
    lastName: textIn(value.last_name) ?? (more.join(" ") || null),
    title: textIn(value.title),
    headline: textIn(value.headline),
    email: isLocked ? null : email,
    emailStatus: isLocked ? null : textIn(value.email_status),
    personalEmails: textsIn(value.personal_emails),
    phones: readPhones(value.phone_numbers),
    linkedinUrl: linkIn(value.linkedin_url),
    twitterUrl: linkIn(value.twitter_url),
    facebookUrl: linkIn(value.facebook_url),
    githubUrl: linkIn(value.github_url),
    photoUrl: linkIn(value.photo_url),
    city: textIn(value.city),
    state: textIn(value.state),
    country: textIn(value.country),
    seniority: textIn(value.seniority),
    departments: textsIn(value.departments),
    subdepartments: textsIn(value.subdepartments),
    functions: textsIn(value.functions),
    organizationName: organization?.name ?? null,
    organization,
    employments: readEmployments(value.employment_history),
  };
  return person.email || person.lastName || person.firstName || person.linkedinUrl ? person : null;
}

function readEmployments(value: unknown): Employment[] | null {
  if (!Array.isArray(value)) return null;
  const all = value
    .slice(0, MOST)
    .filter(isObject)
    .map((one) => ({
      organizationId: null, // theirs is not ours
      organizationName: textIn(one.organization_name),
      title: textIn(one.title),
      isCurrent: one.current === true,
      startDate: dayIn(one.start_date),
      endDate: dayIn(one.end_date),
    }));
  return all.length > 0 ? all : null;
}

function readPhones(value: unknown) {
  if (!Array.isArray(value)) return null;
  const phones = value
    .slice(0, 20)
    .filter(isObject)
    .flatMap((one) => {
      const number = textIn(one.sanitized_number) ?? textIn(one.raw_number) ?? textIn(one.number);
      const type = textIn(one.type_cd) ?? textIn(one.type);
      return number ? [{ number, type, status: textIn(one.status_cd) ?? textIn(one.status) }] : [];
    });
  return phones.length > 0 ? phones : null;
}

export function readApolloOrganization(value: unknown): OrganizationWish | null {
  if (!isObject(value)) return null;
  const organization: OrganizationWish = {
    externalId: textIn(value.id),
    name: textIn(value.name),
    domain: textIn(value.primary_domain) ?? textIn(value.domain),
    websiteUrl: linkIn(value.website_url),
    linkedinUrl: linkIn(value.linkedin_url),
    linkedinUid: textIn(value.linkedin_uid),
    twitterUrl: linkIn(value.twitter_url),
    facebookUrl: linkIn(value.facebook_url),
    logoUrl: linkIn(value.logo_url),
    phone: textIn(value.phone) ?? (isObject(value.primary_phone) ? textIn(value.primary_phone.number) : null),
    sanitizedPhone: textIn(value.sanitized_phone),
    industry: textIn(value.industry),
    secondaryIndustries: textsIn(value.secondary_industries),
    keywords: textsIn(value.keywords),
    estimatedNumEmployees: within(wholeIn(value.estimated_num_employees), 2_000_000_000),
    annualRevenue: wholeIn(value.annual_revenue),
    totalFunding: wholeIn(value.total_funding),
    latestFundingStage: textIn(value.latest_funding_stage),
    foundedYear: within(wholeIn(value.founded_year), 9_999),
    city: textIn(value.city),
    state: textIn(value.state),
    country: textIn(value.country),
    streetAddress: textIn(value.street_address),
    postalCode: textIn(value.postal_code),
    rawAddress: textIn(value.raw_address),
    shortDescription: textIn(value.short_description, LONGEST_WORDS),
    seoDescription: textIn(value.seo_description, LONGEST_WORDS),
  };
  return organization.name || organization.domain || organization.websiteUrl ? organization : null;
}

function within(value: number | null, most: number) {
  return value !== null && value <= most ? value : null;
}
