import assert from "node:assert/strict";
import { test } from "node:test";
import { clockOf, datesReached, keyOfDate, momentOf, nextTime, oncePerDate } from "./date-trigger.ts";
import type { DateTrigger } from "./workflow.ts";

const at = (text: string) => Temporal.Instant.from(text);
const day = (text: string) => Temporal.PlainDate.from(text);
const on = (change: Partial<DateTrigger> = {}): DateTrigger => ({
  is: "date_field",
  field: "f",
  days: 0,
  at: "09:00",
  zone: "Europe/Oslo",
  ...change,
});
const reached = (trigger: DateTrigger, from: string, now: string) => {
  const days = datesReached(trigger, at(from), at(now));
  return days && [days.first.toString(), days.last.toString()];
};

test("the clock comes once a day at its time, in its zone", () => {
  assert.deepEqual(clockOf(on({ at: "07:05" })), { cron: "5 7 * * *", zone: "Europe/Oslo" });
  assert.equal(nextTime(on(), at("2026-02-10T08:00:00Z"))?.toString(), "2026-02-11T08:00:00Z");
  assert.equal(clockOf({ is: "webhook", createsContacts: false }), null);
});

test("a time of the clock reaches one date, so many days before it or after it", () => {
  const times = ["2026-02-10T08:00:00Z", "2026-02-10T08:00:01Z"] as const;
  assert.deepEqual(reached(on(), ...times), ["2026-02-10", "2026-02-10"]);
  assert.deepEqual(reached(on({ days: -30 }), ...times), ["2026-03-12", "2026-03-12"]);
  assert.deepEqual(reached(on({ days: 7 }), ...times), ["2026-02-03", "2026-02-03"]);
});

test("times that were missed are made up for, and a date is never passed over or reached twice", () => {
  assert.deepEqual(reached(on(), "2026-02-10T08:00:00Z", "2026-02-13T07:59:59Z"), [
    "2026-02-10",
    "2026-02-12",
  ]);
  assert.deepEqual(reached(on(), "2026-02-13T08:00:00Z", "2026-02-13T08:00:00Z"), [
    "2026-02-13",
    "2026-02-13",
  ]);
  assert.equal(reached(on(), "2026-02-13T08:00:00Z", "2026-02-13T07:00:00Z"), null);
});

test("a time that the clock skips in spring comes at the end of the gap, and its date is reached", () => {
  const trigger = on({ at: "02:30" });
  const gap = nextTime(trigger, at("2026-03-28T12:00:00Z"));
  assert.equal(gap?.toString(), "2026-03-29T01:00:00Z");
  assert.deepEqual(reached(trigger, "2026-03-29T01:00:00Z", "2026-03-29T01:00:01Z"), [
    "2026-03-29",
    "2026-03-29",
  ]);
  assert.equal(momentOf(trigger, day("2026-03-29")).toString(), "2026-03-29T01:00:00Z");
});

test("once is once for each date", () => {
  assert.equal(oncePerDate({ reentry: "once" }).reentry, "every_time");
  assert.deepEqual(oncePerDate({ reentry: { days: 30 } }).reentry, { days: 30 });
  assert.equal(keyOfDate(on(), day("2026-02-10")), "date:f:2026-02-10");
});
