// Brings a phone number, as a user typed it, into the one form that can be dialed.

import { createRequire } from "node:module";
import type { CountryCode } from "libphonenumber-js";

// Read when the first number comes: every country's rules are large, and a process that only searches needs none.
const require = createRequire(import.meta.url);
const numbers = () => require("libphonenumber-js") as typeof import("libphonenumber-js");

/** E.164, or null. A number without a country's code is read as of the country given, else as American. */
export function sanitizePhone(raw: string, countryCode: string | null): string | null {
  const text = raw.trim().replace(/^00(?=[1-9])/, "+");
  const { isSupportedCountry, parsePhoneNumberFromString } = numbers();
  const country = countryCode && isSupportedCountry(countryCode) ? (countryCode as CountryCode) : "US";
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() ? number.number : null;
}
