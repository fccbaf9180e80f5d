// What a person of the store becomes when they are saved as a contact.

import type { ContactValues, PhoneType } from "../contacts/contact-facts.ts";
import type { PersonFacts } from "./person.ts";

type Person = { [key in keyof PersonFacts]: PersonFacts[key] | null } & { id: string };

const PHONE_TYPES: Record<string, PhoneType> = {
  work_direct: "work_direct",
  direct: "work_direct",
  work_hq: "work_hq",
  hq: "work_hq",
  mobile: "mobile",
  home: "home",
};

/** An address comes with what its source knows of it: it is not taken for the customer's own. */
export function contactOf(person: Person): ContactValues {
  const place = [person.city, person.state, person.country].filter(Boolean).join(", ");
  return {
    personId: person.id,
    organizationId: person.organizationId,
    firstName: person.firstName,
    lastName: person.lastName,
    title: person.title,
    headline: person.headline,
    organizationName: person.organizationName,
    linkedinUrl: person.linkedinUrl,
    twitterUrl: person.twitterUrl,
    facebookUrl: person.facebookUrl,
    githubUrl: person.githubUrl,
    photoUrl: person.photoUrl,
    ...(person.email !== null && {
      email: person.email,
      emailStatus: person.emailStatus === "unavailable" ? "unverified" : (person.emailStatus ?? "unverified"),
    }),
    ...(place && { presentRawAddress: place }),
    ...(person.timeZone && { timeZone: person.timeZone }),
    allNumbers: (person.phones ?? []).map(({ number, type }) => ({
      rawNumber: number,
      type: PHONE_TYPES[type ?? ""] ?? "other",
    })),
  };
}

/** Whom adding costs something: nobody else's address is bought. */
export function isPaidFor({ email, emailStatus }: Pick<Person, "email" | "emailStatus">) {
  return email !== null && emailStatus === "verified";
}

type Asked = ContactValues & { websiteUrl?: string | null | undefined };

/**
 * A contact that is asked for as this person: what is said of them holds, and what is not said is the person's. Of where
 * they work, and of how they are called, it is all or nothing: halves of two do not make one.
 */
export function filledFrom<Wish extends Asked>(wish: Wish, person: Person, domain: string | undefined): Wish {
  const known: Asked = { ...contactOf(person), websiteUrl: domain };
  const isSaid = (...keys: (keyof Asked)[]) => keys.some((key) => (wish[key] ?? "") !== "");
  if (isSaid("name", "firstName", "lastName")) leaveOut(known, "firstName", "lastName");
  if (isSaid("organizationName", "organizationId", "accountId", "websiteUrl"))
    leaveOut(known, "organizationName", "organizationId", "websiteUrl");
  if (!takesAddressOf(wish)) leaveOut(known, "email", "emailStatus");
  if (isSaid("presentRawAddress")) leaveOut(known, "timeZone");
  if (wish.numbers !== undefined) leaveOut(known, "allNumbers");
  const said = Object.entries(wish).filter(([, value]) => value !== undefined && value !== null);
  return { ...known, ...Object.fromEntries(said) } as Wish;
}

/** No address is bought for a contact who comes with one. */
export function takesAddressOf({ email, addresses }: Pick<ContactValues, "email" | "addresses">) {
  return !email?.trim() && !addresses?.length;
}

function leaveOut(known: Asked, ...keys: (keyof Asked)[]) {
  for (const key of keys) delete known[key];
}
