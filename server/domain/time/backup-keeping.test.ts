import assert from "node:assert/strict";
import { test } from "node:test";
import { backupsToDelete, type Keep, keepText, readKeep } from "./backup-keeping.ts";

const at = (text: string) => Temporal.Instant.from(text.includes("T") ? text : `${text}T03:00:00Z`);
const keep = (text: string): Keep => readKeep(text) ?? assert.fail(text);

const CASES: [why: string, rule: string, there: string[], deleted: string[]][] = [
  ["nothing is there", "7d", [], []],
  ["the only one stays", "1m", ["2020-01-01"], []],
  ["the newest of so many days", "2d", ["2026-03-01", "2026-03-02", "2026-03-03"], ["2026-03-01"]],
  [
    "of one day, the newest",
    "2d",
    ["2026-03-02T03:00:00Z", "2026-03-02T15:00:00Z", "2026-03-03T03:00:00Z"],
    ["2026-03-02T03:00:00Z"],
  ],
  ["days without a backup are not counted", "2d", ["2026-01-01", "2026-03-03"], []],
  [
    "weeks begin on Monday",
    "1d 2w",
    ["2026-03-01", "2026-03-02", "2026-03-08", "2026-03-09"], // a Sunday, a Monday, a Sunday, a Monday
    ["2026-03-02", "2026-03-01"],
  ],
  [
    "a week that spans two years is one",
    "2w",
    ["2025-12-27", "2025-12-29", "2026-01-02", "2026-01-05"],
    ["2025-12-29", "2025-12-27"],
  ],
  [
    "of months, the newest of each",
    "1d 3m",
    ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01"],
    ["2026-01-01", "2025-12-31"],
  ],
  ["a day is one of UTC", "1d", ["2026-03-02T23:59:59Z", "2026-03-03T00:00:00Z"], ["2026-03-02T23:59:59Z"]],
  [
    "one file may count for a day, a week and a month",
    "1d 1w 1m",
    ["2026-03-01", "2026-03-30", "2026-03-31"],
    ["2026-03-30", "2026-03-01"],
  ],
];

for (const [why, rule, there, deleted] of CASES)
  test(`${why}: ${rule} of ${there.length}`, () => {
    for (const order of [there, there.toReversed()])
      assert.deepEqual(
        backupsToDelete(order.map(at), keep(rule)).map(String),
        deleted.map((text) => at(text).toString()),
      );
  });

test("with a backup each day for three years, 7d 4w 6m keeps the last week, Sundays and ends of months", () => {
  const days = Array.from({ length: 1096 }, (_, n) => at("2023-03-11").add({ hours: 24 * n }));
  const old = new Set(backupsToDelete(days, keep("7d 4w 6m")).map(String));
  assert.deepEqual(
    days.map(String).filter((day) => !old.has(day)),
    [
      ...["2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-22", "2026-02-28", "2026-03-01"],
      ...["2026-03-04", "2026-03-05", "2026-03-06", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-10"],
    ].map((day) => at(day).toString()),
  );
});

test("day by day, what a rule keeps is never missed by it later", () => {
  const rule = keep("7d 4w 6m");
  let files: Temporal.Instant[] = [];
  for (let n = 0; n < 400; n++) {
    files.push(at("2025-01-01").add({ hours: 24 * n }));
    const old = new Set(backupsToDelete(files, rule));
    files = files.filter((file) => !old.has(file));
  }
  assert.equal(new Set(files.map((file) => file.toString().slice(0, 7))).size, 6);
  assert.ok(files.length <= 17, `${files.length}`);
});

test("a rule is read and written, and a text with a wrong unit or number is refused", () => {
  assert.deepEqual(readKeep("7d 4w 6m"), { days: 7, weeks: 4, months: 6 });
  assert.deepEqual(readKeep(" 12m  3d "), { days: 3, weeks: 0, months: 12 });
  assert.equal(keepText(keep("12m 3d")), "3d 12m");
  for (const text of ["", "7", "d7", "0d", "7d 7d", "7days", "7d,4w", "-1d", "7y", "5000d", "7d x"])
    assert.equal(readKeep(text), null, text);
});
