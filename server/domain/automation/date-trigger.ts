// When a workflow looks by the clock, and which dates of records it has reached by then.

import { nextCronRun, readCron } from "../time/cron.ts";
import type { DateTrigger, Definition, Trigger } from "./workflow.ts";

/** The dates of deals that are no custom fields, as the wire names them. */
export const DEAL_DATES = ["closed_date", "actual_close_date", "next_step_date"] as const;
export type DealDate = (typeof DEAL_DATES)[number];

export function isDealDate(field: string): field is DealDate {
  return (DEAL_DATES as readonly string[]).includes(field);
}

/** By which schedule the clock starts it; null where something else does. */
export function clockOf(trigger: Trigger): { cron: string; zone: string } | null {
  if (trigger.is === "schedule") return trigger;
  if (trigger.is !== "date_field") return null;
  const [hour, minute] = trigger.at.split(":").map(Number);
  return { cron: `${minute} ${hour} * * *`, zone: trigger.zone };
}

export function nextTime(trigger: Trigger, after: Temporal.Instant) {
  const clock = clockOf(trigger);
  const cron = clock && readCron(clock.cron);
  return clock && cron ? nextCronRun(cron, clock.zone, after) : null;
}

/**
 * The dates of records whose day has come from the first time of the clock up to now. Times that were missed meanwhile are among
 * them; dates of before are not.
 */
export function datesReached(trigger: DateTrigger, firstTime: Temporal.Instant, now: Temporal.Instant) {
  const next = nextTime(trigger, now);
  if (!next) return null;
  const day = (moment: Temporal.Instant) => moment.toZonedDateTimeISO(trigger.zone).toPlainDate();
  const first = day(firstTime).subtract({ days: trigger.days });
  const last = day(next).subtract({ days: trigger.days + 1 });
  return Temporal.PlainDate.compare(first, last) > 0 ? null : { first, last };
}

/** When the clock comes to a record's date. */
export function momentOf(trigger: DateTrigger, date: Temporal.PlainDate) {
  const dayBegins = date.add({ days: trigger.days }).toZonedDateTime(trigger.zone).toInstant();
  return nextTime(trigger, dayBegins.subtract({ milliseconds: 1 })) ?? dayBegins;
}

/** "Once" is once for each date here: the line of a candidate names the date, and is there once. */
export function oncePerDate<D extends Pick<Definition, "reentry">>(definition: D): D {
  return definition.reentry === "once" ? { ...definition, reentry: "every_time" } : definition;
}

/** What the candidate of a date is found by. */
export function keyOfDate({ field }: Pick<DateTrigger, "field">, date: Temporal.PlainDate) {
  return `date:${field}:${date.toString()}`;
}
