// One contact of several that are the same person.

import { emailsOfContact } from "./contact-emails.ts";
import {
  CONTACT_LINK_FIELDS,
  CONTACT_TEXT_FIELDS,
  type ContactDetails,
  type ContactFacts,
  type Phone,
  WRITE_ONCE,
} from "./contact-facts.ts";
import { laterPause } from "./pausing.ts";

/** One of several: the winner keeps what it has, gaps are filled from the losers in turn, no address or opt-out is lost. */
export function mergedContact(winner: ContactDetails, losers: readonly ContactDetails[]): ContactDetails {
  const facts: ContactFacts = { ...winner.facts };
  for (const loser of losers) {
    for (const key of [...CONTACT_TEXT_FIELDS, ...WRITE_ONCE, ...CONTACT_LINK_FIELDS, ...FILLED] as const)
      Object.assign(facts, { [key]: facts[key] ?? loser.facts[key] });
    if (!facts.email && loser.facts.email)
      for (const key of ABOUT_EMAIL) Object.assign(facts, { [key]: loser.facts[key] });
    facts.doNotContact ||= loser.facts.doNotContact;
    facts.pausedUntil = laterPause(facts.pausedUntil, loser.facts.pausedUntil);
    facts.emailUnsubscribed ||= loser.facts.emailUnsubscribed;
    facts.emailUnsubscribedAt ??= loser.facts.emailUnsubscribedAt;
  }
  facts.mergedCrmIds = crmIdsOf(facts, losers);
  const taken = new Set([facts.email?.toLowerCase()]);
  const emails = [...winner.emails, ...losers.flatMap(emailsOfContact)].filter(({ email }) => {
    const isNew = !taken.has(email.toLowerCase());
    taken.add(email.toLowerCase());
    return isNew;
  });
  const numbers = new Map<string, Phone>();
  for (const phone of [winner, ...losers].flatMap(({ phones }) => phones)) {
    const key = phone.sanitizedNumber ?? phone.rawNumber;
    if (!numbers.has(key)) numbers.set(key, phone);
  }
  return { facts, emails, phones: [...numbers.values()] };
}

const FILLED = [
  "sanitizedPhone",
  "presentRawAddress",
  "city",
  "state",
  "country",
  "timeZone",
  "jobChangeCompany",
  "jobChangeTitle",
  "jobChangeDetectedAt",
  "emailLastOpenedAt",
  "emailLastClickedAt",
] as const;

const ABOUT_EMAIL = [
  "email",
  "emailStatus",
  "emailTrueStatus",
  "emailSource",
  "emailFromCustomer",
  "freeDomain",
  "companyDomain",
  "bouncedAt",
] as const;

/** Other systems go on knowing the losers by their ids. */
function crmIdsOf(facts: ContactFacts, losers: readonly ContactDetails[]) {
  const own = [facts.salesforceLeadId, facts.salesforceContactId, facts.hubspotVid];
  const theirs = losers.flatMap(
    ({ facts: { salesforceLeadId, salesforceContactId, hubspotVid, mergedCrmIds } }) => [
      salesforceLeadId,
      salesforceContactId,
      hubspotVid,
      ...(mergedCrmIds ?? []),
    ],
  );
  const all = new Set(
    [...(facts.mergedCrmIds ?? []), ...theirs].filter((id): id is string => id !== null && !own.includes(id)),
  );
  return all.size > 0 ? [...all] : null;
}
