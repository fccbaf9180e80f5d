import { t } from "../../../language/t.ts";
import { kindWords } from "./kind-words.ts";
import type { KindSize } from "./queries.ts";
import classes from "./StorageBar.module.css";
import { sizeText } from "./sizes.ts";

const MOST = 5;

/** The largest kinds side by side, each as wide as it weighs, and the rest together. */
export function StorageBar({ kinds }: { kinds: readonly KindSize[] }) {
  const rest = kinds.slice(MOST).reduce((sum, { bytes }) => sum + bytes, 0);
  const parts = [
    ...kinds.slice(0, MOST).map(({ kind, bytes }) => ({ key: kind, name: kindWords(kind).name, bytes })),
    { key: "rest", name: t("All others"), bytes: rest },
  ].filter(({ bytes }) => bytes > 0);
  const says = parts.map(({ name, bytes }) => `${name}: ${sizeText(bytes)}`).join("; ");
  return (
    <figure className={classes.figure}>
      <div className={classes.bar} role="img" aria-label={says}>
        {parts.map(({ key, bytes }, at) => (
          <span key={key} className={classes.part} data-at={at} style={{ flexGrow: bytes }} />
        ))}
      </div>
      <figcaption className={classes.legend} aria-hidden="true">
        {parts.map(({ key, name, bytes }, at) => (
          <span key={key} className={classes.entry}>
            <span className={classes.dot} data-at={at} />
            {name} <span className="soft">{sizeText(bytes)}</span>
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
