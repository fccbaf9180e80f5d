import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, placeOf, takeApart, toldIn, zoneIn } from "./told.ts";

const CASES: [time: string, instant: string][] = [
  ["Wed 25 Nov 2026, 16:45 (Europe/Helsinki)", "2026-11-25T14:45:00.000Z"],
  ["Fri 20 Nov 2026, 09:49 (America/Los_Angeles)", "2026-11-20T17:49:00.000Z"],
  ["Sun 29 Mar 2026, 03:30 (Europe/Oslo)", "2026-03-29T01:30:00.000Z"],
  ["Sun 25 Oct 2026, 01:30 (Europe/Oslo)", "2026-10-24T23:30:00.000Z"],
  ["Mon 2 Feb 2026, 09:00 (UTC)", "2026-02-02T09:00:00.000Z"],
  ["2026-10-25, 01:30 (Europe/Oslo)", "2026-10-24T23:30:00.000Z"],
  ["Thu 1 Jan 2026, 00:00 (Asia/Kolkata)", "2025-12-31T18:30:00.000Z"],
];

for (const [time, instant] of CASES) {
  test(`${time} is ${instant}`, () => {
    const parts = takeApart(`It is due on ${time}. Nothing holds it.`);
    assert.deepEqual(
      parts.map(({ text, at }) => at?.toISOString() ?? text),
      ["It is due on ", instant, ". Nothing holds it."],
    );
  });
}

test("a sentence without a time stays as it is", () => {
  assert.deepEqual(takeApart("The sequence is inactive."), [
    { text: "The sequence is inactive.", at: null, zone: null },
  ]);
  assert.equal(zoneIn("The sequence is inactive."), null);
});

test("an unknown time zone leaves the words as they are", () => {
  const [part] = takeApart("Mon 2 Feb 2026, 09:00 (Mars/Olympus)");
  assert.deepEqual([part?.at, part?.text], [null, "Mon 2 Feb 2026, 09:00 (Mars/Olympus)"]);
});

test("the recipient's time zone is found, and named by its city", () => {
  const zone = zoneIn("Step 2 is due on Fri 20 Nov 2026, 09:49 (America/Los_Angeles).");
  assert.equal(placeOf(zone ?? ""), "Los Angeles");
});

test("a clock is read in the zone that is asked for, with the year where it is another", () => {
  const at = new Date("2026-11-25T14:45:00Z");
  assert.equal(clockOf(at, "Europe/Oslo", new Date("2026-11-20T12:00:00Z")), "Wed 25 Nov, 15:45");
  assert.equal(clockOf(at, "UTC", new Date("2025-11-20T12:00:00Z")), "Wed 25 Nov 2026, 14:45");
});

test("as plain text it has the times of the reader's clock", () => {
  const now = new Date("2026-11-25T08:00:00Z");
  const at = new Date("2026-11-25T14:45:00Z");
  assert.equal(
    toldIn("Outside sending hours until Wed 25 Nov 2026, 16:45 (Europe/Helsinki).", now),
    `Outside sending hours until ${clockOf(at, undefined, now)}.`,
  );
  assert.equal(toldIn("Nothing holds it.", now), "Nothing holds it.");
});
