import assert from "node:assert/strict";
import { test } from "node:test";
import { sayGroup, wholeAxis } from "./axis.ts";

const named = (key: string) => ({ key, name: key });

test("a heat map has every weekday, and every hour between the first and the last that has something", () => {
  const days = wholeAxis("reply_day_of_week", [named("2"), named("5")], (one) => one);
  assert.deepEqual(
    days.map(({ key }) => key),
    ["1", "2", "3", "4", "5", "6", "7"],
  );
  assert.equal(days[0]?.name, "Monday");
  const hours = wholeAxis("reply_hour", [named("08"), named("11"), named("none")], (one) => one);
  assert.deepEqual(
    hours.map(({ key }) => key),
    ["08", "09", "10", "11", "none"],
  );
  assert.deepEqual(
    wholeAxis("user_id", [named("a")], (one) => one),
    [named("a")],
  );
  assert.deepEqual(
    wholeAxis("hour_of_day", [], (one) => one),
    [],
  );
});

test("days, weeks and months are said as dates, and what the server knows best as it says it", () => {
  assert.equal(sayGroup("day_of_week", "7", "Sunday"), "Sunday");
  assert.equal(sayGroup("day", "2026-11-08", "2026-11-08"), "8 Nov 2026");
  assert.equal(sayGroup("week", "2026-11-02", "Week of 2026-11-02"), "Week of 2 Nov 2026");
  assert.equal(sayGroup("month", "2026-11", "2026-11"), "Nov 2026");
  assert.equal(sayGroup("user_id", "none", "None"), "None");
  assert.equal(sayGroup("emailer_campaign_id", "1", "Spring"), "Spring");
});
