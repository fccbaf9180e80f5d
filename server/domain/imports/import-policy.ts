// What a file may change about an existing record: nothing, blank fields, or every field it has. Lists are always added
// to, and an opt-out always counts.
//
// Easy to get wrong: a field that this import has filled counts as blank. So of two rows about one contact the later
// wins field by field, whichever batch they are in.

import type { ContactDetails, ContactFacts, ContactValues, PhoneType } from "../contacts/contact-facts.ts";
import { difference, type FieldSnapshot } from "./import-undo.ts";

const POLICIES = ["never", "fill", "replace"] as const;
export type Policy = (typeof POLICIES)[number];

/** Names of facts, `phone <type>`, `field <id>`; or everything, for records this import created. */
export type SetEarlier = ReadonlySet<string> | "all";

export function heeded<
  Wish extends ContactValues & { fields?: Readonly<Record<string, unknown>> | undefined },
>(
  wish: Wish,
  policy: Policy,
  {
    before,
    fields,
    setEarlier,
  }: { before: ContactDetails; fields: Readonly<Record<string, unknown>>; setEarlier: SetEarlier },
): Wish {
  const mayChange = (key: string, isBlank: boolean) =>
    policy === "replace" || setEarlier === "all" || setEarlier.has(key) || (policy === "fill" && isBlank);
  const taken: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wish)) {
    if (ALWAYS.has(key)) taken[key] = value;
    else if (key === "name") {
      const { firstName, lastName } = before.facts;
      if (mayChange("firstName", firstName === null && lastName === null)) taken.name = value;
    } else if (key === "stageName") {
      if (mayChange("contactStageId", before.facts.contactStageId === null)) taken.stageName = value;
    } else if (!BY_ITSELF.has(key)) {
      if (mayChange(key, before.facts[key as keyof ContactFacts] === null)) taken[key] = value;
    }
  }
  // The account of a company that they are not said to be at is not theirs.
  const { organizationName } = before.facts;
  const isElsewhere = organizationName && wish.organizationName && taken.organizationName === undefined;
  if (isElsewhere && plain(organizationName) !== plain(wish.organizationName ?? "")) {
    delete taken.accountId;
    delete taken.organizationId;
  }
  Object.assign(taken, addressIn(wish, before, mayChange), statusIn(wish, before, mayChange));
  const numbers = Object.entries(wish.numbers ?? {}).filter(([type]) =>
    mayChange(`phone ${type}`, !before.phones.some((phone) => phone.type === type)),
  );
  if (numbers.length > 0) taken.numbers = Object.fromEntries(numbers) as Record<PhoneType, string>;
  // What comes beside others takes nothing away.
  const adds = policy !== "never" || setEarlier === "all";
  const further = (wish.furtherNumbers ?? []).filter(
    ({ rawNumber, type }) =>
      adds && !before.phones.some((phone) => phone.type === type && phone.rawNumber === rawNumber),
  );
  if (further.length > 0) taken.furtherNumbers = further;
  const known = new Set([before.facts.email, ...before.emails.map((one) => one.email)].map(lower));
  const emails = (wish.furtherEmails ?? []).filter(({ email }) => adds && !known.has(lower(email)));
  if (emails.length > 0) taken.furtherEmails = emails;
  const own = Object.entries(wish.fields ?? {}).filter(([id]) =>
    mayChange(`field ${id}`, fields[id] === undefined || fields[id] === null),
  );
  if (own.length > 0) taken.fields = Object.fromEntries(own);
  return taken as Wish;
}

const BY_ITSELF = new Set(["numbers", "furtherNumbers", "furtherEmails", "fields", "email", "emailStatus"]);

const lower = (email: string | null) => email?.toLowerCase();

const plain = (name: string) => name.trim().toLowerCase();

const ALWAYS = new Set(["labelNames", "labelIds", "websiteUrl", "doNotContact", "emailUnsubscribed"]);

/** The earlier first address is kept behind the new one, so that a contact with two loses none. */
function addressIn(
  { email }: ContactValues,
  { facts, emails }: ContactDetails,
  mayChange: (key: string, isBlank: boolean) => boolean,
): ContactValues {
  if (!email || email.toLowerCase() === facts.email?.toLowerCase()) return {};
  const isKnown = emails.some((extra) => extra.email.toLowerCase() === email.toLowerCase());
  if (isKnown || !mayChange("email", facts.email === null)) return {};
  if (facts.email === null) return { email };
  return { email, addresses: [email, facts.email, ...emails.map((extra) => extra.email)] };
}

/**
 * A status belongs to the address in the row. It is taken together with that address, or if the address is already
 * first.
 */
function statusIn(
  { email, emailStatus }: ContactValues,
  before: ContactDetails,
  mayChange: (key: string, isBlank: boolean) => boolean,
): ContactValues {
  if (emailStatus === undefined || !email) return {};
  const isFirst = email.toLowerCase() === before.facts.email?.toLowerCase();
  const isTaken = addressIn({ email }, before, mayChange).email !== undefined;
  const isSaid = isTaken || (isFirst && mayChange("emailStatus", before.facts.emailStatus === null));
  return isSaid ? { emailStatus } : {};
}

/** What a wish sets, in the words by which later rows ask. */
export function fieldsSetBy(
  wish: ContactValues & { fields?: Readonly<Record<string, unknown>> | undefined },
) {
  return [
    ...Object.keys(wish),
    ...(wish.name === undefined ? [] : ["firstName", "lastName"]),
    ...Object.keys(wish.numbers ?? {}).map((type) => `phone ${type}`),
    ...Object.keys(wish.fields ?? {}).map((id) => `field ${id}`),
  ];
}

/** The same of a company. */
export function heededAccount<Wish extends object>(
  wish: Wish,
  policy: Policy,
  known: { facts: object; fields: Readonly<Record<string, unknown>>; setEarlier: SetEarlier },
): Wish {
  const { facts, fields, setEarlier } = known;
  const mayChange = (key: string, value: unknown) =>
    policy === "replace" ||
    setEarlier === "all" ||
    setEarlier.has(key) ||
    (policy === "fill" && (value === null || value === undefined));
  const taken: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(wish)) {
    if (value === undefined) continue;
    if (key === "labelNames") taken[key] = value;
    else if (key === "fields") {
      const own = Object.entries(value as object).filter(([id]) => mayChange(`field ${id}`, fields[id]));
      if (own.length > 0) taken.fields = Object.fromEntries(own);
    } else if (mayChange(key, (facts as Record<string, unknown>)[key])) taken[key] = value;
  }
  // A website says the domain where none is said; where there is one already, only what may change it does.
  const { domain } = facts as { domain?: string | null };
  if (taken.websiteUrl !== undefined && taken.domain === undefined && domain && !mayChange("domain", domain))
    taken.domain = domain;
  return taken as Wish;
}

/** The same for records of the people database. Facts that are already there are not taken again. */
export function heededFacts(
  said: FieldSnapshot,
  policy: Policy,
  facts: FieldSnapshot,
  setEarlier: SetEarlier,
): FieldSnapshot {
  const mayChange = (key: string) =>
    policy === "replace" ||
    setEarlier === "all" ||
    setEarlier.has(key) ||
    (policy === "fill" && isBlank(facts[key]));
  return Object.fromEntries(
    Object.entries(said).filter(([key, value]) => mayChange(key) && !isSame(facts[key], value)),
  );
}

const isBlank = (value: unknown) => value === null || value === undefined;

const isSame = (one: unknown, other: unknown) => difference({ one }, { one: other }) === null;
