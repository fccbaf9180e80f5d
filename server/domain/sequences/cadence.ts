// When the next step of a sequence is due.
//
// Minutes and hours are elapsed time. Days are days of the schedule, counted from the day on which the step before was
// really done: a late one moves everything after it. A mail then keeps the clock time of the step before. A task is not
// sent, so it is due when its day begins. The result is moved forward into the hours of the schedule, never back, and an
// automatic email from there to the hour at which its contact usually reads, where the sequence wants that. What moved it is
// told by date-shifts.ts.

import type { Whereabouts } from "../time/holiday-calendars.ts";
import {
  nextOpening,
  placeFor,
  type ScheduleZone,
  scheduleDayAfter,
  type TeamSchedule,
} from "../time/schedule.ts";
import { clockReaches } from "../time/wall-clock.ts";
import { isEmail, type StepType } from "./sequence-plan.ts";
import { atUsualHour, type UsualHour, usualHourOf } from "./usual-hour.ts";

export type WaitingStep = {
  type: StepType;
  waitTime: number;
  waitMode: "minute" | "hour" | "day";
  /** Where it is given, the step falls due then, however long the one before took. */
  exactAt: Temporal.Instant | null;
};

/** Where a contact is, and when they read. Null where the sequence does not ask, or nothing is known. */
export type ContactPace = ScheduleZone & { usualHour: Pick<UsualHour, "hour"> | null };

/** Of a contact in a sequence; `readAt` is empty where the sequence sends at any hour. */
export function contactPace(
  schedule: TeamSchedule | null,
  where: Whereabouts,
  readAt: readonly number[],
): ContactPace {
  const place = placeFor(schedule, where);
  return { ...place, usualHour: readAt.length > 0 ? usualHourOf(readAt, place.zone) : null };
}

/** `from` is when the step before was sent, done or skipped; for the first step, the enrollment. */
export type StepWait = ContactPace & { step: WaitingStep; from: Temporal.Instant };

/** When the step falls due, never before `from`. Null: the schedule never opens. */
export function dueAfter(wait: StepWait): Temporal.Instant | null {
  const wished = wishedAfter(wait);
  return wished && openingFor(wait, wait.step, wished);
}

/** A time that a user set is kept. */
function openingFor(pace: ContactPace, step: WaitingStep | null, wished: Temporal.Instant) {
  const opens = nextOpening(pace.schedule, pace.zone, wished);
  if (!opens || !pace.usualHour || step?.type !== "auto_email" || step.exactAt) return opens;
  return atUsualHour(pace, opens, pace.usualHour.hour);
}

/** When its wait is over, whether or not the schedule is open then. Null: the schedule has no days to count. */
export function wishedAfter({ step, schedule, zone, from }: StepWait): Temporal.Instant | null {
  if (step.exactAt) return later(from, step.exactAt);
  if (step.waitMode !== "day") return from.add(elapsedWait(step));
  const done = from.toZonedDateTimeISO(zone);
  const date = scheduleDayAfter(schedule, done.toPlainDate(), step.waitTime);
  if (!date) return null;
  const time = isEmail(step.type) ? done.toPlainTime() : undefined;
  return later(from, clockReaches(zone, date.toPlainDateTime(time)));
}

/** The end of its wait on a calendar without days off: of days, so many later at the same clock time. */
export function unshiftedAfter({
  step,
  zone,
  from,
}: Pick<StepWait, "step" | "zone" | "from">): Temporal.Instant {
  if (step.exactAt) return step.exactAt;
  if (step.waitMode !== "day") return from.add(elapsedWait(step));
  return from.toZonedDateTimeISO(zone).add({ days: step.waitTime }).toInstant();
}

type Resumption = ContactPace & {
  /** Null where it is gone. */
  step: WaitingStep | null;
  planned: Temporal.Instant;
  now: Temporal.Instant;
  /** Since when the wait was stopped, so that its remainder is still ahead; null where it went on, as dates do. */
  heldSince: Temporal.Instant | null;
};

/** When what was planned falls due after a pause: what has passed meanwhile rolls forward. */
export function resumedDue({ planned, now, heldSince, step, ...pace }: Resumption) {
  const due = heldSince ? planned.add(heldSince.until(now)) : planned;
  return openingFor(pace, step, later(now, due));
}

/** When an unsent step is due under another schedule. A time that a user set by hand stays until it has passed. */
export function replannedDue(wait: StepWait & { now: Temporal.Instant; setByHand: Temporal.Instant | null }) {
  const { now, setByHand } = wait;
  if (setByHand && Temporal.Instant.compare(setByHand, now) >= 0) return setByHand;
  const due = dueAfter(wait);
  return due && openingFor(wait, wait.step, later(now, due));
}

/** When a task that was due has been left undone for so many days of the schedule. Null: it never opens. */
export function leftUndone({
  schedule,
  zone,
  due,
  days,
}: ScheduleZone & { due: Temporal.Instant; days: number }) {
  const from = due.toZonedDateTimeISO(zone);
  const date = scheduleDayAfter(schedule, from.toPlainDate(), days);
  return date && clockReaches(zone, date.toPlainDateTime(from.toPlainTime()));
}

/**
 * What at least lies between the completion of the step before and this one falling due, whatever the clocks do: a
 * zone may leave out an hour or, moving across the date line, a day, and a task comes at the beginning of its day.
 */
export function leastGap(step: WaitingStep): Temporal.Duration {
  if (step.exactAt) return new Temporal.Duration();
  if (step.waitMode !== "day") return elapsedWait(step);
  const days = Math.max(0, step.waitTime - (isEmail(step.type) ? 1 : 2));
  return Temporal.Duration.from({ hours: 24 * days });
}

function elapsedWait({ waitTime, waitMode }: WaitingStep) {
  return Temporal.Duration.from(waitMode === "hour" ? { hours: waitTime } : { minutes: waitTime });
}

function later(one: Temporal.Instant, other: Temporal.Instant) {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
