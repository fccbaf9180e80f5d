// How the rows that a search finds are sorted, and where the page behind a row begins.
//
// A row's own value is written as text in a cursor. Rows without one have the empty text there: no other row has it.

import { isInstant } from "../../../kernel/moments.ts";

/** What rows can be sorted by. */
export type SortOrder = {
  /** An expression of the row. Where rows can lack it, it is null there, and never an empty text. */
  by: string;
  type: "timestamptz" | "text" | "int" | "numeric" | "boolean";
  /** Rows are read in this order from an index; without one, all that match are read first. */
  isIndexed?: true;
  /** Where rows without a value stand: last both ways, or as the least of all. */
  blanks?: "last" | "least";
};

export type SortPlace = { value: string; id: string };
type Keep = (value: unknown) => string;

const BLANK = "";

/** The value that a cursor holds. */
export function sortValue({ by, blanks }: SortOrder) {
  return blanks ? `coalesce((${by})::text, '${BLANK}')` : `(${by})::text`;
}

export function inOrder(order: SortOrder, id: string, isAscending: boolean) {
  return `order by ${sortKeys(order, id, isAscending)}`;
}

export function sortKeys({ by, blanks }: SortOrder, id: string, isAscending: boolean) {
  const way = isAscending ? "asc" : "desc";
  const isFirst = blanks === "least" && isAscending;
  return `${by} ${way}${blanks ? ` nulls ${isFirst ? "first" : "last"}` : ""}, ${id} ${way}`;
}

type GoOn = { isAscending: boolean; after: SortPlace | null };

/** The condition that leaves out the rows up to this one. */
export function goOnAfter(order: SortOrder, id: string, { isAscending, after }: GoOn, keep: Keep) {
  if (!after) return "";
  const { by, type, blanks } = order;
  const beyond = isAscending ? ">" : "<";
  const thatId = `${keep(after.id)}::text`;
  if (blanks && after.value === BLANK) {
    const amongBlanks = `${by} is null and ${id} ${beyond} ${thatId}`;
    return blanks === "least" && isAscending
      ? `and (${by} is not null or (${amongBlanks}))`
      : `and ${amongBlanks}`;
  }
  const on = `(${by}, ${id}) ${beyond} (${keep(after.value)}::${type}, ${thatId})`;
  return blanks && !(blanks === "least" && isAscending) ? `and (${on} or ${by} is null)` : `and ${on}`;
}

const FORMS: Record<SortOrder["type"], (text: string) => boolean> = {
  timestamptz: isInstant,
  text: () => true,
  int: (text) => /^-?\d{1,9}$/.test(text),
  numeric: (text) => /^-?\d{1,400}(?:\.\d{1,400})?$/.test(text),
  boolean: (text) => text === "true" || text === "false",
};

/** Whether a cursor's value can be one of this order. */
export function isSortValue({ type, blanks }: SortOrder, value: string) {
  return (blanks !== undefined && value === BLANK) || FORMS[type](value);
}
