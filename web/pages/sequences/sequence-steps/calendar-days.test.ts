import assert from "node:assert/strict";
import { test } from "node:test";
import { weeksOf } from "./calendar-days.ts";
import type { Rehearsal } from "./Storyboard.tsx";

type StepDate = Rehearsal["steps"][number];

const rehearsal = (steps: Partial<StepDate>[], zone = "UTC"): Rehearsal => ({
  contact: { id: null, name: "Ines Okafor", email: null },
  starts_at: "2026-11-25T09:00:00Z", // a Wednesday
  time_zone: zone,
  uses_contact_time_zone: false,
  steps: steps.map((step, n) => ({ position: n + 1, type: "call", due_at: null, ...step })),
});

/** Each week as its Monday and its entries; a number where weeks are left out. */
const told = (found: Rehearsal) =>
  weeksOf(found).map((week) =>
    "days" in week
      ? [
          week.days[0]?.date,
          ...week.days.flatMap(({ date, entries }) =>
            entries.map(({ index, kind }) => `${date} ${index + 1} ${kind}`),
          ),
        ]
      : week.leftOut,
  );

test("weeks begin on Monday, and a day is that of the zone", () => {
  const steps = [{ due_at: "2026-11-25T09:00:00Z" }, { due_at: "2026-11-29T23:30:00Z" }];
  assert.deepEqual(told(rehearsal(steps)), [["2026-11-23", "2026-11-25 1 due", "2026-11-29 2 due"]]);
  assert.deepEqual(told(rehearsal(steps, "Europe/Oslo")), [
    ["2026-11-23", "2026-11-25 1 due"],
    ["2026-11-30", "2026-11-30 2 due"],
  ]);
});

test("a long gap is one line, a short one stays", () => {
  const steps = [{ due_at: "2026-12-14T09:00:00Z" }, { due_at: "2027-01-18T09:00:00Z" }, {}];
  assert.deepEqual(told(rehearsal(steps)), [
    ["2026-11-23"],
    ["2026-11-30"],
    ["2026-12-07"],
    ["2026-12-14", "2026-12-14 1 due"],
    4,
    ["2027-01-18", "2027-01-18 2 due"],
  ]);
});

test("bounds on other days are shown, and holidays are named", () => {
  const step = {
    due_at: "2026-11-26T09:00:00Z",
    earliest_at: "2026-11-26T08:00:00Z",
    latest_at: "2026-11-29T09:00:00Z",
    shifts: [{ reason: "holiday" as const, dates: ["2026-11-25"], name: "Inventory" }],
  };
  const found = rehearsal([step]);
  assert.deepEqual(told(found), [["2026-11-23", "2026-11-26 1 due", "2026-11-29 1 latest"]]);
  const [week] = weeksOf(found);
  assert.equal(week && "days" in week && week.days[2]?.holiday, "Inventory");
});
