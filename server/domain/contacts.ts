// What a contact becomes when something is said of it: the same rules whether it is made, changed, found by run_dedupe
// or imported. What is not said stays; null and empty text clear.
//
// Easy to get wrong: a new first address must not inherit the old one's "bounced", and the same address sent again
// must not lose what we learnt about it.

import { placeOf } from "./addresses.ts";
import { companyDomainOf, isFreeMail } from "./companies.ts";
import { sanitizePhone } from "./phones.ts";

export type PhoneType = "work_direct" | "work_hq" | "mobile" | "home" | "other";
export type Phone = { rawNumber: string; sanitizedNumber: string | null; type: PhoneType };
export type ExtraEmail = {
  email: string;
  emailStatus: string | null;
  emailTrueStatus: string | null;
  source: string | null;
  freeDomain: boolean;
};

/** Plain texts: taken as they are, trimmed. */
export const TEXTS = [
  "firstName",
  "lastName",
  "title",
  "headline",
  "organizationName",
  "linkedinUrl",
  "twitterUrl",
  "facebookUrl",
  "githubUrl",
  "photoUrl",
  "crmOwnerId",
  "crmId",
  "salesforceId",
  "salesforceAccountId",
  "hubspotVid",
  "hubspotCompanyId",
  "outreachId",
  "salesloftId",
] as const;
/** Once set they stay: other systems know the person by them. */
export const WRITE_ONCE = ["personId", "salesforceLeadId", "salesforceContactId"] as const;
/** Ids the command has looked up. */
export const LINKS = ["accountId", "organizationId", "ownerId", "contactStageId"] as const;

type Told = (typeof TEXTS)[number] | (typeof WRITE_ONCE)[number] | (typeof LINKS)[number];

export type ContactFacts = Record<Told, string | null> & {
  creatorId: string | null;
  email: string | null;
  emailStatus: string | null;
  emailTrueStatus: string | null;
  emailSource: string | null;
  emailFromCustomer: boolean | null;
  freeDomain: boolean;
  /** The registered domain of the first address, unless it is free mail: by it colleagues know each other. */
  companyDomain: string | null;
  emailUnsubscribed: boolean | null;
  emailUnsubscribedAt: Temporal.Instant | null;
  doNotContact: boolean;
  bouncedAt: Temporal.Instant | null;
  sanitizedPhone: string | null;
  presentRawAddress: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  timeZone: string | null;
  source: string;
  originalSource: string;
  mergedCrmIds: string[] | null;
  jobChangeCompany: string | null;
  jobChangeTitle: string | null;
  jobChangeDetectedAt: Temporal.Instant | null;
  stageUpdatedAt: Temporal.Instant | null;
  emailLastOpenedAt: Temporal.Instant | null;
  emailLastClickedAt: Temporal.Instant | null;
};

export type ContactWish = { [key in Told]?: string | null | undefined } & {
  name?: string | null | undefined;
  email?: string | null | undefined;
  /** Every address; the one that comes first is the first, unless `email` says otherwise. */
  addresses?: readonly string[] | undefined;
  emailStatus?: string | null | undefined;
  /** Nobody vouches for a new address: it counts as unverified until it is checked. */
  isUnchecked?: boolean | undefined;
  emailUnsubscribed?: boolean | null | undefined;
  doNotContact?: boolean | null | undefined;
  /** One number per kind; null or empty takes the numbers of that kind away. */
  numbers?: { [type in PhoneType]?: string | null | undefined };
  /** Every number. */
  allNumbers?: readonly { rawNumber: string; type: PhoneType }[] | undefined;
  presentRawAddress?: string | null | undefined;
  timeZone?: string | null | undefined;
  jobChange?:
    | { company: string | null; title: string | null; at: Temporal.Instant | null }
    | null
    | undefined;
  mergedCrmIds?: readonly string[] | undefined;
};

export type Contact = { facts: ContactFacts; emails: readonly ExtraEmail[]; phones: readonly Phone[] };

export function emptyContact(source: string, creatorId: string | null): Contact {
  const nothing = Object.fromEntries([...TEXTS, ...WRITE_ONCE, ...LINKS].map((key) => [key, null]));
  return {
    facts: {
      ...(nothing as Record<Told, null>),
      creatorId,
      email: null,
      emailStatus: null,
      emailTrueStatus: null,
      emailSource: null,
      emailFromCustomer: null,
      freeDomain: false,
      companyDomain: null,
      emailUnsubscribed: null,
      emailUnsubscribedAt: null,
      doNotContact: false,
      bouncedAt: null,
      sanitizedPhone: null,
      presentRawAddress: null,
      city: null,
      state: null,
      country: null,
      timeZone: null,
      source,
      originalSource: source,
      mergedCrmIds: null,
      jobChangeCompany: null,
      jobChangeTitle: null,
      jobChangeDetectedAt: null,
      stageUpdatedAt: null,
      emailLastOpenedAt: null,
      emailLastClickedAt: null,
    },
    emails: [],
    phones: [],
  };
}

