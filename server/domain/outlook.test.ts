import assert from "node:assert/strict";
import { test } from "node:test";
import { byHour, firstTurns, lastIsThrough, type Pace, type Starting } from "./outlook.ts";
import type { Schedule } from "./schedule.ts";

const at = (text: string) => Temporal.Instant.from(text);
const NOW = at("2026-11-20T09:00:00Z"); // a Friday

const SCHEDULE: Schedule = {
  timeZone: "UTC",
  useContactsTimeZone: true,
  skipHolidays: false,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 8 * 60, endsAt: 17 * 60 })),
};

const FREE: Pace = { id: "m", dailyLimit: null, hourlyLimit: null, gapSeconds: null, sent: 0, planned: 0 };

function people(count: number, dueAt = NOW): Starting[] {
  return Array.from({ length: count }, () => ({ mailboxId: "m", zone: "UTC", dueAt }));
}

function days(starting: Starting[], pace: Partial<Pace>) {
  const turns = firstTurns(starting, [{ ...FREE, ...pace }], { schedule: SCHEDULE, now: NOW });
  const counts: Record<string, number> = {};
  for (const { at: moment } of turns) {
    const day = moment.toString().slice(0, 10);
    counts[day] = (counts[day] ?? 0) + 1;
  }
  return counts;
}

const CASES: [name: string, count: number, pace: Partial<Pace>, counts: Record<string, number>][] = [
  ["without limits all go when they are due", 30, {}, { "2026-11-20": 30 }],
  [
    "a day's limit spreads them, and the weekend is closed",
    25,
    { dailyLimit: 10 },
    { "2026-11-20": 10, "2026-11-23": 10, "2026-11-24": 5 },
  ],
  [
    "what is spoken for goes first",
    10,
    { dailyLimit: 10, sent: 2, planned: 4 },
    { "2026-11-20": 4, "2026-11-23": 6 },
  ],
  [
    "a queue longer than a day pushes all of them off",
    8,
    { dailyLimit: 10, planned: 14 },
    { "2026-11-23": 6, "2026-11-24": 2 },
  ],
  [
    "an hour's limit leaves the rest for the next day",
    20,
    { hourlyLimit: 2 },
    { "2026-11-20": 16, "2026-11-23": 4 },
  ],
  ["a pause between mails does too", 20, { gapSeconds: 1800 }, { "2026-11-20": 16, "2026-11-23": 4 }],
  ["a mailbox that may send nothing sends nothing", 5, { dailyLimit: 0 }, {}],
];

for (const [name, count, pace, counts] of CASES) {
  test(name, () => assert.deepEqual(days(people(count), pace), counts));
}

test("nobody is mailed before they are due", () => {
  const turns = firstTurns(people(1, at("2026-11-24T11:30:00Z")), [FREE], { schedule: SCHEDULE, now: NOW });
  assert.deepEqual(byHour(turns), [{ hour: at("2026-11-24T11:00:00Z"), count: 1 }]);
});

test("the last is through once the waits of all later steps have passed", () => {
  const turns = firstTurns(people(2), [{ ...FREE, dailyLimit: 1 }], { schedule: SCHEDULE, now: NOW });
  const waits = { type: "auto_email", waitTime: 3, waitMode: "day", exactAt: null } as const;
  assert.equal(lastIsThrough(turns, [waits], SCHEDULE)?.toString(), "2026-11-26T08:00:00Z");
  assert.equal(lastIsThrough([], [waits], SCHEDULE), null);
});
