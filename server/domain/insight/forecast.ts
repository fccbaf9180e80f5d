// Runs the engine forward in virtual time, without sending: which contact is mailed from which mailbox at which second.
// It assumes that no contact is added, tasks are done when due, and answers come at random. The rules are the engine's
// own: the waits of cadence.ts, the hours of schedule.ts, the order of priority.ts, the limits of limits.ts.
//
// A heap gives the next event, so the work grows with the events and not with the time that passes.

import { Heap } from "../basics/heap.ts";
import { brakesOn } from "../gate/brake-changes.ts";
import { BRAKE_SCOPES } from "../gate/brake-rules.ts";
import type { GateCode } from "../gate/gate.ts";
import { rankOf } from "../sequences/priority.ts";
import type { BranchPath } from "../sequences/step-paths.ts";
import { scheduleAt } from "../time/schedule.ts";
import { ForecastAdded } from "./forecast-added.ts";
import { ForecastClock } from "./forecast-clock.ts";
import type {
  ForecastFacts,
  ForecastPerson,
  ForecastSequence,
  ForecastStep,
  Stays,
} from "./forecast-facts.ts";
import { DAY_MS, ForecastLane } from "./forecast-lane.ts";
import { ForecastLimits, type Held } from "./forecast-limits.ts";
import { drawn } from "./forecast-lot.ts";
import { nextStep } from "./forecast-path.ts";
import { type ForecastEnding, type ForecastResult, ForecastTally } from "./forecast-tally.ts";

export type ForecastSend = { person: number; step: number; mailbox: number; at: number };

type OnSend = (sent: ForecastSend) => unknown;

/** `onSend` is told of every mail, in the order of time. Where it answers true, enough is known. */
export function forecast(facts: ForecastFacts, onSend?: OnSend): ForecastResult {
  return new Run(facts, onSend).toTheEnd();
}

/** All contacts due at the same instant are in the queue before a mailbox reads it. */
const AFTER_ALL_DUE = 0.5;

/** `begins`: their first step, which is behind the branches that they meet before any other. */
type Standing = {
  step: number;
  begins: number;
  hasSent: boolean;
  rank: number | null;
  waitsSince: number | null;
};

class Run {
  readonly #facts: ForecastFacts;
  readonly #ends: number;
  readonly #onSend: OnSend | undefined;
  #isEnough = false;
  readonly #counted: ReadonlySet<number> | null;
  readonly #clock = new ForecastClock();
  readonly #tally: ForecastTally;
  readonly #added: ForecastAdded;
  readonly #lanes: ForecastLane[];
  readonly #standings: Standing[];
  /** Zero and more: a contact's step is due. Less: a mailbox reads its queue. */
  readonly #coming = new Heap<number>();
  readonly #limits: ForecastLimits;

