import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { LEGEND } from "../../../parts/legend.ts";
import type { Metric, ReportQuery } from "./asked.ts";
import { HeatMap } from "./HeatMap.tsx";
import type { ReportCell, ReportFigures } from "./queries.ts";
import { isShare, sayDimension, sayMetric } from "./words.ts";

const COLORS = ["indigo.6", "teal.6", "orange.6", "grape.6"];
const MOST_BARS = 62;

type Props = { asked: ReportQuery; counted: ReportFigures; onOpen: (cell: ReportCell) => void };

/** Broken down by a second thing, a heat map; else the first numbers that share a scale, group by group. */
export function ReportChart({ asked, counted, onOpen }: Props) {
  const [first] = asked.metrics;
  if (!first) return null;
  if (asked.across && counted.pivots.length > 0)
    return <HeatMap asked={asked} counted={counted} onOpen={onOpen} />;
  const shown = asked.metrics.filter((metric) => isShare(metric) === isShare(first)).slice(0, COLORS.length);
  const data = counted.groups.slice(0, MOST_BARS).map(({ key, name, figures }) => ({
    key,
    name,
    ...Object.fromEntries(shown.map((metric) => [metric, figures[metric] ?? 0])),
  }));
  const openRows: OpenRows = (row, name) =>
    onOpen({ metric: name as Metric, group: String(row.key), pivot: null });
  const series = shown.map((metric, n) => ({
    name: metric,
    label: sayMetric(metric),
    color: COLORS[n] ?? "gray.6",
  }));
  return (
    <ChartFigure
      title={shown.map(sayMetric).join(", ")}
      axis={{ key: "name", label: asked.by ? sayDimension(asked.by) : "" }}
      series={series}
      rows={data}
      onOpen={openRows}
      label={t("{sayMetric} by group, {data} groups. The table below shows the same data.", {
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
        barProps={barsThatOpen(openRows)}
        xAxisProps={{ minTickGap: 16 }}
        series={series}
      />
    </ChartFigure>
  );
}
