// The result of a forecast: which contacts are mailed, when and from where, when the last one finishes, which contacts
// stay and why, and which limits make contacts wait.

import type { GateCode } from "../gate/gate.ts";
import type { AddedForecast, ForecastAdded } from "./forecast-added.ts";
import type { ForecastFacts, ForecastPerson, Stays } from "./forecast-facts.ts";
import type { ForecastLane } from "./forecast-lane.ts";
import { firstForecastStep } from "./forecast-path.ts";

export type ForecastEnding = "finished" | "failed" | "replied";

export type ForecastResult = {
  byMailboxHour: { mailboxId: string; hour: number; sends: number }[];
  bySequence: SequenceForecast[];
  bindingLimits: { code: GateCode; hours: number; mailboxes: number }[];
  stays: { code: Stays; count: number }[];
};

type SequenceForecast = {
  sequenceId: string;
  people: number;
  sends: number;
  /** When the last who had yet to do the first step has done it. */
  firstStepDoneAt: number | null;
  /** How many of them are left there. */
  firstStepLeft: number;
  lastFinishedAt: number | null;
  through: Record<ForecastEnding, number>;
  /** Still on their way when the days are over, or for good. */
  remaining: number;
  /** When how many of those who had yet to do the first step have done it, one for each day of UTC. */
  firstSteps: { day: number; count: number }[];
  /** The same for added contacts only; null where there are none. */
  added: AddedForecast | null;
};

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export class ForecastTally {
  readonly #facts: ForecastFacts;
  readonly #sequences: (SequenceForecast & { firstByDay: Map<number, number> })[];
  readonly #stays = new Map<Stays, number>();
  readonly #bound = new Map<GateCode, Set<number>>();
  readonly #lastBound: string[] = [];

  constructor(facts: ForecastFacts) {
    this.#facts = facts;
    this.#sequences = facts.sequences.map(({ id }) => ({
      sequenceId: id,
      people: 0,
      sends: 0,
      firstStepDoneAt: null,
      firstStepLeft: 0,
      lastFinishedAt: null,
      through: { finished: 0, failed: 0, replied: 0 },
      remaining: 0,
      firstSteps: [],
      added: null,
      firstByDay: new Map(),
    }));
    for (const person of facts.people) {
      const own = this.#of(person);
      if (!own) continue;
      own.people++;
      own.remaining++;
      if (person.step === this.#firstOf(person)) own.firstStepLeft++;
    }
  }

  #of({ sequence }: ForecastPerson) {
    return sequence === null ? undefined : this.#sequences[sequence];
  }

  #firstOf({ sequence, step }: ForecastPerson) {
    return firstForecastStep(this.#facts.sequences[sequence ?? -1]?.steps ?? [], step);
  }

  #person(n: number) {
    return this.#facts.people[n] as ForecastPerson;
  }

  sends(n: number) {
    const own = this.#of(this.#person(n));
    if (own) own.sends++;
  }

  hasDone(n: number, step: number, at: number) {
    const person = this.#person(n);
    const own = this.#of(person);
    if (!own || step !== person.step || step !== this.#firstOf(person)) return;
    own.firstStepLeft--;
    own.firstStepDoneAt = Math.max(own.firstStepDoneAt ?? 0, at);
    const day = Math.floor(at / DAY_MS);
    own.firstByDay.set(day, (own.firstByDay.get(day) ?? 0) + 1);
  }

  isThrough(n: number, at: number, how: ForecastEnding) {
    const own = this.#of(this.#person(n));
    if (!own) return;
    own.through[how]++;
    own.remaining--;
    own.lastFinishedAt = Math.max(own.lastFinishedAt ?? 0, at);
  }

  stays(code: Stays) {
    this.#stays.set(code, (this.#stays.get(code) ?? 0) + 1);
  }

  /** A contact's mail waits only for this. Counted in clock hours, for each mailbox. */
  isBound(code: GateCode, mailbox: number, from: number, until: number) {
    const hours = this.#bound.get(code) ?? new Set<number>();
    this.#bound.set(code, hours);
    const last = `${code} ${until}`;
    if (this.#lastBound[mailbox] === last) return; // a crowd waits for the same
    this.#lastBound[mailbox] = last;
    const first = Math.floor(this.#facts.now / HOUR_MS);
    for (let hour = Math.floor(from / HOUR_MS); hour * HOUR_MS < until; hour++)
      hours.add((hour - first) * this.#facts.mailboxes.length + mailbox);
  }

  told(lanes: readonly ForecastLane[], added: ForecastAdded, ends: number): ForecastResult {
    return {
      byMailboxHour: lanes.flatMap(({ mailbox, sends }) =>
        [...sends]
          .sort(([one], [other]) => one - other)
          .map(([hour, count]) => ({ mailboxId: mailbox.id, hour: hour * HOUR_MS, sends: count })),
      ),
      bySequence: this.#sequences.map(({ firstByDay, ...own }, n) => ({
        ...own,
        added: added.told(n, ends),
        firstSteps: [...firstByDay]
          .sort(([one], [other]) => one - other)
          .map(([day, count]) => ({ day: day * DAY_MS, count })),
      })),
      bindingLimits: [...this.#bound]
        .map(([code, hours]) => ({
          code,
          hours: hours.size,
          mailboxes: new Set([...hours].map((one) => one % lanes.length)).size,
        }))
        .sort((one, other) => other.hours - one.hours),
      stays: [...this.#stays]
        .map(([code, count]) => ({ code, count }))
        .sort((one, other) => other.count - one.count),
    };
  }
}
