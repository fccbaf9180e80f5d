// Which step of a file is which of those that are there, and which variant. What has the same text is the same wherever it stands, so no
// contact gets a text for a second time, and numbers stay with their text.

import { printed, type StepModel, type VariantModel } from "./file-model.ts";

export type Match = { from: number | null; to: number | null };
type Pair = { from: number; to: number };

/** One after the other: what the ways before left over is matched by the next one. Without `mayCross` only what no other match passes. */
type Way<One> = { isSame(before: One, after: One): boolean; mayCross: boolean };

const STEP_WAYS: readonly Way<StepModel>[] = [
  { isSame: (one, other) => hasText(one) && textOfStep(one) === textOfStep(other), mayCross: true },
  { isSame: (one, other) => sharesOf(one, other, isSameText), mayCross: true },
  { isSame: (one, other) => sharesOf(one, other, sharesPart), mayCross: true },
  { isSame: (one, other) => one.type === other.type, mayCross: false },
];

/** A text that comes from the library now, or no longer does, is another one, or the change would be one of the library. */
const VARIANT_WAYS: readonly Way<VariantModel>[] = [
  { isSame: isSameText, mayCross: true },
  { isSame: sharesPart, mayCross: true },
  { isSame: isSameSource, mayCross: false },
];

/** Equal steps stay what they are, then those of the same text; what is left follows each other by type. */
export function matchSteps(before: readonly StepModel[], after: readonly StepModel[]): Match[] {
  return matched(before, after, STEP_WAYS);
}

export function matchVariants(before: readonly VariantModel[], after: readonly VariantModel[]): Match[] {
  return matched(before, after, VARIANT_WAYS);
}

/** With the variants that are there in the order in which they are there; new ones come last. */
export function inOrderOf(before: readonly StepModel[], after: readonly StepModel[]): StepModel[] {
  const matches = matchSteps(before, after);
  const orders = after.map((step, at) => {
    const from = matches.find(({ to }) => to === at)?.from ?? null;
    return orderOf(from === null ? [] : (before[from]?.variants ?? []), step.variants);
  });
  const placed = (variant: VariantModel): VariantModel => {
    const { goesWith } = variant;
    const now = goesWith ? (orders[goesWith.step - 1]?.indexOf(goesWith.variant - 1) ?? -1) : -1;
    return goesWith && now >= 0 ? { ...variant, goesWith: { ...goesWith, variant: now + 1 } } : variant;
  };
  return after.map((step, at) => ({
    ...step,
    variants: (orders[at] ?? []).flatMap((n) => step.variants.slice(n, n + 1).map(placed)),
  }));
}

function orderOf(before: readonly VariantModel[], after: readonly VariantModel[]): number[] {
  const places = matchVariants(before, after).flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
  return places
    .sort((a, b) => (a.from ?? before.length) - (b.from ?? before.length) || a.to - b.to)
    .map(({ to }) => to);
}

function matched<One>(before: readonly One[], after: readonly One[], ways: readonly Way<One>[]): Match[] {
  const pairs = commonPairs(before, after);
  for (const { isSame, mayCross } of ways)
    for (const [to, one] of after.entries()) {
      if (pairs.some((pair) => pair.to === to)) continue;
      const from = before.findIndex(
        (other, at) =>
          isSame(other, one) &&
          !pairs.some((pair) => pair.from === at) &&
          (mayCross || !pairs.some((pair) => isCrossed(pair, { from: at, to }))),
      );
      if (from >= 0) pairs.push({ from, to });
    }
  return listed(pairs, before.length, after.length);
}

function isCrossed(one: Pair, other: Pair) {
  return one.from < other.from !== one.to < other.to;
}

/** In the order of what is to be; what goes stands where it was. */
function listed(pairs: readonly Pair[], before: number, after: number): Match[] {
  const gone = Array.from({ length: before }, (_, from) => from).filter(
    (at) => !pairs.some(({ from }) => from === at),
  );
  const matches: Match[] = [];
  for (let to = 0; to < after; to++) {
    const from = pairs.find((pair) => pair.to === to)?.from ?? null;
    while (from !== null && gone[0] !== undefined && gone[0] < from)
      matches.push({ from: gone.shift() ?? null, to: null });
    matches.push({ from, to });
  }
  return [...matches, ...gone.map((from) => ({ from, to: null }))];
}

/** The longest list of equal ones in the order of both. */
function commonPairs<One>(before: readonly One[], after: readonly One[]): Pair[] {
  const one = before.map(printed);
  const other = after.map(printed);
  const length = Array.from({ length: one.length + 1 }, () => new Array<number>(other.length + 1).fill(0));
  const at = (i: number, j: number) => length[i]?.[j] ?? 0;
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      (length[i] as number[])[j] =
        one[i] === other[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < one.length && j < other.length; )
    if (one[i] === other[j]) pairs.push({ from: i++, to: j++ });
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  return pairs;
}

function hasText({ note, variants }: StepModel) {
  return note !== null || variants.some(({ template, subject, html }) => template ?? (subject || html));
}

/** Whatever the order of its variants. */
function textOfStep({ type, note, variants }: StepModel) {
  const texts = variants.map(({ template, subject, html }) => printed([template, subject, html]));
  return printed([type, note, texts.sort()]);
}

function sharesOf(one: StepModel, other: StepModel, isSame: Way<VariantModel>["isSame"]) {
  return (
    one.type === other.type &&
    one.variants.some((variant) => other.variants.some((wanted) => isSame(variant, wanted)))
  );
}

function isSameText(one: VariantModel, other: VariantModel) {
  const isText = one.template !== null || one.subject !== "" || one.html !== "";
  return isText && isSameSource(one, other) && one.template === other.template && isSameMail(one, other);
}

function isSameMail(one: VariantModel, other: VariantModel) {
  return one.subject === other.subject && one.html === other.html;
}

function sharesPart(one: VariantModel, other: VariantModel) {
  if (one.template !== null || other.template !== null) return false;
  return (
    (one.subject !== "" && one.subject === other.subject) || (one.html !== "" && one.html === other.html)
  );
}

function isSameSource(one: VariantModel, other: VariantModel) {
  return (one.template === null) === (other.template === null);
}
