import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { LEGEND } from "../../parts/legend.ts";
import type { PromisedDay } from "./words.ts";

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** What was promised as bars, what happened as a line over them. */
export function PromisedDays({ days }: { days: readonly PromisedDay[] }) {
  const data = days.map(({ at, ...day }) => ({ ...day, day: SHORT.format(at) }));
  const said = days
    .filter(({ promised, happened }) => promised > 0 || (happened ?? 0) > 0)
    .slice(0, 10)
    .map(
      ({ at, promised, happened }) =>
        `${SHORT.format(at)}: ${promised} promised, ${happened ?? "none yet"} begun`,
    );
  return (
    <div role="img" aria-label={`First steps by day. ${said.join("; ")}`}>
      <CompositeChart
        h={200}
        data={data}
        dataKey="day"
        {...LEGEND}
        gridAxis="x"
        maxBarWidth={24}
        barProps={{ isAnimationActive: false }}
        lineProps={{ isAnimationActive: false }}
        series={[
          {
            name: "promised",
            label: "Promised",
            type: "bar",
            color: "color-mix(in srgb, var(--accent) 45%, var(--bg))",
          },
          { name: "happened", label: "Begun", type: "line", color: "var(--text)" },
        ]}
        xAxisProps={{ minTickGap: 24 }}
        yAxisProps={{ allowDecimals: false }}
      />
    </div>
  );
}
