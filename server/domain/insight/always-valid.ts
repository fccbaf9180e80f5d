// What is known of shares while counting goes on, valid after every single mail.
//
// An ordinary interval is right once. A user who looks every day and stops at the first difference finds one that does
// not exist. These intervals are right at all times together: the true share is ever outside in one of twenty tests at
// most. The evidence against a supposed share is how much likelier the mails are under a mixture of shares than under
// that one (Robbins 1970; a beta mixture). Under the true share that evidence is a bet at fair odds, so it hardly ever
// gets to twenty (Ville). For two shares the bets multiply, and a difference is possible as long as any pair of shares
// with it is. Nothing is approximated, so few mails and shares near zero are as right as many. See Howard, Ramdas,
// McAuliffe and Sekhon, "Time-uniform, nonparametric, nonasymptotic confidence sequences" (2021).
//
// Easy to get wrong: the mixture must be fixed before anything is counted, and the same for all.

export type TrialCounts = { successes: number; trials: number };
export type ShareRange = { share: number; least: number; most: number };

/** Wrong in one of twenty. */
export const RISK = 0.05;

/** Where answers to mails of strangers mostly lie: a tenth on average, seldom above a third. */
const [A, B] = [1, 9] as const;

/** In which the share lies, whenever one looks. */
export function shareRangeOf(tried: TrialCounts, risk = RISK): ShareRange {
  const { successes, trials } = sound(tried);
  if (trials === 0) return { share: 0, least: 0, most: 1 };
  const share = successes / trials;
  const stands = (p: number) => evidence({ successes, trials }, p) < Math.log(1 / risk);
  return { share, least: edge(share, 0, stands), most: edge(share, 1, stands) };
}

/** In which the second share less the first lies, whenever one looks. */
export function differenceOf(one: TrialCounts, other: TrialCounts, risk = RISK): ShareRange {
  const [a, b] = [sound(one), sound(other)];
  const share = rate(b) - rate(a);
  const stands = (difference: number) => evidenceAgainst(a, b, difference) < Math.log(1 / risk);
  // Shares that nothing was counted of may be anything; between those, every difference stands.
  if (a.trials === 0 || b.trials === 0) return { share, least: -1, most: 1 };
  return { share, least: edge(share, -1, stands), most: edge(share, 1, stands) };
}

/** The logarithm of what can be said against this difference of the second share from the first. */
export function evidenceAgainst(a: TrialCounts, b: TrialCounts, difference: number) {
  const p = likeliest(a, b, difference);
  return evidence(a, p) + evidence(b, p + difference);
}

function evidence({ successes, trials }: TrialCounts, p: number) {
  const failures = trials - successes;
  const mixed = logBeta(A + successes, B + failures) - logBeta(A, B);
  return mixed - times(successes, p) - times(failures, 1 - p);
}

/** Of no trials, nothing follows, however impossible they were. */
const times = (count: number, p: number) => (count === 0 ? 0 : count * Math.log(Math.max(p, 0)));

/** The first share under which the mails are likeliest, the second being so much more. */
function likeliest(a: TrialCounts, b: TrialCounts, difference: number) {
  if (difference === 0) return rate({ successes: a.successes + b.successes, trials: a.trials + b.trials });
  let [low, high] = [Math.max(0, -difference), Math.min(1, 1 - difference)];
  for (let n = 0; n < 60; n++) {
    const p = (low + high) / 2;
    if (slope(a, p) + slope(b, p + difference) > 0) low = p;
    else high = p;
  }
  return (low + high) / 2;
}

const slope = ({ successes, trials }: TrialCounts, p: number) =>
  (successes === 0 ? 0 : successes / p) - (trials === successes ? 0 : (trials - successes) / (1 - p));

/** The furthest point from `from` towards `end` at which the condition still holds. */
function edge(from: number, end: number, stands: (at: number) => boolean) {
  if (stands(end)) return end;
  let [inside, outside] = [from, end];
  for (let n = 0; n < 50; n++) {
    const at = (inside + outside) / 2;
    if (stands(at)) inside = at;
    else outside = at;
  }
  return outside;
}

function rate({ successes, trials }: TrialCounts) {
  return trials === 0 ? 0 : successes / trials;
}

/** An answer may be counted before its mail is known to have arrived. */
function sound({ successes, trials }: TrialCounts): TrialCounts {
  return { trials, successes: Math.min(successes, trials) };
}

function logBeta(a: number, b: number) {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Stirling's series, from a number large enough for it. */
function logGamma(x: number) {
  let [at, less] = [x, 0];
  for (; at < 10; at++) less += Math.log(at);
  const inverse = 1 / (at * at);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - less;
}
