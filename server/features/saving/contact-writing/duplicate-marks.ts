// By what a contact to be written is found among those that exist, and among those that come with it.

import { companyDomainOf, normalizeDomain } from "../../../domain/contacts/companies.ts";
import { readEmail } from "../../../domain/contacts/contact-emails.ts";
import type { DuplicateCandidate } from "../../contacts/duplicates/store.ts";
import type { ContactWrite } from "./contact-write.ts";

export function candidateOf(wish: ContactWrite): DuplicateCandidate {
  const emails = [readEmail(wish.email), ...(wish.addresses ?? []).map(readEmail)].filter(
    (email): email is string => typeof email === "string",
  );
  const crmIds = [
    wish.salesforceLeadId,
    wish.salesforceContactId,
    wish.hubspotVid,
    ...(wish.mergedCrmIds ?? []),
  ];
  const name = [wish.firstName, wish.lastName]
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(" ");
  return {
    id: wish.id ?? null,
    crmIds: crmIds.flatMap((id) => id?.trim() || []),
    personId: wish.personId ?? null,
    emails,
    name: name || wish.name?.trim().replace(/\s+/g, " ") || null,
    organizationId: wish.organizationId ?? null,
    organizationName: wish.organizationName?.trim() || null,
    companyDomain: companyDomainOf(emails[0]) ?? normalizeDomain(wish.websiteUrl),
  };
}

/** By what two candidates are the same person: equal marks. */
export function marksOf({ id, crmIds, personId, emails, name, ...company }: DuplicateCandidate) {
  const companies = [company.organizationId, company.organizationName?.toLowerCase(), company.companyDomain];
  return [
    ...(id ? [`id ${id}`] : []),
    ...crmIds.map((crmId) => `crm ${crmId}`),
    ...(personId ? [`person ${personId}`] : []),
    ...emails.map((email) => `email ${email.toLowerCase()}`),
    ...(name ? companies.flatMap((one) => (one ? [`name ${name.toLowerCase()} at ${one}`] : [])) : []),
  ];
}
