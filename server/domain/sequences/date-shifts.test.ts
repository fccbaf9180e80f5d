import assert from "node:assert/strict";
import { test } from "node:test";
import { holidaysOf } from "../time/holidays.ts";
import type { ContactSchedule } from "../time/schedule.ts";
import { dueAfter, type WaitingStep } from "./cadence.ts";
import { explainedDate } from "./date-shifts.ts";

const OFFICE: ContactSchedule = {
  holidays: null,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 9 * 60, endsAt: 17 * 60 })),
};
const WITH_HOLIDAYS: ContactSchedule = {
  ...OFFICE,
  holidays: holidaysOf("DE", [
    { name: "Inventory", startsOn: "2026-11-25", endsOn: "2026-11-25", everyYear: false },
  ]),
};
const NIGHT: ContactSchedule = {
  holidays: null,
  windows: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, startsAt: 0, endsAt: 1440 })),
};

const step = (rest: Partial<WaitingStep>): WaitingStep => ({
  type: "auto_email",
  waitTime: 0,
  waitMode: "day",
  exactAt: null,
  ...rest,
});

const at = (text: string) => Temporal.Instant.from(text);

type Case = {
  what: string;
  step: Partial<WaitingStep>;
  from: string;
  schedule?: ContactSchedule | null;
  zone?: string;
  unshifted: string;
  due: string;
  shifts: string[];
};

const CASES: Case[] = [
  {
    what: "a wait that ends within the sending hours is not moved",
    step: { waitTime: 2 },
    from: "2026-11-23T10:00:00Z",
    unshifted: "2026-11-25T10:00:00Z",
    due: "2026-11-25T10:00:00Z",
    shifts: [],
  },
  {
    what: "days are counted past the weekend",
    step: { waitTime: 2 },
    from: "2026-11-20T10:00:00Z", // a Friday
    unshifted: "2026-11-22T10:00:00Z",
    due: "2026-11-24T10:00:00Z",
    shifts: ["no_hours 2026-11-21 2026-11-22"],
  },
  {
    what: "an hour that ends on a Saturday waits for Monday",
    step: { waitTime: 20, waitMode: "hour" },
    from: "2026-11-20T16:00:00Z",
    unshifted: "2026-11-21T12:00:00Z",
    due: "2026-11-23T09:00:00Z",
    shifts: ["no_hours 2026-11-21 2026-11-22"],
  },
  {
    what: "a wait that ends in the evening waits for the morning",
    step: { waitTime: 8, waitMode: "hour" },
    from: "2026-11-23T10:00:00Z",
    unshifted: "2026-11-23T18:00:00Z",
    due: "2026-11-24T09:00:00Z",
    shifts: ["outside_hours"],
  },
  {
    what: "a day off of the team and a public holiday are named",
    step: { waitTime: 1 },
    from: "2026-11-24T10:00:00Z",
    schedule: WITH_HOLIDAYS,
    unshifted: "2026-11-25T10:00:00Z",
    due: "2026-11-26T10:00:00Z",
    shifts: ["holiday 2026-11-25 Inventory"],
  },
  {
    what: "a public holiday on which a wait ends",
    step: { waitTime: 30, waitMode: "hour" },
    from: "2026-12-24T08:00:00Z", // Christmas Day is a Friday
    schedule: WITH_HOLIDAYS,
    unshifted: "2026-12-25T14:00:00Z",
    due: "2026-12-28T09:00:00Z",
    shifts: ["no_hours 2026-12-26 2026-12-27", "holiday 2026-12-25 Christmas Day"],
  },
  {
    what: "a task is due when its day begins",
    step: { type: "call", waitTime: 1 },
    from: "2026-11-23T10:00:00Z",
    unshifted: "2026-11-24T10:00:00Z",
    due: "2026-11-24T09:00:00Z",
    shifts: ["day_begins"],
  },
  {
    what: "a time that the clock leaves out is the next one that it shows",
    step: { waitTime: 1 },
    from: "2026-03-28T01:30:00Z", // 02:30 in Oslo
    schedule: NIGHT,
    zone: "Europe/Oslo",
    unshifted: "2026-03-29T01:30:00Z",
    due: "2026-03-29T01:00:00Z",
    shifts: ["clock_change"],
  },
  {
    what: "a fixed date before the end of the step before",
    step: { exactAt: at("2026-11-23T10:00:00Z") },
    from: "2026-11-23T18:00:00Z",
    unshifted: "2026-11-23T10:00:00Z",
    due: "2026-11-24T09:00:00Z",
    shifts: ["date_passed", "outside_hours"],
  },
  {
    what: "without a schedule nothing is moved",
    step: { waitTime: 1 },
    from: "2026-11-20T20:00:00Z",
    schedule: null,
    unshifted: "2026-11-21T20:00:00Z",
    due: "2026-11-21T20:00:00Z",
    shifts: [],
  },
];

for (const { what, schedule = OFFICE, zone = "UTC", ...one } of CASES)
  test(what, () => {
    const wait = { step: step(one.step), schedule, zone, usualHour: null, from: at(one.from) };
    const due = dueAfter(wait);
    assert.ok(due);
    const { unshifted, shifts } = explainedDate(wait, due);
    assert.deepEqual(
      {
        due: due.toString(),
        unshifted: unshifted.toString(),
        shifts: shifts.map(({ reason, dates, name }) => [reason, ...dates, name].filter(Boolean).join(" ")),
      },
      { due: one.due, unshifted: one.unshifted, shifts: one.shifts },
    );
  });

test("of a wait of many months the first 20 skipped days are told", () => {
  const wait = {
    step: step({ waitTime: 200 }),
    schedule: OFFICE,
    zone: "UTC",
    usualHour: null,
    from: at("2026-11-20T10:00:00Z"),
  };
  const due = dueAfter(wait);
  assert.ok(due);
  const [weekends] = explainedDate(wait, due).shifts;
  assert.deepEqual([weekends?.reason, weekends?.dates.length], ["no_hours", 20]);
});
