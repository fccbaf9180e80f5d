import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import classes from "./Fortnight.module.css";
import type { Today } from "./queries.ts";

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const HEIGHT = 128;

const common = {
  h: HEIGHT,
  dataKey: "day",
  gridAxis: "none",
  withYAxis: false,
  xAxisProps: { interval: 3 },
  barProps: { radius: 2, isAnimationActive: false },
  maxBarWidth: 14,
} as const;

/** Beside each other, because a bar of a hundred mails would hide the two answers. */
export function FortnightCharts({ days }: { days: Today["days"] }) {
  const data = days.map(({ date, ...counts }) => ({ day: SHORT.format(new Date(date)), ...counts }));
  const total = (of: (day: Today["days"][number]) => number) => days.reduce((all, day) => all + of(day), 0);
  const out = `What went out: ${total(({ sent }) => sent)} mails`;
  const cameBack = days.some(({ replied, bounced, unsubscribed }) => replied + bounced + unsubscribed > 0);
  const back = `What came back: ${total(({ replied }) => replied)} replies, ${total(({ bounced }) => bounced)} bounces, ${total(({ unsubscribed }) => unsubscribed)} who want no more`;
  return (
    <>
      <figure className={classes.figure}>
        <figcaption className={classes.caption}>
          {days.some(({ sent }) => sent > 0) ? "What went out" : "What went out: nothing yet in these days"}
        </figcaption>
        <div role="img" aria-label={out}>
          <BarChart
            {...common}
            data={data}
            series={[{ name: "sent", label: "Sent", color: "var(--accent)" }]}
          />
        </div>
      </figure>
      <figure className={classes.figure}>
        <figcaption className={classes.caption}>
          {cameBack ? "What came back" : "What came back: nothing yet in these days"}
        </figcaption>
        <div role="img" aria-label={back}>
          <BarChart
            {...common}
            type="stacked"
            data={data}
            series={[
              { name: "replied", label: "Replied", color: "var(--good)" },
              { name: "bounced", label: "Bounced", color: "var(--bad)" },
              { name: "unsubscribed", label: "Want no more", color: "var(--wait)" },
            ]}
          />
        </div>
      </figure>
    </>
  );
}
