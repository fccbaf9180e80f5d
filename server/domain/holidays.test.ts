import assert from "node:assert/strict";
import { test } from "node:test";
import { HOLIDAYS, holidaysBetween, isHoliday } from "./holidays.ts";

const day = (text: string) => Temporal.PlainDate.from(text);

test("the seven holidays fall on the days the calendar prints", () => {
  const printed: Record<number, string[]> = {
    2015: ["01-01", "05-25", "07-04", "09-07", "11-26", "12-24", "12-25"],
    2020: ["01-01", "05-25", "07-04", "09-07", "11-26", "12-24", "12-25"],
    2023: ["01-01", "05-29", "07-04", "09-04", "11-23", "12-24", "12-25"],
    2024: ["01-01", "05-27", "07-04", "09-02", "11-28", "12-24", "12-25"],
    2025: ["01-01", "05-26", "07-04", "09-01", "11-27", "12-24", "12-25"],
    2026: ["01-01", "05-25", "07-04", "09-07", "11-26", "12-24", "12-25"],
    2027: ["01-01", "05-31", "07-04", "09-06", "11-25", "12-24", "12-25"],
    2028: ["01-01", "05-29", "07-04", "09-04", "11-23", "12-24", "12-25"],
    2029: ["01-01", "05-28", "07-04", "09-03", "11-22", "12-24", "12-25"],
  };
  for (const [year, dates] of Object.entries(printed)) {
    const found = holidaysBetween(day(`${Number(year) - 1}-12-31`), day(`${year}-12-31`));
    assert.deepEqual(
      found.map(String),
      dates.map((date) => `${year}-${date}`),
    );
  }
  assert.equal(HOLIDAYS.length, 7);
});

test("a day is a holiday exactly when the list of its year names it", () => {
  let holidays = 0;
  for (let date = day("2015-01-01"); date.year < 2036; date = date.add({ days: 1 })) {
    const listed = holidaysBetween(date.subtract({ days: 1 }), date);
    assert.equal(isHoliday(date), listed.length === 1, String(date));
    holidays += listed.length;
  }
  assert.equal(holidays, 21 * 7);
});

test("holidays on a weekend are not moved", () => {
  for (const date of ["2026-07-03", "2027-07-05", "2027-12-27", "2022-12-26", "2022-12-23", "2023-01-02"])
    assert.equal(isHoliday(day(date)), false, date);
  for (const date of ["2026-07-04", "2027-07-04", "2027-12-25", "2022-12-24", "2022-12-25", "2023-01-01"])
    assert.equal(isHoliday(day(date)), true, date);
});

test("between two days, the first is left out and the last belongs to it", () => {
  const between = (after: string, last: string) => holidaysBetween(day(after), day(last)).map(String);
  assert.deepEqual(between("2025-12-24", "2026-01-01"), ["2025-12-25", "2026-01-01"]);
  assert.deepEqual(between("2025-12-24", "2025-12-24"), []);
  assert.deepEqual(between("2025-12-31", "2025-12-24"), []);
});
