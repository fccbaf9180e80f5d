// How many emails each mailbox has sent to a provider or a domain in a forecast, where the team limits that: what was so before it
// begins, and what it adds.

import { type RecipientLimit, recipientWindow } from "../gate/recipient-limits.ts";
import type { ForecastPerson } from "./forecast-facts.ts";

const HOUR_MS = 3_600_000;

export class ForecastRecipients {
  readonly #limits: readonly RecipientLimit[];
  /** By limit, mailbox and whom it counts for, the oldest first. */
  readonly #at = new Map<string, number[]>();

  constructor(limits: readonly RecipientLimit[], sentAt: ReadonlyMap<string, readonly number[]>) {
    this.#limits = limits;
    for (const [name, at] of sentAt) this.#at.set(name, [...at]);
  }

  /** From when on this mailbox may send to them. */
  freeAt({ recipientKeys }: ForecastPerson, mailbox: number): number {
    let free = Number.NEGATIVE_INFINITY;
    for (const [n, limit] of this.#limits.entries()) {
      const key = recipientKeys[n];
      if (!key) continue;
      if (limit.most === 0) return Number.POSITIVE_INFINITY;
      const at = this.#at.get(`${n} ${mailbox} ${key}`);
      const inTheWay = at?.[at.length - limit.most];
      if (inTheWay !== undefined) free = Math.max(free, inTheWay + recipientWindow(limit).hours * HOUR_MS);
    }
    return free;
  }

  sends({ recipientKeys }: ForecastPerson, mailbox: number, at: number) {
    for (const n of this.#limits.keys()) {
      const key = recipientKeys[n];
      if (!key) continue;
      const name = `${n} ${mailbox} ${key}`;
      const known = this.#at.get(name);
      if (known) known.push(at);
      else this.#at.set(name, [at]);
    }
  }
}
