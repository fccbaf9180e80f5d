// What one row of a file says, or why it says nothing that can be used. A blank cell says nothing: it clears no field.
//
// Easy to get wrong: an opt-out in a file holds and a missing one takes none back; and text that no column of the database
// can index must be found here, where it costs one row, and not there, where it costs all of them.

import type { AccountWish } from "./accounts.ts";
import { normalizeDomain } from "./companies.ts";
import { bareAddress, isEmailAddress } from "./contact-emails.ts";
import type { ContactWish, PhoneType } from "./contact-facts.ts";
import { inWords, type OptOut, readOptOut, saysOptOut } from "./import-opt-outs.ts";

/** What the cells of a row hold, by the field that their column goes to. */
export type Values = ReadonlyMap<string, string>;

/** Why a row is skipped. */
export type SkipCode =
  | "row_empty"
  | "header_again"
  | "cells_too_many"
  | "other_delimiter"
  | "cell_unreadable"
  | "cell_too_long"
  | "line_no_json"
  | "line_no_object"
  | "email_invalid"
  | "id_invalid"
  | "id_unknown"
  | "row_unidentified";

export type Extras = {
  labelNames?: readonly string[];
  fields?: Readonly<Record<string, string>>;
  /** The address of a member, or the name. */
  owner?: string;
  /** By field: why what stands there was left out. The rest of the row is used. */
  leftOut: Record<string, string>;
};

export type ContactRow = ContactWish & Extras & { id?: string; websiteUrl?: string; stageName?: string };
export type AccountRow = AccountWish & Extras & { id?: string; stageName?: string };
export type Read<Row> = { row: Row; code: null } | { row: null; code: SkipCode };

const LONGEST = 1_000;
/** What stands where bytes are no letter: half a name would be written to as one. */
const UNREADABLE = "\ufffd";

/** What is wrong with a row before anybody asks what it is about. */
export function faultOf(
  cells: readonly string[],
  header: readonly string[],
  delimiter: string | null,
): SkipCode | null {
  if (cells.every((cell) => cell.trim() === "")) return "row_empty";
  if (cells.slice(header.length).some((cell) => cell.trim() !== "")) return "cells_too_many";
  if (cells.some((cell) => cell.includes("\0") || cell.includes(UNREADABLE))) return "cell_unreadable";
  if (
    delimiter !== null &&
    cells.length === header.length &&
    cells.every((cell, at) => cell.trim() === header[at]?.trim())
  )
    return "header_again";
  const [only = ""] = cells;
  const isWhole = delimiter !== null && cells.length === 1 && header.length > 1;
  if (isWhole && [",", ";", "\t", "|"].some((sign) => sign !== delimiter && only.includes(sign)))
    return "other_delimiter";
  return null;
}

/** Whom a row means, in its own words: by name, or by what else tells one from others. */
export function nameIn(values: Values): string | null {
  const whole = [values.get("first_name"), values.get("last_name")].filter(Boolean).join(" ");
  const others = CALLED_BY.map((field) => values.get(field));
  return [values.get("name"), whole, ...others].find((text) => text) ?? null;
}

const CALLED_BY = ["email", "domain", "website_url", "linkedin_url", "organization_name"];

const TEXTS = {
  first_name: "firstName",
  last_name: "lastName",
  name: "name",
  title: "title",
  headline: "headline",
  organization_name: "organizationName",
  linkedin_url: "linkedinUrl",
  twitter_url: "twitterUrl",
  facebook_url: "facebookUrl",
  github_url: "githubUrl",
  photo_url: "photoUrl",
  website_url: "websiteUrl",
  contact_stage_name: "stageName",
  salesforce_lead_id: "salesforceLeadId",
  salesforce_contact_id: "salesforceContactId",
  hubspot_vid: "hubspotVid",
} as const satisfies Record<string, keyof ContactRow>;

const NUMBERS = {
  direct_phone: "work_direct",
  corporate_phone: "work_hq",
  mobile_phone: "mobile",
  home_phone: "home",
  other_phone: "other",
} as const satisfies Record<string, PhoneType>;

