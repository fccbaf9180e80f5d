import type { ReactNode } from "react";
import classes from "./RecordLines.module.css";

type Line = { key: string; name: ReactNode; note?: ReactNode; at?: ReactNode; act?: ReactNode };

type Props = { lines: readonly Line[] | undefined; none: ReactNode };

/** What belongs to a record, a line each: what it is, how it stands, and when. */
export function RecordLines({ lines, none }: Props) {
  if (lines?.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className={classes.lines}>
      {lines?.map(({ key, name, note, at, act }) => (
        <li key={key} className={classes.line}>
          <span className={classes.name}>{name}</span>
          <span className={classes.note}>{note}</span>
          <span className={classes.at}>{at}</span>
          {act && <span className={classes.act}>{act}</span>}
        </li>
      ))}
    </ul>
  );
}
