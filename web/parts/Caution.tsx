import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Trouble.module.css";

/** What will not work, said before it is tried. */
export function Caution({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="note" className={classes.trouble}>
      <IconAlertTriangle size="1rem" stroke={1.75} className={classes.sign} aria-hidden />
      <div className={classes.words}>
        <p className={classes.happened}>{title}</p>
        <p>{children}</p>
      </div>
    </div>
  );
}
