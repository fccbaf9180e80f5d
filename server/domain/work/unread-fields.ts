// An invalid address, domain or amount in a field is not stored, and the answer says so (`field_errors`), by the name
// of the field. The rest is saved: one bad value must not lose the others.

import { say, toSay } from "../../kernel/say.ts";
import { normalizeDomain } from "../contacts/companies.ts";
import { readEmail } from "../contacts/contact-emails.ts";
import { readAmount } from "./deal.ts";

export type Unread = Record<string, string>;

type Text = string | null | undefined;

const NO_ADDRESS = toSay("is not an email address");
const NO_DOMAIN = toSay("is not a domain");

export function unreadOfContact(said: { email?: Text; addresses?: readonly string[] | undefined }): Unread {
  const isBad = (text: Text) => holds(text) && readEmail(text) === undefined;
  return {
    ...(isBad(said.email) && { email: say(NO_ADDRESS) }),
    ...(said.addresses?.some(isBad) && {
      contact_emails: `${which(said.addresses.findIndex(isBad))} ${say(NO_ADDRESS)}`,
    }),
  };
}

function which(place: number) {
  return say("The address at position {place}", { place });
}

export function unreadOfAccount(said: { domain?: Text; websiteUrl?: Text }): Unread {
  const isBad = (text: Text) => holds(text) && normalizeDomain(text) === null;
  return {
    ...(isBad(said.domain) && { domain: say(NO_DOMAIN) }),
    ...(isBad(said.websiteUrl) && { website_url: say("contains no domain") }),
  };
}

export function unreadOfDeal({ amount }: { amount?: Text }): Unread {
  return holds(amount) && readAmount(amount ?? null) === null
    ? { amount: say("is not a number. Write digits only, without commas or a currency sign") }
    : {};
}

/** By the place of each row in what was sent, counted from 0; rows of which all was taken are left out. */
export function unreadRows<Row>(rows: readonly Row[], of: (row: Row) => Unread): Record<string, Unread> {
  return Object.fromEntries(
    rows.flatMap((row, place) => {
      const unread = of(row);
      return Object.keys(unread).length > 0 ? [[String(place), unread]] : [];
    }),
  );
}

/** Null and empty text clear: there is nothing to be read in them. */
function holds(text: Text) {
  return (text ?? "").trim() !== "";
}
