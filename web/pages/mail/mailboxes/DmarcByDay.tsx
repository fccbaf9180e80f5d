import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useState } from "react";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { DmarcDay } from "./DmarcDay.tsx";
import type { DmarcSummary } from "./queries.ts";

const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });

/** Emails that passed and failed, a bar for each day that was reported. */
export function DmarcByDay({ domain, days }: { domain: string; days: DmarcSummary["by_day"] }) {
  const [opened, setOpened] = useState<{ day: string; emails: number } | null>(null);
  const open: OpenRows = (row) =>
    setOpened({ day: String(row.key), emails: Number(row.passed) + Number(row.failed) });
  const rows = days.map(({ day, emails, passed }) => ({
    key: day,
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
    <>
      <ChartFigure
        title={t("DMARC by day")}
        onOpen={open}
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
          barProps={barsThatOpen(open)}
          maxBarWidth={18}
        />
      </ChartFigure>
      {opened && <DmarcDay domain={domain} {...opened} onClose={() => setOpened(null)} />}
    </>
  );
}
