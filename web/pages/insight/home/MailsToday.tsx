import { IconCalendarEvent, IconSend } from "@tabler/icons-react";
import { t } from "../../../language/t.ts";
import { currentTime } from "../../../parts/current-time.ts";
import { aDayAfter, briefly, endOfToday } from "../../../parts/when.ts";
import classes from "./NeedsYou.module.css";
import { Line, many } from "./NeedsYou.tsx";
import type { TodayCounts } from "./waiting.ts";

/** How many emails are due today and tomorrow, and when the next one is. */
export function MailsToday({ mails }: Pick<TodayCounts, "mails">) {
  const { due_today: due, due_next_day: next, first_due_at: first } = mails;
  if (due + next === 0) return null;
  const now = currentTime();
  const tonight = endOfToday(now);
  return (
    <section aria-label={t("Today and tomorrow")}>
      <ul className={classes.list}>
        {due > 0 && (
          <Line
            icon={IconSend}
            says={t(
              "{n, plural, one {One email is scheduled for today} other {{number} emails are scheduled for today}}",
              many(due),
            )}
            detail={first && t("The next one is due at {time}.", { time: briefly(first, now) })}
            verb={t("Open outbox")}
            to="/outbox"
            search={{ until: tonight.toISOString() }}
          />
        )}
        {next > 0 && (
          <Line
            icon={IconCalendarEvent}
            says={t(
              "{n, plural, one {One email is scheduled for tomorrow} other {{number} emails are scheduled for tomorrow}}",
              many(next),
            )}
            verb={t("Show tomorrow")}
            to="/outbox"
            search={{ from: tonight.toISOString(), until: aDayAfter(tonight).toISOString() }}
          />
        )}
      </ul>
    </section>
  );
}
