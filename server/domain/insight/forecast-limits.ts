// What limits emails and tasks besides the mailbox that sends: asked before one goes out, counted when it does.

import type { GateCode } from "../gate/gate.ts";
import type { ForecastClock } from "./forecast-clock.ts";
import { ForecastCompanies } from "./forecast-companies.ts";
import { ForecastDays, newcomersOf } from "./forecast-days.ts";
import type { ForecastFacts, ForecastPerson, ForecastSequence, ForecastStep } from "./forecast-facts.ts";
import { ForecastRecipients } from "./forecast-recipients.ts";
import { ForecastTasks } from "./forecast-tasks.ts";
import { ForecastTouches } from "./forecast-touches.ts";

export type Held = { until: number; code: GateCode };

/** An email without a place was written by a user, outside of sequences. `hasSent`: the contact got one of the sequence before. */
type LimitedMail = {
  person: ForecastPerson;
  mailbox: number;
  place: { sequence: ForecastSequence; step: ForecastStep } | null;
  hasSent: boolean;
};

type LimitedTask = {
  person: ForecastPerson;
  sequence: ForecastSequence;
  step: ForecastStep;
  doer: string;
  hasSent: boolean;
};

export class ForecastLimits {
  readonly #days: ForecastDays;
  readonly #companies: ForecastCompanies;
  readonly #touches: ForecastTouches;
  readonly #recipients: ForecastRecipients;
  readonly #tasks: ForecastTasks;

  constructor(facts: ForecastFacts, clock: ForecastClock) {
    this.#touches = new ForecastTouches(facts.touchLimits, facts.touchedAt);
    this.#recipients = new ForecastRecipients(facts.recipientLimits, facts.recipientsSentAt);
    this.#companies = new ForecastCompanies(facts.domainLimit, facts.sentToDomain);
    this.#days = new ForecastDays(facts, clock);
    this.#tasks = new ForecastTasks(facts, clock);
  }

  /** The limits that hold the email at this time, each until it would let it pass. `newcomerAt`: the mailbox's own for new contacts. */
  *holding(
    { person, mailbox, place, hasSent }: LimitedMail,
    newcomerAt: number,
    at: number,
  ): Generator<Held> {
    const touched = this.#touches.freeAt(person, { type: "auto_email", hasSent });
    if (touched > at) yield { code: "limit:touches", until: touched };
    const passes = this.#recipients.freeAt(person, mailbox);
    if (passes > at) yield { code: "limit:recipients", until: passes };
    if (!place) return;
    const { sequence, step } = place;
    for (const [code, limit, id] of [
      ["limit:sequence_day", sequence.dailyLimit, sequence.id],
      ["limit:new_contacts_day", hasSent ? null : sequence.newLimit, newcomersOf(sequence)],
      ["limit:step_day", step.dailyLimit, step.id],
    ] as const) {
      const full = limit === null ? null : this.#days.fullUntil(sequence, { id, limit }, at);
      if (full !== null) yield { code, until: full };
    }
    if (newcomerAt > at) yield { code: "limit:mailbox_new_contacts", until: newcomerAt };
    const free = this.#companies.freeAt(person.domain);
    if (free > at) yield { code: "limit:domain_day", until: free };
  }

  sends({ person, mailbox, place, hasSent }: LimitedMail, at: number) {
    this.#touches.touch(person, { type: "auto_email", hasSent }, at);
    this.#companies.sends(person.domain, at);
    this.#recipients.sends(person, mailbox, at);
    if (!place) return;
    const { sequence, step } = place;
    if (!hasSent && sequence.newLimit !== null) this.#days.sends(sequence, newcomersOf(sequence), at);
    for (const { id, dailyLimit } of [sequence, step])
      if (dailyLimit !== null) this.#days.sends(sequence, id, at);
  }

  /** An email that a user writes as a task counts for its recipient, too. */
  sendsByHand(person: ForecastPerson, at: number) {
    if (person.mailbox !== null) this.#recipients.sends(person, person.mailbox, at);
  }

  /** Of the limits of a task the one that is free last, or never. */
  taskFreeAt({ person, sequence, step, doer, hasSent }: LimitedTask, at: number): Held {
    const { id, type, dailyLimit: limit } = step;
    const ofStep = limit === null ? null : this.#days.fullUntil(sequence, { id, limit }, at);
    const limits: Held[] = [
      { code: "limit:touches", until: Math.max(this.#touches.freeAt(person, { type, hasSent }), at) },
      { code: "limit:step_day", until: ofStep ?? at },
      { code: "limit:linkedin_day", until: this.#tasks.fullUntil(doer, type, at) ?? at },
    ];
    return limits.reduce((last, one) => (one.until > last.until ? one : last));
  }

  opensTask({ person, sequence, step, doer, hasSent }: LimitedTask, at: number) {
    this.#touches.touch(person, { type: step.type, hasSent }, at);
    this.#tasks.opens(doer, step.type, at);
    if (step.dailyLimit !== null) this.#days.sends(sequence, step.id, at);
  }
}
