import assert from "node:assert/strict";
import { test } from "node:test";
import { isReservedAddress, mayPass } from "./reserved-addresses.ts";

const RESERVED =
  `a@kund.example a@KUND.EXAMPLE. a@x.test a@b.invalid a@localhost a@example.com a@mail.example.org
  a@example.net a@example a@example.edu`.split(/\s+/);
const REAL = `a@example.no a@myexample.com a@kund.se a@test.se example.com@kund.se a@example.company a@contest
  "a@kund.example"@kund.se`.split(/\s+/);

test("a domain set aside for examples is told from one that looks like it", () => {
  for (const email of RESERVED) assert.ok(isReservedAddress(email), email);
  for (const email of REAL) assert.ok(!isReservedAddress(email), email);
});

const CASES: [mailbox: string, hasSample: boolean, email: string, isInvented: boolean, may: boolean][] = [
  ["catcher", true, "a@kund.example", true, true],
  ["catcher", false, "a@kund.se", false, true],
  ["smtp", true, "a@kund.example", true, false],
  ["smtp", true, "a@kund.se", true, false],
  ["gmail", false, "a@kund.se", true, false],
  ["smtp", true, "a@kund.example", false, false],
  ["smtp", false, "a@kund.example", false, true],
  ["microsoft", true, "a@kund.se", false, true],
];
for (const [mailboxType, hasSample, email, isInvented, may] of CASES)
  test(`${email}${isInvented ? ", invented," : ""} ${may ? "may" : "may not"} be mailed through ${mailboxType}${hasSample ? " in a team with the sample" : ""}`, () => {
    assert.equal(mayPass({ mailboxType, hasSample }, { email, isInvented }), may);
  });
