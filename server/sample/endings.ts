// How a story ends, and what the ending leaves: state, reason, the last mail and the events.

import { REASONS } from "../domain/enrollments/enrollment.ts";
import type { PastHappening } from "../features/events/events/store.ts";
import type { NewMessage } from "../features/sending/messages/store.ts";
import { DAY, HOUR, instant } from "./acting.ts";
import { mailFor, openings, sentMailFacts } from "./mails.ts";
import { atWork } from "./office-hours.ts";
import type { PlantedStep } from "./plant-sequences.ts";
import { taskFor } from "./step-tasks.ts";
import type { Story, Telling } from "./story.ts";
import { answered, looked, returned } from "./what-came.ts";

/** Nothing is left to do. */
export function finish(telling: Telling, at: number, isByHand: boolean): Story {
  const reason = isByHand ? REASONS.manuallyFinished : REASONS.completedLastStep;
  return close(telling, at, reason);
}

function close(telling: Telling, at: number, reason: string): Story {
  Object.assign(telling.enrollment, {
    state: "finished",
    inactiveReason: reason,
    finishedAt: instant(at),
    updatedAt: instant(at),
  });
  telling.endedAt = at;
  telling.lastAt = Math.max(telling.lastAt, at);
  const userId = reason === REASONS.manuallyFinished ? telling.cast.sender.userId : null;
  note(telling, "enrollment.finished", at, { reason }, userId);
  return telling;
}

function fail(telling: Telling, at: number, reason: string | null, code: string, position: number): Story {
  Object.assign(telling.enrollment, {
    state: "failed",
    inactiveReason: reason,
    failureReason: code,
    failedAt: instant(at),
    updatedAt: instant(at),
  });
  telling.endedAt = at;
  telling.lastAt = Math.max(telling.lastAt, at);
  note(telling, "enrollment.failed", at, { reason: reason ?? code, step_position: position });
  return telling;
}

const FAILURES = {
  bounces: {
    reason: "bounced",
    code: "hard_bounced",
    flags: { hasBounced: true, isHardBounce: true },
    says: "550 5.1.1 The address is not known here",
  },
  spamBlocked: {
    reason: "spam_blocked",
    code: "spam_blocked",
    flags: { isSpamBlocked: true },
    says: "554 5.7.1 The message was refused by a policy",
  },
} as const;

const NEW_JOB = {
  failureReason: "A new job was noticed since the contact was added",
  notSentReason: "new_job_change_detected",
};

/** The mail at which the story turns. */
export function end(telling: Telling, step: PlantedStep, at: number): Story {
  const { chance, cast, enrollment } = telling;
  const { kind } = cast.ending;
  const mail = mailFor(chance, cast, step, enrollment.id, at - HOUR);
  if (step.type === "manual_email") telling.tasks.push(taskFor(telling, step, at, at, mail.id));
  if (kind === "changedJob") {
    const moment = instant(at);
    telling.messages.push({ ...mail, ...NEW_JOB, delivery: "failed", dueAt: moment, failedAt: moment });
    return fail(telling, at, null, "new_job_change_detected", step.position);
  }
  const sent = { ...mail, ...sentMailFacts(mail.id, at) };
  if (kind !== "bounces" && kind !== "spamBlocked") return answer(telling, sent, at);
  const { reason, code, flags, says } = FAILURES[kind];
  const failedAt = at + Math.min(chance.whole(5, 600) * 1000, cast.until - at);
  const failure = { failedAt: instant(failedAt), failureReason: says };
  const failed: NewMessage = { ...sent, ...flags, ...failure, delivery: "failed" };
  telling.messages.push(failed);
  if (kind === "bounces") returned(telling, failed, failedAt, says);
  return fail(telling, failedAt, reason, code, step.position);
}

/** The contact reads the mail, and replies or unsubscribes. */
function answer(telling: Telling, sent: NewMessage, at: number): Story {
  const { chance, cast, enrollment } = telling;
  const { ending, until } = cast;
  const answeredAt = Math.min(until, atWork(chance, at + HOUR + chance.next() * 2 * DAY));
  const actedAt = answeredAt > at ? answeredAt : Math.min(until, at + HOUR);
  const seen = openings(chance, at, actedAt, true);
  const moment = instant(actedAt);
  const message: NewMessage = { ...sent, ...seen.counts, updatedAt: moment };
  see(telling, message, at, seen);
  telling.messages.push(message);
  if (ending.kind !== "replies") {
    message.unsubscribedAt = moment;
    if (chance.happens(0.5)) {
      Object.assign(message, { repliedAt: moment, replyClass: "unsubscribe" });
      answered(telling, message, actedAt, "unsubscribe");
    } // the others followed the link
    return close(telling, actedAt, "unsubscribed");
  }
  answered(telling, message, actedAt, ending.replyClass);
  message.repliedAt = moment;
  message.replyClass = ending.replyClass;
  message.demoedAt = ending.isDemoed ? moment : null;
  enrollment.inResponseTo = message.id;
  telling.events.push(replied(telling, message, actedAt));
  return close(telling, actedAt, REASONS.replied);
}

function replied({ cast }: Telling, { id, replyClass }: NewMessage, at: number): PastHappening {
  return {
    type: "message.replied",
    at: instant(at),
    userId: null,
    subject: { type: "message", id },
    data: {
      sequence_id: cast.sequence.id,
      contact_id: cast.contact.id,
      message_id: id,
      reply_class: replyClass,
    },
  };
}

export function see(telling: Telling, message: NewMessage, at: number, seen: ReturnType<typeof openings>) {
  if (seen.openedAt !== null) looked(telling, message, seen.openedAt, seen.clickedAt);
  telling.openedAt = seen.openedAt ?? telling.openedAt;
  telling.clickedAt = seen.clickedAt ?? telling.clickedAt;
  telling.lastAt = Math.max(telling.lastAt, at, seen.openedAt ?? 0);
  telling.enrollment.updatedAt = instant(at);
}

/** Without a user, where it happened by itself. */
export function note(
  { events, cast, enrollment }: Telling,
  type: PastHappening["type"],
  at: number,
  data: Record<string, unknown>,
  userId: string | null = null,
) {
  events.push({
    type,
    at: instant(at),
    userId,
    subject: { type: "enrollment", id: enrollment.id },
    data: { sequence_id: cast.sequence.id, contact_id: cast.contact.id, ...data },
  });
}
