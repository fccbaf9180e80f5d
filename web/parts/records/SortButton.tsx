import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import classes from "./RecordTable.module.css";
import type { Sort } from "./RecordTable.tsx";

type Props = {
  by: string;
  /** Which way the first press sorts. */
  first: "ascending" | "descending" | undefined;
  sort: Sort | null | undefined;
  onSort: (sort: Sort) => void;
  children: string;
};

/** The heading of a column that rows are sorted by. A press sorts, another press turns the order round. */
export function SortButton({ by, first, sort, onSort, children }: Props) {
  const isAscending = sort?.by === by ? !sort.isAscending : first !== "descending";
  return (
    <button type="button" className={classes.sort} onClick={() => onSort({ by, isAscending })}>
      <span className={classes.title}>{children}</span>
      {sort?.by === by &&
        (sort.isAscending ? <IconArrowUp size="0.75rem" /> : <IconArrowDown size="0.75rem" />)}
    </button>
  );
}

export function ariaSort(by: string | undefined, sort: Sort | null | undefined) {
  if (!sort || sort.by !== by) return undefined;
  return sort.isAscending ? ("ascending" as const) : ("descending" as const);
}
