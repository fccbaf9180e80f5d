// The questions asked of the people database or a provider, what an answer needs to be believed, and what follows for a
// contact. Easy to get wrong: a provider that answers with another person, a record that was right a year ago, and a
// company whose name is only written differently.

import { normalizeDomain, registeredDomain } from "../contacts/companies.ts";
import type { OrganizationWish } from "./organization.ts";
import type { PersonWish } from "./person.ts";

export type PersonQuestion = {
  id: string | null;
  firstName: string | null;
  lastName: string | null;
  name: string | null;
  email: string | null;
  hashedEmail: string | null;
  organizationName: string | null;
  domain: string | null;
  linkedinUrl: string | null;
};

/** A question that says nothing yet about the person. */
export const BLANK_QUESTION: PersonQuestion = {
  id: null,
  firstName: null,
  lastName: null,
  name: null,
  email: null,
  hashedEmail: null,
  organizationName: null,
  domain: null,
  linkedinUrl: null,
};

export type OrganizationQuestion = {
  id: string | null;
  domain: string | null;
  linkedinUrl: string | null;
  name: string | null;
};

/** Whether the clues suffice to identify one person. A name alone does not. */
export function saysWho({
  id,
  email,
  hashedEmail,
  linkedinUrl,
  domain,
  organizationName,
  ...rest
}: PersonQuestion) {
  if (id || email || hashedEmail || linkedinUrl) return true;
  return fullName(rest) !== null && (domain !== null || organizationName !== null);
}

export function fullName({
  firstName,
  lastName,
  name,
}: Pick<PersonQuestion, "firstName" | "lastName" | "name">) {
  const full =
    name?.trim() ||
    [firstName, lastName]
      .map((part) => part?.trim())
      .filter(Boolean)
      .join(" ");
  return full || null;
}

/** Two forms of the same question have one key, so that the team does not pay twice. */
export function keyOfPerson(question: PersonQuestion) {
  const { id, email, hashedEmail, linkedinUrl, domain, organizationName } = question;
  if (id) return `person id ${id}`;
  if (email) return `person email ${email.trim().toLowerCase()}`;
  if (hashedEmail) return `person hash ${hashedEmail.toLowerCase()}`;
  if (linkedinUrl)
    return `person profile ${linkedinUrl
      .trim()
      .toLowerCase()
      .replace(/(?<!\/)\/+$/, "")}`;
  return `person name ${plain(fullName(question))} at ${domain ?? plain(organizationName)}`;
}

export function keyOfOrganization({ id, domain, linkedinUrl, name }: OrganizationQuestion) {
  if (id) return `organization id ${id}`;
  if (domain) return `organization domain ${domain}`;
  if (linkedinUrl)
    return `organization profile ${linkedinUrl
      .trim()
      .toLowerCase()
      .replace(/(?<!\/)\/+$/, "")}`;
  return `organization name ${plain(name)}`;
}

function plain(text: string | null | undefined) {
  return (text ?? "").trim().toLowerCase().replace(/\s+/g, " ");
}

/** Whether an answer is about the person who was asked for, as far as both say who that is. */
export function isAbout(question: PersonQuestion, answer: PersonWish): boolean {
  const [asked, told] = [question.email?.toLowerCase(), answer.email?.toLowerCase()];
  if (asked && told && asked === told) return true;
  const askedLast = (question.lastName ?? question.name?.trim().split(/\s+/).at(-1))?.toLowerCase();
  const toldLast = answer.lastName?.toLowerCase();
  if (askedLast && toldLast && !toldLast.includes(askedLast) && !askedLast.includes(toldLast)) return false;
  const askedFirst = (question.firstName ?? question.name?.trim().split(/\s+/)[0])?.toLowerCase();
  const toldFirst = answer.firstName?.toLowerCase();
  if (askedFirst && toldFirst && askedFirst[0] !== toldFirst[0]) return false;
  return Boolean(answer.email || answer.lastName || answer.linkedinUrl);
}

export function isAboutOrganization(question: OrganizationQuestion, answer: OrganizationWish): boolean {
  const told = normalizeDomain(answer.domain) ?? normalizeDomain(answer.websiteUrl);
  if (question.domain && told) return registeredDomain(question.domain) === registeredDomain(told);
  return Boolean(told || answer.name);
}

const FRESH_FOR_DAYS = 90;

/** What was last heard so long ago that it is doubtful. */
export function isStale(lastRefreshedAt: Temporal.Instant, now: Temporal.Instant) {
  return Temporal.Instant.compare(lastRefreshedAt.add({ hours: FRESH_FOR_DAYS * 24 }), now) < 0;
}

export type Workplace = { organizationId: string | null; name: string | null; domain: string | null };

/** Whether a person has changed jobs. Where the two cannot be compared, they have not. */
export function hasMoved(before: Workplace, now: Workplace): boolean {
  if (before.organizationId && now.organizationId && before.organizationId === now.organizationId)
    return false;
  if (before.domain && now.domain) return registeredDomain(before.domain) !== registeredDomain(now.domain);
  const [old, fresh] = [companyName(before.name), companyName(now.name)];
  if (old === "" || fresh === "") return false;
  return old !== fresh && !old.startsWith(`${fresh} `) && !fresh.startsWith(`${old} `);
}

const FORMS =
  /\b(?:inc|incorporated|llc|llp|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|se|kg|ohg|as|asa|ab|aps|a s|oy|oyj|bv|nv|sa|sas|sarl|srl|spa|pty|holding|holdings|group)\b/g;

/** Without its legal form, its marks and its case. */
export function companyName(name: string | null | undefined) {
  return (name ?? "")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(FORMS, " ")
    .replace(/\s+/g, " ")
    .trim();
}
