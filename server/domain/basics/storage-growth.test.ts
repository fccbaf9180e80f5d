import assert from "node:assert/strict";
import { test } from "node:test";
import { fullOn, growthOf } from "./storage-growth.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const GB = 1_000_000_000;
const today = { day: day("2026-03-31"), bytes: 40 * GB };

test("the pace is that of the last thirty days", () => {
  const days = [
    { day: day("2026-01-01"), bytes: 1 * GB },
    { day: day("2026-03-01"), bytes: 10 * GB },
    { day: day("2026-03-20"), bytes: 11 * GB },
  ];
  assert.deepEqual(growthOf(days, today), { since: day("2026-03-01"), bytesPerDay: GB });
});

test("less than three days say nothing", () => {
  assert.equal(growthOf([], today), null);
  assert.equal(growthOf([{ day: day("2026-03-29"), bytes: GB }], today), null);
  assert.equal(growthOf([{ day: day("2026-03-28"), bytes: 37 * GB }], today)?.bytesPerDay, GB);
});

test("a disk is full on the day on which its free space is used up", () => {
  const growth = { since: day("2026-03-01"), bytesPerDay: GB };
  assert.equal(fullOn(today.day, growth, 10.5 * GB)?.toString(), "2026-04-10");
  assert.equal(fullOn(today.day, growth, 0)?.toString(), "2026-03-31");
});

test("a database that shrinks or hardly grows fills no disk", () => {
  assert.equal(fullOn(today.day, null, GB), null);
  assert.equal(fullOn(today.day, { since: today.day, bytesPerDay: -5 }, GB), null);
  assert.equal(fullOn(today.day, { since: today.day, bytesPerDay: 1 }, GB), null);
});
