import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { figure } from "../../../parts/figures.ts";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { daysOf } from "./check.ts";

/** A bar for each day, and the same in words for screen readers. */
export function FirstSends({ hours }: { hours: readonly { hour: string; count: number }[] }) {
  const days = daysOf(hours);
  const said = days.filter(({ count }) => count > 0).map(({ day, count }) => `${day}: ${figure(count)}`);
  const series = [{ name: "count", label: t("First steps"), color: "var(--accent)" }];
  return (
    <ChartFigure
      title={t("First steps by day")}
      label={t("First steps by day. {slice}", { slice: said.slice(0, 10).join(", ") })}
      axis={{ key: "day", label: t("Day") }}
      series={series}
      rows={days}
    >
      <BarChart
        h={112}
        data={days}
        dataKey="day"
        series={series}
        gridAxis="none"
        withYAxis={false}
        withBarValueLabel={days.length <= 8}
        barProps={{ radius: 2, isAnimationActive: false }}
        maxBarWidth={28}
      />
    </ChartFigure>
  );
}
