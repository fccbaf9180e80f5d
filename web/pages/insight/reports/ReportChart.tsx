import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { LEGEND } from "../../../parts/legend.ts";
import type { ReportQuery } from "./asked.ts";
import type { ReportFigures } from "./queries.ts";
import { isShare, sayMetric } from "./words.ts";

const COLORS = ["indigo.6", "teal.6", "orange.6", "grape.6"];
const MOST_BARS = 62;

/** The first numbers that share a scale, group by group. The same stands in the table below. */
export function ReportChart({ asked, counted }: { asked: ReportQuery; counted: ReportFigures }) {
  const [first] = asked.metrics;
  if (!first) return null;
  const shown = asked.metrics.filter((metric) => isShare(metric) === isShare(first)).slice(0, COLORS.length);
  const data = counted.groups.slice(0, MOST_BARS).map(({ name, figures }) => ({
    name,
    ...Object.fromEntries(shown.map((metric) => [metric, figures[metric] ?? 0])),
  }));
  return (
    <div
      role="img"
      aria-label={t("{sayMetric} by group, {data} groups. The table below shows the same data.", {
        sayMetric: shown.map(sayMetric).join(", "),
        data: data.length,
      })}
    >
      <BarChart
        h={240}
        data={data}
        dataKey="name"
        {...LEGEND}
        gridAxis="x"
        maxBarWidth={28}
        barProps={{ isAnimationActive: false }}
        xAxisProps={{ minTickGap: 16 }}
        series={shown.map((metric, n) => ({
          name: metric,
          label: sayMetric(metric),
          color: COLORS[n] ?? "gray.6",
        }))}
      />
    </div>
  );
}
