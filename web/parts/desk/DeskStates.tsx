import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { t } from "../../language/t.ts";
import { useLate } from "../late.ts";
import classes from "./DeskStates.module.css";

const ROWS = ["a", "b", "c", "d", "e", "f"];

/** The list's true layout while it is on its way. */
export function DeskSkeleton() {
  const isLate = useLate(true);
  return (
    <div aria-busy="true" className={classes.waiting}>
      <span className={classes.said} role="status">
        {isLate ? t("Loading") : ""}
      </span>
      {isLate &&
        ROWS.map((row, index) => (
          <div key={row} className={classes.row}>
            <Skeleton height={10} width={`${50 + ((index * 17) % 30)}%`} />
            <Skeleton height={8} width={`${30 + ((index * 23) % 40)}%`} />
          </div>
        ))}
    </div>
  );
}

/** One sentence, and what to do about it. */
export function DeskEmpty({ says, children }: { says: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{says}</p>
      {children && <div className="row">{children}</div>}
    </div>
  );
}
