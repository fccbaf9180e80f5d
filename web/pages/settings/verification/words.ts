import { perLanguage } from "../../../language/per-language.ts";
import { t } from "../../../language/t.ts";
import type { Verification } from "./queries.ts";

export const STATUS_WORDS = perLanguage(
  () =>
    ({
      verified: t("Valid"),
      unverified: t("Uncertain"),
      unavailable: t("Does not exist"),
      unknown: t("Unknown"),
    }) as const,
);

export function remarksOn({ role, disposable, catch_all }: Verification) {
  return [
    role && t("It belongs to a role, not a person."),
    disposable && t("It is a disposable address."),
    catch_all && t("Its domain accepts email for any name."),
  ].filter((remark) => typeof remark === "string");
}

const FOUND: readonly (readonly [status: string, say: (n: number) => string])[] = [
  ["verified", (n) => t("{n, plural, one {# address is valid} other {# addresses are valid}}", { n })],
  ["unverified", (n) => t("{n, plural, one {# is uncertain} other {# are uncertain}}", { n })],
  ["unavailable", (n) => t("{n, plural, one {# does not exist} other {# do not exist}}", { n })],
  ["unknown", (n) => t("{n, plural, one {# is unknown} other {# are unknown}}", { n })],
];

export function sayFound(counts: Readonly<Record<string, number>>) {
  const parts = FOUND.flatMap(([status, say]) => {
    const n = counts[status] ?? 0;
    return n === 0 ? [] : say(n);
  });
  return parts.length > 0 ? `${parts.join(", ")}.` : t("No addresses checked.");
}
