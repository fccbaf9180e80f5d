// Writes the public holidays of every country and region into server/domain/time/public-holidays: `npm run gather-holidays`.
//
// The library that knows them takes 0.6 s and 57 MB to load, and the send path needs dates only. So they are worked out
// here, after the library was updated, and the server reads one small file per country when a contact of it comes.

import { readdirSync, rmSync, writeFileSync } from "node:fs";
import Holidays, { type HolidaysTypes } from "date-holidays";
import { type CountryFile, type FiledHoliday, LAST_YEAR } from "../server/domain/time/public-holidays.ts";

const FOLDER = new URL("../server/domain/time/public-holidays/", import.meta.url);
const FIRST = 2024;

/** Part of a country's holidays that is everybody's there, beside those of its regions. */
const NATION = "";

if (import.meta.main) gatherAll();

function gatherAll() {
  for (const name of readdirSync(FOLDER)) if (name.endsWith(".json")) rmSync(new URL(name, FOLDER));
  const library = new Holidays();
  const codes = Object.keys(library.getCountries()).sort();
  writeFileSync(new URL("countries.json", FOLDER), `${JSON.stringify(codes)}\n`);
  for (const code of codes)
    writeFileSync(new URL(`${code}.json`, FOLDER), printed(countryFile(code, FIRST, LAST_YEAR)));
}

export function countryFile(code: string, first: number, last: number): CountryFile {
  const library = new Holidays();
  const names = new Set([library.getCountries("en")[code] ?? code, library.getCountries()[code] ?? code]);
  const [own, english] = [library.getStates(code) ?? {}, library.getStates(code, "en") ?? {}];
  const regions = Object.keys(own).sort();
  const named = regions.map((region) => [
    region,
    [...new Set([english[region] ?? region, own[region] ?? region])],
  ]);
  return {
    names: [...names],
    regions: Object.fromEntries(named),
    days: daysOf(code, regions, first, last),
  };
}

/** A line for each holiday that the same places have: on one day of the year, or on the days listed. */
function daysOf(code: string, regions: readonly string[], first: number, last: number): FiledHoliday[] {
  const places = [NATION, ...regions];
  const held = new Map<string, { name: string; date: string; in: string[] }>();
  for (const place of places) {
    const library = place === NATION ? new Holidays(code) : new Holidays(code, place);
    for (let year = first; year <= last; year++)
      for (const holiday of library.getHolidays(year, "en"))
        for (const date of datesOf(holiday)) {
          const one = held.get(`${date} ${holiday.name}`) ?? { name: holiday.name, date, in: [] };
          if (!one.in.includes(place)) one.in.push(place);
          held.set(`${date} ${holiday.name}`, one);
        }
  }
  const lines = Map.groupBy(held.values(), (one) => JSON.stringify([one.name, one.in]));
  return [...lines.values()].map((same) => {
    const [{ name, in: where } = { name: "", in: [] }] = same;
    const dates = same.map(({ date }) => date).sort();
    const everywhere = where.length === places.length;
    return { name, ...(!everywhere && { in: where }), on: everyYear(dates, first, last) ?? dates };
  });
}

/** Only whole days off by law. What begins at sunset belongs to the day after; half days are days of work. */
function datesOf({ type, date, start, end }: HolidaysTypes.Holiday): string[] {
  if (type !== "public") return [];
  const [day = "", time = "00:00:00", offset = "+0000"] = date.split(" ");
  const shift = Number(offset.slice(0, 3));
  const begins = Temporal.PlainDateTime.from(`${day}T${time}`).add({ hours: shift });
  const ends = begins.add({ milliseconds: end.getTime() - start.getTime() });
  const dates: string[] = [];
  for (let one = begins.toPlainDate(); isBefore(one.toPlainDateTime(), ends); one = one.add({ days: 1 })) {
    const [opens, closes] = [one.toPlainDateTime({ hour: 9 }), one.toPlainDateTime({ hour: 17 })];
    if (!isBefore(opens, begins) && !isBefore(ends, closes)) dates.push(String(one));
  }
  return dates;
}

function everyYear(dates: readonly string[], first: number, last: number) {
  const [day = ""] = new Set(dates.map((date) => date.slice(5)));
  const isSame = dates.length === last - first + 1 && dates.every((date) => date.slice(5) === day);
  return isSame ? day : null;
}

function isBefore(one: Temporal.PlainDateTime, other: Temporal.PlainDateTime) {
  return Temporal.PlainDateTime.compare(one, other) < 0;
}

/** A line for each holiday, so that a change can be read. */
function printed({ names, regions, days }: CountryFile) {
  const lines = days.map((day) => `    ${JSON.stringify(day)}`).join(",\n");
  return `{\n  "names": ${JSON.stringify(names)},\n  "regions": ${JSON.stringify(regions)},\n  "days": [\n${lines}\n  ]\n}\n`;
}
