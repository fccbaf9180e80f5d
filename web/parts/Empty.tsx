import type { ReactNode } from "react";
import classes from "./Empty.module.css";

/** One sentence what this is for, and what to do about it being empty. */
export function Empty({ says, children }: { says: string; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p className="prose">{says}</p>
      {children && <div className="row">{children}</div>}
    </div>
  );
}
