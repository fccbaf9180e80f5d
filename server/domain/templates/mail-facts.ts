// What a mail may be told of: the person it goes to, their company, who sends it and from which sequence.
//
// A value that is empty is null here, never "" or white space: everything that asks whether something is missing
// asks for null. A custom field without a value is not listed.

export type Value = string | number | boolean | readonly string[];

export type CustomValue = { id: string; name: string; value: Value };

export type MailContactFacts = {
  firstName: string | null;
  lastName: string | null;
  name: string | null;
  title: string | null;
  headline: string | null;
  organizationName: string | null;
  email: string | null;
  phone: string | null;
  linkedinUrl: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  timeZone: string | null;
  customFields: readonly CustomValue[];
};

export type MailAccountFacts = {
  name: string | null;
  domain: string | null;
  websiteUrl: string | null;
  phone: string | null;
  industry: string | null;
  employees: number | null;
  annualRevenue: number | null;
  foundedYear: number | null;
  city: string | null;
  state: string | null;
  country: string | null;
  customFields: readonly CustomValue[];
};

export type SenderFacts = {
  firstName: string | null;
  lastName: string | null;
  name: string | null;
  title: string | null;
  email: string | null;
  /** Where contacts book a meeting. */
  meetingUrl: string | null;
};

export type MailFacts = {
  contact: MailContactFacts;
  account: MailAccountFacts | null;
  /** Null until a mailbox is chosen. */
  sender: SenderFacts | null;
  sequence: { name: string } | null;
  /** The personal first sentence; "" where the mail may go without one. */
  opener: string | null;
};

export function isAbsent(value: unknown): boolean {
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === undefined || typeof value === "object";
}
