import assert from "node:assert/strict";
import { test } from "node:test";
import { dayIn, fullWindow, pauseAfter, tooSoon, withMore } from "../basics/limits.ts";
import { type Queue, turnIn } from "./turns.ts";

const NINE = Temporal.Instant.from("2026-02-02T09:00:00Z"); // a Monday
const OFFICE = {
  holidays: null,
  windows: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, startsAt: 9 * 60, endsAt: 17 * 60 })),
};
const FREE: Queue = {
  before: 0,
  from: NINE,
  schedule: null,
  zone: "UTC",
  gapSeconds: null,
  hourlyLimit: null,
  dailyLimit: null,
  sentLastDay: 0,
};

const TURNS: [what: string, queue: Partial<Queue>, at: string | null][] = [
  ["no caller before", {}, "2026-02-02T09:00:00Z"],
  ["nothing between two mails", { before: 1000 }, "2026-02-02T09:00:00Z"],
  ["a pause after each", { before: 12, gapSeconds: 600 }, "2026-02-02T11:00:00Z"],
  ["so many an hour", { before: 12, hourlyLimit: 6 }, "2026-02-02T11:00:00Z"],
  ["the longer of both", { before: 2, hourlyLimit: 6, gapSeconds: 1200 }, "2026-02-02T09:40:00Z"],
  ["the last of the day", { before: 47, gapSeconds: 600, schedule: OFFICE }, "2026-02-02T16:50:00Z"],
  ["the first of the next day", { before: 48, gapSeconds: 600, schedule: OFFICE }, "2026-02-03T09:00:00Z"],
  ["over a weekend", { before: 5 * 48, gapSeconds: 600, schedule: OFFICE }, "2026-02-09T09:00:00Z"],
  ["while it is closed", { from: NINE.subtract({ hours: 3 }), schedule: OFFICE }, "2026-02-02T09:00:00Z"],
  ["so many a day", { before: 10, dailyLimit: 10, schedule: OFFICE }, "2026-02-03T09:00:00Z"],
  [
    "what was sent today counts",
    { before: 3, dailyLimit: 10, sentLastDay: 7, schedule: OFFICE },
    "2026-02-03T09:00:00Z",
  ],
  ["a mailbox that may send nothing", { before: 1, dailyLimit: 0 }, null],
  ["a schedule that never opens", { schedule: { ...OFFICE, windows: [] } }, null],
  ["longer than the limit", { before: 1_000_000, dailyLimit: 1, schedule: OFFICE }, null],
];

for (const [what, queue, at] of TURNS)
  test(`the turn comes: ${what}`, () => {
    assert.equal(turnIn({ ...FREE, ...queue })?.toString() ?? null, at);
  });

test("a window is free again when the mail in the way leaves it", () => {
  const window = { limit: 2, sent: 5, oldestInTheWay: NINE };
  assert.equal(fullWindow(window, { hours: 1 })?.freeAt?.toString(), "2026-02-02T10:00:00Z");
  assert.equal(fullWindow({ ...window, sent: 1 }, { hours: 1 }), null);
  assert.equal(fullWindow({ ...window, limit: null }, { hours: 1 }), null);
  assert.deepEqual(fullWindow({ limit: 0, sent: 0, oldestInTheWay: null }, { hours: 1 }), { freeAt: null });
});

test("with those who go now a window is full, though the mail that filled it last time has long left it", () => {
  const now = Temporal.Instant.from("2026-02-02T12:00:00Z");
  const longAgo = { limit: 2, sent: 0, oldestInTheWay: now.subtract({ hours: 5 }) };
  assert.equal(fullWindow(withMore(longAgo, 1, { hours: 1 }, now), { hours: 1 }), null);
  const full = fullWindow(withMore(longAgo, 2, { hours: 1 }, now), { hours: 1 });
  assert.equal(full?.freeAt?.toString(), "2026-02-02T12:01:00Z");
  const lately = { limit: 2, sent: 2, oldestInTheWay: now.subtract({ minutes: 50 }) };
  assert.deepEqual(withMore(lately, 0, { hours: 1 }, now), lately);
  assert.equal(
    fullWindow(withMore(lately, 1, { hours: 1 }, now), { hours: 1 })?.freeAt?.toString(),
    "2026-02-02T12:10:00Z",
  );
});

test("a pause is as long as was asked for or a little longer, and the same for every caller", () => {
  assert.equal(tooSoon(null, NINE, NINE), null);
  assert.equal(tooSoon(0, NINE, NINE), null);
  assert.equal(tooSoon(60, null, NINE), null);
  const pauses = Array.from({ length: 500 }, (_, n) => pauseAfter(60, NINE.add({ minutes: n })));
  assert.ok(pauses.every((pause) => pause >= 60_000 && pause < 63_000));
  assert.ok(new Set(pauses).size > 400, "they are not all alike");
  assert.equal(
    pauseAfter(60, NINE.add({ seconds: 59 })),
    pauses[0],
    "whoever foresees it need not know the second",
  );
  assert.ok(pauseAfter(6000, NINE) < 6_030_000, "half a minute at most");
  const over = NINE.add({ milliseconds: pauseAfter(60, NINE) });
  assert.equal(tooSoon(60, NINE, over), null);
  assert.equal(tooSoon(60, NINE, over.subtract({ milliseconds: 1 }))?.freeAt.toString(), over.toString());
});

test("a day of the calendar is 23 hours long when the clock is turned", () => {
  const { began, ends } = dayIn("Europe/Oslo", Temporal.Instant.from("2026-03-29T10:00:00Z"));
  assert.equal(began.until(ends).total("hours"), 23);
});
