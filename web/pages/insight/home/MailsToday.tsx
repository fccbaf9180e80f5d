import { IconSend } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { briefly, endOfToday } from "../../../parts/when.ts";
import classes from "./NeedsYou.module.css";
import { Line, many } from "./NeedsYou.tsx";
import type { TodayCounts } from "./waiting.ts";

/** How many emails are due today, and when the next one is. */
export function MailsToday({ mails: { due_today: due, first_due_at: first } }: Pick<TodayCounts, "mails">) {
  if (due === 0) return null;
  const now = currentTime();
  return (
    <section aria-label={t("Today")}>
      <ul className={classes.list}>
        <Line
          icon={IconSend}
          says={t(
            "{n, plural, one {One email is scheduled for today} other {{number} emails are scheduled for today}}",
            many(due),
          )}
          detail={first && t("The next one is due at {time}.", { time: briefly(first, now) })}
          verb={t("Open outbox")}
          to="/outbox"
          search={{ until: endOfToday(now).toISOString() }}
        />
      </ul>
    </section>
  );
}
