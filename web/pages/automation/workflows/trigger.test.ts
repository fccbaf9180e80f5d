import assert from "node:assert/strict";
import { test } from "node:test";
import { readValue, type ScheduleTrigger, sayTrigger, type Trigger, withRhythm } from "./trigger.ts";

const weekly: ScheduleTrigger = {
  type: "schedule",
  every: "week",
  at: "08:30",
  weekday: 3,
  time_zone: "Europe/Oslo",
};

const SAID: [Trigger, string][] = [
  [weekly, "Every Wednesday at 08:30, Oslo"],
  [{ type: "schedule", every: "day", time_zone: "UTC" }, "Every day at 09:00, UTC"],
  [{ type: "schedule", every: "hour", time_zone: "UTC" }, "Every hour, UTC"],
  [{ type: "schedule", cron: "0 9 * * 1-5", time_zone: "UTC" }, "On the cron schedule 0 9 * * 1-5, UTC"],
  [
    { type: "event", event: "contact.stage_changed", data: { to: "x" } },
    "When a contact changes stage, with 1 condition",
  ],
  [{ type: "event", event: "message.clicked" }, "When a person clicks a link in an email"],
  [{ type: "event", event: "view.created" }, "When view.created"],
  [{ type: "event", event: "task.reopened" }, "When a task is reopened"],
  [
    { type: "date_field", field: "closed_date", days: -7, at: "08:00", time_zone: "Europe/Oslo" },
    "Planned close date of an open deal: 7 days before, at 08:00, Oslo",
  ],
  [{ type: "date_field", field: "64", days: 1 }, "Date field: 1 day after, at 09:00"],
  [{ type: "webhook", creates_contacts: true }, "When its URL is called"],
];

for (const [trigger, words] of SAID)
  test(`said: ${words}`, () => {
    assert.equal(sayTrigger(trigger), words);
  });

test("another rhythm drops what only the last one needed, and keeps the zone", () => {
  assert.deepEqual(withRhythm(weekly, "hour"), { type: "schedule", every: "hour", time_zone: "Europe/Oslo" });
  assert.deepEqual(withRhythm(weekly, "day"), {
    type: "schedule",
    every: "day",
    at: "08:30",
    time_zone: "Europe/Oslo",
  });
  assert.deepEqual(withRhythm(withRhythm(weekly, "cron"), "week"), {
    type: "schedule",
    every: "week",
    at: "09:00",
    weekday: 1,
    time_zone: "Europe/Oslo",
  });
});

test("a value that is typed is what it looks like, and an id stays one", () => {
  assert.deepEqual(["true", "null", "12", "-1.5", "warm"].map(readValue), [true, null, 12, -1.5, "warm"]);
  assert.equal(readValue("640000000000000000000001"), "640000000000000000000001");
});
