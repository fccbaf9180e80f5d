// Rows that are loaded whole, in the order of a column. Rows without a value come last both ways, as the server has it.

import { wordOrder } from "../language/formats.ts";

export type SortValue = string | number | null | undefined;

const compareWords = wordOrder();

export function sortedRows<Row>(
  rows: readonly Row[],
  value: (row: Row) => SortValue,
  isAscending: boolean,
): Row[] {
  const way = isAscending ? 1 : -1;
  return rows.toSorted((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (isBlank(a) || isBlank(b)) return Number(isBlank(a)) - Number(isBlank(b));
    if (typeof a === "number" && typeof b === "number") return way * (a - b);
    return way * compareWords(String(a), String(b));
  });
}

const isBlank = (one: SortValue) => one === null || one === undefined || one === "";
