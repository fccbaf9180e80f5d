import { t } from "../../../language/t.ts";
import classes from "./Placement.module.css";
import type { PlacementTest } from "./placement-queries.ts";
import { PLACES } from "./placement-words.ts";

type Props = { counts: PlacementTest["counts"]; isSmall?: boolean };

/** One bar, a part for each place. */
export function PlacementBar({ counts, isSmall = false }: Props) {
  const parts = PLACES.filter(({ key }) => counts[key] > 0);
  const says = parts.map(({ key, name }) => `${name} ${counts[key]}`).join(", ");
  return (
    <div>
      <div
        className={classes.bar}
        data-small={isSmall}
        role="img"
        aria-label={t("Where emails arrived: {says}", { says })}
      >
        {parts.map(({ key }) => (
          <span key={key} data-place={key} style={{ flexGrow: counts[key] }} />
        ))}
      </div>
      {!isSmall && (
        <ul className={classes.legend}>
          {parts.map(({ key, name }) => (
            <li key={key}>
              <span className={classes.swatch} data-place={key} aria-hidden="true" />
              {name} <span className={classes.count}>{counts[key]}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
