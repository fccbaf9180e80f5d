import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import * as fields from "./fields.ts";

const cases: [what: string, schema: z.ZodType, good: unknown[], bad: unknown[]][] = [
  [
    "an id",
    fields.id,
    ["64f0aa000000000000000001", "64F0AA00000000000000000B"],
    [
      "",
      "64f0aa00000000000000000",
      "64f0aa0000000000000000011",
      "64f0aa00000000000000000g",
      " 64f0aa000000000000000001",
      "64f0aa000000000000000001\n",
      64,
      null,
    ],
  ],
  [
    "an email address",
    fields.email,
    ["ole@example.no", " ole@example.no ", "ole.dahl+tag@sub.example.co.uk", "ole@bücher.example"],
    [
      "",
      "ole",
      "ole@",
      "@x.no",
      "ole@x",
      "a b@x.no",
      "a@b@x.no",
      '"a"@x.no',
      "a@x.no,b@y.no",
      "a@x.no>\r\nRCPT TO:<b@y.no",
      "a@x..no",
      "a@-x.no",
      "a@.no",
      "a\u0000@x.no",
      "a@x.no\n b",
      `${"a".repeat(65)}@x.no`,
      `a@${"x".repeat(64)}.no`,
      `a@${"x.".repeat(140)}no`,
      "group:a@x.no;",
      "a(comment)@x.no",
      "<a@x.no>",
    ],
  ],
  [
    "a moment",
    fields.moment,
    [
      "2026-02-28",
      "2024-02-29",
      "2026-01-01T00:00Z",
      "2026-01-01T23:59:59.999999999+05:30",
      "2026-01-01 10:00",
      "9999-12-30",
      "1000-01-02",
    ],
    [
      "",
      "2026-02-29",
      "2026-02-30",
      "2026-13-01",
      "2026-00-10",
      "2026-01-32",
      "2026-01-01T24:00Z",
      "2026-01-01T10:60Z",
      "2026-01-01T10:00:60Z",
      "2026-01-01T10:00+24:00",
      "2026-1-1",
      "26-01-01",
      "0000-01-01",
      "9999-12-31",
      "+275760-09-13T00:00:00Z",
      "-000001-01-01",
      "today",
      "1767225600",
      "2026-01-01T10:00[Europe/Oslo]",
    ],
  ],
  [
    "a time zone",
    fields.timeZone,
    ["Europe/Oslo", "UTC", "America/Argentina/Buenos_Aires", "us/pacific", "Asia/Calcutta", "Etc/GMT+5"],
    ["", "Mars/Olympus", "+01:00", "PST", "SystemV/PST8", "T1200Z", "Europe/Oslo; drop table", "../etc"],
  ],
  ["a name", fields.name(), ["x", " Ole ", "x".repeat(200)], ["", "   ", "x".repeat(201), null]],
  [
    "a password",
    fields.password,
    ["x".repeat(10), "x".repeat(64), "x".repeat(1024), "          "],
    ["x".repeat(9), "x".repeat(1025), ""],
  ],
];

for (const [what, schema, good, bad] of cases) {
  test(`${what} is told from an invalid one`, () => {
    for (const value of good)
      assert.ok(schema.safeParse(value).success, `${JSON.stringify(value)} should pass`);
    for (const value of bad)
      assert.ok(!schema.safeParse(value).success, `${JSON.stringify(value)} should not pass`);
  });
}

test("ids are lowered and names are trimmed", () => {
  assert.equal(fields.id.parse("64F0AA00000000000000000B"), "64f0aa00000000000000000b");
  assert.equal(fields.name().parse("  Ole "), "Ole");
});

test("a long text that is almost an address costs no time", () => {
  const costOf = (text: string) => {
    const before = process.threadCpuUsage();
    for (let times = 0; times < 2_000; times++) fields.email.safeParse(text);
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };
  const plainlyWrong = "a".repeat(250);
  costOf(plainlyWrong); // the first time also compiles
  const usual = Math.max(2_000, costOf(plainlyWrong)); // some clocks of a thread count in milliseconds
  for (const text of [`${"a.".repeat(60)}@${"a-".repeat(90)}`, `a@${"a".repeat(250)}`, `${"@".repeat(250)}`])
    assert.ok(costOf(text) < 30 * usual, text);
});
