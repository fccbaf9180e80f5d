// Goals of users: the metrics of the reports they can be set for, their period, and how far an even pace would be by now.

import { codeWords } from "../../kernel/code-words.ts";
import { say, texts } from "../../kernel/say.ts";
import { type PeriodName, periodOf } from "./report-period.ts";

export type GoalPeriod = "day" | "week" | "month";

const REPORT_PERIOD: Readonly<Record<GoalPeriod, PeriodName>> = {
  day: "today",
  week: "current_week",
  month: "current_month",
};

type WholePeriod = { from: Temporal.Instant; until: Temporal.Instant };

export function goalPeriod(period: GoalPeriod, now: Temporal.Instant, zone: string): WholePeriod {
  const { from, until } = periodOf(REPORT_PERIOD[period], now, zone);
  if (!from || !until) throw new Error(`a ${period} has no end`);
  return { from, until };
}

const OPENS = 9;
const CLOSES = 17;
const LAST_WORKING_DAY = 5;

/** Rounded down; nothing is expected in a period without working hours, such as a Sunday. */
export function expectedBy(
  target: number,
  { from, until }: WholePeriod,
  now: Temporal.Instant,
  zone: string,
) {
  const all = workingMinutes(from, until, zone);
  return all === 0 ? 0 : Math.floor((target * workingMinutes(from, now, zone)) / all);
}

function workingMinutes(from: Temporal.Instant, until: Temporal.Instant, zone: string) {
  const last = until.toZonedDateTimeISO(zone);
  let minutes = 0;
  let day = from.toZonedDateTimeISO(zone).toPlainDate();
  for (; Temporal.PlainDate.compare(day, last.toPlainDate()) <= 0; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= LAST_WORKING_DAY)
      minutes += day.equals(last.toPlainDate()) ? minutesOf(last) : (CLOSES - OPENS) * 60;
  return minutes;
}

/** Of the working hours that have passed at this time of the day. */
function minutesOf({ hour, minute }: Temporal.ZonedDateTime) {
  return Math.min(Math.max(hour * 60 + minute - OPENS * 60, 0), (CLOSES - OPENS) * 60);
}

/** The start of the last working day before today. On Monday, and on Sunday, that is Friday. */
export function previousWorkingDay(now: Temporal.Instant, zone: string) {
  let day = now.toZonedDateTimeISO(zone).toPlainDate().subtract({ days: 1 });
  while (day.dayOfWeek > LAST_WORKING_DAY) day = day.subtract({ days: 1 });
  return day.toZonedDateTime(zone).toInstant();
}

const WORDS: Readonly<Record<string, string>> = texts({
  num_contacts_emailed: "contacts emailed",
  num_emails_sent: "emails sent",
  num_contacts_replied: "contacts who replied",
  num_emails_demoed: "meetings",
  num_phone_calls: "calls",
  num_phone_calls_connect: "connected calls",
  num_tasks_completed: "tasks completed",
  num_contacts_added_to_sequence: "contacts added to sequences",
  num_opportunities_created: "deals created",
  num_opportunities_won: "deals won",
});

/** Such as "calls a week". */
export const goalWords = (metric: unknown, period: unknown) =>
  say("{what} a {period}", { what: WORDS[String(metric)] ?? metric, period: codeWords(period) });
