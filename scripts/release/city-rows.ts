// The cities of a release: what the server reads of them, and what they share said once (server/domain/basics/cities.ts).

import { brotliCompressSync } from "node:zlib";
import {
  type City,
  type CityRow,
  type PackedCities,
  readCities,
  SHARED,
} from "../../server/domain/basics/cities.ts";

export function packedCities(all: readonly CityRow[]): PackedCities {
  return { brotli: brotliCompressSync(JSON.stringify(shortCities(all))).toString("base64") };
}

function shortCities(all: readonly CityRow[]): CityRow[] {
  const before = new Map<string, City>();
  return readCities(all).map((whole) => {
    const { city, city_ascii, province, state_ansi, pop, iso2 } = whole;
    const last = before.get(iso2);
    before.set(iso2, whole);
    const own = SHARED.filter((name) => whole[name] !== last?.[name]).map((name) => [name, whole[name]]);
    return {
      city,
      iso2,
      ...(city_ascii !== city && { city_ascii }),
      ...(province !== "" && { province }),
      ...(state_ansi !== "" && { state_ansi }),
      ...(pop !== 0 && { pop }),
      ...Object.fromEntries(own),
    };
  });
}
