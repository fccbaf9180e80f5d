import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { lazy, Suspense, useState } from "react";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { LEGEND } from "../../../parts/legend.ts";
import { asks } from "../../insight/reports/asked.ts";
import type { Report } from "./queries.ts";

const Behind = lazy(async () => ({ default: (await import("../../insight/reports/Behind.tsx")).Behind }));

const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });
const DAY_MS = 86_400_000;
const MOST_BARS = 60;

type Day = Report["days"][number];

/** What went out and what was answered, a bar a day; over longer times a bar a week. Quiet days are there too. */
export function OverTime({ sequenceId, days }: { sequenceId: string; days: readonly Day[] }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return <p className="soft">{t("No emails sent in this period.")}</p>;
  const bars = barsOf(days, Date.parse(first.date), Date.parse(last.date));
  const sum = (key: "delivered" | "replied") => days.reduce((all, day) => all + day[key], 0);
  const series = [
    { name: "replied", label: t("Replied"), color: "var(--accent)" },
    { name: "opened", label: t("Opened"), color: "color-mix(in srgb, var(--accent) 55%, var(--bg))" },
    {
      name: "rest",
      label: t("Delivered only"),
      color: "color-mix(in srgb, var(--accent) 20%, var(--bg))",
    },
  ];
  const open: OpenRows = (row, name) => setOpened({ bar: row as Bar, metric: METRIC_OF[name] ?? DELIVERED });
  return (
    <>
      <ChartFigure
        title={t("Emails sent")}
        onOpen={open}
        axis={{ key: "day", label: t("Day") }}
        series={series}
        rows={bars}
        label={t("{sum} emails delivered and {sum2} replied to between {date} and {date2}", {
          sum: sum("delivered"),
          sum2: sum("replied"),
          date: first.date,
          date2: last.date,
        })}
      >
        <BarChart
          h={220}
          data={bars}
          dataKey="day"
          type="stacked"
          series={series}
          {...LEGEND}
          gridAxis="y"
          barProps={barsThatOpen(open)}
          maxBarWidth={24}
          xAxisProps={{ minTickGap: 24 }}
          yAxisProps={{ allowDecimals: false }}
        />
      </ChartFigure>
      {opened && <BehindBar sequenceId={sequenceId} opened={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

const DELIVERED = "num_emails_delivered" as const;
const METRIC_OF: Readonly<Record<string, Opened["metric"]>> = {
  replied: "num_emails_replied",
  opened: "num_emails_opened",
  rest: DELIVERED,
};

type Opened = {
  bar: Bar;
  metric: typeof DELIVERED | "num_emails_replied" | "num_emails_opened";
};

type BehindBarProps = { sequenceId: string; opened: Opened; onClose: () => void };

function BehindBar({ sequenceId, opened: { bar, metric }, onClose }: BehindBarProps) {
  const smart_datetime_range = { min: bar.from, max: bar.to };
  const asked = asks([metric], null, { period: "custom_range" });
  const filters = { emailer_campaign_ids: [sequenceId], smart_datetime_range };
  return (
    <Suspense>
      <Behind
        asked={{ ...asked, filters }}
        cell={{ metric, group: null, pivot: null }}
        part={
          bar.from === bar.to
            ? bar.day
            : t("{from} to {to}", { from: bar.day, to: SHORT.format(Date.parse(bar.to)) })
        }
        onClose={onClose}
      />
    </Suspense>
  );
}

/** `from` and `to`: its first and last day. */
type Bar = {
  key: string;
  day: string;
  from: string;
  to: string;
  replied: number;
  opened: number;
  rest: number;
};

const dateOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function barsOf(days: readonly Day[], from: number, until: number) {
  const inWeeks = (until - from) / DAY_MS > MOST_BARS;
  const size = inWeeks ? 7 : 1;
  const bars = new Map<number, Bar>();
  for (let at = from; at <= until; at += size * DAY_MS) {
    const to = dateOf(at + (size - 1) * DAY_MS);
    bars.set(at, {
      key: dateOf(at),
      day: SHORT.format(at),
      from: dateOf(at),
      to,
      replied: 0,
      opened: 0,
      rest: 0,
    });
  }
  for (const { date, delivered, opened, replied } of days) {
    const at = from + Math.floor((Date.parse(date) - from) / DAY_MS / size) * size * DAY_MS;
    const bar = bars.get(at);
    if (!bar) continue;
    // What was answered was read, whether or not its opening was seen.
    const read = Math.max(0, opened - replied);
    bar.replied += replied;
    bar.opened += read;
    bar.rest += Math.max(0, delivered - read - replied);
  }
  return [...bars.values()];
}
