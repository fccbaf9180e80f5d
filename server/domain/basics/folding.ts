// Several rows that tell of the same thing, as one.

/**
 * Rows of one batch that mean the same record become one: what a later row says holds. `marksOf` names what a row can be
 * recognised by. Answers the rows to write, and for each given row which of them it went into.
 */
export function mergeByMarks<Row extends object>(
  rows: readonly Row[],
  marksOf: (row: Row) => readonly string[],
) {
  const merged: Row[] = [];
  const placeOf = new Map<string, number>();
  const places = rows.map((row) => {
    const marks = marksOf(row);
    const known = marks.map((mark) => placeOf.get(mark)).find((place) => place !== undefined);
    const place = known ?? merged.length;
    merged[place] = known === undefined ? row : { ...(merged[known] as Row), ...withoutNothing(row) };
    for (const mark of marks) if (!placeOf.has(mark)) placeOf.set(mark, place);
    return place;
  });
  return { merged, places };
}

function withoutNothing<Row extends object>(row: Row) {
  return Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== undefined && value !== null),
  ) as Row;
}
