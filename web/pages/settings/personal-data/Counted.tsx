import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { Moment } from "../../../parts/Moment.tsx";
import type { RetentionCount } from "./queries.ts";
import classes from "./Retention.module.css";
import { KIND_WORDS } from "./words.ts";

const MOST_COUNTED = 100_000;

/** What would be deleted now, by kind. */
export function Counted({ counts }: { counts: readonly RetentionCount[] }) {
  return (
    <div role="status">
      <ul className={classes.counts}>
        {counts.map(({ kind, keep_days, count, oldest_at }) => (
          <li key={kind}>
            {t("{name}, older than {days, plural, one {# day} other {# days}}:", {
              name: KIND_WORDS[kind].name,
              days: keep_days,
            })}{" "}
            <strong>{count >= MOST_COUNTED ? t("{count, number} or more", { count }) : figure(count)}</strong>
            {oldest_at && (
              <span className="soft">
                {" "}
                · {t("oldest:")} <Moment at={oldest_at} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
