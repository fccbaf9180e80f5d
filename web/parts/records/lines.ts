// The lines of a list: its rows, and where it is grouped a head above each group. A folded group shows its head alone.
// Rows are named by their place among all that match, lines by where they are drawn.

export type RowGroup = { name: string; count: number };

export type GroupHead = {
  kind: "head";
  key: string;
  group: RowGroup;
  isFolded: boolean;
  /** The place of its first row, and how many of its rows can be shown. */
  start: number;
  shown: number;
};
export type Line = { kind: "row"; index: number } | GroupHead;

export type Lines = {
  count: number;
  at: (line: number) => Line;
  /** Where a row is drawn; one of a folded group is at its head. */
  lineOf: (index: number) => number;
  /** The next row that is drawn, in either direction. At the end it is the same row. */
  next: (index: number, by: 1 | -1) => number;
};

/** Rows, and nothing else. */
export function plainLines(total: number): Lines {
  return {
    count: total,
    at: (line) => ({ kind: "row", index: line }),
    lineOf: (index) => index,
    next: (index, by) => Math.min(total - 1, Math.max(0, index + by)),
  };
}

type Part = GroupHead & { line: number };

/** `reach`: rows behind this one cannot be shown. */
export function groupedLines(
  groups: readonly RowGroup[],
  { folded, reach }: { folded: ReadonlySet<string>; reach: number },
): Lines {
  const parts: Part[] = [];
  let [line, start] = [0, 0];
  for (const [place, group] of groups.entries()) {
    const key = `${place} ${group.name}`;
    const isFolded = folded.has(key);
    const shown = Math.max(0, Math.min(group.count, reach - start));
    parts.push({ kind: "head", key, group, isFolded, start, shown, line });
    line += 1 + (isFolded ? 0 : shown);
    start += group.count;
  }
  const open = parts.filter(({ isFolded, shown }) => !isFolded && shown > 0);
  return {
    count: line,
    at: (wanted) => {
      const part = lastWhere(parts, (one) => one.line <= wanted) as Part;
      return part.line === wanted ? part : { kind: "row", index: part.start + wanted - part.line - 1 };
    },
    lineOf: (index) => {
      const part = lastWhere(parts, (one) => one.start <= index);
      if (!part) return 0;
      return part.isFolded ? part.line : part.line + 1 + Math.min(index - part.start, part.shown - 1);
    },
    next: (index, by) => {
      const to = index + by;
      const isIn = (part: Part) => to >= part.start && to < part.start + part.shown;
      if (open.some(isIn)) return to;
      if (by === 1) return open.find(({ start: first }) => first > index)?.start ?? index;
      const before = lastWhere(open, (one) => one.start + one.shown <= index);
      return before ? before.start + before.shown - 1 : index;
    },
  };
}

/** The last of those that come first and for which it is true. */
function lastWhere(parts: readonly Part[], isTrue: (part: Part) => boolean) {
  let [least, most] = [0, parts.length];
  while (least < most) {
    const middle = (least + most) >> 1;
    if (isTrue(parts[middle] as Part)) least = middle + 1;
    else most = middle;
  }
  return parts[least - 1];
}
