// Whether one variant does better than another, or whether that is still chance.
//
// It may be looked at after every mail: what is said follows from ranges that hold at all times together (always-valid.ts).
// With several variants every pair is a test of its own, so each has to be surer. Nothing is said before both have had a fair
// number of mails: the first days are not like the others.

import { differenceOf, evidenceAgainst, RISK, type ShareRange, type TrialCounts } from "./always-valid.ts";

export type ComparisonResult = "alone" | "too_early" | "ahead" | "behind" | "even";

/** How much more than the best of the others, as its place among the variants. */
type VariantDifference = ShareRange & { against: number };

export type Compared = { verdict: ComparisonResult; difference: VariantDifference | null };

export const FAIR_TRIALS = 100;
/** A difference of less than one in a hundred does not matter. */
const NO_MATTER = 0.01;

/** In the order given, each against all others. */
export function compareVariants(variants: readonly TrialCounts[]): Compared[] {
  const risk = RISK / Math.max(1, (variants.length * (variants.length - 1)) / 2);
  return variants.map((own, index) => {
    const others = variants.filter((_, other) => other !== index);
    return { verdict: verdictOn(own, others, risk), difference: fromBest(variants, index, risk) };
  });
}

function verdictOn(own: TrialCounts, others: readonly TrialCounts[], risk: number): ComparisonResult {
  if (others.length === 0) return "alone";
  if (!isFair(own)) return "too_early";
  const sure = others.filter((other) => isFair(other) && differs(own, other, risk));
  if (sure.some((other) => rate(other) > rate(own))) return "behind";
  if (sure.length === others.length) return "ahead";
  const isAlike = (other: TrialCounts) => {
    const { least, most } = differenceOf(other, own, risk);
    return isFair(other) && least > -NO_MATTER && most < NO_MATTER;
  };
  return others.every(isAlike) ? "even" : "too_early";
}

/** Whether it is no longer chance. The only question that is asked of every pair at every look, so it is a short one. */
export function differs(one: TrialCounts, other: TrialCounts, risk = RISK) {
  return evidenceAgainst(one, other, 0) >= Math.log(1 / risk);
}

function fromBest(variants: readonly TrialCounts[], index: number, risk: number): VariantDifference | null {
  const own = variants[index];
  const others = variants.flatMap((_, other) => (other === index ? [] : [other]));
  const [best] = others.sort((a, b) => rate(variants[b]) - rate(variants[a]) || a - b);
  if (best === undefined || !own) return null;
  return { ...differenceOf(variants[best] ?? NONE, own, risk), against: best };
}

const NONE: TrialCounts = { successes: 0, trials: 0 };
const isFair = ({ trials }: TrialCounts) => trials >= FAIR_TRIALS;
const rate = ({ successes, trials }: TrialCounts = NONE) => (trials === 0 ? 0 : successes / trials);
