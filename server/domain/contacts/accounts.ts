// What an account becomes when something is said of it: the same rules whether it is made, changed or merged. What is
// not said stays; null and empty text clear.
//
// Easy to get wrong: clients send a website where a domain is meant, so a website fills the domain, but never against
// a domain that was said; and a new address moves the place with it, or the city would be of the old one.

import { geoLocationOf } from "../basics/addresses.ts";
import { normalizeDomain } from "./companies.ts";
import { sanitizePhone } from "./phones.ts";

/** Plain texts: taken as they are, trimmed. */
const ACCOUNT_TEXT_FIELDS = [
  "name",
  "websiteUrl",
  "linkedinUrl",
  "twitterUrl",
  "facebookUrl",
  "logoUrl",
  "industry",
  "crmOwnerId",
  "hubspotId",
  "salesforceId",
] as const;
/** Ids the command has looked up. */
const ACCOUNT_LINK_FIELDS = ["ownerId", "accountStageId", "parentAccountId", "organizationId"] as const;
const NUMBERS = ["estimatedNumEmployees", "foundedYear"] as const;

type Told = (typeof ACCOUNT_TEXT_FIELDS)[number] | (typeof ACCOUNT_LINK_FIELDS)[number];

export type AccountFacts = Record<Told, string | null> &
  Record<(typeof NUMBERS)[number], number | null> & {
    domain: string | null;
    annualRevenue: string | null;
    creatorId: string | null;
    phone: string | null;
    sanitizedPhone: string | null;
    phoneStatus: string;
    rawAddress: string | null;
    streetAddress: string | null;
    city: string | null;
    state: string | null;
    postalCode: string | null;
    country: string | null;
    source: string;
    originalSource: string;
    mergedCrmIds: readonly string[] | null;
    stageUpdatedAt: Temporal.Instant | null;
  };

type Text = string | null | undefined;
export type AccountWish = Partial<Record<Told, Text>> &
  Partial<Record<(typeof NUMBERS)[number], number | null | undefined>> & {
    domain?: Text;
    annualRevenue?: number | null | undefined;
    phone?: Text;
    phoneStatus?: Text;
    rawAddress?: Text;
    mergedCrmIds?: readonly string[] | null | undefined;
  };

export function blankAccount(source: string): AccountFacts {
  return {
    name: null,
    domain: null,
    websiteUrl: null,
    linkedinUrl: null,
    twitterUrl: null,
    facebookUrl: null,
    logoUrl: null,
    industry: null,
    crmOwnerId: null,
    hubspotId: null,
    salesforceId: null,
    ownerId: null,
    accountStageId: null,
    parentAccountId: null,
    organizationId: null,
    estimatedNumEmployees: null,
    foundedYear: null,
    annualRevenue: null,
    creatorId: null,
    phone: null,
    sanitizedPhone: null,
    phoneStatus: "no_status",
    rawAddress: null,
    streetAddress: null,
    city: null,
    state: null,
    postalCode: null,
    country: null,
    source,
    originalSource: source,
    mergedCrmIds: null,
    stageUpdatedAt: null,
  };
}

export function applyAccountWish(
  facts: AccountFacts,
  wish: AccountWish,
  now: Temporal.Instant,
): AccountFacts {
  const next = { ...facts };
  for (const key of ACCOUNT_TEXT_FIELDS) if (wish[key] !== undefined) next[key] = said(wish[key]);
  for (const key of ACCOUNT_LINK_FIELDS) if (wish[key] !== undefined) next[key] = wish[key] ?? null;
  for (const key of NUMBERS) if (wish[key] !== undefined) next[key] = wish[key] ?? null;
  if (wish.annualRevenue !== undefined)
    next.annualRevenue = wish.annualRevenue === null ? null : String(wish.annualRevenue);
  if (wish.mergedCrmIds !== undefined) next.mergedCrmIds = wish.mergedCrmIds;
  if (wish.domain !== undefined) next.domain = domainAfter(facts.domain, wish.domain);
  else if (wish.websiteUrl !== undefined) next.domain = normalizeDomain(wish.websiteUrl) ?? facts.domain;
  if (next.accountStageId !== facts.accountStageId) next.stageUpdatedAt = now;
  if (wish.rawAddress !== undefined) moveTo(next, said(wish.rawAddress));
  if (wish.phone !== undefined) call(next, said(wish.phone));
  if (wish.phoneStatus !== undefined) next.phoneStatus = said(wish.phoneStatus) ?? "no_status";
  return next;
}

/** What is no domain changes nothing; null and empty text clear. */
function domainAfter(before: string | null, text: Text) {
  return said(text) === null ? null : (normalizeDomain(text) ?? before);
}

/** A company is known by its name or its domain; without either it is unknown. */
export function isNamed({ name, domain }: Pick<AccountFacts, "name" | "domain">) {
  return name !== null || domain !== null;
}

function said(text: Text) {
  return text?.trim() || null;
}

function moveTo(facts: AccountFacts, address: string | null) {
  const { city, state, country } = geoLocationOf(address);
  Object.assign(facts, { rawAddress: address, streetAddress: null, postalCode: null, city, state, country });
}

// Numbers are read as of the country the account is in.
function call(facts: AccountFacts, phone: string | null) {
  facts.phone = phone;
  facts.sanitizedPhone =
    phone === null ? null : sanitizePhone(phone, geoLocationOf(facts.rawAddress).countryCode);
}

const SPECIAL = new Set(["source", "originalSource", "stageUpdatedAt", "mergedCrmIds", "phoneStatus"]);

/** The winner of a merge: blanks are filled from the losers, the first that has a value; CRM ids are all kept. */
export function mergeAccounts(winner: AccountFacts, losers: readonly AccountFacts[]): AccountFacts {
  const merged: Record<string, unknown> = { ...winner };
  for (const loser of losers) {
    for (const [key, value] of Object.entries(loser)) {
      if (!SPECIAL.has(key) && (merged[key] === null || merged[key] === undefined)) merged[key] = value;
    }
  }
  const ids = losers.flatMap(({ hubspotId, salesforceId, mergedCrmIds }) => [
    ...(mergedCrmIds ?? []),
    ...[hubspotId, salesforceId].filter((id) => id !== null),
  ]);
  const kept = new Set([...(winner.mergedCrmIds ?? []), ...ids]);
  for (const id of [merged.hubspotId, merged.salesforceId]) kept.delete(id as string);
  return { ...(merged as AccountFacts), mergedCrmIds: kept.size > 0 ? [...kept] : null };
}
