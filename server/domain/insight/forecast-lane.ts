// One mailbox in a forecast: who waits for it, what it has sent, and when it may send again.

import { Heap } from "../basics/heap.ts";
import { pauseAfter } from "../basics/limits.ts";
import type { GateCode } from "../gate/gate.ts";
import type { ForecastMailbox } from "./forecast-facts.ts";
import { RampedLimit } from "./forecast-ramp.ts";

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

type LaneBound = { code: GateCode; until: number };

export class ForecastLane {
  readonly mailbox: ForecastMailbox;
  readonly queue = new Heap<number>();
  readonly sentAt: number[];
  readonly #newSentAt: number[];
  readonly #daily: RampedLimit;
  /** When it looks at its queue again; Infinity where nothing makes it. */
  wakesAt = Number.POSITIVE_INFINITY;
  /** By clock hour since the epoch. */
  readonly sends = new Map<number, number>();

  constructor(mailbox: ForecastMailbox) {
    this.mailbox = mailbox;
    this.sentAt = [...mailbox.sentAt];
    this.#newSentAt = [...mailbox.newSentAt];
    this.#daily = new RampedLimit(mailbox);
  }

  /** What keeps it from sending at this instant: what passes last. */
  bound(at: number): LaneBound | null {
    const { hourlyLimit, gapSeconds, backoffUntil } = this.mailbox;
    const last = this.sentAt.at(-1);
    const waits: LaneBound[] = [];
    if (backoffUntil !== null) waits.push({ code: "provider_rate_limited", until: backoffUntil });
    const dailyLimit = this.#daily.at(at);
    if (dailyLimit !== null) waits.push({ code: "limit:mailbox_day", until: this.#dayFreed(dailyLimit, at) });
    if (hourlyLimit !== null)
      waits.push({ code: "limit:mailbox_hour", until: this.#freed(hourlyLimit, HOUR_MS) });
    if (gapSeconds && last !== undefined)
      waits.push({
        code: "limit:mailbox_gap",
        until: last + pauseAfter(gapSeconds, Temporal.Instant.fromEpochMilliseconds(last)),
      });
    let binding: LaneBound | null = null;
    for (const wait of waits)
      if (wait.until > at && (binding === null || wait.until > binding.until)) binding = wait;
    return binding;
  }

  /** When it may send the first email to one more contact. */
  newFreed() {
    const { newLimit } = this.mailbox;
    return newLimit === null ? Number.NEGATIVE_INFINITY : freedOf(this.#newSentAt, newLimit, DAY_MS);
  }

  /** A ramp may allow more as soon as the next day begins. */
  #dayFreed(limit: number, at: number) {
    const freed = this.#freed(limit, DAY_MS);
    const changes = this.#daily.changesAfter(at);
    const next = this.#daily.at(changes);
    if (freed <= changes || next === null || next <= limit) return freed;
    return Math.max(changes, this.#freed(next, DAY_MS));
  }

  #freed(limit: number, length: number) {
    return freedOf(this.sentAt, limit, length);
  }

  /** Whatever leaves counts for its limits; not all of it is asked for. */
  send(at: number, { isCounted, isNew }: { isCounted: boolean; isNew: boolean }) {
    this.sentAt.push(at);
    if (isNew) this.#newSentAt.push(at);
    this.#daily.sends(at);
    if (!isCounted) return;
    const hour = Math.floor(at / HOUR_MS);
    this.sends.set(hour, (this.sends.get(hour) ?? 0) + 1);
  }
}

/** When the last but so many leaves the window. */
function freedOf(sentAt: readonly number[], limit: number, length: number) {
  if (limit === 0) return Number.POSITIVE_INFINITY;
  const inTheWay = sentAt[sentAt.length - limit];
  return inTheWay === undefined ? Number.NEGATIVE_INFINITY : inTheWay + length;
}
