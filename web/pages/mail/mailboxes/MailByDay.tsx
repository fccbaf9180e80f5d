import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import type { MailboxStanding } from "./queries.ts";

const DAYS = 14;
const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });

/** What went out, a bar a day; days without mail are there too, or a quiet week would look like a busy one. */
export function MailByDay({ days }: { days: MailboxStanding["sent_by_day"] | undefined }) {
  if (!days) return <div style={{ height: 140 }} />;
  const total = days.reduce((sum, { sent }) => sum + sent, 0);
  const rows = filled(days, currentTime());
  const series = [{ name: "sent", label: t("Sent"), color: "var(--accent)" }];
  const label = t("{total, number} emails in the last {DAYS} days", { total, DAYS });
  return (
    <ChartFigure
      title={t("Emails sent")}
      label={label}
      axis={{ key: "day", label: t("Day") }}
      series={series}
      rows={rows}
    >
      <BarChart
        h={140}
        data={rows}
        dataKey="day"
        series={series}
        gridAxis="none"
        withYAxis={false}
        xAxisProps={{ interval: 2 }}
        barProps={{ radius: 2, isAnimationActive: false }}
        maxBarWidth={18}
      />
    </ChartFigure>
  );
}

function filled(days: MailboxStanding["sent_by_day"], today: Date) {
  const sentOn = new Map(days.map(({ day, sent }) => [day, sent]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(today.getTime() - (DAYS - 1 - index) * 86_400_000);
    return { day: SHORT.format(day), sent: sentOn.get(day.toISOString().slice(0, 10)) ?? 0 };
  });
}
