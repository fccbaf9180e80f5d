// Where somebody stands in a sequence: what happens next and when, what holds it, in a sentence. Read off the gate that
// the mails themselves have to pass.

import { clockSays, lengthOf, plural } from "./clock-words.ts";
import { REASONS } from "./enrollment.ts";
import type { Evidence } from "./evidence.ts";
import { wordsFor } from "./failure-words.ts";
import { type GateCode, type Hold, holdsOn } from "./gate.ts";
import type { GateFacts } from "./gate-facts.ts";
import { HOLD_WORDS, type HoldCode } from "./hold-words.ts";
import { holidaySays } from "./holidays.ts";
import { holidaysUntil, nextOpening, type Place, placeFor } from "./schedule.ts";
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
  /** A type of step, `resume`, `not_sent` where the gate will fail the mail as things are, or `skip` where the step is passed over. */
  what: StepType | "resume" | "not_sent" | "skip";
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
  estimate?: Estimate;
};

/** When a mail leaves by the forecast's reckoning, after how many others of its mailbox, and what it waits for longest. */
export type Estimate = { at: Temporal.Instant | null; after: number; limit: GateCode | null };

export function explainStanding(standing: Standing): Explained {
  const { facts } = standing;
  const place = placeFor(facts.sequence.schedule, facts.person);
  const { zone } = place;
  const holds = holdsOn(facts);
  const next = nextOf(standing, holds, place);
  const heldBy = holds.map((hold) => told(hold, zone));
  const waits = queueOf(standing, holds, next);
  if (waits) heldBy.push(told(waits, zone));
  if (standing.task) heldBy.push(told(waitFor(standing.task), zone));
  const state = stateOf(facts, heldBy);
  return { state, sentence: sentenceOf(standing, state, heldBy, next, place), next, heldBy };
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

const GOES_ON: ReadonlySet<HoldCode> = new Set(["waits_for_person", "email_skipped"]);

function stateOf(facts: GateFacts, heldBy: readonly HeldBy[]) {
  const { state } = facts.membership;
  if (state !== "active") return state;
  if (heldBy.some(({ code }) => !GOES_ON.has(code))) return "held";
  return isDue(facts) ? "due" : "waiting";
}

const ENDED: readonly GateCode[] = ["enrollment_finished", "enrollment_failed", "enrollment_removed"];

function nextOf(
  { facts, queue, task, estimate }: Standing,
  holds: readonly Hold[],
  place: Place,
): Next | null {
  const { membership, step, mailbox, now } = facts;
  const { schedule, zone } = place;
  const { state, resumeAt, dueAt } = membership;
  if (holds.some(({ code }) => ENDED.includes(code))) return null;
  const stepPosition = step?.position ?? null;
  const mailboxId = mailbox?.id ?? null;
  if (state === "paused")
    return resumeAt && { what: "resume", stepPosition, at: resumeAt, earliestAt: resumeAt, mailboxId };
  if (!step) return null;
  const planned = nextOpening(schedule, zone, later(dueAt ?? now, now));
  if (holds.some(({ outcome }) => outcome === "fail"))
    return { what: "not_sent", stepPosition, at: planned, earliestAt: planned, mailboxId };
  const [first] = holds;
  if (first?.outcome === "skip") {
    const at = later(dueAt ?? now, now);
    return { what: "skip", stepPosition, at, earliestAt: at, mailboxId };
  }
  const needsSomebody = task !== undefined || holds.some(({ until }) => until === null);
  const freeAt = holds.reduce((at, { until }) => (until ? later(at, until) : at), dueAt ?? now);
  const earliestAt = needsSomebody ? null : nextOpening(schedule, zone, later(freeAt, now));
  const at = earliestAt && (estimate ? estimate.at : turnOf(facts, queue.before, earliestAt, place));
  return { what: step.type, stepPosition, at, earliestAt, mailboxId };
}

/** When its turn comes among those that are due before it in the mailbox. */
function turnOf(
  { step, mailbox, sequence }: GateFacts,
  before: number,
  from: Temporal.Instant,
  place: Place,
) {
  if (step?.type !== "auto_email" || !mailbox || before === 0) return from;
  return turnIn({
    before,
    from,
    ...place,
    gapSeconds: mailbox.gapSeconds,
    hourlyLimit: mailbox.lastHour.limit,
    ...tightestDay(step, mailbox, sequence),
  });
}

/** Of the caps of a day the one that leaves least room. */
function tightestDay(
  step: NonNullable<GateFacts["step"]>,
  mailbox: NonNullable<GateFacts["mailbox"]>,
  sequence: GateFacts["sequence"],
) {
  const caps = [
    { dailyLimit: mailbox.lastDay.limit, sentLastDay: mailbox.lastDay.sent },
    { dailyLimit: sequence.dailyLimit, sentLastDay: sequence.sentToday },
    { dailyLimit: step.dailyLimit, sentLastDay: step.sentToday },
  ];
  const room = ({ dailyLimit, sentLastDay }: (typeof caps)[number]) =>
    dailyLimit === null ? Number.POSITIVE_INFINITY : dailyLimit - sentLastDay;
  return caps.reduce((least, one) => (room(one) < room(least) ? one : least));
}

/** Only of what is due and could go out: whoever is held by something else does not stand in line. */
function queueOf({ facts, queue: counted, estimate }: Standing, holds: readonly Hold[], next: Next | null) {
  const { mailbox, step, membership } = facts;
  const queue = estimate ? { before: estimate.after, atLeast: false } : counted;
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
  { facts, who, sequenceName, estimate }: Standing,
  state: string,
  heldBy: readonly HeldBy[],
  next: Next | null,
  place: Place,
): string {
  const { membership, step } = facts;
  const { zone } = place;
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
        ? `${stepWords(step)} ${isDue(facts) ? "has been due since" : "is due on"} ${at(dueAt)}. ${passedOver(facts, place)}${whatThen(facts, heldBy, { next, estimate }, at)}`
        : `${who} is active in ${sequenceName}, and no step is planned. ${whatThen(facts, heldBy, { next, estimate }, at)}`;
  }
}

