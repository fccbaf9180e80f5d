import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import "@mantine/core/styles/ColorSwatch.css";
import "@mantine/charts/styles.css";
import { CompositeChart } from "@mantine/charts";
import { ErrorBar, Line } from "recharts";
import { ChartFigure } from "../../../parts/charts/ChartFigure.tsx";
import { barsThatOpen, type OpenRows } from "../../../parts/charts/chart-table.ts";
import { LEGEND } from "../../../parts/legend.ts";
import type { DayWish } from "../../mail/mails/day-queries.ts";
import type { ForecastWithActual } from "./queries.ts";
import { daysOf, sayLikely, seriesOf } from "./words.ts";

const SHORT = dateFormat({ day: "numeric", month: "short" });
const RANGE = "var(--text)";
/** Only its range is drawn. */
const UNSEEN = {
  isAnimationActive: false,
  activeDot: false,
  legendType: "none",
  tooltipType: "none",
} as const;
const COLORS = ["indigo.6", "teal.6", "orange.6", "grape.6", "cyan.7", "gray.6"] as const;

type Props = {
  shown: ForecastWithActual;
  now: Date;
  nameOf: (mailboxId: string) => string;
  onOpen: (wish: DayWish, count: number) => void;
};

/** What each mailbox is to send on each day; over it, where that is known, what went out. */
export function DaysChart({ shown, now, nameOf, onOpen }: Props) {
  const days = daysOf(shown, now);
  const series = seriesOf(shown);
  const data = days.map(({ day, foreseen, sent, likely }) => ({
    date: day,
    day: SHORT.format(new Date(`${day}T12:00:00`)),
    sent,
    ...rangeOf(likely),
    ...Object.fromEntries(
      series.map(({ id, rest }) => [
        id,
        rest.length > 0 ? rest.reduce((sum, one) => sum + (foreseen[one] ?? 0), 0) : (foreseen[id] ?? 0),
      ]),
    ),
  }));
  const isLaidOver = days.some(({ sent }) => sent !== null);
  const drawn = [
    ...series.map(({ id }, n) => ({
      name: id,
      label: nameOf(id),
      type: "bar" as const,
      color: COLORS[n % COLORS.length] ?? "gray.6",
    })),
    ...(isLaidOver ? [{ name: "sent", label: t("Sent"), type: "line" as const, color: "var(--text)" }] : []),
  ];
  const band = [
    { name: "least", label: t("Likely, at least"), color: RANGE },
    { name: "most", label: t("Likely, at most"), color: RANGE },
  ];
  const open: OpenRows = (row, name) => {
    const one = series.find(({ id }) => id === name);
    const [date, count] = [String(row.date), Number(row[name])];
    if (!one) return onOpen({ what: "sent", date, mailboxIds: null }, count);
    const mailboxIds = (one.rest.length > 0 ? one.rest : [one.id]).filter((id) => !id.startsWith("new-"));
    if (mailboxIds.length > 0) onOpen({ what: "planned", date, mailboxIds }, count);
  };
  return (
    <>
      <ChartFigure
        onOpen={open}
        title={t("Forecast: emails per day")}
        axis={{ key: "day", label: t("Day") }}
        series={shown.likely ? [...drawn, ...band] : drawn}
        rows={data}
        label={t("Emails per day for {days} days. The table below has the totals by sequence.", {
          days: days.length,
        })}
      >
        <CompositeChart
          h={256}
          data={data}
          dataKey="day"
          {...LEGEND}
          gridAxis="x"
          maxBarWidth={28}
          barProps={barsThatOpen(open, { stackId: "foreseen" })}
          lineProps={{ isAnimationActive: false }}
          series={drawn}
        >
          {shown.likely && (
            <Line dataKey="middle" stroke="none" fill="none" dot={false} {...UNSEEN}>
              <ErrorBar
                isAnimationActive={false}
                dataKey="range"
                direction="y"
                width={7}
                strokeWidth={1.5}
                stroke={RANGE}
              />
            </Line>
          )}
        </CompositeChart>
      </ChartFigure>
      {shown.likely && <p className="soft small">{sayLikely(shown.likely)}</p>}
    </>
  );
}

/** Both ends as numbers, and as the chart draws them: how far they are from their middle. */
function rangeOf(likely: ReturnType<typeof daysOf>[number]["likely"]) {
  if (!likely) return { least: null, most: null };
  const [least, most] = likely;
  if (most === 0) return { least, most };
  const half = (most - least) / 2;
  return { least, most, middle: least + half, range: [half, half] };
}
