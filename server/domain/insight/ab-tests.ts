// When an A/B test is over. It is looked at again and again, so only a rule that stays right however often one looks may end
// it (comparing.ts). What is not proven by its end stays as it is, and a user decides.

import type { TrialCounts } from "./always-valid.ts";
import { compareVariants } from "./comparing.ts";

const AB_METRICS = ["replied", "clicked", "demoed"] as const;
export type AbMetric = (typeof AB_METRICS)[number];

export type AbOutcome = "won" | "even" | "undecided" | "stopped" | "changed";

export type AbDecision =
  | { is: "running" }
  | { is: "won"; winner: number }
  | { is: Exclude<AbOutcome, "won" | "stopped"> };

/** `changed`: fewer than two variants are left to compare. */
export function decideAbTest(
  variants: readonly TrialCounts[],
  { endsAt, now }: { endsAt: Temporal.Instant | null; now: Temporal.Instant },
): AbDecision {
  if (variants.length < 2) return { is: "changed" };
  const verdicts = compareVariants(variants).map(({ verdict }) => verdict);
  const winner = verdicts.indexOf("ahead");
  if (winner >= 0) return { is: "won", winner };
  if (verdicts.every((verdict) => verdict === "even")) return { is: "even" };
  const isOver = endsAt !== null && Temporal.Instant.compare(endsAt, now) <= 0;
  return { is: isOver ? "undecided" : "running" };
}
