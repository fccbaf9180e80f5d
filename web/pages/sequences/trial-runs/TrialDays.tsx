import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { barsThatOpen, type ChartRow } from "../../../parts/charts/chart-table.ts";
import { LEGEND } from "../../../parts/legend.ts";
import type { TrialReport } from "./queries.ts";

const SHORT = dateFormat({ day: "numeric", month: "short" });

type Props = { report: TrialReport; onOpen: (day: string) => void };

/** What went out in the sandbox on each day, and over it what the forecast had. */
export function TrialDays({ report, onOpen }: Props) {
  const days = everyDay(report.forecast.by_day);
  const rows = days.map(({ day, sent, foreseen }) => ({
    date: day,
    day: SHORT.format(new Date(`${day}T12:00:00`)),
    sent,
    foreseen,
  }));
  const series = [
    { name: "sent", label: t("Sent in the trial run"), type: "bar" as const, color: "indigo.6" },
    { name: "foreseen", label: t("Forecast"), type: "line" as const, color: "var(--text)" },
  ];
  const open = (row: ChartRow) => onOpen(String(row.date));
  return (
    <ChartFigure
      title={t("Trial run: emails per day")}
      axis={{ key: "day", label: t("Day") }}
      series={series}
      rows={rows}
      onOpen={open}
      label={t("Emails per day for {days} days, of all copied sequences, with the forecast beside them.", {
        days: days.length,
      })}
    >
      <CompositeChart
        h={224}
        data={rows}
        dataKey="day"
        {...LEGEND}
        gridAxis="x"
        curveType="linear"
        maxBarWidth={28}
        barProps={barsThatOpen(open)}
        lineProps={{ isAnimationActive: false }}
        series={series}
      />
    </ChartFigure>
  );
}

/** Days without emails are shown as such. */
function everyDay(known: TrialReport["forecast"]["by_day"]) {
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  const byDay = new Map(known.map((one) => [one.day, one]));
  const days: typeof known = [];
  for (let day = first.day; day <= last.day; day = dayAfter(day))
    days.push(byDay.get(day) ?? { day, sent: 0, foreseen: 0 });
  return days;
}

function dayAfter(day: string) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
