import { dateFormat } from "../../../language/formats.ts";
import { t } from "../../../language/t.ts";
import classes from "./Calendar.module.css";
import { dayIn, type Entry, type Week, weeksOf } from "./calendar-days.ts";
import type { StepsDraft } from "./draft.ts";
import { StepIcon } from "./StepIcon.tsx";
import { StepLink } from "./StepLink.tsx";
import type { Rehearsal } from "./Storyboard.tsx";
import { nameOf } from "./step-words.ts";

const WEEKDAY = dateFormat({ weekday: "short", timeZone: "UTC" });
const DAY = dateFormat({ day: "numeric", timeZone: "UTC" });
const MONTH_DAY = dateFormat({ day: "numeric", month: "short", timeZone: "UTC" });
const WEEK = [
  "2024-01-01",
  "2024-01-02",
  "2024-01-03",
  "2024-01-04",
  "2024-01-05",
  "2024-01-06",
  "2024-01-07",
];

type Props = { draft: StepsDraft; rehearsal: Rehearsal };

/** The weeks from the day on which the contact is added to the last step, with long gaps left out. */
export function CalendarMonth({ draft, rehearsal }: Props) {
  const weeks = weeksOf(rehearsal);
  const added = dayIn(rehearsal.starts_at, rehearsal.time_zone);
  return (
    <table className={classes.month}>
      <caption className={classes.hidden}>{t("Calendar of the steps")}</caption>
      <thead>
        <tr>
          {WEEK.map((date) => (
            <th key={date} scope="col">
              {WEEKDAY.format(asDate(date))}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week, n) => (
          <WeekRow
            key={"days" in week ? week.days[0]?.date : `gap ${n}`}
            week={week}
            isFirst={n === 0}
            added={added}
            draft={draft}
            zone={rehearsal.time_zone}
          />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = { week: Week; isFirst: boolean; added: string; draft: StepsDraft; zone: string };

function WeekRow({ week, isFirst, added, draft, zone }: RowProps) {
  if ("leftOut" in week)
    return (
      <tr>
        <td colSpan={7} className={classes.gap}>
          {t("{weeks, plural, one {# week} other {# weeks}} without a step", { weeks: week.leftOut })}
        </td>
      </tr>
    );
  return (
    <tr>
      {week.days.map(({ date, entries, holiday }, n) => (
        <td
          key={date}
          className={classes.day}
          data-weekend={n > 4 || undefined}
          data-added={date === added || undefined}
        >
          <time dateTime={date} className={classes.date}>
            {((isFirst && n === 0) || date.endsWith("-01") ? MONTH_DAY : DAY).format(asDate(date))}
          </time>
          {date === added && <span className={classes.note}>{t("Added")}</span>}
          {holiday && <span className={classes.note}>{holiday}</span>}
          {entries.length > 0 && (
            <ul className={classes.entries}>
              {entries.map((entry) => (
                <li key={`${entry.index} ${entry.kind}`}>
                  <Chip entry={entry} draft={draft} zone={zone} />
                </li>
              ))}
            </ul>
          )}
        </td>
      ))}
    </tr>
  );
}

function Chip({
  entry: { index, at, kind },
  draft,
  zone,
}: {
  entry: Entry;
  draft: StepsDraft;
  zone: string;
}) {
  const step = draft[index];
  if (!step) return null;
  const time = dateFormat({ hour: "2-digit", minute: "2-digit", timeZone: zone }).format(new Date(at));
  const which = { due: null, earliest: t("earliest"), latest: t("latest") }[kind];
  const label = [t("Step {index}", { index: index + 1 }), nameOf(step.type), which, time].filter(Boolean);
  return (
    <StepLink
      stepKey={step.key}
      className={kind === "due" ? classes.chip : `${classes.chip} ${classes.bound}`}
    >
      <span className={classes.hidden}>{label.join(", ")}</span>
      <span className={classes.number} aria-hidden>
        {index + 1}
      </span>
      <StepIcon type={step.type} />
      <span className={classes.time} aria-hidden>
        {time}
      </span>
      {which && (
        <span className={classes.which} aria-hidden>
          {which}
        </span>
      )}
    </StepLink>
  );
}

function asDate(date: string) {
  return new Date(`${date}T00:00:00Z`);
}
