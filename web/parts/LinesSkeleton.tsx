import { Skeleton } from "@mantine/core";
import { t } from "../language/t.ts";
import { useLate } from "./late.ts";
import classes from "./TableSkeleton.module.css";

const WIDTHS = ["70%", "55%", "80%", "40%"];

/** A few lines of text while they are on their way. */
export function LinesSkeleton({ lines }: { lines: 1 | 2 | 3 | 4 }) {
  const isLate = useLate(true);
  return (
    <div className="stack" aria-busy="true" style={{ minHeight: `${lines * 1.75}rem`, gap: 12 }}>
      <span className={classes.said} role="status">
        {isLate ? t("Loading") : ""}
      </span>
      {isLate && WIDTHS.slice(0, lines).map((width) => <Skeleton key={width} height={10} width={width} />)}
    </div>
  );
}
