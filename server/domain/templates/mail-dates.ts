// Days and times as mails write them, in the recipient's time zone.
//
// Easy to get wrong: in "can we talk {{now_weekday->plus_2}}?" a weekend does not count, and the day of the month
// beside it must name the same day. So weekday and day move over working days, month and year by their own kind.

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];

export type Moment = Temporal.ZonedDateTime;
type Civil = Moment | Temporal.PlainDate;
export type Unit = "workday" | "month" | "year" | "none";

/** An unknown time zone is read as UTC: a mail about Tuesday beats no mail. */
export function civilMoment(now: Temporal.Instant, zone: string): Moment {
  try {
    return now.toZonedDateTimeISO(zone);
  } catch {
    return now.toZonedDateTimeISO("UTC");
  }
}

export const weekdayOf = (day: Civil) => WEEKDAYS[day.dayOfWeek - 1] ?? "";
export const monthOf = (day: Civil) => MONTHS[day.month - 1] ?? "";

export function timeOfDay({ hour }: Moment) {
  if (hour < 12) return "morning";
  return hour < 17 ? "afternoon" : "evening";
}

/** `by` is bounded where it is read (BUDGETS.template.shift). */
export function shifted(moment: Moment, unit: Unit, by: number): Moment {
  if (unit === "month") return moment.add({ months: by });
  if (unit === "year") return moment.add({ years: by });
  return unit === "workday" ? overWorkdays(moment, by) : moment;
}

/** Whole weeks at once: five workdays are seven days, counted from a workday. */
function overWorkdays(moment: Moment, by: number) {
  const beyond = Math.max(0, moment.dayOfWeek - 5);
  const from = by > 0 ? -beyond : beyond === 0 ? 0 : 3 - beyond;
  let days = from + Math.trunc(by / 5) * 7;
  for (let left = Math.abs(by) % 5, day = (moment.dayOfWeek + from + 7) % 7 || 7; left > 0; ) {
    days += Math.sign(by);
    day = ((day - 1 + Math.sign(by) + 7) % 7) + 1;
    if (day <= 5) left -= 1;
  }
  return moment.add({ days });
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A day such as 2026-03-31, some days later or earlier. Other text stays as it is. Null for a day that no calendar has. */
export function shiftedDay(value: string, by: number) {
  if (!DAY.test(value)) return value;
  const day = dayFrom(value);
  return day?.add({ days: by }).toString() ?? null;
}

/** MySQL exports "no date" as 0000-00-00. */
function dayFrom(value: string) {
  try {
    const day = Temporal.PlainDate.from(value, { overflow: "reject" });
    return day.year === 0 ? null : day;
  } catch {
    return null;
  }
}

/** Liquid's `date`: "now", a day, or an instant, printed as the format says; anything else stays as it is. */
export function printedDate(value: unknown, format: unknown, at: Moment): unknown {
  const day = civilOf(value, at);
  if (!day || typeof format !== "string") return value;
  return format.replace(/%(-?)([a-zA-Z%])/g, (whole, bare: string, code: string) => {
    const print = CODES[code];
    if (!print) return whole;
    const text = print(day);
    return bare ? text.replace(/^0+(?=\d)/, "") : text;
  });
}

function civilOf(value: unknown, at: Moment): Civil | null {
  if (value === "now" || value === "today") return at;
  if (typeof value !== "string") return null;
  if (DAY.test(value)) return dayFrom(value);
  try {
    return INSTANT.test(value) ? Temporal.Instant.from(value).toZonedDateTimeISO(at.timeZoneId) : null;
  } catch {
    return null;
  }
}

const two = (number: number) => String(number).padStart(2, "0");
const hourOf = (day: Civil) => ("hour" in day ? day.hour : 0);
const minuteOf = (day: Civil) => ("minute" in day ? day.minute : 0);

const CODES: Record<string, (day: Civil) => string> = {
  Y: (day) => String(day.year),
  y: (day) => two(day.year % 100),
  m: (day) => two(day.month),
  B: monthOf,
  b: (day) => monthOf(day).slice(0, 3),
  d: (day) => two(day.day),
  e: (day) => String(day.day),
  A: weekdayOf,
  a: (day) => weekdayOf(day).slice(0, 3),
  H: (day) => two(hourOf(day)),
  I: (day) => two(hourOf(day) % 12 || 12),
  M: (day) => two(minuteOf(day)),
  p: (day) => (hourOf(day) < 12 ? "AM" : "PM"),
  F: (day) => `${day.year}-${two(day.month)}-${two(day.day)}`,
  "%": () => "%",
};
