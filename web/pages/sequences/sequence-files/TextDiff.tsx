import { t } from "../../../language/t.ts";
import classes from "./Files.module.css";
import { diffOf } from "./line-diff.ts";
import type { Change } from "./queries.ts";
import { sayChange } from "./words.ts";

/** What changes in one record, each change with its lines before and after. */
export function Changes({ changes, label }: { changes: readonly Change[]; label: string }) {
  return (
    <ul className={classes.changes} aria-label={label}>
      {changes.map((change) => (
        <li key={`${change.where} ${change.what} ${change.before} ${change.after}`}>
          <p className={classes.change}>{sayChange(change)}</p>
          <TextDiff change={change} />
        </li>
      ))}
    </ul>
  );
}

function TextDiff({ change: { before, after } }: { change: Change }) {
  const lines = diffOf(before, after);
  if (lines.length === 0) return null;
  return (
    <div className={classes.diff}>
      {lines.map(({ sign, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text have no other name
        <div key={at} className={classes.line} data-sign={sign}>
          <span aria-hidden className={classes.sign}>
            {sign}
          </span>
          {sign !== " " && <span className={classes.said}>{sign === "-" ? t("Removed:") : t("Added:")}</span>}
          <code>{text || " "}</code>
        </div>
      ))}
    </div>
  );
}
