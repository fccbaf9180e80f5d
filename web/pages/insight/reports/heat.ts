// How dark each number of a heat map is: in steps that an eye can tell apart, from the smallest above zero to the largest.

const LEAST = 12;
const MOST = 92;

export function shadesOf(figures: readonly (number | null)[]) {
  const most = figures.reduce<number>((so, one) => Math.max(so, one ?? 0), 0);
  const shadeOf = (figure: number | null) =>
    figure === null || figure <= 0 || most === 0 ? 0 : Math.round(LEAST + (MOST - LEAST) * (figure / most));
  return { shadeOf, most };
}
