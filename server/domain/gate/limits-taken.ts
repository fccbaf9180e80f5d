// What the limits leave for a mail or a task, once others that passed the gate with it have taken their places.

import { DAY, HOUR, withMore } from "../basics/limits.ts";
import { afterTouches } from "../sequences/touches.ts";
import type { GateFacts } from "./gate-facts.ts";
import { afterRecipients } from "./recipient-limits.ts";

export function withTaken(facts: GateFacts, taken: readonly GateFacts[]): GateFacts {
  if (taken.length === 0) return facts;
  const { mailbox, sequence, step, now } = facts;
  const inMailbox = taken.filter((one) => one.mailbox?.id === mailbox?.id);
  const ofMailbox = inMailbox.length;
  const newInMailbox = inMailbox.filter((one) => !one.membership.hasSentMail).length;
  const ofSequence = taken.filter((one) => one.sequence.id === sequence.id).length;
  const newcomers = taken.filter(
    (one) => one.sequence.id === sequence.id && !one.membership.hasSentMail,
  ).length;
  const ofStep = taken.filter((one) => one.step?.id === step?.id).length;
  const ofDomain = taken.filter((one) => one.domain?.name === facts.domain?.name).length;
  return {
    ...facts,
    domain: facts.domain && {
      ...facts.domain,
      lastDay: withMore(facts.domain.lastDay, ofDomain, DAY, now),
    },
    recipient: afterRecipients(
      facts.recipient,
      inMailbox.map(({ recipient }) => recipient),
      now,
    ),
    touches: afterTouches(
      facts.touches,
      taken.map((one) => one.touches),
      now,
    ),
    sequence: {
      ...sequence,
      sentToday: sequence.sentToday + ofSequence,
      newToday: sequence.newToday + newcomers,
    },
    step: step && { ...step, sentToday: step.sentToday + ofStep },
    mailbox: mailbox && {
      ...mailbox,
      lastDay: withMore(mailbox.lastDay, ofMailbox, DAY, now),
      lastHour: withMore(mailbox.lastHour, ofMailbox, HOUR, now),
      newContacts: withMore(mailbox.newContacts, newInMailbox, DAY, now),
      lastSentAt: ofMailbox > 0 ? now : mailbox.lastSentAt,
    },
  };
}

/** What the limits of tasks leave for a step, once the tasks of others were opened with it. */
export function withOpened(facts: GateFacts, opened: readonly GateFacts[]): GateFacts {
  const { step, linkedIn } = facts;
  const ofStep = opened.filter((one) => one.step?.id === step?.id).length;
  const ofDoer = opened.filter((one) => isSameDay(one.linkedIn, linkedIn)).length;
  return {
    ...facts,
    step: step && { ...step, sentToday: step.sentToday + ofStep },
    linkedIn: linkedIn && { ...linkedIn, open: linkedIn.open + ofDoer },
  };
}

/** The names of the limits that a step's task is counted for: who holds them counts and opens alone. */
export function taskCapsOf({ step, linkedIn }: GateFacts): string[] {
  const isLimited = step !== null && step.type !== "auto_email" && step.dailyLimit !== null;
  return [
    ...(isLimited ? [`tasks of step ${step.id}`] : []),
    ...(linkedIn ? [`${linkedIn.type} of ${linkedIn.userId}`] : []),
  ];
}

function isSameDay(one: GateFacts["linkedIn"], other: GateFacts["linkedIn"]) {
  return one !== null && one.userId === other?.userId && one.type === other.type;
}
