import { dateFormat } from "../../../../language/formats.ts";
import { t } from "../../../../language/t.ts";
import { countedIn } from "./kinds.ts";
import { weeksOf } from "./month.ts";
import classes from "./RunCalendar.module.css";

const WEEKDAY = dateFormat({ weekday: "short", timeZone: "UTC" });
const NUMBER = dateFormat({ day: "numeric", timeZone: "UTC" });
const DAY = dateFormat({ weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

type Day = { date: string; happened: { type: string; count: number }[] };

type Props = {
  month: string;
  days: readonly Day[];
  today: string;
  chosen: string | null;
  onChoose: (day: string | null) => void;
};

/** A month of the run. Each day says what happened, and leads to its events. */
export function RunCalendar({ month, days, today, chosen, onChoose }: Props) {
  const weeks = weeksOf(month);
  return (
    <table className={classes.month}>
      <caption className={classes.hidden}>{t("What happened by day")}</caption>
      <thead>
        <tr>
          {weeks[1]?.map((date) => (
            <th key={date} scope="col">
              {WEEKDAY.format(asDate(date ?? ""))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((date) => date !== null)}>
            {week.map((date, n) => (
              <td key={date ?? `none ${n}`} className={classes.day} data-weekend={n > 4 || undefined}>
                {date !== null && (
                  <OneDay
                    date={date}
                    happened={days.find((day) => day.date === date)?.happened ?? []}
                    isToday={date === today}
                    isChosen={date === chosen}
                    onChoose={onChoose}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type OneDayProps = Pick<Props, "onChoose"> & Day & { isToday: boolean; isChosen: boolean };

function OneDay({ date, happened, isToday, isChosen, onChoose }: OneDayProps) {
  const counted = countedIn(happened);
  if (happened.length === 0)
    return (
      <time dateTime={date} className={classes.date} data-today={isToday || undefined}>
        {NUMBER.format(asDate(date))}
      </time>
    );
  return (
    <button
      type="button"
      className={classes.open}
      aria-pressed={isChosen}
      onClick={() => onChoose(isChosen ? null : date)}
    >
      <time dateTime={date} className={classes.date} data-today={isToday || undefined}>
        <span aria-hidden>{NUMBER.format(asDate(date))}</span>
        <span className={classes.hidden}>{DAY.format(asDate(date))}</span>
      </time>
      {counted.map(({ type, icon: Icon, count, says }) => (
        <span key={type} className={classes.count} data-type={type}>
          <Icon size="0.875rem" stroke={1.75} aria-hidden />
          <span className={classes.number} aria-hidden>
            {count}
          </span>
          <span className={classes.words}>{says}</span>
        </span>
      ))}
      {counted.length === 0 && <span className={classes.other}>{t("other events")}</span>}
    </button>
  );
}

function asDate(date: string) {
  return new Date(`${date}T00:00:00Z`);
}
