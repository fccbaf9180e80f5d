// The forecast for added contacts alone: when each begins, what delayed them after their first step was due, and which
// do not begin at all.
//
// Easy to get wrong: in a queue all contacts wait for what blocks the mailbox. So that is summed once for the mailbox,
// and a contact who leaves the queue takes the difference. A closed window is a reason only where no limit is: a limit
// is what pushed them past the evening.

import type { GateCode } from "../gate/gate.ts";
import type { ForecastFacts, ForecastPerson, Stays } from "./forecast-facts.ts";

/** `fails`: the gate lets nothing out to them. `later`: it falls due after the days that are looked at. */
export type NotBegun = Stays | "fails" | "later";

export type AddedForecast = {
  people: number;
  /** When their first step is done, from where, and what kept it longest after it was due; null: nothing. */
  begin: { hour: number; mailboxId: string | null; code: GateCode | null; count: number }[];
  firstStepDoneAt: number | null;
  notBegun: { code: NotBegun; mailboxId: string | null; count: number }[];
  lastFinishedAt: number | null;
  /** Still on their way when the days are over, or for good. */
  remaining: number;
};

const HOUR_MS = 3_600_000;

type Waited = Map<GateCode, number>;
type Lane = { code: GateCode | null; since: number; waited: Waited };
type Person = {
  isPending: boolean;
  isOnTheWay: boolean;
  /** What the mailbox had waited when they joined its queue; null while they are in none. */
  before: Waited | null;
  waited: Waited;
  stays: NotBegun | null;
};

export class ForecastAdded {
  readonly #facts: ForecastFacts;
  readonly #people = new Map<number, Person>();
  readonly #lanes: Lane[];
  readonly #told = new Map<number, AddedForecast & { byKey: Map<string, AddedForecast["begin"][number]> }>();
  #moving = 0;

  constructor(facts: ForecastFacts) {
    this.#facts = facts;
    this.#lanes = facts.mailboxes.map(() => ({ code: null, since: facts.now, waited: new Map() }));
    for (const [n, { isAdded, sequence }] of facts.people.entries()) {
      if (!isAdded || sequence === null) continue;
      this.#people.set(n, {
        isPending: true,
        isOnTheWay: true,
        before: null,
        waited: new Map(),
        stays: null,
      });
      const own = this.#ofSequence(sequence);
      own.people++;
      own.remaining++;
      this.#moving++;
    }
  }

  /** Nothing more can be said of any of them. */
  get isOver() {
    return this.#moving === 0;
  }

  queues(n: number, mailbox: number, at: number) {
    const person = this.#people.get(n);
    if (!person?.isPending) return;
    this.#settle(mailbox, at);
    person.before = new Map(this.#lanes[mailbox]?.waited);
  }

  /** What the mailbox waits for from now on; null: nothing. */
  isBound(mailbox: number, code: GateCode | null, at: number) {
    if (this.#people.size === 0) return;
    this.#settle(mailbox, at);
    const lane = this.#lanes[mailbox];
    if (lane) lane.code = code;
  }

  leavesQueue(n: number, mailbox: number, at: number) {
    const person = this.#people.get(n);
    if (!person?.before) return;
    this.#settle(mailbox, at);
    for (const [code, ms] of this.#lanes[mailbox]?.waited ?? [])
      wait(person.waited, code, ms - (person.before.get(code) ?? 0));
    person.before = null;
  }

  /** By what concerns nobody else. */
  isHeld(n: number, code: GateCode, ms: number) {
    const person = this.#people.get(n);
    if (person?.isPending) wait(person.waited, code, ms);
  }

  hasDone(n: number, step: number, at: number) {
    const person = this.#people.get(n);
    const { step: first, mailbox, sequence } = this.#facts.people[n] as ForecastPerson;
    if (!person?.isPending || step !== first) return;
    person.isPending = false;
    const own = this.#ofSequence(sequence as number);
    own.firstStepDoneAt = Math.max(own.firstStepDoneAt ?? 0, at);
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    const code = longest(person.waited);
    const key = `${hour} ${mailbox} ${code}`;
    const known = own.byKey.get(key);
    if (known) known.count++;
    else own.byKey.set(key, { hour, mailboxId: this.#mailboxId(mailbox), code, count: 1 });
  }

  isThrough(n: number, at: number, because: GateCode | null = null) {
    const person = this.#people.get(n);
    if (!person?.isOnTheWay) return;
    this.#stops(person);
    if (person.isPending) person.stays = because ?? "fails";
    const own = this.#ofSequence(this.#facts.people[n]?.sequence as number);
    own.remaining--;
    own.lastFinishedAt = Math.max(own.lastFinishedAt ?? 0, at);
  }

  stays(n: number, code: Stays) {
    const person = this.#people.get(n);
    if (!person?.isOnTheWay) return;
    this.#stops(person);
    if (person.isPending) person.stays = code;
  }

  told(sequence: number, ends: number): AddedForecast | null {
    const own = this.#told.get(sequence);
    if (!own) return null;
    const { byKey, ...rest } = own;
    return {
      ...rest,
      begin: [...byKey.values()].sort((one, other) => one.hour - other.hour),
      notBegun: this.#notBegun(sequence, ends),
    };
  }

  #notBegun(sequence: number, ends: number) {
    const counts = new Map<string, AddedForecast["notBegun"][number]>();
    for (const [n, person] of this.#people) {
      const { sequence: of, mailbox } = this.#facts.people[n] as ForecastPerson;
      if (of !== sequence || !person.isPending) continue;
      if (mailbox !== null) this.leavesQueue(n, mailbox, ends);
      const code = person.stays ?? longest(person.waited) ?? "later";
      const key = `${code} ${mailbox}`;
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { code, mailboxId: this.#mailboxId(mailbox), count: 1 });
    }
    return [...counts.values()].sort((one, other) => other.count - one.count);
  }

  #stops(person: Person) {
    person.isOnTheWay = false;
    this.#moving--;
  }

  #settle(mailbox: number, at: number) {
    const lane = this.#lanes[mailbox];
    if (!lane) return;
    if (lane.code !== null) wait(lane.waited, lane.code, at - lane.since);
    lane.since = at;
  }

  #mailboxId(mailbox: number | null) {
    return mailbox === null ? null : (this.#facts.mailboxes[mailbox]?.id ?? null);
  }

  #ofSequence(sequence: number) {
    const known = this.#told.get(sequence);
    if (known) return known;
    const made = {
      people: 0,
      begin: [],
      firstStepDoneAt: null,
      notBegun: [],
      lastFinishedAt: null,
      remaining: 0,
      byKey: new Map(),
    };
    this.#told.set(sequence, made);
    return made;
  }
}

function wait(waited: Waited, code: GateCode, ms: number) {
  if (ms > 0) waited.set(code, (waited.get(code) ?? 0) + ms);
}

function longest(waited: Waited): GateCode | null {
  let found: GateCode | null = null;
  for (const [code, ms] of waited) {
    if (code === "outside_window") continue;
    if (found === null || ms > (waited.get(found) ?? 0)) found = code;
  }
  return found ?? (waited.has("outside_window") ? "outside_window" : null);
}
