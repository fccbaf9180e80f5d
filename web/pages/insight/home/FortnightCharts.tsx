import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useState } from "react";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { DayOfMails } from "../../mail/mails/DayOfMails.tsx";
import type { DayWish } from "../../mail/mails/day-queries.ts";
import classes from "./Fortnight.module.css";
import type { Today } from "./queries.ts";

const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });
const HEIGHT = 128;

const common = {
  h: HEIGHT,
  dataKey: "day",
  gridAxis: "none",
  withYAxis: false,
  xAxisProps: { interval: 3 },
  maxBarWidth: 14,
} as const;

/** `mailboxIds` null: of the whole team. */
type Props = { days: Today["days"]; mailboxIds: readonly string[] | null };

/** Beside each other, because a bar of a hundred mails would hide the two answers. */
export function FortnightCharts({ days, mailboxIds }: Props) {
  const [opened, setOpened] = useState<{ wish: DayWish; count: number } | null>(null);
  const data = days.map(({ date, ...counts }) => ({
    key: date,
    day: SHORT.format(new Date(date)),
    ...counts,
  }));
  const open: OpenRows = (row, name) =>
    setOpened({
      wish: { what: name as DayWish["what"], date: String(row.key), mailboxIds },
      count: Number(row[name]),
    });
  const barProps = barsThatOpen(open, { radius: 2 });
  const total = (of: (day: Today["days"][number]) => number) => days.reduce((all, day) => all + of(day), 0);
  const out = t("Sent: {total} emails", { total: total(({ sent }) => sent) });
  const cameBack = days.some(({ replied, bounced, unsubscribed }) => replied + bounced + unsubscribed > 0);
  const back = t("Received: {total} replies, {total2} bounces, {total3} unsubscribed", {
    total: total(({ replied }) => replied),
    total2: total(({ bounced }) => bounced),
    total3: total(({ unsubscribed }) => unsubscribed),
  });
  const axis = { key: "day", label: t("Day") };
  const outgoing = [{ name: "sent", label: t("Sent"), color: "var(--accent)" }];
  const incoming = [
    { name: "replied", label: t("Replied"), color: "var(--good)" },
    { name: "bounced", label: t("Bounced"), color: "var(--bad)" },
    { name: "unsubscribed", label: t("Unsubscribed"), color: "var(--wait)" },
  ];
  return (
    <>
      <figure className={classes.figure}>
        <figcaption className={classes.caption}>
          {days.some(({ sent }) => sent > 0) ? t("Emails sent") : t("No emails sent in this period")}
        </figcaption>
        <ChartFigure
          title={t("Emails sent")}
          label={out}
          axis={axis}
          series={outgoing}
          rows={data}
          onOpen={open}
        >
          <BarChart {...common} barProps={barProps} data={data} series={outgoing} />
        </ChartFigure>
      </figure>
      <figure className={classes.figure}>
        <figcaption className={classes.caption}>
          {cameBack ? t("Responses") : t("No responses in this period")}
        </figcaption>
        <ChartFigure
          title={t("Responses")}
          label={back}
          axis={axis}
          series={incoming}
          rows={data}
          onOpen={open}
        >
          <BarChart {...common} barProps={barProps} type="stacked" data={data} series={incoming} />
        </ChartFigure>
      </figure>
      {opened && <DayOfMails {...opened} onClose={() => setOpened(null)} />}
    </>
  );
}
