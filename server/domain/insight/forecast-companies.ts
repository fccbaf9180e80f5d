// How many mails each company has had in a forecast, where that is limited: what was so before it begins, and what it adds.

import { minuteAfter } from "../basics/limits.ts";
import { DAY_MS } from "./forecast-lane.ts";

export class ForecastCompanies {
  readonly #limit: number | null;
  /** By domain, the oldest first. */
  readonly #sent = new Map<string, number[]>();

  constructor(limit: number | null, sent: Iterable<readonly [domain: string, at: readonly number[]]>) {
    this.#limit = limit;
    for (const [domain, at] of sent) this.#sent.set(domain, [...at]);
  }

  /** From when on one more mail may go to this company. */
  freeAt(domain: string | null): number {
    const limit = this.#limit;
    if (domain === null || limit === null) return Number.NEGATIVE_INFINITY;
    if (limit === 0) return Number.POSITIVE_INFINITY;
    const sent = this.#sent.get(domain) ?? [];
    const inTheWay = sent[sent.length - limit];
    return inTheWay === undefined ? Number.NEGATIVE_INFINITY : minuteAfter(inTheWay + DAY_MS);
  }

  sends(domain: string | null, at: number) {
    if (domain === null || this.#limit === null) return;
    const sent = this.#sent.get(domain);
    if (sent) sent.push(at);
    else this.#sent.set(domain, [at]);
  }
}