export function contactAfter(before: Contact, wish: ContactWish, now: Temporal.Instant): Contact {
  const facts: ContactFacts = { ...before.facts };
  for (const key of [...TEXTS, ...LINKS]) if (wish[key] !== undefined) facts[key] = textOrNull(wish[key]);
  for (const key of WRITE_ONCE) facts[key] ??= textOrNull(wish[key]);
  if (wish.mergedCrmIds) facts.mergedCrmIds = [...wish.mergedCrmIds];
  if (facts.contactStageId !== before.facts.contactStageId) facts.stageUpdatedAt = now;
  takeName(facts, wish);
  takeAddress(facts, wish);
  takeConsent(facts, wish, now);
  takeJobChange(facts, wish, now);
  const emails = takeEmails(facts, before, wish);
  const phones = takePhones(facts, before, wish);
  return { facts, emails, phones };
}

/** One of several: the winner keeps what it has, gaps are filled from the losers in turn, no address or opt-out is lost. */
export function mergedContact(winner: Contact, losers: readonly Contact[]): Contact {
  const facts: ContactFacts = { ...winner.facts };
  for (const loser of losers) {
    for (const key of [...TEXTS, ...WRITE_ONCE, ...LINKS, ...FILLED] as const)
      Object.assign(facts, { [key]: facts[key] ?? loser.facts[key] });
    if (!facts.email && loser.facts.email)
      for (const key of ABOUT_EMAIL) Object.assign(facts, { [key]: loser.facts[key] });
    facts.doNotContact ||= loser.facts.doNotContact;
    facts.emailUnsubscribed ||= loser.facts.emailUnsubscribed;
    facts.emailUnsubscribedAt ??= loser.facts.emailUnsubscribedAt;
  }
  facts.mergedCrmIds = crmIdsOf(facts, losers);
  const taken = new Set([facts.email?.toLowerCase()]);
  const emails = [...winner.emails, ...losers.flatMap(addressesOf)].filter(({ email }) => {
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

function addressesOf({ facts, emails }: Contact): ExtraEmail[] {
  const { email, emailStatus, emailTrueStatus, freeDomain } = facts;
  const first =
    email === null ? [] : [{ email, emailStatus, emailTrueStatus, source: "User Managed", freeDomain }];
  return [...first, ...emails];
}

/** Other systems go on knowing the losers by their ids. */
function crmIdsOf(facts: ContactFacts, losers: readonly Contact[]) {
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

/** Which of the facts differ, in our words. */
export function changedFacts(before: Contact, after: Contact) {
  const keys = (Object.keys(after.facts) as (keyof ContactFacts)[]).filter(
    (key) => !DERIVED.has(key) && printed(before.facts[key]) !== printed(after.facts[key]),
  );
  return [
    ...keys,
    ...(printed(before.emails) === printed(after.emails) ? [] : ["emails"]),
    ...(printed(before.phones) === printed(after.phones) ? [] : ["phones"]),
  ];
}

const DERIVED = new Set<keyof ContactFacts>(["stageUpdatedAt", "emailUnsubscribedAt", "companyDomain"]);

function printed(value: unknown) {
  return JSON.stringify(value);
}

function takeName(facts: ContactFacts, { name, firstName, lastName }: ContactWish) {
  if (name === undefined || firstName !== undefined || lastName !== undefined) return;
  const words = textOrNull(name)?.split(/\s+/) ?? [];
  facts.firstName = (words.length > 1 ? words.slice(0, -1).join(" ") : words[0]) ?? null;
  facts.lastName = words.length > 1 ? (words.at(-1) ?? null) : null;
}

function takeAddress(facts: ContactFacts, { presentRawAddress, timeZone }: ContactWish) {
  if (presentRawAddress !== undefined) {
    const before = placeOf(facts.presentRawAddress).timeZone;
    facts.presentRawAddress = textOrNull(presentRawAddress);
    const place = placeOf(facts.presentRawAddress);
    // A zone that somebody set by hand is not taken away by an address.
    if (facts.timeZone === null || facts.timeZone === before) facts.timeZone = place.timeZone;
    facts.city = place.city;
    facts.state = place.state;
    facts.country = place.country;
  }
  if (timeZone !== undefined)
    facts.timeZone = textOrNull(timeZone) ?? placeOf(facts.presentRawAddress).timeZone;
}

function takeConsent(facts: ContactFacts, wish: ContactWish, now: Temporal.Instant) {
  if (wish.emailUnsubscribed !== undefined) {
    const isOut = wish.emailUnsubscribed === true;
    facts.emailUnsubscribedAt = isOut ? (facts.emailUnsubscribedAt ?? now) : null;
    facts.emailUnsubscribed = isOut ? true : null; // Apollo knows null and true
  }
  if (wish.doNotContact !== undefined) facts.doNotContact = wish.doNotContact === true;
}

function takeJobChange(facts: ContactFacts, { jobChange }: ContactWish, now: Temporal.Instant) {
  if (jobChange === undefined) return;
  facts.jobChangeCompany = jobChange?.company ?? null;
  facts.jobChangeTitle = jobChange?.title ?? null;
  facts.jobChangeDetectedAt = jobChange ? (jobChange.at ?? now) : null;
}

// One "@", a dotted host, nothing that two mail servers would read differently.
const ADDRESS =
  /^[^\s@"'<>()[\],;:\\\p{Cc}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export function isEmailAddress(text: string) {
  return text.length <= 254 && ADDRESS.test(text);
}

/** The address in what was sent; null clears, undefined where there is nothing that can be mailed. */
export function readEmail(given: string | null | undefined): string | null | undefined {
  if (given === undefined) return undefined;
  const text = given?.trim() ?? "";
  if (text === "") return null;
  return isEmailAddress(text) ? text : undefined;
}

function takeEmails(facts: ContactFacts, before: Contact, wish: ContactWish): readonly ExtraEmail[] {
  const all = wish.addresses?.map((address) => address.trim()).filter(isEmailAddress);
  const first = readEmail(wish.email);
  // Whoever stands first now may stand behind later, and is then what is known of them.
  const known = new Map(addressesOf(before).map((extra) => [extra.email.toLowerCase(), extra]));
  const isChecked = wish.isUnchecked !== true;
  if (first !== undefined) takeFirst(facts, first, known, isChecked);
  else if (all) takeFirst(facts, all[0] ?? null, known, isChecked);
  if (wish.emailStatus !== undefined && facts.email !== null) {
    facts.emailStatus = wish.emailStatus;
    facts.emailTrueStatus = wish.emailStatus === null ? null : capitalized(wish.emailStatus);
    if (wish.emailStatus === "verified") facts.bouncedAt = null;
  }
  const wanted = all ?? before.emails.map(({ email }) => email);
  const seen = new Set([facts.email?.toLowerCase()]);
  const extras: ExtraEmail[] = [];
  for (const email of wanted) {
    const key = email.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    extras.push(known.get(key) ?? { ...trusted(email), email });
  }
  return extras;
}

/** Apollo trusts the customer's own address: `verified`, `User Managed`. */
function takeFirst(
  facts: ContactFacts,
  email: string | null,
  known: ReadonlyMap<string, ExtraEmail>,
  isChecked: boolean,
) {
  if (email?.toLowerCase() === facts.email?.toLowerCase()) {
    facts.email = email;
    return;
  }
  const status = email === null ? null : (known.get(email.toLowerCase()) ?? trusted(email, isChecked));
  facts.email = email;
  facts.emailStatus = status?.emailStatus ?? null;
  facts.emailTrueStatus = status?.emailTrueStatus ?? null;
  facts.freeDomain = status?.freeDomain ?? false;
  facts.companyDomain = companyDomainOf(email);
  facts.emailFromCustomer = email === null ? null : true;
  facts.emailSource = null;
  facts.bouncedAt = null;
}

function trusted(email: string, isChecked = true) {
  return {
    emailStatus: isChecked ? "verified" : "unverified",
    emailTrueStatus: "User Managed",
    source: "User Managed",
    freeDomain: isFreeMail(email),
  };
}

const PHONE_ORDER: readonly PhoneType[] = ["work_direct", "work_hq", "mobile", "home", "other"];

function takePhones(
  facts: ContactFacts,
  before: Contact,
  { numbers, allNumbers }: ContactWish,
): readonly Phone[] {
  if (!numbers && !allNumbers) return before.phones;
  const { countryCode } = placeOf(facts.presentRawAddress);
  const phoneFrom = (rawNumber: string, type: PhoneType): Phone => ({
    rawNumber,
    type,
    sanitizedNumber: sanitizePhone(rawNumber, countryCode),
  });
  let phones = [...before.phones];
  if (allNumbers)
    phones = allNumbers.flatMap(({ rawNumber, type }) => {
      const raw = rawNumber.trim();
      return raw === "" ? [] : [phoneFrom(raw, type)];
    });
  for (const type of PHONE_ORDER) {
    const given = numbers?.[type];
    if (given === undefined) continue;
    const raw = textOrNull(given);
    phones = phones.filter((phone) => phone.type !== type);
    if (raw !== null) phones.push(phoneFrom(raw, type));
  }
  facts.sanitizedPhone = phones.find((phone) => phone.sanitizedNumber !== null)?.sanitizedNumber ?? null;
  return phones;
}

function textOrNull(value: string | null | undefined) {
  return value?.trim() || null;
}

function capitalized(words: string) {
  return words
    .split(/[ _]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}
