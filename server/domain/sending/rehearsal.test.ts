import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContactSchedule } from "../time/schedule.ts";
import { type RehearsedStep, rehearsedDates } from "./rehearsal.ts";

const JOINED = "2026-11-20T08:30:00Z"; // a Friday
const OFFICE: ContactSchedule = {
  holidays: null,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 9 * 60, endsAt: 17 * 60 })),
};

let made = 0;
const step = (waitTime: number, rest: Partial<RehearsedStep> = {}): RehearsedStep => ({
  id: `step ${made++}`,
  parentId: null,
  path: null,
  condition: null,
  type: "auto_email",
  waitTime,
  waitMode: "day",
  exactAt: null,
  isOn: true,
  ...rest,
});
const at = (text: string) => Temporal.Instant.from(text);

const CASES: [
  what: string,
  steps: RehearsedStep[],
  schedule: ContactSchedule | null,
  dates: (string | null)[],
][] = [
  [
    "days are days of the schedule, over the week-end",
    [step(0), step(1), step(3)],
    OFFICE,
    ["2026-11-20T09:00:00Z", "2026-11-23T09:00:00Z", "2026-11-26T09:00:00Z"],
  ],
  [
    "a step that is off is passed over, and the next counts from the one before",
    [step(0), step(5, { isOn: false }), step(1)],
    OFFICE,
    ["2026-11-20T09:00:00Z", null, "2026-11-23T09:00:00Z"],
  ],
  [
    "a date that has passed is passed over",
    [step(0, { exactAt: at("2026-11-19T10:00:00Z") }), step(0, { exactAt: at("2026-11-24T10:00:00Z") })],
    OFFICE,
    [null, "2026-11-24T10:00:00Z"],
  ],
  [
    "a schedule without hours never comes to it",
    [step(0), step(1)],
    { ...OFFICE, windows: [] },
    [null, null],
  ],
];

for (const [what, steps, schedule, dates] of CASES) {
  test(what, () => {
    const found = rehearsedDates(steps, { schedule, zone: "UTC", usualHour: null }, at(JOINED));
    assert.deepEqual(
      found.map((date) => date?.due.toString() ?? null),
      dates,
    );
  });
}

test("behind a branch there is an earliest and a latest date, and the one of the path that is taken", () => {
  const branch = step(0, { type: "branch", condition: { waitDays: 2 } });
  const on = (path: "yes" | "no", waitTime: number) =>
    step(waitTime, { parentId: branch.id, path, waitMode: "hour" });
  const steps = [step(0), branch, on("yes", 1), on("no", 3), step(1, { waitMode: "hour" })];
  const ranges = (takes: "yes" | "no") =>
    rehearsedDates(steps, { schedule: null, zone: "UTC", usualHour: null }, at(JOINED), () => takes).map(
      (date) => date && [date.earliest, date.due, date.latest].map((one) => one.toString().slice(8, 16)),
    );
  const begins = ["20T08:30", "20T08:30", "20T08:30"];
  assert.deepEqual(ranges("yes"), [
    begins,
    begins,
    ["20T09:30", "20T09:30", "22T09:30"],
    ["22T11:30", "22T11:30", "22T11:30"],
    ["20T10:30", "20T10:30", "22T12:30"],
  ]);
  assert.deepEqual(ranges("no").at(-1), ["20T10:30", "22T12:30", "22T12:30"]);
});

test("of dates that have all passed when they are reached each is due at once, as the engine has it", () => {
  const steps = [
    step(0, { exactAt: at("2026-11-21T10:00:00Z") }),
    step(0, { exactAt: at("2026-11-22T10:00:00Z") }),
  ];
  const found = rehearsedDates(steps, { schedule: OFFICE, zone: "UTC", usualHour: null }, at(JOINED));
  assert.deepEqual(
    found.map((date) => date?.due.toString()),
    ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00Z"],
  );
});
