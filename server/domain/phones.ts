// A phone number as somebody typed it, in the one form that machines dial.

import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";

/** E.164, or null. A number without a country's code is read as of the country given, else as American. */
export function sanitizePhone(raw: string, countryCode: string | null): string | null {
  const text = raw.trim().replace(/^00(?=[1-9])/, "+");
  const country = countryCode && isSupportedCountry(countryCode) ? (countryCode as CountryCode) : "US";
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() ? number.number : null;
}
