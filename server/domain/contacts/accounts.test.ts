import assert from "node:assert/strict";
import { test } from "node:test";
import { type AccountWish, applyAccountWish, blankAccount, isNamed, mergeAccounts } from "./accounts.ts";

const now = Temporal.Instant.from("2026-02-03T08:00:00Z");
const start = applyAccountWish(
  blankAccount("api"),
  { name: "Norrland Kraft", domain: "norrland.example", accountStageId: "s1", rawAddress: "Umeå, Sweden" },
  now,
);

const CASES: [what: string, wish: AccountWish, expected: object][] = [
  ["nothing said changes nothing", {}, start],
  ["texts are trimmed", { name: "  Kraft " }, { name: "Kraft" }],
  ["null and empty text clear", { name: null, domain: "" }, { name: null, domain: null }],
  ["a domain is kept bare", { domain: "https://www.Kraft.example/om" }, { domain: "kraft.example" }],
  [
    "a website fills the domain",
    { websiteUrl: "http://kraft.example/a" },
    { domain: "kraft.example", websiteUrl: "http://kraft.example/a" },
  ],
  [
    "a website does not overrule a domain that is said",
    { websiteUrl: "http://a.example", domain: "b.example" },
    { domain: "b.example" },
  ],
  ["an unreadable website leaves the domain", { websiteUrl: "our site" }, { domain: "norrland.example" }],
  ["the address gives the place", { rawAddress: "Oslo, Norway" }, { city: "Oslo", country: "Norway" }],
  ["no address, no place", { rawAddress: null }, { city: null, country: null, rawAddress: null }],
  [
    "a number is read as of the country",
    { phone: "090-555 01 00" },
    { phone: "090-555 01 00", sanitizedPhone: "+46905550100" },
  ],
  ["no number, nothing to dial", { phone: "" }, { phone: null, sanitizedPhone: null }],
  ["another stage is noted", { accountStageId: "s2" }, { accountStageId: "s2", stageUpdatedAt: now }],
  ["an amount keeps its digits", { annualRevenue: 1234567.5 }, { annualRevenue: "1234567.5" }],
  ["numbers clear", { estimatedNumEmployees: null }, { estimatedNumEmployees: null }],
];

for (const [what, wish, expected] of CASES) {
  test(what, () => assert.partialDeepStrictEqual(applyAccountWish(start, wish, now), expected));
}

test("the same stage again is no change", () => {
  const later = now.add({ hours: 1 });
  assert.equal(applyAccountWish(start, { accountStageId: "s1" }, later).stageUpdatedAt, now);
});

test("an account is known by its name or its domain", () => {
  assert.ok(isNamed({ name: "Kraft", domain: null }) && isNamed({ name: null, domain: "kraft.example" }));
  assert.ok(!isNamed({ name: null, domain: null }));
});

test("a merge fills blanks in order, keeps the winner's word and every CRM id", () => {
  const winner = applyAccountWish(start, { salesforceId: "sf1", mergedCrmIds: ["old"] }, now);
  const first = applyAccountWish(
    blankAccount("csv_import"),
    { name: "Kraft AB", salesforceId: "sf2", industry: "Energy" },
    now,
  );
  const second = applyAccountWish(
    blankAccount("api"),
    { hubspotId: "hub3", industry: "Power", mergedCrmIds: ["sf0"] },
    now,
  );
  const merged = mergeAccounts(winner, [first, second]);
  assert.partialDeepStrictEqual(merged, {
    name: "Norrland Kraft",
    industry: "Energy",
    salesforceId: "sf1",
    hubspotId: "hub3",
    source: "api",
    mergedCrmIds: ["old", "sf2", "sf0"],
  });
});
