// What is known of a contact, and what may be said of it.

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
export const CONTACT_TEXT_FIELDS = [
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
export const CONTACT_LINK_FIELDS = ["accountId", "organizationId", "ownerId", "contactStageId"] as const;

type Told =
  | (typeof CONTACT_TEXT_FIELDS)[number]
  | (typeof WRITE_ONCE)[number]
  | (typeof CONTACT_LINK_FIELDS)[number];

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
  /** Nothing reaches them before; over when it has passed. */
  pausedUntil: Temporal.Instant | null;
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

type FurtherEmail = { email: string; emailStatus: string | null };
type FurtherNumber = { rawNumber: string; type: PhoneType };

export type ContactValues = { [key in Told]?: string | null | undefined } & {
  name?: string | null | undefined;
  email?: string | null | undefined;
  /** Every address; the one that comes first is the first, unless `email` says otherwise. */
  addresses?: readonly string[] | undefined;
  emailStatus?: string | null | undefined;
  /** Added behind those that stand, each with its own status. */
  furtherEmails?: readonly FurtherEmail[] | undefined;
  emailUnsubscribed?: boolean | null | undefined;
  doNotContact?: boolean | null | undefined;
  pausedUntil?: Temporal.Instant | null | undefined;
  /** One number per kind; null or empty takes the numbers of that kind away. */
  numbers?: { [type in PhoneType]?: string | null | undefined };
  /** Added to the numbers of their kind. */
  furtherNumbers?: readonly FurtherNumber[] | undefined;
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

export type ContactDetails = { facts: ContactFacts; emails: readonly ExtraEmail[]; phones: readonly Phone[] };

export function emptyContact(source: string, creatorId: string | null): ContactDetails {
  const nothing = Object.fromEntries(
    [...CONTACT_TEXT_FIELDS, ...WRITE_ONCE, ...CONTACT_LINK_FIELDS].map((key) => [key, null]),
  );
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
      pausedUntil: null,
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

/** Which of the facts differ, in our words. */
export function changedFacts(before: ContactDetails, after: ContactDetails) {
  const keys = (Object.keys(after.facts) as (keyof ContactFacts)[]).filter(
    (key) => !DERIVED.has(key) && differ(before.facts[key], after.facts[key]),
  );
  return [
    ...keys,
    ...(differ(before.emails, after.emails) ? ["emails"] : []),
    ...(differ(before.phones, after.phones) ? ["phones"] : []),
  ];
}

const DERIVED = new Set<keyof ContactFacts>(["stageUpdatedAt", "emailUnsubscribedAt", "companyDomain"]);

function differ(one: unknown, other: unknown) {
  return one !== other && JSON.stringify(one) !== JSON.stringify(other);
}