/** Holidays of the week before it falls due, for which it waits longer. */
function passedOver({ membership: { dueAt }, now }: GateFacts, place: Place) {
  if (!dueAt || Temporal.Instant.compare(dueAt, now) <= 0) return "";
  const from = later(now, dueAt.subtract({ hours: 7 * 24 }));
  return holidaysUntil(place, from, dueAt)
    .map(({ date, ...holiday }) => `${holidaySays(holiday, date)} `)
    .join("");
}

type Printing = (at: Temporal.Instant | null) => string;

function pauseEnds({ membership: { resumeAt, inactiveReason }, sequence }: GateFacts, at: Printing) {
  if (resumeAt) return `They go on from ${at(resumeAt)}.`;
  return inactiveReason === REASONS.sequenceInactive && !sequence.isActive
    ? "They go on when the sequence is switched on."
    : "They go on when somebody resumes them.";
}

type Ahead = { next: Next | null; estimate: Estimate | undefined };

function whatThen(facts: GateFacts, heldBy: readonly HeldBy[], { next, estimate }: Ahead, at: Printing) {
  const [first] = heldBy;
  const reckoned = estimate && reckonedIn(facts, estimate);
  if (!first && next?.what === "auto_email")
    return reckoned && next.at
      ? `It is expected to go out about ${at(next.at)}${reckoned}.`
      : "Nothing stands in its way.";
  if (!first) return isDue(facts) ? "It is about to become a task." : "It becomes a task then.";
  const others =
    heldBy.length > 1
      ? ` ${plural(heldBy.length - 1, "more reason")} ${heldBy.length > 2 ? "follow" : "follows"}.`
      : "";
  if (next?.what === "skip") return first.rule;
  if (next?.what === "not_sent") return `It will not be sent. ${first.rule}${others}`;
  const goes = next?.what === "auto_email" || next?.what === "manual_email" ? "go out" : "come up";
  const on = reckoned ? "about" : "on";
  const then = next?.at ? ` It is expected to ${goes} ${on} ${at(next.at)}${reckoned ?? ""}.` : "";
  return `${first.rule}${others}${then}`;
}

/** Null where it leaves when it is due. */
function reckonedIn(facts: GateFacts, { at, after, limit }: Estimate) {
  const { dueAt } = facts.membership;
  if (!at || !dueAt || at.epochMilliseconds - dueAt.epochMilliseconds < 60_000) return null;
  const others = after > 0 ? `, after ${after === 1 ? "1 other" : `${after} others`}` : "";
  const because = limit && LIMIT_WORDS[limit]?.(facts);
  return `${others}${because ? `; ${because}` : ""}`;
}

const LIMIT_WORDS: Partial<Record<GateCode, (facts: GateFacts) => string | null>> = {
  "limit:mailbox_hour": ({ mailbox }) => `limit: ${mailbox?.lastHour.limit} an hour`,
  "limit:mailbox_day": ({ mailbox }) => `limit: ${mailbox?.lastDay.limit} in 24 hours`,
  "limit:mailbox_gap": ({ mailbox }) => `pause: ${lengthOf(mailbox?.gapSeconds ?? 0)} between two mails`,
  "limit:sequence_day": ({ sequence }) => `limit of the sequence: ${sequence.dailyLimit} a day`,
  "limit:step_day": ({ step }) => `limit of the step: ${step?.dailyLimit} a day`,
  "limit:domain_day": () => "limit of mails to one company",
  "limit:touches": () => "limit of touches",
  outside_window: () => "the schedule is closed before",
};

function later(one: Temporal.Instant, other: Temporal.Instant) {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
