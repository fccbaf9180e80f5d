import assert from "node:assert/strict";
import { test } from "node:test";
import { currencyChoices, money, shortMoney, sums } from "./money.ts";

test("amounts are written with their currency, and with cents where there are some", () => {
  assert.equal(money(48000, "EUR"), "€48,000");
  assert.equal(money(99.9, "EUR"), "€99.90");
  assert.equal(shortMoney(1_240_000, "EUR"), "€1.2M");
});

test("currencies are summed apart, the largest first, and empty ones left out", () => {
  const totals = [
    { currency_code: "EUR", amount: 100, weighted: 50 },
    { currency_code: "NOK", amount: 900, weighted: 90 },
    { currency_code: "EUR", amount: 20, weighted: 2 },
    { currency_code: "USD", amount: 0, weighted: 0 },
  ];
  assert.deepEqual(sums(totals), [
    { currency: "NOK", amount: 900, weighted: 90 },
    { currency: "EUR", amount: 120, weighted: 52 },
  ]);
});

test("the currency in use can always be chosen", () => {
  assert.equal(currencyChoices("JPY")[0], "JPY");
  assert.equal(new Set(currencyChoices("EUR")).size, currencyChoices("EUR").length);
});
