// How many LinkedIn tasks of a type each user gets on a day.

import { LINKEDIN_TYPES, type LinkedInLimits } from "../work/linkedin-limits.ts";
import type { ForecastClock } from "./forecast-clock.ts";
import type { ForecastFacts } from "./forecast-facts.ts";

export class ForecastTasks {
  readonly #clock: ForecastClock;
  readonly #limits: LinkedInLimits;
  readonly #zone: string;
  readonly #taken = new Map<string, { day: number; count: number }>();

  /** As far as today has come. */
  constructor({ now, timeZone, linkedIn: { limits, taken } }: ForecastFacts, clock: ForecastClock) {
    this.#clock = clock;
    this.#limits = limits;
    this.#zone = timeZone;
    const { began: day } = clock.day(timeZone, now);
    for (const [key, count] of taken) this.#taken.set(key, { day, count });
  }

  /** When the user's next day begins, where this one is full; null where it is not. */
  fullUntil(userId: string, type: string, at: number) {
    const limit = this.#limitOf(type);
    if (limit === null) return null;
    const { began, ends } = this.#clock.day(this.#zone, at);
    return this.#countOf(`${userId} ${type}`, began) < limit ? null : ends;
  }

  opens(userId: string, type: string, at: number) {
    if (this.#limitOf(type) === null) return;
    const { began: day } = this.#clock.day(this.#zone, at);
    const key = `${userId} ${type}`;
    this.#taken.set(key, { day, count: this.#countOf(key, day) + 1 });
  }

  #limitOf(type: string) {
    const limited = LINKEDIN_TYPES.find((one) => one === type);
    return (limited && this.#limits[limited]) ?? null;
  }

  #countOf(key: string, day: number) {
    const known = this.#taken.get(key);
    return known?.day === day ? known.count : 0;
  }
}
