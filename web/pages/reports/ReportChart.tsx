import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { LEGEND } from "../../parts/legend.ts";
import type { Asked } from "./asked.ts";
import type { Counted } from "./queries.ts";
import { isShare, sayMetric } from "./words.ts";

const COLORS = ["indigo.6", "teal.6", "orange.6", "grape.6"];
const MOST_BARS = 62;

/** The first numbers that share a scale, group by group. The same stands in the table below. */
export function ReportChart({ asked, counted }: { asked: Asked; counted: Counted }) {
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
      aria-label={`${shown.map(sayMetric).join(", ")} of ${data.length} groups. The same stands in the table below.`}
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
