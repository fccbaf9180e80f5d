// Rows of a list that tell the same, one after the other: what a batch did to hundreds is one line, which can be opened.

export type GroupedRow<Row> = {
  row: Row;
  /** Names the group, for those who open it. */
  group: string;
  /** How many more rows tell the same as this one. */
  more: number;
  /** Further rows are still to be loaded, and some of them may tell the same. */
  goesOn: boolean;
};

/** So few are shown one by one. */
const FEW = 3;
const SOON = 60_000; // a batch of many goes through in several parts

/** `tells`: what two rows must share to tell the same. Rows of groups that are `open` are all there. */
export function alike<Row extends { id: string; at: string }>(
  rows: readonly Row[],
  tells: (row: Row) => string,
  open: ReadonlySet<string>,
  hasMore = false,
): GroupedRow<Row>[] {
  const groups = groupsOf(rows, tells);
  return groups.flatMap(([first, ...rest], index) => {
    const group = first.id;
    const single = (row: Row) => ({ row, group, more: 0, goesOn: false });
    if (rest.length < FEW) return [first, ...rest].map(single);
    const head = { row: first, group, more: rest.length, goesOn: hasMore && index === groups.length - 1 };
    return open.has(group) ? [head, ...rest.map(single)] : [head];
  });
}

function groupsOf<Row extends { at: string }>(rows: readonly Row[], tells: (row: Row) => string) {
  const groups: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const isSame =
      last && tells(last) === tells(row) && Math.abs(Date.parse(last.at) - Date.parse(row.at)) <= SOON;
    if (isSame) group?.push(row);
    else groups.push([row]);
  }
  return groups;
}
