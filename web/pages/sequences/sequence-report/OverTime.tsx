import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { LEGEND } from "../../../parts/legend.ts";
import type { Report } from "./queries.ts";

const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });
const DAY_MS = 86_400_000;
const MOST_BARS = 60;

type Day = Report["days"][number];

/** What went out and what was answered, a bar a day; over longer times a bar a week. Quiet days are there too. */
export function OverTime({ days }: { days: readonly Day[] }) {
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
  return (
    <ChartFigure
      title={t("Emails sent")}
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
        barProps={{ isAnimationActive: false }}
        maxBarWidth={24}
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false }}
      />
    </ChartFigure>
  );
}

function barsOf(days: readonly Day[], from: number, until: number) {
  const inWeeks = (until - from) / DAY_MS > MOST_BARS;
  const size = inWeeks ? 7 : 1;
  const bars = new Map<number, { day: string; replied: number; opened: number; rest: number }>();
  for (let at = from; at <= until; at += size * DAY_MS)
    bars.set(at, { day: SHORT.format(at), replied: 0, opened: 0, rest: 0 });
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
