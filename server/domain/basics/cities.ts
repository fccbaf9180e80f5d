// The cities of the world, for addresses. A release says of them only what is read here, what a city shares with the one before it
// in its country only once, and all of it compressed (scripts/release/city-rows.ts).

import { createRequire } from "node:module";
import { brotliDecompressSync } from "node:zlib";

const require = createRequire(import.meta.url);

/** All that is read of a city. A field that is not named here is not in a release. */
export type City = {
  city: string;
  city_ascii: string;
  province: string;
  state_ansi: string;
  country: string;
  iso2: string;
  iso3: string;
  pop: number;
  timezone: string;
};

/** What cities of one country mostly share. */
export const SHARED = ["country", "iso3", "timezone"] as const;

export type CityRow = { [Name in keyof City]?: City[Name] | null } & {
  iso2: string;
  city?: string;
  city_ascii?: string;
  pop?: number;
};

export function readCities(rows: readonly CityRow[]): City[] {
  const before = new Map<string, City>();
  return rows.map((row) => {
    const { city = "", city_ascii = city, pop = 0, iso2 } = row;
    const last = before.get(iso2);
    const said = (name: (typeof SHARED)[number]) =>
      (row[name] === undefined ? last?.[name] : row[name]) ?? ""; // null: the package does not know it
    const whole: City = {
      city,
      city_ascii,
      province: row.province ?? "",
      state_ansi: row.state_ansi ?? "",
      country: said("country"),
      iso2,
      iso3: said("iso3"),
      pop,
      timezone: said("timezone"),
    };
    before.set(iso2, whole);
    return whole;
  });
}

/** Loaded when it is first asked for. */
export function allCities(): City[] {
  const { cityMapping } = require("city-timezones") as { cityMapping: CityRow[] | PackedCities };
  return readCities(Array.isArray(cityMapping) ? cityMapping : unpackedCities(cityMapping));
}

export type PackedCities = { brotli: string };

export function unpackedCities({ brotli }: PackedCities): CityRow[] {
  return JSON.parse(brotliDecompressSync(Buffer.from(brotli, "base64")).toString("utf8"));
}
