import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { type CityRow, readCities, unpackedCities } from "../../server/domain/basics/cities.ts";
import { packedCities } from "./city-rows.ts";

const require = createRequire(import.meta.url);

test("the cities of a release read as those of the package do, and are a tenth of their size", () => {
  const { cityMapping } = require("city-timezones") as { cityMapping: CityRow[] };
  const short = JSON.stringify(packedCities(cityMapping));
  assert.deepEqual(readCities(unpackedCities(JSON.parse(short))), readCities(cityMapping));
  assert.ok(readCities(cityMapping).some(({ city, pop }) => city === "London" && pop > 5_000_000));
  assert.ok(short.length < 200_000, `${short.length} characters`);
});
