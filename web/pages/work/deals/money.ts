// Amounts as people write them. Different currencies are never added up.

import { numberFormat } from "../../../language/formats.ts";

/** "€48,000", with cents only where there are some. */
export function money(amount: number, currency: string) {
  return numberFormat({
    style: "currency",
    currency,
    minimumFractionDigits: Number.isInteger(amount) ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amount);
}

/** "€1.2M" where there is little room. */
export function shortMoney(amount: number, currency: string) {
  return numberFormat(
    { style: "currency", currency, notation: "compact", maximumFractionDigits: 1 },
    "en", // "$1.2M" rather than "US$1.2M"
  ).format(amount);
}

type Sum = { currency_code: string; amount: number; weighted: number };

/** One sum for each currency, the largest first. */
export function sums(totals: readonly Sum[]) {
  const byCurrency = new Map<string, { amount: number; weighted: number }>();
  for (const { currency_code: code, amount, weighted } of totals) {
    const sum = byCurrency.get(code) ?? { amount: 0, weighted: 0 };
    byCurrency.set(code, { amount: sum.amount + amount, weighted: sum.weighted + weighted });
  }
  return [...byCurrency]
    .map(([currency, sum]) => ({ currency, ...sum }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => b.amount - a.amount);
}

const COMMON = ["EUR", "USD", "GBP", "NOK", "SEK", "DKK", "CHF", "PLN"];

export function currencyChoices(current: string) {
  return [...new Set([current, ...COMMON])];
}
