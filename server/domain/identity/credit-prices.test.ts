import assert from "node:assert/strict";
import { test } from "node:test";
import { isRefunded, quote } from "./credit-prices.ts";

test("a price says the least, what is expected and the most", () => {
  const cases: [Parameters<typeof quote>, ReturnType<typeof quote>][] = [
    [["person_match", 10], { kind: "lead_credit", least: 0, expected: 10, most: 10 }],
    [["person_match", 10, 0.75], { kind: "lead_credit", least: 0, expected: 8, most: 10 }],
    [["phone_reveal", 3, 0.5], { kind: "direct_dial_credit", least: 0, expected: 16, most: 24 }],
    [["email_verification", 1000], { kind: "lead_credit", least: 0, expected: 0, most: 0 }],
    [["organization_enrich", 0], { kind: "lead_credit", least: 0, expected: 0, most: 0 }],
  ];
  for (const [wish, price] of cases) assert.deepEqual(quote(...wish), price, JSON.stringify(wish));
});

test("an address that bounces is given back for thirty days, and nothing else is", () => {
  const boughtAt = Temporal.Instant.from("2026-03-01T10:00:00Z");
  const cases: [string, string, boolean][] = [
    ["person_match", "2026-03-01T10:00:00Z", true],
    ["person_match", "2026-03-31T10:00:00Z", true],
    ["person_match", "2026-03-31T10:00:01Z", false],
    ["waterfall_email", "2026-03-02T10:00:00Z", true],
    ["add_net_new_contact", "2026-03-02T10:00:00Z", true],
    ["phone_reveal", "2026-03-02T10:00:00Z", false],
    ["organization_enrich", "2026-03-02T10:00:00Z", false],
  ];
  for (const [action, bouncedAt, expected] of cases)
    assert.equal(
      isRefunded({ action, boughtAt }, Temporal.Instant.from(bouncedAt)),
      expected,
      `${action} ${bouncedAt}`,
    );
});
