// What a contact becomes when something is said of it: the same rules whether it is made, changed, found by run_dedupe
// or imported. What is not said stays; null and empty text clear.

import { geoLocationOf } from "../basics/addresses.ts";
import { takeEmails } from "./contact-emails.ts";
import {
  CONTACT_LINK_FIELDS,
  CONTACT_TEXT_FIELDS,
  type ContactDetails,
  type ContactFacts,
  type ContactValues,
  WRITE_ONCE,
} from "./contact-facts.ts";
import { takePhones } from "./contact-phones.ts";
import { pauseInForce } from "./pausing.ts";

export function contactAfter(
  before: ContactDetails,
  wish: ContactValues,
  now: Temporal.Instant,
): ContactDetails {
  const facts: ContactFacts = { ...before.facts };
  for (const key of [...CONTACT_TEXT_FIELDS, ...CONTACT_LINK_FIELDS])
    if (wish[key] !== undefined) facts[key] = textOrNull(wish[key]);
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

function takeName(facts: ContactFacts, { name, firstName, lastName }: ContactValues) {
  if (name === undefined || firstName !== undefined || lastName !== undefined) return;
  const words = textOrNull(name)?.split(/\s+/) ?? [];
  facts.firstName = (words.length > 1 ? words.slice(0, -1).join(" ") : words[0]) ?? null;
  facts.lastName = words.length > 1 ? (words.at(-1) ?? null) : null;
}

function takeAddress(facts: ContactFacts, { presentRawAddress, timeZone }: ContactValues) {
  if (presentRawAddress !== undefined) {
    const before = geoLocationOf(facts.presentRawAddress).timeZone;
    facts.presentRawAddress = textOrNull(presentRawAddress);
    const place = geoLocationOf(facts.presentRawAddress);
    // A time zone that a user set by hand stays when the address changes.
    if (facts.timeZone === null || facts.timeZone === before) facts.timeZone = place.timeZone;
    facts.city = place.city;
    facts.state = place.state;
    facts.country = place.country;
  }
  if (timeZone !== undefined)
    facts.timeZone = textOrNull(timeZone) ?? geoLocationOf(facts.presentRawAddress).timeZone;
}

function takeConsent(facts: ContactFacts, wish: ContactValues, now: Temporal.Instant) {
  if (wish.emailUnsubscribed !== undefined) {
    const isOut = wish.emailUnsubscribed === true;
    facts.emailUnsubscribedAt = isOut ? (facts.emailUnsubscribedAt ?? now) : null;
    facts.emailUnsubscribed = isOut ? true : null; // Apollo knows null and true
  }
  if (wish.doNotContact !== undefined) facts.doNotContact = wish.doNotContact === true;
  if (wish.pausedUntil !== undefined) facts.pausedUntil = pauseInForce(asKept(wish.pausedUntil), now);
}

/** No finer than what is kept, or the same said twice would be a change. */
function asKept(moment: Temporal.Instant | null) {
  return moment?.round({ smallestUnit: "microsecond", roundingMode: "floor" }) ?? null;
}

function takeJobChange(facts: ContactFacts, { jobChange }: ContactValues, now: Temporal.Instant) {
  if (jobChange === undefined) return;
  facts.jobChangeCompany = jobChange?.company ?? null;
  facts.jobChangeTitle = jobChange?.title ?? null;
  facts.jobChangeDetectedAt = jobChange ? (jobChange.at ?? now) : null;
}

function textOrNull(value: string | null | undefined) {
  return value?.trim() || null;
}
