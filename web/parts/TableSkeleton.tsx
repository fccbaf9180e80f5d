import { Skeleton } from "@mantine/core";
import { t } from "../language/t.ts";
import { useLate } from "./late.ts";
import classes from "./TableSkeleton.module.css";

const ROWS = ["a", "b", "c", "d", "e"];

/** The list's true layout while it is on its way. */
export function TableSkeleton({ columns, isNarrow }: { columns: readonly string[]; isNarrow: boolean }) {
  const isLate = useLate(true);
  return (
    <div className={classes.waiting} aria-busy="true" data-narrow={isNarrow || undefined}>
      <span className={classes.said} role="status">
        {isLate ? t("Loading") : ""}
      </span>
      {isLate &&
        ROWS.map((row, index) => (
          <div key={row} className={classes.row}>
            {columns.map((column, place) => (
              <Skeleton
                key={column}
                height={10}
                width={`${place === 0 ? 60 : 30 + ((index + place) % 3) * 12}%`}
              />
            ))}
          </div>
        ))}
    </div>
  );
}