export function contactFrom(values: Values): Read<ContactRow> {
  const skip = (code: SkipCode) => ({ row: null, code });
  if (isTooLong(values)) return skip("cell_too_long");
  const row: ContactRow = { leftOut: {}, ...commonIn(values) };
  const id = values.get("id")?.toLowerCase();
  const isOurs = id !== undefined && /^[0-9a-f]{24}$/.test(id);
  if (isOurs) row.id = id;
  else if (id !== undefined) row.leftOut.id = "is no id of ours";
  const said = values.get("email");
  const email = said === undefined ? undefined : bareAddress(said);
  if (email !== undefined && !isEmailAddress(email)) return skip("email_invalid");
  if (email !== undefined) row.email = email;
  takeStatus(row, values.get("email_status"));
  takeFurther(row, values);
  for (const [field, key] of Object.entries(TEXTS)) {
    const text = values.get(field);
    if (text !== undefined) row[key] = text;
  }
  const numbers: Partial<Record<PhoneType, string>> = {};
  for (const [field, type] of Object.entries(NUMBERS)) {
    const number = values.get(field);
    if (number === undefined) continue;
    const [first = "", ...further] = number.split("; ").map((one) => one.trim());
    numbers[type] = first;
    const some = further.filter((one) => one !== "").map((rawNumber) => ({ rawNumber, type }));
    if (some.length > 0) row.furtherNumbers = [...(row.furtherNumbers ?? []), ...some];
  }
  if (Object.keys(numbers).length > 0) row.numbers = numbers;
  const address = values.get("present_raw_address") ?? placeIn(values);
  if (address !== undefined) row.presentRawAddress = address;
  takeZone(row, values.get("time_zone"));
  takeOptOut(row, "doNotContact", "do_not_contact", values);
  takeOptOut(row, "emailUnsubscribed", "email_unsubscribed", values);
  takeOptOutBeside(row, values);
  const isSomebody = row.id ?? row.email ?? row.linkedinUrl ?? row.organizationName ?? row.websiteUrl;
  const isKnownElsewhere = row.salesforceLeadId ?? row.salesforceContactId ?? row.hubspotVid;
  if (isSomebody ?? isKnownElsewhere) return { row, code: null };
  return skip(row.leftOut.id === undefined ? "row_unidentified" : "id_invalid");
}

const ACCOUNT_TEXTS = {
  name: "name",
  website_url: "websiteUrl",
  linkedin_url: "linkedinUrl",
  twitter_url: "twitterUrl",
  facebook_url: "facebookUrl",
  industry: "industry",
  phone: "phone",
  hubspot_id: "hubspotId",
  salesforce_id: "salesforceId",
  account_stage_name: "stageName",
} as const satisfies Record<string, keyof AccountRow>;

export function accountFrom(values: Values): Read<AccountRow> {
  const skip = (code: SkipCode) => ({ row: null, code });
  if (isTooLong(values)) return skip("cell_too_long");
  const row: AccountRow = { leftOut: {}, ...commonIn(values) };
  for (const [field, key] of Object.entries(ACCOUNT_TEXTS)) {
    const text = values.get(field);
    if (text !== undefined) row[key] = text;
  }
  const domain = values.get("domain");
  if (domain !== undefined) {
    if (normalizeDomain(domain) === null) row.leftOut.domain = "is not a domain";
    else row.domain = domain;
  }
  const address = values.get("raw_address") ?? placeIn(values);
  if (address !== undefined) row.rawAddress = address;
  takeNumber(row, "estimatedNumEmployees", "estimated_num_employees", values, 2_000_000_000);
  takeNumber(row, "foundedYear", "founded_year", values, 9_999);
  takeNumber(row, "annualRevenue", "annual_revenue", values, 1e15);
  const isNamed = row.name ?? row.domain ?? normalizeDomain(row.websiteUrl);
  return isNamed ? { row, code: null } : skip("row_unidentified");
}

// Fields of the team's own are as long as their definitions let them be.
function isTooLong(values: Values) {
  return [...values].some(([field, text]) => !isOwn(field) && !MANY.has(field) && text.length > LONGEST);
}

/** What holds several names or addresses, each as long as any. */
const MANY = new Set(["label_names", "further_emails", "further_email_statuses"]);

export const OWN = "typed_custom_fields.";

function isOwn(field: string) {
  return field.startsWith(OWN);
}

function commonIn(values: Values) {
  const common: Pick<Extras, "labelNames" | "owner" | "fields"> = {};
  const fields: Record<string, string> = {};
  for (const [field, text] of values) if (isOwn(field)) fields[field.slice(OWN.length)] = text;
  if (Object.keys(fields).length > 0) common.fields = fields;
  const lists = values
    .get("label_names")
    ?.split(";")
    .map((name) => name.trim().slice(0, 200));
  const labelNames = lists?.filter((name) => name !== "");
  if (labelNames && labelNames.length > 0) common.labelNames = labelNames;
  const owner = values.get("owner_email");
  if (owner !== undefined) common.owner = bareAddress(owner).toLowerCase();
  return common;
}

function placeIn(values: Values) {
  const parts = ["city", "state", "country"].flatMap((field) => values.get(field) ?? []);
  return parts.length > 0 ? parts.join(", ") : undefined;
}

