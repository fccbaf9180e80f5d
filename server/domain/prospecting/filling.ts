// Fills a contact from the person they were matched with. What a user wrote is never overwritten. A new job does not
// correct the old one, but is an event of its own.

import type { AccountWish } from "../contacts/accounts.ts";
import { companyDomainOf } from "../contacts/companies.ts";
import type { ContactValues } from "../contacts/contact-facts.ts";
import { hasMoved, type Workplace } from "./enrichment.ts";

export type ContactKnown = {
  personId: string | null;
  title: string | null;
  email: string | null;
  linkedinUrl: string | null;
  organizationId: string | null;
  organizationName: string | null;
  accountDomain: string | null;
  presentRawAddress: string | null;
  jobChangeCompany: string | null;
};

export type PersonKnown = {
  id: string;
  title: string | null;
  email: string | null;
  emailStatus: string | null;
  linkedinUrl: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  workplace: Workplace;
};

/** Null where there is nothing to learn. */
export function fillContact(contact: ContactKnown, person: PersonKnown): ContactValues | null {
  const moved = movedTo(contact, person);
  const wish: ContactValues = {
    ...(!contact.personId && { personId: person.id }),
    ...(!contact.linkedinUrl && person.linkedinUrl && { linkedinUrl: person.linkedinUrl }),
    ...(!contact.title && person.title && !moved && { title: person.title }),
    ...(!contact.organizationName && person.workplace.name && { organizationName: person.workplace.name }),
    ...(!contact.email &&
      person.email && { email: person.email, emailStatus: person.emailStatus ?? "unverified" }),
    ...(!contact.presentRawAddress && placeOf(person) && { presentRawAddress: placeOf(person) }),
    ...(moved && { jobChange: { company: moved.name, title: person.title, at: null } }),
  };
  return Object.keys(wish).length > 0 ? wish : null;
}

/** Their new workplace, if it changed and the change was not noted yet. */
export function movedTo(contact: ContactKnown, person: PersonKnown): Workplace | null {
  const before = {
    organizationId: contact.organizationId,
    name: contact.organizationName,
    domain: contact.accountDomain ?? companyDomainOf(contact.email),
  };
  const now = person.workplace;
  if (!hasMoved(before, now)) return null;
  return contact.jobChangeCompany !== null && contact.jobChangeCompany === now.name ? null : now;
}

export type AccountKnown = Record<CompanyFact, string | null> & {
  organizationId: string | null;
  estimatedNumEmployees: number | null;
  foundedYear: number | null;
};

const COMPANY_FACTS = [
  "industry",
  "linkedinUrl",
  "twitterUrl",
  "facebookUrl",
  "logoUrl",
  "phone",
  "rawAddress",
] as const;
type CompanyFact = (typeof COMPANY_FACTS)[number];

type CompanyKnown = Record<CompanyFact, string | null> & {
  id: string;
  estimatedNumEmployees: number | null;
  foundedYear: number | null;
};

/** The same for a company: only blank fields. */
export function fillAccount(account: AccountKnown, company: CompanyKnown): AccountWish {
  const texts = COMPANY_FACTS.filter((fact) => !account[fact] && company[fact]);
  const numbers = (["estimatedNumEmployees", "foundedYear"] as const).filter(
    (fact) => account[fact] === null && company[fact] !== null,
  );
  return {
    ...Object.fromEntries([...texts, ...numbers].map((fact) => [fact, company[fact]])),
    ...(!account.organizationId && { organizationId: company.id }),
  };
}

function placeOf({ city, state, country }: PersonKnown) {
  return [city, state, country].filter(Boolean).join(", ");
}
