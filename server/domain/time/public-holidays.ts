// The public holidays of countries and their regions, as days of the calendar: days off by law, and no observances.
//
// A calendar is a country ("DE") or a region of one ("DE-BY", as ISO 3166-2 writes it). The files in public-holidays are
// made by `npm run gather-holidays`. One is read when a contact of its country comes, in under a
// millisecond, so neither a start nor a mail waits for a library.

import { createRequire } from "node:module";
import { spokenRegion } from "../../kernel/say.ts";

// Read when the first contact of a country comes.
const require = createRequire(import.meta.url);

/** A line of a country's file: on one day of every year ("12-25"), or on the days listed. */
export type FiledHoliday = {
  name: string;
  /** Regions that have it; "" means places whose region is unknown. Left out: all of the country. */
  in?: readonly string[];
  on: string | readonly string[];
};

export type CountryFile = {
  /** In English first, then in the country's own language. */
  names: readonly string[];
  regions: Readonly<Record<string, readonly string[]>>;
  days: readonly FiledHoliday[];
};

/** The files end with it; nothing after it is a holiday. */
export const LAST_YEAR = 2045;

const files = new Map<string, CountryFile | null>();

export function countryFile(country: string): CountryFile | null {
  const known = files.get(country);
  if (known !== undefined) return known;
  const isThere = countriesWithHolidays().includes(country);
  const file = isThere ? (require(`./public-holidays/${country}.json`) as CountryFile) : null;
  files.set(country, file);
  return file;
}

let countries: readonly string[] | undefined;

/** Codes of all countries with a calendar. */
export function countriesWithHolidays(): readonly string[] {
  countries ??= require("./public-holidays/countries.json") as readonly string[];
  return countries;
}

export function isCalendar(calendar: string) {
  const { country, region } = partsOf(calendar);
  const file = countryFile(country);
  return file !== null && (region === "" || Object.hasOwn(file.regions, region));
}

/** "Germany", "Germany (Bayern)"; the country in the language that is spoken. */
export function calendarName(calendar: string): string {
  const { country, region } = partsOf(calendar);
  const file = countryFile(country);
  const english = file?.names[0] ?? country;
  const name = spokenRegion() === "en-GB" ? english : (countryNames().of(country) ?? english);
  return region === "" ? name : `${name} (${file?.regions[region]?.[0] ?? region})`;
}

const namesByRegion = new Map<string, Intl.DisplayNames>();

function countryNames() {
  const region = spokenRegion();
  const names =
    namesByRegion.get(region) ?? new Intl.DisplayNames(region, { type: "region", fallback: "none" });
  namesByRegion.set(region, names);
  return names;
}

type Days = { everyYear: ReadonlyMap<string, string>; once: ReadonlyMap<string, string> };

const days = new Map<string, Days>();

/** The holiday's name in English; null on all other days. `date` is written "2026-05-25". */
export function publicHolidayOn(calendar: string, date: string): string | null {
  const known = days.get(calendar) ?? daysOf(calendar);
  days.set(calendar, known);
  return known.once.get(date) ?? known.everyYear.get(date.slice(5)) ?? null;
}

/** In the order of the year. */
export function publicHolidaysIn(calendar: string, year: number): { date: string; name: string }[] {
  const { everyYear, once } = daysOf(calendar);
  const yearly = [...everyYear].map(([day, name]) => ({ date: `${year}-${day}`, name }));
  const own = [...once].flatMap(([date, name]) => (date.startsWith(`${year}-`) ? { date, name } : []));
  const dates = new Set(own.map(({ date }) => date));
  return [...own, ...yearly.filter(({ date }) => !dates.has(date))].sort((one, other) =>
    one.date < other.date ? -1 : 1,
  );
}

function daysOf(calendar: string): Days {
  const { country, region } = partsOf(calendar);
  const everyYear = new Map<string, string>();
  const once = new Map<string, string>();
  for (const { name, in: where, on } of countryFile(country)?.days ?? []) {
    if (where && !where.includes(region)) continue;
    if (typeof on === "string") keep(everyYear, on, name);
    else for (const date of on) keep(once, date, name);
  }
  return { everyYear, once };
}

/** Of two on one day the one that the file names first. */
function keep(into: Map<string, string>, date: string, name: string) {
  if (!into.has(date)) into.set(date, name);
}

function partsOf(calendar: string) {
  return { country: calendar.slice(0, 2), region: calendar.slice(3) };
}
