// The rules of cadence.ts and schedule.ts, asked a million times. What they answer for one second of a minute holds for the others: windows open
// and close at full minutes, and waits add whole ones. So a minute is asked once.
//
// Easy to get wrong: where the answer was moved (to the opening of a window, out of an hour that a clock left out), it is
// the same for the whole minute; where it was not, the seconds stand.

import { dayIn } from "../basics/limits.ts";
import { dueAfter } from "../sequences/cadence.ts";
import { isEmail } from "../sequences/sequence-plan.ts";
import { type ContactSchedule, closesAt, nextOpening } from "../time/schedule.ts";
import type { ForecastStep } from "./forecast-facts.ts";

const MINUTE = 60_000;
const NEVER = Number.POSITIVE_INFINITY;

type ForecastPace = { schedule: ContactSchedule | null; zone: string; usualHour: number | null };

type Minute = { at: number; keepsSeconds: boolean };

export class ForecastClock {
  readonly #dues = new Map<string, Map<number, Minute>>();
  /** Closed from `since` on, open from `from` until `until`. */
  readonly #windows = new Map<string, { since: number; from: number; until: number }>();
  readonly #days = new Map<string, { began: number; ends: number }>();
  readonly #schedules = new Map<ContactSchedule | null, number>();

  /** When the step falls due; Infinity where its schedule never opens. */
  due(step: ForecastStep, pace: ForecastPace, from: number): number {
    if (step.exactAt !== null) return dueMs(step, pace, from);
    const { schedule, zone, usualHour } = pace;
    const key = `${step.id} ${this.#numberOf(schedule)} ${zone} ${usualHour ?? ""}`;
    const known = this.#dues.get(key) ?? new Map<number, Minute>();
    if (known.size === 0) this.#dues.set(key, known);
    const minute = Math.floor(from / MINUTE);
    let answer = known.get(minute);
    if (!answer) {
      const at = dueMs(step, pace, minute * MINUTE);
      answer = { at, keepsSeconds: keepsSeconds(step, zone, minute * MINUTE, at) };
      known.set(minute, answer);
    }
    return answer.keepsSeconds ? answer.at + (from - minute * MINUTE) : Math.max(answer.at, from);
  }

  /** The first open instant from this one on; Infinity where there is none. */
  opening(schedule: ContactSchedule | null, zone: string, at: number): number {
    if (!schedule) return at;
    const key = `${this.#numberOf(schedule)} ${zone}`;
    const known = this.#windows.get(key);
    if (known && at >= known.since && at < known.until) return Math.max(at, known.from);
    const from = nextOpening(schedule, zone, instant(at));
    if (!from) return NEVER;
    const until = closesAt(schedule, zone, from)?.epochMilliseconds ?? NEVER;
    this.#windows.set(key, { since: at, from: from.epochMilliseconds, until });
    return from.epochMilliseconds;
  }

  /** The day of the calendar in this zone. */
  day(zone: string, at: number): { began: number; ends: number } {
    const known = this.#days.get(zone);
    if (known && at >= known.began && at < known.ends) return known;
    const { began, ends } = dayIn(zone, instant(at));
    const day = { began: began.epochMilliseconds, ends: ends.epochMilliseconds };
    this.#days.set(zone, day);
    return day;
  }

  #numberOf(schedule: ContactSchedule | null) {
    const number = this.#schedules.get(schedule) ?? this.#schedules.size;
    this.#schedules.set(schedule, number);
    return number;
  }
}

function dueMs(step: ForecastStep, { schedule, zone, usualHour }: ForecastPace, from: number) {
  const waiting = { ...step, exactAt: step.exactAt === null ? null : instant(step.exactAt) };
  const pace = { schedule, zone, usualHour: usualHour === null ? null : { hour: usualHour } };
  const due = dueAfter({ step: waiting, ...pace, from: instant(from) });
  return due?.epochMilliseconds ?? NEVER;
}

function keepsSeconds({ type, waitMode, waitTime }: ForecastStep, zone: string, from: number, at: number) {
  if (at === NEVER) return false;
  if (waitMode !== "day") return at === from + waitTime * MINUTE * (waitMode === "hour" ? 60 : 1);
  if (!isEmail(type)) return at === from;
  return clockTime(zone, from) === clockTime(zone, at);
}

function clockTime(zone: string, at: number) {
  return instant(at).toZonedDateTimeISO(zone).toPlainTime().toString();
}

function instant(ms: number) {
  return Temporal.Instant.fromEpochMilliseconds(ms);
}
