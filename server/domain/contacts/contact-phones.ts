// A contact's numbers: one of each kind, or all of them.

import { geoLocationOf } from "../basics/addresses.ts";
import type { ContactDetails, ContactFacts, ContactValues, Phone, PhoneType } from "./contact-facts.ts";
import { sanitizePhone } from "./phones.ts";

const PHONE_ORDER: readonly PhoneType[] = ["work_direct", "work_hq", "mobile", "home", "other"];

export function takePhones(
  facts: ContactFacts,
  before: ContactDetails,
  { numbers, allNumbers, furtherNumbers }: ContactValues,
): readonly Phone[] {
  if (!numbers && !allNumbers && !furtherNumbers) return before.phones;
  const { countryCode } = geoLocationOf(facts.presentRawAddress);
  const phoneFrom = (rawNumber: string, type: PhoneType): Phone => ({
    rawNumber,
    type,
    sanitizedNumber: sanitizePhone(rawNumber, countryCode),
  });
  let phones = [...before.phones];
  if (allNumbers)
    phones = allNumbers.flatMap(({ rawNumber, type }) => {
      const raw = rawNumber.trim();
      return raw === "" ? [] : [phoneFrom(raw, type)];
    });
  for (const type of PHONE_ORDER) {
    const given = numbers?.[type];
    if (given === undefined) continue;
    const raw = given?.trim() || null;
    phones = phones.filter((phone) => phone.type !== type);
    if (raw !== null) phones.push(phoneFrom(raw, type));
  }
  for (const { rawNumber, type } of furtherNumbers ?? [])
    if (!phones.some((phone) => phone.type === type && phone.rawNumber === rawNumber))
      phones.push(phoneFrom(rawNumber, type));
  facts.sanitizedPhone = phones.find((phone) => phone.sanitizedNumber !== null)?.sanitizedNumber ?? null;
  return phones;
}