  constructor(facts: ForecastFacts, onSend?: OnSend) {
    this.#facts = facts;
    this.#ends = facts.now + facts.days * DAY_MS;
    this.#onSend = onSend;
    this.#counted = facts.counted && new Set(facts.counted);
    this.#lanes = facts.mailboxes.map((mailbox) => new ForecastLane(mailbox));
    this.#standings = facts.people.map(({ step, hasSent, rank }) => ({
      step,
      hasSent,
      rank,
      begins: step,
      waitsSince: null,
    }));
    this.#tally = new ForecastTally(facts);
    this.#added = new ForecastAdded(facts);
    this.#limits = new ForecastLimits(facts, this.#clock);
    for (const [n, { at, staysBecause }] of facts.people.entries()) {
      if (at === null || staysBecause) this.#stays(n, staysBecause ?? "waits");
      else this.#coming.push(Math.max(at, facts.now), n);
    }
  }

  toTheEnd(): ForecastResult {
    for (let rank = this.#coming.firstRank; rank !== null; rank = this.#coming.firstRank) {
      const at = Math.floor(rank);
      if (this.#isEnough || at > this.#ends || (this.#facts.endsWithAdded && this.#added.isOver)) break;
      const what = this.#coming.pop() as number;
      if (what >= 0) this.#fallsDue(what, at);
      else this.#looks(-1 - what, at);
    }
    return this.#tally.told(this.#lanes, this.#added, this.#ends);
  }

  #person(n: number) {
    return {
      person: this.#facts.people[n] as ForecastPerson,
      standing: this.#standings[n] as Standing,
    };
  }

  #place(n: number): { sequence: ForecastSequence; step: ForecastStep } | null {
    const { person, standing } = this.#person(n);
    const sequence = person.sequence === null ? undefined : this.#facts.sequences[person.sequence];
    const step = sequence?.steps[standing.step];
    return sequence && step ? { sequence, step } : null;
  }

  #fallsDue(n: number, at: number) {
    const { person, standing } = this.#person(n);
    const place = this.#place(n);
    if (!place) return person.sequence === null ? this.#queues(n, at) : this.#stays(n, "step_removed");
    const { sequence, step } = place;
    if (!step.isOn) return this.#stays(n, "step_off");
    const isMail = step.type === "auto_email" || step.type === "manual_email";
    if (isMail && person.skipsMails && person.barred !== "all") return this.#done(n, at);
    if (person.barred === "all" || (isMail && person.barred === "mails"))
      return sequence.goesOnWhenNotSent ? this.#goesOn(n, at) : this.#isThrough(n, at, "failed");
    const fails = person.fails?.get(standing.step);
    if (fails)
      return sequence.goesOnWhenNotSent ? this.#goesOn(n, at) : this.#isThrough(n, at, "failed", fails);
    if (step.type === "branch") return this.#decides(n, step, at);
    if (step.type !== "auto_email") return this.#isForPeople(n, sequence, step, at);
    if (!step.isReady) return this.#stays(n, "needs_review");
    const brake = this.#brakeOn(n, sequence);
    if (brake) return this.#stays(n, brake);
    this.#queues(n, at);
  }

  #brakeOn(n: number, { id: sequenceId }: ForecastSequence): GateCode | null {
    const { brakes } = this.#facts;
    if (brakes.length === 0) return null;
    const { person, standing } = this.#person(n);
    const mailboxId = this.#laneOf(person)?.mailbox.id ?? null;
    const on = brakesOn(brakes, { mailboxId, sequenceId, hasSentMail: standing.hasSent });
    const scope = BRAKE_SCOPES.find((one) => on.some((brake) => brake.scope === one));
    return scope ? `brake:${scope}` : null;
  }

  /** On the yes path at once where its condition holds, on the no path when it has been waited for long enough. */
  #decides(n: number, step: ForecastStep, at: number) {
    const { person, standing } = this.#person(n);
    const path = person.yes?.has(standing.step) ? "yes" : "no";
    standing.waitsSince ??= standing.step === person.step ? (person.dueAt ?? at) : at;
    const last = path === "yes" ? at : standing.waitsSince + step.waitDays * DAY_MS;
    if (last > at) return void this.#coming.push(last, n);
    standing.waitsSince = null;
    const isFirst = standing.step === standing.begins;
    this.#goesOn(n, at, path);
    if (isFirst) standing.begins = standing.step;
  }

  /** Its task is opened when limits and hours allow it, as a mail goes out then, and done at once. */
  #isForPeople(n: number, sequence: ForecastSequence, step: ForecastStep, at: number) {
    const { person, standing } = this.#person(n);
    const doer = this.#laneOf(person)?.mailbox.userId ?? sequence.ownerId;
    const task = { person, sequence, step, doer, hasSent: standing.hasSent };
    const free = this.#limits.taskFreeAt(task, at);
    if (free.until === Number.POSITIVE_INFINITY) return this.#stays(n, free.code);
    const opens = this.#clock.opening(hoursOf(sequence, person), person.zone, free.until);
    if (opens === Number.POSITIVE_INFINITY) return this.#stays(n, "outside_window");
    if (opens > at) {
      this.#added.isHeld(n, free.until > at ? free.code : "outside_window", opens - at);
      return void this.#coming.push(opens, n);
    }
    this.#limits.opensTask(task, at);
    if (step.type === "manual_email") this.#sendsByHand(n, at);
    return this.#done(n, at);
  }

  /** A mail by hand does not wait for a limit, but counts for it. */
  #sendsByHand(n: number, at: number) {
    const { person, standing } = this.#person(n);
    const lane = this.#laneOf(person);
    if (!lane?.mailbox.isConnected) return;
    lane.send(at, { isCounted: this.#isCounted(person), isNew: !standing.hasSent });
    this.#limits.sendsByHand(person, at);
    standing.hasSent = true;
    this.#tally.sends(n);
  }

  #queues(n: number, at: number) {
    const { person, standing } = this.#person(n);
    const lane = this.#laneOf(person);
    if (!lane?.mailbox.isConnected) return this.#stays(n, "no_active_email_account");
    standing.rank ??= this.#rankOf(n, at);
    lane.queue.push(standing.rank, n, n); // among equal ranks the contact who was added first, which is their order here
    this.#added.queues(n, person.mailbox as number, at);
    this.#wake(person.mailbox as number, at);
  }

  #isCounted({ sequence }: ForecastPerson) {
    return this.#counted === null || (sequence !== null && this.#counted.has(sequence));
  }

  #laneOf({ mailbox }: ForecastPerson) {
    return mailbox === null ? undefined : this.#lanes[mailbox];
  }

  #rankOf(n: number, at: number) {
    const { person, standing } = this.#person(n);
    const policy = this.#place(n)?.sequence.policy ?? "fifo";
    // Who is overdue keeps the place that their due date gave them.
    const due = standing.step === person.step ? (person.at ?? at) : at;
    const dueAt = Temporal.Instant.fromEpochMilliseconds(Math.round(due));
    const isFollowUp = standing.hasSent && standing.step > 0;
    return rankOf({ isByHand: person.sequence === null, isFollowUp, policy, score: person.score, dueAt });
  }

  #wake(mailbox: number, at: number) {
    const lane = this.#lanes[mailbox] as ForecastLane;
    if (lane.wakesAt <= at) return;
    lane.wakesAt = at;
    // Of those that wake at the same instant the first is served first: a cap they share may leave room for one of them.
    this.#coming.push(at + AFTER_ALL_DUE, -1 - mailbox, mailbox);
  }

  #looks(mailbox: number, at: number) {
    const lane = this.#lanes[mailbox] as ForecastLane;
    if (lane.wakesAt !== at) return; // it was woken earlier meanwhile
    lane.wakesAt = Number.POSITIVE_INFINITY;
    while (lane.queue.size > 0) {
      const bound = lane.bound(at);
      this.#added.isBound(mailbox, bound?.code ?? null, at);
      if (bound) {
        this.#tally.isBound(bound.code, mailbox, at, Math.min(bound.until, this.#ends));
        if (bound.until < Number.POSITIVE_INFINITY) this.#wake(mailbox, bound.until);
        return;
      }
      const n = lane.queue.pop() as number;
      this.#added.leavesQueue(n, mailbox, at);
      const waits = this.#heldUntil(n, mailbox, at);
      if (waits === null) this.#sends(n, mailbox, at);
      else if (waits.until < Number.POSITIVE_INFINITY) this.#coming.push(waits.until, n);
      else this.#stays(n, waits.code);
    }
  }

  /** What binds one mail and not its mailbox: what passes last, or never. */
  #heldUntil(n: number, mailbox: number, at: number): Held | null {
    const { person, standing } = this.#person(n);
    const place = this.#place(n);
    const mail = { person, mailbox, place, hasSent: standing.hasSent };
    const newcomerAt = standing.hasSent ? at : (this.#lanes[mailbox]?.newFreed() ?? at);
    let until = at;
    let binding: GateCode = "limit:touches";
    for (const limit of this.#limits.holding(mail, newcomerAt, at)) {
      if (limit.until > until) ({ until, code: binding } = limit);
      this.#holds(n, limit.code, { mailbox, from: at, until });
    }
    if (!place) return until > at ? { until, code: binding } : null;
    if (until === Number.POSITIVE_INFINITY) return { until, code: binding };
    const opens = this.#clock.opening(hoursOf(place.sequence, person), person.zone, until);
    if (opens > until) {
      binding = "outside_window";
      this.#added.isHeld(n, binding, opens - until);
    }
    return opens > at ? { until: opens, code: binding } : null;
  }

  #holds(
    n: number,
    code: GateCode,
    { mailbox, from, until }: { mailbox: number; from: number; until: number },
  ) {
    const ends = Math.min(until, this.#ends);
    this.#tally.isBound(code, mailbox, from, ends);
    this.#added.isHeld(n, code, ends - from);
  }

  #sends(n: number, mailbox: number, at: number) {
    const { person, standing } = this.#person(n);
    const place = this.#place(n);
    const isFirst = Boolean(place) && !standing.hasSent;
    this.#lanes[mailbox]?.send(at, { isCounted: this.#isCounted(person), isNew: isFirst });
    if (this.#onSend?.({ person: n, step: standing.step, mailbox, at }) === true) this.#isEnough = true;
    this.#limits.sends({ person, mailbox, place, hasSent: standing.hasSent }, at);
    standing.hasSent = true;
    if (!place) return this.#isThrough(n, at, "finished");
    this.#tally.sends(n);
    if (this.#replies(person, standing)) return this.#isThrough(n, at, "replied");
    this.#done(n, at);
  }

  /** By lot, the same for the same person, step and seed, whatever else is changed. */
  #replies({ lot }: ForecastPerson, { step }: Standing) {
    const { replyRate, seed } = this.#facts;
    return replyRate > 0 && drawn(seed, lot, step) < replyRate;
  }

  #done(n: number, at: number) {
    const { person, standing } = this.#person(n);
    const step = standing.step === standing.begins ? person.step : standing.step;
    this.#tally.hasDone(n, step, at);
    this.#added.hasDone(n, step, at);
    this.#goesOn(n, at);
  }

  #goesOn(n: number, at: number, path: BranchPath | null = null) {
    const { person, standing } = this.#person(n);
    const sequence = this.#facts.sequences[person.sequence as number] as ForecastSequence;
    const next = nextStep(sequence.steps, { after: standing.step, path }, at);
    const step = sequence.steps[next];
    if (!step) return this.#isThrough(n, at, "finished");
    standing.step = next;
    standing.rank = null;
    const { zone, usualHour } = person;
    const due = this.#clock.due(step, { schedule: hoursOf(sequence, person), zone, usualHour }, at);
    if (due < Number.POSITIVE_INFINITY) this.#coming.push(due, n);
    else this.#stays(n, "outside_window");
  }

  #isThrough(n: number, at: number, how: ForecastEnding, because: GateCode | null = null) {
    this.#tally.isThrough(n, at, how);
    this.#added.isThrough(n, at, because);
  }

  #stays(n: number, code: Stays) {
    this.#tally.stays(code);
    this.#added.stays(n, code);
  }
}

/** Where the person is, some days of the same schedule are holidays and some are not. */
function hoursOf({ schedule }: ForecastSequence, { calendar }: ForecastPerson) {
  return scheduleAt(schedule, calendar);
}
