// Where somebody stands in a sequence: what happens next and when, what holds it, in a sentence. Read off the gate that
// the mails themselves have to pass.

import { clockSays, plural } from "./clock-words.ts";
import { REASONS } from "./enrollment.ts";
import type { Evidence } from "./evidence.ts";
import { wordsFor } from "./failure-words.ts";
import { type GateCode, type Hold, holdsOn } from "./gate.ts";
import type { GateFacts } from "./gate-facts.ts";
import { HOLD_WORDS, type HoldCode } from "./hold-words.ts";
import { nextOpening, zoneFor } from "./schedule.ts";
import type { StepType } from "./sequence-plan.ts";
import type { TaskType } from "./task.ts";
import { turnIn } from "./turns.ts";

export type HeldBy = {
  code: HoldCode;
  rule: string;
  evidence: Evidence;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

export type Next = {
  /** A type of step, `resume`, or `not_sent` where the gate will fail the mail as things are. */
  what: StepType | "resume" | "not_sent";
  stepPosition: number | null;
  /** The best estimate; null while it waits for somebody to do something. */
  at: Temporal.Instant | null;
  /** Never before this. */
  earliestAt: Temporal.Instant | null;
  mailboxId: string | null;
};

export type Explained = { state: string; sentence: string; next: Next | null; heldBy: HeldBy[] };

/** The step waits for a person to do it, or to send the mail that was drafted for it. */
export type TaskOfStep = {
  id: string;
  userId: string;
  who: string;
  type: TaskType;
  dueAt: Temporal.Instant;
  messageId: string | null;
  mailDueAt: Temporal.Instant | null;
  mailFailure: string | null;
  isPendingSend: boolean;
};

export type Standing = {
  facts: GateFacts;
  task?: TaskOfStep;
  who: string;
  sequenceName: string;
  /** Mails due before in the same mailbox, counted no further than `atLeast` says. */
  queue: { before: number; atLeast: boolean };
};

export function explainStanding(standing: Standing): Explained {
  const { facts } = standing;
  const zone = zoneFor(facts.sequence.schedule, facts.person.timeZone);
  const holds = holdsOn(facts);
  const next = nextOf(standing, holds, zone);
  const heldBy = holds.map((hold) => told(hold, zone));
  const waits = queueOf(standing, holds, next);
  if (waits) heldBy.push(told(waits, zone));
  if (standing.task) heldBy.push(told(waitFor(standing.task), zone));
  const state = stateOf(facts, heldBy);
  return { state, sentence: sentenceOf(standing, state, heldBy, next, zone), next, heldBy };
}

/** A hold with the sentence that says which rule it is. */
export function told(
  hold: {
    code: HoldCode;
    evidence: Evidence;
    since: Temporal.Instant | null;
    until: Temporal.Instant | null;
  },
  zone: string,
): HeldBy {
  const at = (value: unknown) => (value instanceof Temporal.Instant ? clockSays(value, zone) : "");
  const { code, evidence, since, until } = hold;
  return { code, rule: HOLD_WORDS[code].says(evidence, at), evidence, since, until };
}

/** Nobody knows how long. */
function waitFor({ id, userId, who, type, dueAt, messageId, mailFailure }: TaskOfStep) {
  const mail: Evidence = type === "outreach_manual_email" ? { messageId, failure: mailFailure } : {};
  return {
    code: "waits_for_person" as const,
    evidence: { taskId: id, userId, who, type, dueAt, ...mail },
    since: dueAt,
    until: null,
  };
}

function isDue({ membership: { dueAt }, now }: GateFacts) {
  return dueAt !== null && Temporal.Instant.compare(dueAt, now) <= 0;
}

function stateOf(facts: GateFacts, heldBy: readonly HeldBy[]) {
  const { state } = facts.membership;
  if (state !== "active") return state;
  if (heldBy.some(({ code }) => code !== "waits_for_person")) return "held";
  return isDue(facts) ? "due" : "waiting";
}

const ENDED: readonly GateCode[] = ["enrollment_finished", "enrollment_failed", "enrollment_removed"];

function nextOf({ facts, queue, task }: Standing, holds: readonly Hold[], zone: string): Next | null {
  const { membership, step, sequence, mailbox, now } = facts;
  const { state, resumeAt, dueAt } = membership;
  if (holds.some(({ code }) => ENDED.includes(code))) return null;
  const stepPosition = step?.position ?? null;
  const mailboxId = mailbox?.id ?? null;
  if (state === "paused")
    return resumeAt && { what: "resume", stepPosition, at: resumeAt, earliestAt: resumeAt, mailboxId };
  if (!step) return null;
  const planned = nextOpening(sequence.schedule, zone, later(dueAt ?? now, now));
  if (holds.some(({ outcome }) => outcome === "fail"))
    return { what: "not_sent", stepPosition, at: planned, earliestAt: planned, mailboxId };
  const needsSomebody = task !== undefined || holds.some(({ until }) => until === null);
  const freeAt = holds.reduce((at, { until }) => (until ? later(at, until) : at), dueAt ?? now);
  const earliestAt = needsSomebody ? null : nextOpening(sequence.schedule, zone, later(freeAt, now));
  const at = earliestAt && turnOf(facts, queue.before, earliestAt, zone);
  return { what: step.type, stepPosition, at, earliestAt, mailboxId };
}

/** When its turn comes among those that are due before it in the mailbox. */
function turnOf(
  { step, mailbox, sequence }: GateFacts,
  before: number,
  from: Temporal.Instant,
  zone: string,
) {
  if (step?.type !== "auto_email" || !mailbox || before === 0) return from;
  return turnIn({
    before,
    from,
    zone,
    schedule: sequence.schedule,
    gapSeconds: mailbox.gapSeconds,
    hourlyLimit: mailbox.lastHour.limit,
    dailyLimit: mailbox.lastDay.limit,
    sentLastDay: mailbox.lastDay.sent,
  });
}

/** Only of what is due and could go out: whoever is held by something else does not stand in line. */
function queueOf({ facts, queue }: Standing, holds: readonly Hold[], next: Next | null) {
  const { mailbox, step, membership } = facts;
  const couldGo = next !== null && next.earliestAt !== null && next.what === "auto_email" && isDue(facts);
  if (!couldGo || !mailbox || !step || queue.before === 0 || holds.some(({ until }) => !until)) return null;
  return {
    code: "queue" as const,
    evidence: { mailboxId: mailbox.id, email: mailbox.email, ...queue },
    since: membership.dueAt,
    until: next.at,
  };
}

const STEP_WORDS: Record<StepType, string> = {
  auto_email: "an e-mail",
  manual_email: "an e-mail sent by hand",
  call: "a call",
  action_item: "a task",
  linkedin_step_connect: "a LinkedIn invitation",
  linkedin_step_message: "a LinkedIn message",
  linkedin_step_view_profile: "a look at a LinkedIn profile",
  linkedin_step_interact_post: "a reaction on LinkedIn",
};

export function stepWords({ position, type }: { position: number; type: StepType }) {
  return `Step ${position}, ${STEP_WORDS[type]},`;
}

function sentenceOf(
  { facts, who, sequenceName }: Standing,
  state: string,
  heldBy: readonly HeldBy[],
  next: Next | null,
  zone: string,
): string {
  const { membership, step } = facts;
  const at = (instant: Temporal.Instant | null) => (instant ? clockSays(instant, zone) : "an unknown day");
  const { inactiveReason, failureReason, finishedAt, failedAt, pausedAt, removedAt, dueAt } = membership;
  switch (state) {
    case "finished":
      return `${who} finished ${sequenceName} on ${at(finishedAt)}: ${wordsFor(inactiveReason)}. Nothing more is sent.`;
    case "removed":
      return `${who} was removed from ${sequenceName} on ${at(removedAt)}.`;
    case "failed":
      return `${who} failed in ${sequenceName} on ${at(failedAt)}: ${wordsFor(failureReason ?? inactiveReason)}. They go on when somebody tries again.`;
    case "paused":
      return `${who} has been paused in ${sequenceName} since ${at(pausedAt)}: ${wordsFor(inactiveReason)}. ${pauseEnds(facts, at)}`;
    default:
      return step && dueAt
        ? `${stepWords(step)} ${isDue(facts) ? "has been due since" : "is due on"} ${at(dueAt)}. ${whatThen(facts, heldBy, next, at)}`
        : `${who} is active in ${sequenceName}, and no step is planned. ${whatThen(facts, heldBy, next, at)}`;
  }
}

type Printing = (at: Temporal.Instant | null) => string;

function pauseEnds({ membership: { resumeAt, inactiveReason }, sequence }: GateFacts, at: Printing) {
  if (resumeAt) return `They go on from ${at(resumeAt)}.`;
  return inactiveReason === REASONS.sequenceInactive && !sequence.isActive
    ? "They go on when the sequence is switched on."
    : "They go on when somebody resumes them.";
}

function whatThen(facts: GateFacts, heldBy: readonly HeldBy[], next: Next | null, at: Printing) {
  const [first] = heldBy;
  if (!first && next?.what === "auto_email") return "Nothing stands in its way.";
  if (!first) return isDue(facts) ? "It is about to become a task." : "It becomes a task then.";
  const others =
    heldBy.length > 1
      ? ` ${plural(heldBy.length - 1, "more reason")} ${heldBy.length > 2 ? "follow" : "follows"}.`
      : "";
  if (next?.what === "not_sent") return `It will not be sent. ${first.rule}${others}`;
  const goes = next?.what === "auto_email" || next?.what === "manual_email" ? "go out" : "come up";
  const then = next?.at ? ` It is expected to ${goes} on ${at(next.at)}.` : "";
  return `${first.rule}${others}${then}`;
}

function later(one: Temporal.Instant, other: Temporal.Instant) {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
