import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { currentTime } from "../../../parts/current-time.ts";
import "@mantine/charts/styles.css";
import { BarChart } from "@mantine/charts";
import { useState } from "react";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { DayOfMails } from "../mails/DayOfMails.tsx";
import type { DayWish } from "../mails/day-queries.ts";
import type { MailboxStanding } from "./queries.ts";

const DAYS = 14;
const SHORT = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });

type Props = { mailboxId: string; days: MailboxStanding["sent_by_day"] | undefined };

/** What went out, a bar a day; days without mail are there too, or a quiet week would look like a busy one. */
export function MailByDay({ mailboxId, days }: Props) {
  const [opened, setOpened] = useState<{ wish: DayWish; count: number } | null>(null);
  if (!days) return <div style={{ height: 140 }} />;
  const total = days.reduce((sum, { sent }) => sum + sent, 0);
  const rows = filled(days, currentTime());
  const series = [{ name: "sent", label: t("Sent"), color: "var(--accent)" }];
  const label = t("{total, number} emails in the last {DAYS} days", { total, DAYS });
  const open: OpenRows = (row) =>
    setOpened({
      wish: { what: "sent", date: String(row.key), clock: "utc", mailboxIds: [mailboxId] },
      count: Number(row.sent),
    });
  return (
    <>
      <ChartFigure
        title={t("Emails sent")}
        onOpen={open}
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
          barProps={barsThatOpen(open, { radius: 2 })}
          maxBarWidth={18}
        />
      </ChartFigure>
      {opened && <DayOfMails {...opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function filled(days: MailboxStanding["sent_by_day"], today: Date) {
  const sentOn = new Map(days.map(({ day, sent }) => [day, sent]));
  return Array.from({ length: DAYS }, (_, index) => {
    const day = new Date(today.getTime() - (DAYS - 1 - index) * 86_400_000);
    const key = day.toISOString().slice(0, 10);
    return { key, day: SHORT.format(day), sent: sentOn.get(key) ?? 0 };
  });
}
