import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { DmarcSummary } from "./queries.ts";

const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });

/** Emails that passed and failed, a bar for each day that was reported. */
export function DmarcByDay({ days }: { days: DmarcSummary["by_day"] }) {
  const rows = days.map(({ day, emails, passed }) => ({
    day: SHORT.format(new Date(day)),
    passed,
    failed: emails - passed,
  }));
  const series = [
    { name: "passed", label: t("Passed"), color: "var(--accent)" },
    { name: "failed", label: t("Failed"), color: "var(--bad)" },
  ];
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  const passed = rows.reduce((sum, row) => sum + row.passed, 0);
  return (
    <ChartFigure
      title={t("DMARC by day")}
      label={t("{passed, number} emails passed, {failed, number} failed", { passed, failed })}
      axis={{ key: "day", label: t("Day") }}
      series={series}
      rows={rows}
    >
      <BarChart
        h={140}
        data={rows}
        dataKey="day"
        type="stacked"
        series={series}
        gridAxis="none"
        withYAxis={false}
        barProps={{ isAnimationActive: false }}
        maxBarWidth={18}
      />
    </ChartFigure>
  );
}
