// How much of what is counted by the day was sent on this one, by sequence and by step.

import type { ForecastClock } from "./forecast-clock.ts";
import type { ForecastFacts, ForecastSequence } from "./forecast-facts.ts";

export class ForecastDays {
  readonly #clock: ForecastClock;
  readonly #sent = new Map<string, { day: number; count: number }>();

  /** As far as today has come. */
  constructor({ now, sequences }: ForecastFacts, clock: ForecastClock) {
    this.#clock = clock;
    for (const sequence of sequences) {
      const { began } = this.#day(sequence, now);
      this.#count(sequence.id, began, sequence.sentToday);
      this.#count(newcomersOf(sequence), began, sequence.newToday);
      for (const { id, sentToday } of sequence.steps) this.#count(id, began, sentToday);
    }
  }

  /** When its next day begins, where this one is full; null where it is not. */
  fullUntil(sequence: ForecastSequence, { id, limit }: { id: string; limit: number }, at: number) {
    const { began, ends } = this.#day(sequence, at);
    if (this.#countOf(id, began) < limit) return null;
    return limit === 0 ? Number.POSITIVE_INFINITY : ends;
  }

  sends(sequence: ForecastSequence, id: string, at: number) {
    this.#count(id, this.#day(sequence, at).began, 1);
  }

  #day({ schedule }: ForecastSequence, at: number) {
    return this.#clock.day(schedule?.timeZone ?? "UTC", at);
  }

  #countOf(id: string, day: number) {
    const known = this.#sent.get(id);
    return known?.day === day ? known.count : 0;
  }

  #count(id: string, day: number, more: number) {
    this.#sent.set(id, { day, count: this.#countOf(id, day) + more });
  }
}

/** Those who get their first email are counted beside all emails. */
export function newcomersOf({ id }: ForecastSequence) {
  return `${id} new`;
}
