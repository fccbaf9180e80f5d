import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { LEGEND } from "../../../parts/legend.ts";
import type { PromisedDay } from "./words.ts";

const SHORT = dateFormat({ day: "numeric", month: "short" });

/** What was promised as bars, what happened as a line over them. */
export function PromisedDays({ days }: { days: readonly PromisedDay[] }) {
  const data = days.map(({ at, ...day }) => ({ ...day, day: SHORT.format(at) }));
  const said = days
    .filter(({ promised, happened }) => promised > 0 || (happened ?? 0) > 0)
    .slice(0, 10)
    .map(({ at, promised, happened }) =>
      t("{at}: {promised} promised, {happened} started", {
        at: SHORT.format(at),
        promised,
        happened: happened ?? t("none yet"),
      }),
    );
  const series = [
    {
      name: "promised",
      label: t("Promised"),
      type: "bar" as const,
      color: "color-mix(in srgb, var(--accent) 45%, var(--bg))",
    },
    { name: "happened", label: t("Started"), type: "line" as const, color: "var(--text)" },
  ];
  return (
    <ChartFigure
      title={t("Promised and started")}
      label={t("First steps by day. {said}", { said: said.join("; ") })}
      axis={{ key: "day", label: t("Day") }}
      series={series}
      rows={data}
    >
      <CompositeChart
        h={200}
        data={data}
        dataKey="day"
        {...LEGEND}
        gridAxis="x"
        maxBarWidth={24}
        barProps={{ isAnimationActive: false }}
        lineProps={{ isAnimationActive: false }}
        series={series}
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false }}
      />
    </ChartFigure>
  );
}
