// What a row of a file says about a contact, or why it says nothing that can be used.

import { say } from "../../kernel/say.ts";
import { fromOneCell } from "../contacts/cell-lists.ts";
import { bareAddress, isEmailAddress } from "../contacts/contact-emails.ts";
import type { PhoneType } from "../contacts/contact-facts.ts";
import { statusOf } from "./email-statuses.ts";
import { readOptOut, saysOptOut } from "./import-opt-outs.ts";
import type { ImportedContact, Read, RowSkipCode } from "./import-rows.ts";
import { type CellValues, commonIn, isTooLong, placeIn } from "./row-values.ts";

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
} as const satisfies Record<string, keyof ImportedContact>;

const NUMBERS = {
  direct_phone: "work_direct",
  corporate_phone: "work_hq",
  mobile_phone: "mobile",
  home_phone: "home",
  other_phone: "other",
} as const satisfies Record<string, PhoneType>;

export function contactFrom(values: CellValues): Read<ImportedContact> {
  const skip = (code: RowSkipCode) => ({ row: null, code });
  if (isTooLong(values)) return skip("cell_too_long");
  const row: ImportedContact = { leftOut: {}, ...commonIn(values) };
  const id = values.get("id")?.toLowerCase();
  const isOurs = id !== undefined && /^[0-9a-f]{24}$/.test(id);
  if (isOurs) row.id = id;
  else if (id !== undefined) row.leftOut.id = say("is not a valid id");
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
    const [first = "", ...further] = fromOneCell(number, "; ").map((one) => one.trim());
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

function takeZone(row: ImportedContact, zone: string | undefined) {
  if (zone === undefined) return;
  try {
    const { timeZoneId } = Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    if (!/^[a-z]/i.test(zone) || timeZoneId.toLowerCase() !== zone.toLowerCase()) throw new RangeError(zone);
    row.timeZone = timeZoneId;
  } catch {
    row.leftOut.time_zone = say("is not a time zone");
  }
}

function takeOptOut(
  row: ImportedContact,
  key: "doNotContact" | "emailUnsubscribed",
  field: string,
  values: CellValues,
) {
  const word = values.get(field);
  if (word === undefined) return;
  const said = readOptOut(field, word);
  if (said !== "no") row[key] = true;
  if (said === "unclear") row.leftOut[field] = say("is neither yes nor no, and was read as yes");
}

/** The statuses are in the order of the addresses. */
function takeFurther(row: ImportedContact, values: CellValues) {
  const said = values.get("further_emails")?.split(/[;,]/) ?? [];
  const statuses = values.get("further_email_statuses")?.split(";") ?? [];
  const all = said.map((text, at) => ({
    email: bareAddress(text),
    emailStatus: statusOf(statuses[at]?.trim() ?? "") ?? null,
  }));
  const good = all.filter(({ email }) => isEmailAddress(email));
  if (good.length > 0) row.furtherEmails = good;
  if (all.some(({ email }) => email !== "" && !isEmailAddress(email)))
    row.leftOut.further_emails = say("contains an invalid email address");
}

/** A yes or a no says whether the address is verified. Any other value does not prove that it is. */
export function takeStatus(row: ImportedContact, said: string | undefined) {
  if (said === undefined || row.email === undefined) return;
  const status = statusOf(said);
  row.emailStatus = status ?? "unverified";
  if (status === undefined)
    row.leftOut.email_status = say("is an unknown status, so the address counts as unverified");
}

/** Other tools also keep an opt-out as a stage or a list. A column that clearly says there is none wins. */
function takeOptOutBeside(row: ImportedContact, values: CellValues) {
  const words = [row.stageName ?? "", values.get("email_status") ?? "", ...(row.labelNames ?? [])];
  if (values.has("do_not_contact") || values.has("email_unsubscribed")) return;
  if (words.some(saysOptOut)) row.doNotContact = true;
}
