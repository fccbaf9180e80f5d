// Reads city, state, country and time zone from an address as a user typed it.
//
// Easy to get wrong: "CA" is California before it is Canada, and there is a London in Ontario. So a city counts by how
// many of the other parts agree with it, then by its population. Nothing is made up: what the address does not name
// stays null, except the time zone, which follows from the place.

import { allCities, type City } from "./cities.ts";

type GeoLocation = {
  city: string | null;
  state: string | null;
  country: string | null;
  countryCode: string | null; // two letters, for reading phone numbers
  timeZone: string | null;
};

const NOWHERE: GeoLocation = { city: null, state: null, country: null, countryCode: null, timeZone: null };

export function geoLocationOf(address: string | null | undefined): GeoLocation {
  const parts = (address ?? "")
    .slice(0, 500)
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) return NOWHERE;
  const atlas = openAtlas();
  const keys = parts.map((part) => plain(withoutPostalCode(part)));
  const lastCountry = atlas.countries.get(keys.at(-1) ?? "") ?? null;
  const found = bestCity(atlas, keys, lastCountry);
  if (found) return describe(found, parts[found.at] ?? "", keys);
  return withoutCity(atlas, parts, keys, lastCountry);
}

/** The state of a city, where all cities of this name in the country lie in one. */
export function stateOfCity(countryCode: string, city: string): string | null {
  const found = (openAtlas().cities.get(plain(city)) ?? []).filter(({ iso2 }) => iso2 === countryCode);
  const states = new Set(found.map(({ province }) => province));
  return states.size === 1 ? found[0]?.province || null : null;
}

type Atlas = {
  cities: Map<string, City[]>;
  countries: Map<string, Country>;
  states: Map<string, City[]>;
};
type Country = { code: string; name: string; cities: City[] };

let atlas: Atlas | undefined;

// Built when first needed: seven thousand cities, and most starts of the server ask for none.
function openAtlas(): Atlas {
  if (atlas) return atlas;
  const cities = new Map<string, City[]>();
  const states = new Map<string, City[]>();
  const countries = new Map<string, Country>();
  for (const city of allCities()) {
    for (const name of new Set([plain(city.city), plain(city.city_ascii)])) push(cities, name, city);
    for (const name of new Set([plain(city.province), plain(city.state_ansi)])) push(states, name, city);
    const country = countries.get(plain(city.country)) ?? {
      code: city.iso2,
      name: countryName(city),
      cities: [],
    };
    country.cities.push(city);
    for (const name of [city.country, country.name, city.iso2, city.iso3])
      countries.set(plain(String(name)), country);
  }
  for (const [alias, name] of ALIASES) {
    const country = countries.get(name);
    if (country) countries.set(alias, country);
  }
  states.delete("");
  atlas = { cities, states, countries };
  return atlas;
}

const ALIASES: readonly [string, string][] = [
  ["uk", "gbr"],
  ["great britain", "gbr"],
  ["england", "gbr"],
  ["scotland", "gbr"],
  ["wales", "gbr"],
  ["northern ireland", "gbr"],
  ["u.s.", "usa"],
  ["u.s.a.", "usa"],
  ["america", "usa"],
  ["czechia", "cze"],
  ["turkiye", "tur"],
  ["the netherlands", "nld"],
  ["holland", "nld"],
  ["uae", "are"],
  ["hong kong", "hong kong s.a.r."],
  ["macau", "macau s.a.r"],
  ["north macedonia", "macedonia"],
  ["bahamas", "the bahamas"],
  ["gambia", "the gambia"],
  ["republic of ireland", "irl"],
  ["korea", "south korea"],
  ["republic of korea", "south korea"],
  ["deutschland", "deu"],
  ["osterreich", "aut"],
  ["schweiz", "che"],
  ["sverige", "swe"],
  ["norge", "nor"],
  ["danmark", "dnk"],
  ["suomi", "fin"],
  ["espana", "esp"],
  ["italia", "ita"],
  ["brasil", "bra"],
];

// As Apollo prints it.
function countryName({ country }: City) {
  return country === "United States of America" ? "United States" : country;
}

type Found = { city: City; at: number; agrees: number };

function bestCity({ cities }: Atlas, keys: readonly string[], country: Country | null): Found | null {
  let best: Found | null = null;
  for (const [at, key] of keys.entries()) {
    // A country that stands alone or last is meant as the country, though a city may share its name.
    if (country && at === keys.length - 1) continue;
    for (const city of cities.get(key) ?? []) {
      const agrees = keys.filter((other, i) => i !== at && namesPlaceOf(city, other)).length;
      if (keys.length > 1 && agrees === 0) continue;
      if (!best || agrees > best.agrees || (agrees === best.agrees && city.pop > best.city.pop))
        best = { city, at, agrees };
    }
  }
  return best;
}

function namesPlaceOf(city: City, key: string) {
  return isState(city, key) || isCountry(city, key);
}

function isState(city: City, key: string) {
  return key !== "" && (plain(city.province) === key || plain(city.state_ansi) === key);
}

function isCountry(city: City, key: string) {
  return openAtlas().countries.get(key)?.code === city.iso2;
}

function describe({ city, at }: Found, asTyped: string, keys: readonly string[]): GeoLocation {
  const isStateNamed = keys.some((key, i) => i !== at && isState(city, key));
  return {
    city: withoutPostalCode(asTyped),
    state: isStateNamed ? city.province : null,
    country: countryName(city),
    countryCode: city.iso2,
    timeZone: city.timezone || null,
  };
}

/** A place too small for the atlas: the country or state is known all the same, and mostly its time. */
function withoutCity(
  { states }: Atlas,
  parts: readonly string[],
  keys: readonly string[],
  country: Country | null,
): GeoLocation {
  const at = country ? keys.length - 2 : keys.length - 1;
  const inState = (states.get(keys[at] ?? "") ?? []).filter((city) => !country || city.iso2 === country.code);
  const state = inState[0];
  if (!country && !state) return NOWHERE;
  const cityAt = state ? at - 1 : at;
  const named = withoutPostalCode(parts[cityAt] ?? "");
  return {
    city: named && !/\d/.test(named) ? named : null,
    state: state?.province ?? null,
    country: country?.name ?? (state ? countryName(state) : null),
    countryCode: country?.code ?? state?.iso2 ?? null,
    timeZone: sharedTimeZone(state ? inState : (country?.cities ?? [])),
  };
}

/** The zone in which nearly everybody lives. Where a country has several, null: a wrong hour is worse than none. */
function sharedTimeZone(cities: readonly City[]) {
  const people = new Map<string, number>();
  let all = 0;
  for (const { timezone, pop } of cities) {
    people.set(timezone, (people.get(timezone) ?? 0) + pop);
    all += pop;
  }
  return [...people].find(([zone, count]) => zone && count >= all * 0.95)?.[0] ?? null;
}

function plain(text: string) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").trim().toLowerCase();
}

/** `IL 62701` and `10115 Berlin` name a state and a city. */
export function withoutPostalCode(part: string) {
  return part.replace(/(?:^|\s)[\d-]{4,10}(?=\s|$)/g, " ").trim();
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
