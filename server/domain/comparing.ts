// Whether one variant does better than another, or whether that is still chance.
//
// The range is Wilson's: right for few mails and for shares near 0, where the textbook's goes below it. Easy to get wrong:
// looking every day and stopping at the first difference finds one that is not there, so nothing is said of a variant
// before it has had a fair number of mails, and then only if the ranges do not overlap.

export type Tried = { successes: number; trials: number };
export type Range = { share: number; least: number; most: number };
export type Verdict = "alone" | "too_early" | "ahead" | "behind" | "even";

const Z = 1.96; // 19 times out of 20
export const FAIR_TRIALS = 50;
/** From here on a difference that has not shown itself is a small one. */
const MANY_TRIALS = 1000;

export function rangeOf({ successes, trials }: Tried): Range {
  if (trials === 0) return { share: 0, least: 0, most: 1 };
  const share = Math.min(1, successes / trials);
  const z2 = Z * Z;
  const middle = share + z2 / (2 * trials);
  const spread = Z * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
  const whole = 1 + z2 / trials;
  return {
    share,
    least: Math.max(0, (middle - spread) / whole),
    most: Math.min(1, (middle + spread) / whole),
  };
}

/** In the order given, each against all others. */
export function compare(variants: readonly Tried[]): Verdict[] {
  if (variants.length < 2) return variants.map(() => "alone");
  const ranges = variants.map(rangeOf);
  return variants.map(({ trials }, index) => {
    const own = ranges[index] as Range;
    const others = ranges.filter((_, other) => other !== index);
    const fair = variants.filter((one) => one.trials >= FAIR_TRIALS);
    if (trials < FAIR_TRIALS || fair.length < 2) return "too_early";
    if (others.every(({ most }) => own.least > most)) return "ahead";
    if (others.some(({ least }) => own.most < least)) return "behind";
    return variants.every((one) => one.trials >= MANY_TRIALS) ? "even" : "too_early";
  });
}
