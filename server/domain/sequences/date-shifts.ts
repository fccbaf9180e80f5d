// Why a step does not fall due exactly when its wait is over: days without sending hours, public holidays, the hours of the day.
// The dates themselves come from cadence.ts, which the engine uses too.

import { type ContactSchedule, nextOpening } from "../time/schedule.ts";
import { type StepWait, unshiftedAfter, wishedAfter } from "./cadence.ts";
import { isEmail } from "./sequence-plan.ts";

type ShiftReason =
  | "no_hours" // a day, such as a Saturday, on which the schedule has no hours
  | "holiday"
  | "outside_hours"
  | "usual_hour" // an email waits for the hour at which its contact usually reads
  | "day_begins" // a task is due when its day begins
  | "clock_change" // the clock leaves out that time
  | "date_passed"; // the step before came after the fixed date

type DateShift = {
  reason: ShiftReason;
  /** The days that were left out, the first ones of many. */
  dates: readonly Temporal.PlainDate[];
  /** Of a holiday; `of` is the name of its calendar, null for a day off of the team. */
  name: string | null;
  of: string | null;
};

export type ShiftedDate = {
  /** The step before, plus the wait, on a calendar without days off. */
  unshifted: Temporal.Instant;
  shifts: readonly DateShift[];
};

/** A wait may be years long. */
const MOST_DATES = 20;
const LOOKED_AT_DAYS = 366;

type Closed = { date: Temporal.PlainDate; holiday: { name: string; of: string | null } | null };

/** `due`: what cadence.ts said of this wait. */
export function explainedDate(wait: StepWait, due: Temporal.Instant): ShiftedDate {
  const { step, zone, from } = wait;
  const unshifted = unshiftedAfter(wait);
  const wished = wishedAfter(wait) ?? due;
  const [begin, asked, end] = [from, wished, due].map((at) => at.toZonedDateTimeISO(zone)) as Zoned3;
  const counted = !step.exactAt && step.waitMode === "day" && step.waitTime > 0;
  const skipped = [
    ...(counted ? closedDays(wait.schedule, begin.toPlainDate().add({ days: 1 }), asked.toPlainDate()) : []),
    ...closedDays(wait.schedule, asked.toPlainDate(), end.toPlainDate()),
  ];
  const isTask = counted && !isEmail(step.type);
  const opens = nextOpening(wait.schedule, wait.zone, wished) ?? due;
  const isMoved = !wished.equals(opens);
  const hasHours = wait.schedule?.windows.some(({ weekday }) => weekday === asked.dayOfWeek) ?? true;
  const isOff = hasHours && wait.schedule?.holidays?.on(asked.toPlainDate());
  const shifts: DateShift[] = [];
  if (step.exactAt && Temporal.Instant.compare(step.exactAt, from) < 0) shifts.push(plain("date_passed"));
  if (counted && !isTask && !asked.toPlainTime().equals(begin.toPlainTime()))
    shifts.push(plain("clock_change"));
  shifts.push(...daysOff(skipped));
  if (isTask && !end.toPlainTime().equals(begin.toPlainTime())) shifts.push(plain("day_begins"));
  else if (!isTask && isMoved && hasHours && !isOff) shifts.push(plain("outside_hours"));
  if (wait.usualHour && !opens.equals(due)) shifts.push(plain("usual_hour"));
  return { unshifted, shifts };
}

type Zoned3 = [Temporal.ZonedDateTime, Temporal.ZonedDateTime, Temporal.ZonedDateTime];

function plain(reason: DateShift["reason"]): DateShift {
  return { reason, dates: [], name: null, of: null };
}

/** Each holiday for itself, the days without hours together. */
function daysOff(closed: readonly Closed[]): DateShift[] {
  const holidays = closed.flatMap(({ date, holiday }) =>
    holiday ? [{ reason: "holiday" as const, dates: [date], ...holiday }] : [],
  );
  const others = closed.flatMap(({ date, holiday }) => (holiday ? [] : [date]));
  if (others.length === 0) return holidays.slice(0, MOST_DATES);
  const noHours = { ...plain("no_hours"), dates: others.slice(0, MOST_DATES) };
  return [noHours, ...holidays.slice(0, MOST_DATES)];
}

/** The days without hours and the holidays, from a day until before another. */
function closedDays(
  schedule: ContactSchedule | null,
  first: Temporal.PlainDate,
  end: Temporal.PlainDate,
): Closed[] {
  if (!schedule) return [];
  const weekdays = new Set(schedule.windows.map(({ weekday }) => weekday));
  const days = Math.min(LOOKED_AT_DAYS, first.until(end).days);
  return Array.from({ length: Math.max(0, days) }, (_, n) => first.add({ days: n })).flatMap(
    (date): Closed[] => {
      if (!weekdays.has(date.dayOfWeek)) return [{ date, holiday: null }];
      const holiday = schedule.holidays?.on(date);
      return holiday ? [{ date, holiday }] : [];
    },
  );
}
