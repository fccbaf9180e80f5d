// What a forecast is asked to suppose: other limits, one more mailbox, more people, a step switched off. Each makes new facts out of those there are.

import { dueAfter } from "../sequences/cadence.ts";
import { calendarOf, placeFor } from "../time/schedule.ts";
import {
  type ForecastFacts,
  type ForecastMailbox,
  type ForecastPerson,
  type ForecastSequence,
  UNKNOWN_PERSON,
} from "./forecast-facts.ts";
import { drawn } from "./forecast-lot.ts";
import { firstForecastStep } from "./forecast-path.ts";

export type MailboxLimits = {
  dailyLimit?: number | null;
  hourlyLimit?: number | null;
  gapSeconds?: number | null;
};

export type WhatIf = {
  addMailboxes: readonly MailboxLimits[];
  changeLimits: ReadonlyMap<string, MailboxLimits>;
  addContacts: readonly { sequenceId: string; count: number }[];
  switchOffSteps: ReadonlySet<string>;
};

/** What a mailbox is called that is not there yet: `new-1`, `new-2`. */
const NEW_MAILBOX = "new-";

export function suppose(facts: ForecastFacts, whatIf: WhatIf): ForecastFacts {
  const joined = withContacts(withStepsOff(withLimits(facts, whatIf), whatIf), whatIf);
  return withMailboxes(joined, whatIf);
}

function withLimits(facts: ForecastFacts, { changeLimits }: WhatIf): ForecastFacts {
  if (changeLimits.size === 0) return facts;
  return {
    ...facts,
    mailboxes: facts.mailboxes.map((mailbox) => ({ ...mailbox, ...changeLimits.get(mailbox.id) })),
  };
}

/** A contact at such a step stays there, as in a real sequence. */
function withStepsOff(facts: ForecastFacts, { switchOffSteps }: WhatIf): ForecastFacts {
  if (switchOffSteps.size === 0) return facts;
  const sequences = facts.sequences.map((sequence) => ({
    ...sequence,
    steps: sequence.steps.map((step) => (switchOffSteps.has(step.id) ? { ...step, isOn: false } : step)),
  }));
  return { ...facts, sequences };
}

/** They join now, spread over the mailboxes from which the sequence is sent already, or else over all. */
function withContacts(facts: ForecastFacts, { addContacts }: WhatIf): ForecastFacts {
  const added = addContacts.flatMap(({ sequenceId, count }): ForecastPerson[] => {
    const at = facts.sequences.findIndex(({ id }) => id === sequenceId);
    const sequence = facts.sequences[at];
    const step = sequence ? firstForecastStep(sequence.steps, -1) : -1;
    if (!sequence || step < 0) return [];
    const mailboxes = mailboxesOf(facts, at);
    const begin = beginningOf(sequence, step, facts.now);
    const shares = sharesOfYes(facts, at);
    return Array.from({ length: count }, (_, n) => ({
      sequence: at,
      step,
      mailbox: mailboxes[n % mailboxes.length] ?? null,
      zone: begin.zone,
      calendar: begin.calendar,
      at: begin.at,
      ...UNKNOWN_PERSON,
      yes: drawnPaths(facts, shares, facts.people.length + n),
      isAdded: true,
      lot: facts.people.length + n,
    }));
  });
  return added.length === 0 ? facts : { ...facts, people: [...facts.people, ...added] };
}

/** By the place of a branch, the share of the contacts in the sequence for whom its condition holds. */
function sharesOfYes({ people, sequences }: ForecastFacts, at: number) {
  const own = people.filter(({ sequence }) => sequence === at);
  const branches =
    sequences[at]?.steps.flatMap(({ type }, place) => (type === "branch" ? [place] : [])) ?? [];
  const share = (place: number) => own.filter(({ yes }) => yes?.has(place)).length / Math.max(1, own.length);
  return new Map(branches.map((place) => [place, share(place)]));
}

/** Nothing is known of them, so they take the paths in the shares of the others. */
function drawnPaths({ seed }: ForecastFacts, shares: ReadonlyMap<number, number>, lot: number) {
  const yes = [...shares].filter(([place, share]) => drawn(seed, lot, -1 - place) < share);
  return yes.length > 0 ? new Set(yes.map(([place]) => place)) : null;
}

function beginningOf({ schedule, steps }: ForecastSequence, step: number, now: number) {
  const place = placeFor(schedule);
  const first = steps[step];
  const from = Temporal.Instant.fromEpochMilliseconds(now);
  const exactAt = first?.exactAt == null ? null : Temporal.Instant.fromEpochMilliseconds(first.exactAt);
  const due = first && dueAfter({ step: { ...first, exactAt }, ...place, usualHour: null, from });
  return { zone: place.zone, calendar: calendarOf(schedule), at: due?.epochMilliseconds ?? null };
}

function mailboxesOf({ people, mailboxes }: ForecastFacts, sequence: number): number[] {
  const used = new Set(people.flatMap((one) => (one.sequence === sequence ? (one.mailbox ?? []) : [])));
  const connected = mailboxes.flatMap(({ isConnected }, n) => (isConnected ? [n] : []));
  const own = connected.filter((n) => used.has(n));
  return own.length > 0 ? own : connected;
}

/** Contacts without a mail so far are spread over the old and new mailboxes. Threads stay where they were begun. */
function withMailboxes(facts: ForecastFacts, { addMailboxes }: WhatIf): ForecastFacts {
  if (addMailboxes.length === 0) return facts;
  const many = facts.mailboxes.length;
  const added = addMailboxes.map(
    ({ dailyLimit = null, hourlyLimit = null, gapSeconds = null }, n): ForecastMailbox => ({
      id: `${NEW_MAILBOX}${n + 1}`,
      userId: facts.mailboxes[0]?.userId ?? "",
      dailyLimit,
      hourlyLimit,
      gapSeconds,
      ramp: null,
      backoffUntil: null,
      newLimit: null,
      sentAt: [],
      newSentAt: [],
      isConnected: true,
    }),
  );
  const turns = facts.sequences.map((_, n) => ({ next: 0, old: mailboxesOf(facts, n).length }));
  const people = facts.people.map((person): ForecastPerson => {
    const turn = turns[person.sequence ?? -1];
    if (!turn || person.hasSent || person.mailbox === null) return person;
    const place = turn.next++ % (turn.old + added.length);
    return place < turn.old ? person : { ...person, mailbox: many + place - turn.old };
  });
  return { ...facts, mailboxes: [...facts.mailboxes, ...added], people };
}
