import assert from "node:assert/strict";
import { test } from "node:test";
import { type BackupFacts, backupTrouble, nextBackupAt } from "./backup-schedule.ts";

const at = (text: string) => Temporal.Instant.from(`2026-03-${text}Z`);
const NONE: BackupFacts = { goodAt: null, failedAt: null, begunAt: null, isAsked: false };

const CASES: [why: string, facts: Partial<BackupFacts>, now: string, next: string][] = [
  ["the first one is due at once", {}, "05T12:00", "05T03:00"],
  ["before the hour, the first one is that of yesterday", {}, "05T02:59", "04T03:00"],
  ["after a good one, the next day's", { goodAt: at("05T03:00") }, "05T03:10", "06T03:00"],
  ["at the hour it is due", { goodAt: at("05T03:00") }, "06T03:00", "06T03:00"],
  ["one by hand before the hour does not stand for it", { goodAt: at("05T02:59") }, "05T03:00", "05T03:00"],
  ["one that was missed is due", { goodAt: at("02T03:00") }, "05T02:00", "04T03:00"],
  ["one that was made up for stands for its hour", { goodAt: at("05T14:00") }, "05T15:00", "06T03:00"],
  ["a failure is tried again", { goodAt: at("04T03:00"), failedAt: at("05T03:01") }, "05T03:02", "05T03:16"],
  ["also of one by hand", { goodAt: at("05T03:00"), failedAt: at("05T10:00") }, "05T10:01", "05T10:15"],
  ["one that was asked for is due", { goodAt: at("05T03:00"), isAsked: true }, "05T10:01", "05T10:01"],
  ["one that did not end is looked at later", { begunAt: at("05T03:00") }, "05T03:01", "05T03:15"],
];

for (const [why, facts, now, next] of CASES)
  test(why, () => {
    assert.equal(nextBackupAt({ ...NONE, ...facts }, 3, at(now)).toString(), at(next).toString());
  });

test("every hour of the day has its own time", () => {
  const now = at("05T12:30");
  for (let hour = 0; hour < 24; hour++) {
    const slot = nextBackupAt(NONE, hour, now);
    assert.equal(slot.toZonedDateTimeISO("UTC").hour, hour);
    const age = now.since(slot).total("hours");
    assert.ok(age >= 0 && age < 24, `${hour}: ${age}`);
  }
});

test("a failure and a missing backup are reported, and a backup that is a little late is not", () => {
  const now = at("05T12:00");
  const trouble = (facts: Partial<BackupFacts>) => backupTrouble({ ...NONE, ...facts }, now);
  assert.equal(trouble({}), "late");
  assert.equal(trouble({ begunAt: at("05T11:59") }), null);
  assert.equal(trouble({ goodAt: at("04T03:00") }), null);
  assert.equal(trouble({ goodAt: at("03T23:59") }), "late");
  assert.equal(trouble({ goodAt: at("04T03:00"), failedAt: at("05T03:00") }), "failed");
});
