// Which calendar of public holidays counts for a contact, read off the country and state as a person or a file wrote them.
//
// Easy to get wrong: "Georgia" is a country and a state, so a state counts only within its country. Without a country the
// contact's own time zone tells it. What stays unknown is null, and the team's choice counts.

import { geoLocationOf, stateOfCity, withoutPostalCode } from "../basics/addresses.ts";
import { calendarName, countriesWithHolidays, countryFile, isCalendar } from "./public-holidays.ts";
import { ENGLISH_REGIONS, REGIONS_NAMED_AS_COUNTRIES } from "./region-names.ts";

/**
 * Where a contact is, as far as it is known. The region is a state, an address that may name one, or both with a comma
 * between.
 */
export type Whereabouts = { timeZone: string | null; country: string | null; region: string | null };

export const NOWHERE: Whereabouts = { timeZone: null, country: null, region: null };

/** The team's choice for contacts whose country is not known; "none": they have no public holidays. */
const NO_CALENDAR = "none";

export function isFallback(calendar: string) {
  return calendar === NO_CALENDAR || isCalendar(calendar);
}

/** The contact's own; else the team's choice; else that of the country whose clock the schedule keeps to. */
export function calendarFor(
  where: Whereabouts,
  fallback: { holidayCalendar: string | null; timeZone: string },
): string | null {
  const own = ownCalendar(where);
  if (own) return own;
  if (fallback.holidayCalendar !== null)
    return fallback.holidayCalendar === NO_CALENDAR ? null : fallback.holidayCalendar;
  return countryOfZone(fallback.timeZone);
}

/** Every calendar with its name, for a person to choose from. */
export function listCalendars(): { code: string; name: string }[] {
  const codes = countriesWithHolidays().flatMap((country) => [
    country,
    ...Object.keys(countryFile(country)?.regions ?? {}).map((region) => `${country}-${region}`),
  ]);
  return codes
    .map((code) => ({ code, name: calendarName(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, "en"));
}

/** A team has a few hundred places, and asks for each of them again and again. */
const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, string | null>();

function ownCalendar({ country, region, timeZone }: Whereabouts): string | null {
  if (!country && timeZone === null) return null;
  const key = `${country ?? ""}\n${region ?? ""}\n${timeZone ?? ""}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const found = (country ? calendarOf(country, region) : null) ?? countryOfZone(timeZone);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(key, found);
  return found;
}

function calendarOf(country: string, named: string | null): string | null {
  const name = plain(country);
  const region = REGIONS_NAMED_AS_COUNTRIES[name];
  if (region) return region;
  const code = countryNamed(name);
  if (!code) return null;
  const inside = named === null ? null : regionIn(code, named);
  return inside ? `${code}-${inside}` : code;
}

function regionIn(country: string, address: string): string | null {
  if (Object.keys(countryFile(country)?.regions ?? {}).length === 0) return null;
  const parts = address
    .slice(0, 500)
    .split(/[,;\n]/)
    .map(withoutPostalCode);
  for (const part of parts) {
    const found = regionNamed(country, plain(part));
    if (found) return found;
  }
  for (const part of parts) {
    const state = stateOfCity(country, part);
    const found = state && regionNamed(country, plain(state));
    if (found) return found;
  }
  return null;
}

function regionNamed(country: string, name: string): string | null {
  if (name === "") return null;
  const regions = Object.entries(countryFile(country)?.regions ?? {});
  const written = name.replace(`${country.toLowerCase()}-`, "");
  const byCode = regions.find(([code]) => code.toLowerCase() === written);
  if (byCode) return byCode[0];
  const bare = withoutKind(name);
  const byName = regions.find(([, names]) =>
    names.some((one) => plain(one) === name || withoutKind(plain(one)) === bare),
  );
  return byName?.[0] ?? ENGLISH_REGIONS[country]?.[bare] ?? null;
}

/** "Canton of Bern", "Kanton Bern" and "Bern" are one. */
function withoutKind(name: string) {
  return name
    .replace(
      /^(?:(?:canton|state|province|region|department|departement|community|comunidad|land|kanton|freistaat|hansestadt|free state|autonomous community) )+(?:of |de |du |d'|del )?(?:the )?/,
      "",
    )
    .replace(/ (?:region|province|county|state|prefecture)$/, "")
    .trim();
}

/** Languages in which databases of contacts name countries, beside English and each country's own. */
const LANGUAGES = ["de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "tr", "ja", "zh"];

const ALIASES: Readonly<Record<string, string>> = {
  uk: "GB",
  "great britain": "GB",
  england: "GB",
  usa: "US",
  "u.s.": "US",
  "u.s.a.": "US",
  america: "US",
  "united states of america": "US",
  holland: "NL",
  "the netherlands": "NL",
  "czech republic": "CZ",
  turkey: "TR",
  turkiye: "TR",
  uae: "AE",
  "south korea": "KR",
  korea: "KR",
  "republic of korea": "KR",
  "russian federation": "RU",
  "viet nam": "VN",
  "republic of ireland": "IE",
  "hong kong": "HK",
  macau: "MO",
  "ivory coast": "CI",
};

type Names = ReadonlyMap<string, string>;

// English names answer nearly always; all languages together take a tenth of a second, once.
let english: Names | undefined;
let others: Names | undefined;

function countryNamed(name: string): string | null {
  const upper = name.toUpperCase();
  if (countryFile(upper)) return upper;
  english ??= new Map([...namesIn("en"), ...Object.entries(ALIASES)]);
  const found = english.get(name);
  if (found) return found;
  if (/^[a-z]{3}$/.test(name)) return geoLocationOf(name).countryCode; // ISO's three letters
  others ??= new Map([...LANGUAGES.flatMap(namesIn), ...ownNames()]);
  return others.get(name) ?? null;
}

function namesIn(language: string): [string, string][] {
  const display = new Intl.DisplayNames(language, { type: "region" });
  return countriesWithHolidays().map((code) => [plain(display.of(code) ?? code), code]);
}

/** Each in the language that most people speak there. */
function ownNames(): [string, string][] {
  return countriesWithHolidays().map((code) => {
    const own = new Intl.Locale(`und-${code}`).maximize().language;
    return [plain(new Intl.DisplayNames(own, { type: "region" }).of(code) ?? code), code];
  });
}

let zones: ReadonlyMap<string, string> | undefined;

/** Null for UTC and for zones that belong to no country. */
function countryOfZone(zone: string | null): string | null {
  if (zone === null) return null;
  zones ??= new Map(
    countriesWithHolidays().flatMap((code) =>
      zonesOf(code).map((name): [string, string] => [canonical(name) ?? name, code]),
    ),
  );
  return zones.get(canonical(zone) ?? zone) ?? null;
}

function zonesOf(country: string): readonly string[] {
  return new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
}

const canonicalNames = new Map<string, string>();

/** One name for a zone that has several. Kept: making it takes a millisecond, and it is asked for each email. */
function canonical(zone: string): string | null {
  const known = canonicalNames.get(zone);
  if (known !== undefined) return known;
  const found = canonicalName(zone);
  if (found !== null) canonicalNames.set(zone, found); // there are some hundred zones, and no end of other words
  return found;
}

function canonicalName(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function plain(text: string) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();
}
