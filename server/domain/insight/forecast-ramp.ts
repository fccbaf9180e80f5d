// What a ramp allows on each day of a forecast. It supposes that few of the mails to come bounce: then every day with a mail counts.

import { rampLimit } from "../basics/ramp.ts";
import type { ForecastMailbox } from "./forecast-facts.ts";

const DAY_MS = 24 * 3_600_000;

export class RampedLimit {
  readonly #mailbox: Pick<ForecastMailbox, "dailyLimit" | "ramp">;
  /** The days on which it sends, each once, the earliest first. Today is 0. */
  readonly #days: number[] = [];

  constructor(mailbox: Pick<ForecastMailbox, "dailyLimit" | "ramp" | "sentAt">) {
    this.#mailbox = mailbox;
    for (const at of mailbox.sentAt) this.sends(at);
  }

  sends(at: number) {
    const day = this.#dayOf(at);
    if (day !== null && day >= 0 && this.#days.at(-1) !== day) this.#days.push(day);
  }

  at(at: number): number | null {
    const { dailyLimit, ramp } = this.#mailbox;
    if (!ramp || at === Number.POSITIVE_INFINITY) return dailyLimit;
    const day = this.#dayOf(at) ?? 0;
    const past = this.#days.filter((one) => one < day).length;
    return Math.min(dailyLimit ?? Number.POSITIVE_INFINITY, rampLimit(ramp, ramp.sendingDays + past));
  }

  /** When the next day begins; Infinity where it changes nothing. */
  changesAfter(at: number) {
    const { ramp } = this.#mailbox;
    const day = this.#dayOf(at);
    return ramp && day !== null ? ramp.nextDayAt + day * DAY_MS : Number.POSITIVE_INFINITY;
  }

  #dayOf(at: number) {
    const { ramp } = this.#mailbox;
    return ramp ? Math.floor((at - ramp.nextDayAt) / DAY_MS) + 1 : null;
  }
}
