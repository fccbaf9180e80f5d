// How often people, companies and domains are touched in a forecast: what was so before it begins, and what it adds.

import { minuteAfter } from "../basics/limits.ts";
import type { StepType } from "../sequences/sequence-plan.ts";
import { binds, type TouchLimit } from "../sequences/touches.ts";
import type { ForecastPerson } from "./forecast-facts.ts";
import { DAY_MS } from "./forecast-lane.ts";

/** `hasSent`: they got an email of the sequence before. */
type Touching = { type: StepType; hasSent: boolean };

export class ForecastTouches {
  readonly #limits: readonly TouchLimit[];
  /** By limit and whom it counts for, the oldest first. */
  readonly #at = new Map<string, number[]>();

  constructor(limits: readonly TouchLimit[], touchedAt: ReadonlyMap<string, readonly number[]>) {
    this.#limits = limits;
    for (const [name, at] of touchedAt) this.#at.set(name, [...at]);
  }

  /** From when on a step of this kind may touch them. */
  freeAt({ touchKeys }: ForecastPerson, { type, hasSent }: Touching): number {
    let free = Number.NEGATIVE_INFINITY;
    for (const [n, limit] of this.#limits.entries()) {
      const key = touchKeys[n];
      if (!key || !binds(limit, type) || (limit.counts === "new_contacts" && hasSent)) continue;
      const at = this.#at.get(`${n} ${key}`);
      const inTheWay = at?.[at.length - limit.most];
      if (inTheWay !== undefined) free = Math.max(free, minuteAfter(inTheWay + limit.days * DAY_MS));
    }
    return free;
  }

  touch({ touchKeys }: ForecastPerson, { type, hasSent }: Touching, at: number) {
    for (const [n, limit] of this.#limits.entries()) {
      const key = touchKeys[n];
      if (!key || !binds(limit, type) || (limit.counts === "new_contacts" && hasSent)) continue;
      const known = this.#at.get(`${n} ${key}`);
      if (known) known.push(at);
      else this.#at.set(`${n} ${key}`, [at]);
    }
  }
}