function takeZone(row: ContactRow, zone: string | undefined) {
  if (zone === undefined) return;
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    if (!/^[a-z]/i.test(zone) || timeZoneId.toLowerCase() !== zone.toLowerCase()) throw new RangeError(zone);
    row.timeZone = timeZoneId;
  } catch {
    row.leftOut.time_zone = "is not a time zone";
  }
}

function takeOptOut(
  row: ContactRow,
  key: "doNotContact" | "emailUnsubscribed",
  field: string,
  values: Values,
) {
  const word = values.get(field);
  if (word === undefined) return;
  const said = readOptOut(field, word);
  if (said !== "no") row[key] = true;
  if (said === "unclear") row.leftOut[field] = "is neither yes nor no, and was taken for a yes";
}

const OUR_STATUSES = [
  ...["verified", "unverified", "likely to engage", "unavailable", "bounced", "do_not_email", "spam_block"],
  ...["user_managed", "guessed", "extrapolated", "pending_manual_fulfillment"],
];
/** What checkers of addresses and other tools call what they found, and what it is here. */
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  verified: [
    "verified",
    "valid",
    "ok",
    "good",
    "deliverable",
    "safe",
    "safe to send",
    "mailbox exists",
    "user managed",
  ],
  "likely to engage": ["likely to engage"],
  unverified: [
    ...["unverified", "not verified", "unknown", "pattern", "pending", "risky", "questionable"],
    ...[
      "catch all",
      "catchall",
      "accept all",
      "accept all unverifiable",
      "catch all verified",
      "role",
      "role based",
    ],
    ...["disposable", "webmail", "update required", "new data available"],
  ],
  unavailable: [
    "unavailable",
    "invalid",
    "undeliverable",
    "bad",
    "not valid",
    "does not exist",
    "no email",
    "disabled",
  ],
  bounced: ["bounced", "hard bounced", "hard bounce", "bounce"],
  do_not_email: [
    "do not mail",
    "do not email",
    "abuse",
    "spamtrap",
    "spam trap",
    "unsubscribed",
    "opted out",
  ],
};
const STATUS_OF = new Map(
  Object.entries(STATUSES).flatMap(([status, words]) => words.map((word) => [word, status] as const)),
);

const PLAINLY: Partial<Record<OptOut, string>> = { yes: "verified", no: "unverified" };

function statusOf(said: string): string | undefined {
  return (
    OUR_STATUSES.find((one) => one === said.toLowerCase()) ??
    STATUS_OF.get(inWords(said)) ??
    PLAINLY[readOptOut("", said)]
  );
}

/** The statuses stand in the order of the addresses. */
function takeFurther(row: ContactRow, values: Values) {
  const said = values.get("further_emails")?.split(/[;,]/) ?? [];
  const statuses = values.get("further_email_statuses")?.split(";") ?? [];
  const all = said.map((text, at) => ({
    email: bareAddress(text),
    emailStatus: statusOf(statuses[at]?.trim() ?? "") ?? null,
  }));
  const good = all.filter(({ email }) => isEmailAddress(email));
  if (good.length > 0) row.furtherEmails = good;
  if (all.some(({ email }) => email !== "" && !isEmailAddress(email)))
    row.leftOut.further_emails = "holds something that is no email address";
}

/** A yes and a no answer whether the address is verified. What nobody understands is no proof that it is. */
function takeStatus(row: ContactRow, said: string | undefined) {
  if (said === undefined || row.email === undefined) return;
  const status = statusOf(said);
  row.emailStatus = status ?? "unverified";
  if (status === undefined)
    row.leftOut.email_status = "is no status we know, so the address counts as unverified";
}

/** Other tools keep an opt-out as a stage or a list too. Where a column says outright that there is none, there is none. */
function takeOptOutBeside(row: ContactRow, values: Values) {
  const words = [row.stageName ?? "", values.get("email_status") ?? "", ...(row.labelNames ?? [])];
  if (values.has("do_not_contact") || values.has("email_unsubscribed")) return;
  if (words.some(saysOptOut)) row.doNotContact = true;
}

function takeNumber(
  row: AccountRow,
  key: "estimatedNumEmployees" | "foundedYear" | "annualRevenue",
  field: string,
  values: Values,
  most: number,
) {
  const text = values.get(field);
  if (text === undefined) return;
  const digits = text.replace(/[\s,_']/g, "").replace(/^[$€£]/, "");
  const number = /^\d+(\.\d+)?$/.test(digits) ? Number(digits) : Number.NaN;
  if (number >= 0 && number <= most) row[key] = key === "annualRevenue" ? number : Math.round(number);
  else row.leftOut[field] = "must be a number";
}
