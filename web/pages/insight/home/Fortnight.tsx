import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { t } from "../../../language/t.ts";
import { figure } from "../../../parts/figures.ts";
import { writeFilter } from "../../../parts/filters/filter.ts";
import { useMe } from "../../../session.ts";
import { useMailboxes } from "../../mail/mailboxes/queries.ts";
import { asks, callOf } from "../reports/asked.ts";
import classes from "./Fortnight.module.css";
import { DAYS, type Today } from "./queries.ts";

const Charts = lazy(async () => ({ default: (await import("./FortnightCharts.tsx")).FortnightCharts }));

/** What the facts above count, day by day and for the same days. */
const OF_THESE_DAYS = [
  "num_emails_sent",
  "num_emails_replied",
  "num_emails_bounced",
  "num_emails_unsubscribed",
] as const;

type Props = {
  days: Today["days"] | undefined;
  /** Else of the user's own mailboxes. */
  isOfTeam: boolean;
};

/** What went out and what came back, in numbers; the charts come after them. */
export function Fortnight({ days, isOfTeam }: Props) {
  const { user } = useMe();
  const { data: mailboxes = [] } = useMailboxes();
  const own = mailboxes.filter(({ user_id }) => user_id === user.id).map(({ id }) => id);
  const sum = (of: (day: Today["days"][number]) => number) =>
    days ? figure(days.reduce((all, day) => all + of(day), 0)) : "–";
  const facts = [
    { name: t("Sent"), says: sum(({ sent }) => sent) },
    { name: t("Replied"), says: sum(({ replied }) => replied) },
    { name: t("Bounced"), says: sum(({ bounced }) => bounced) },
    { name: t("Unsubscribed"), says: sum(({ unsubscribed }) => unsubscribed) },
  ];
  return (
    <section className={classes.part} aria-labelledby="fortnight">
      <h2 id="fortnight" className={classes.title}>
        {isOfTeam ? t("Last {DAYS} days, whole team", { DAYS }) : t("Your last {DAYS} days", { DAYS })}
      </h2>
      {!isOfTeam && (
        <p className="soft small">
          {t("Emails from your own mailboxes.")}{" "}
          <Link
            to="/reports"
            search={{ filter: writeFilter(callOf(asks(OF_THESE_DAYS, "day", { period: "last_14_days" }))) }}
          >
            {t("Report of the whole team")}
          </Link>
        </p>
      )}
      <dl className={classes.facts}>
        {facts.map(({ name, says }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd data-figures>{says}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.charts}>
        {days && (
          <Suspense>
            <Charts days={days} mailboxIds={isOfTeam ? null : own} />
          </Suspense>
        )}
      </div>
    </section>
  );
}
