import assert from "node:assert/strict";
import { test } from "node:test";
import Holidays from "date-holidays";
import { publicHolidaysIn } from "../server/domain/time/public-holidays.ts";
import { countryFile } from "./gather-holidays.ts";

test("the kept files say what the installed library says", () => {
  const year = 2027;
  for (const code of ["US", "DE", "JP", "IN", "GB", "BR"]) {
    const { days, regions } = countryFile(code, year, year);
    for (const region of ["", ...Object.keys(regions)]) {
      const told = days.flatMap(({ in: where, on }) => {
        if (where && !where.includes(region)) return [];
        return typeof on === "string" ? [`${year}-${on}`] : on;
      });
      const kept = publicHolidaysIn(region ? `${code}-${region}` : code, year).map(({ date }) => date);
      assert.deepEqual(kept, [...new Set(told)].sort(), `${code} ${region}: run npm run gather-holidays`);
    }
  }
});

test("only whole days off by law are kept", () => {
  const christmasEve = new Holidays("DE")
    .getHolidays(2026)
    .filter(({ date }) => date.startsWith("2026-12-24"));
  assert.ok(christmasEve.length > 0, "the library knows it");
  assert.ok(!publicHolidaysIn("DE", 2026).some(({ date }) => date === "2026-12-24"));
});
