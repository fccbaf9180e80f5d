// A contact's addresses: which is the first, which come behind it, and what is known of each.
//
// Easy to get wrong: a new first address must not inherit the old one's "bounced", and the same address sent again
// must not lose what we learnt about it.

import { plainSpelling } from "./address-spelling.ts";
import { companyDomainOf, isFreeMail } from "./companies.ts";
import type { ContactDetails, ContactFacts, ContactValues, ExtraEmail } from "./contact-facts.ts";

// One "@", a dotted host, nothing that two mail servers would read differently.
const ADDRESS =
  /^[^\s@"'<>()[\],;:\\\p{Cc}\p{Cf}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export function isEmailAddress(text: string) {
  return text.length <= 254 && ADDRESS.test(text);
}

/**
 * Reads an address as mail programs and web pages write it: `Ines Berg <ines@…>`, `mailto:ines@…`, with invisible
 * characters.
 */
export function bareAddress(text: string) {
  const seen = plainSpelling(text);
  const inner = /<([^<>]*)>$/.exec(seen)?.[1] ?? seen;
  return inner.replace(/^mailto:/i, "").trim();
}

/** The address in what was sent; null clears, undefined where there is nothing that can be mailed. */
export function readEmail(given: string | null | undefined): string | null | undefined {
  if (given === undefined) return undefined;
  const text = plainSpelling(given ?? "");
  if (text === "") return null;
  return isEmailAddress(text) ? text : undefined;
}

export function takeEmails(
  facts: ContactFacts,
  before: ContactDetails,
  wish: ContactValues,
): readonly ExtraEmail[] {
  const all = readable(wish.addresses, before);
  const first = readEmail(wish.email);
  // The address that is first now may become a further one later; these facts are then kept with it.
  const known = new Map(emailsOfContact(before).map((extra) => [extra.email.toLowerCase(), extra]));
  if (first !== undefined) takeFirst(facts, first, known);
  else if (all) takeFirst(facts, all[0] ?? null, known);
  if (wish.emailStatus !== undefined && facts.email !== null) takeStatus(facts, wish.emailStatus);
  const wanted = all ?? before.emails.map(({ email }) => email);
  const seen = new Set([facts.email?.toLowerCase()]);
  const extras: ExtraEmail[] = [];
  for (const email of wanted) {
    const key = email.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    extras.push(known.get(key) ?? { ...trusted(email), email });
  }
  for (const { email, emailStatus } of wish.furtherEmails ?? []) {
    const key = email.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    extras.push({ ...trusted(email), ...(emailStatus !== null && { emailStatus }), email });
  }
  return extras;
}

/**
 * The valid addresses. Beside an invalid one, the contact's earlier addresses stay: the invalid one may have been meant
 * for one of them.
 */
function readable(said: readonly string[] | undefined, before: ContactDetails) {
  const texts = said?.map(plainSpelling).filter((text) => text !== "");
  if (!texts || texts.every(isEmailAddress)) return texts;
  return [...texts.filter(isEmailAddress), ...emailsOfContact(before).map(({ email }) => email)];
}

/** A client that sends a contact back unchanged repeats the current status, but not its source. */
function takeStatus(facts: ContactFacts, status: string | null) {
  if (status !== facts.emailStatus) facts.emailTrueStatus = status === null ? null : USER_MANAGED;
  facts.emailStatus = status;
  if (status === "verified") facts.bouncedAt = null;
}

/**
 * Apollo trusts the customer's own address: `verified`, `User Managed`. That holds for every source, files included.
 */
function takeFirst(facts: ContactFacts, email: string | null, known: ReadonlyMap<string, ExtraEmail>) {
  if (email?.toLowerCase() === facts.email?.toLowerCase()) {
    facts.email = email;
    return;
  }
  const status = email === null ? null : (known.get(email.toLowerCase()) ?? trusted(email));
  facts.email = email;
  facts.emailStatus = status?.emailStatus ?? null;
  facts.emailTrueStatus = status?.emailTrueStatus ?? null;
  facts.freeDomain = status?.freeDomain ?? false;
  facts.companyDomain = companyDomainOf(email);
  facts.emailFromCustomer = email === null ? null : true;
  facts.emailSource = null;
  facts.bouncedAt = null;
}

/** Said by a person, a call or a file. Only a check of the address makes it `Verified`. */
const USER_MANAGED = "User Managed";

function trusted(email: string) {
  return {
    emailStatus: "verified",
    emailTrueStatus: USER_MANAGED,
    source: USER_MANAGED,
    freeDomain: isFreeMail(email),
  };
}

export function emailsOfContact({ facts, emails }: ContactDetails): ExtraEmail[] {
  const { email, emailStatus, emailTrueStatus, freeDomain } = facts;
  const first =
    email === null ? [] : [{ email, emailStatus, emailTrueStatus, source: "User Managed", freeDomain }];
  return [...first, ...emails];
}
