// A contact's state in a sequence: what happens next and when, and what holds it, in a sentence. Uses the same gate
// that the mails have to pass.

import { say, texts } from "../../kernel/say.ts";
import { clockSays, durationWords } from "../basics/clock-words.ts";
import type { Evidence } from "../basics/evidence.ts";
import { rampWords } from "../basics/ramp.ts";
import { REASONS } from "../enrollments/enrollment.ts";
import { wordsFor } from "../enrollments/failure-words.ts";
import { type GateCode, type GateHold, holdsOn } from "../gate/gate.ts";
import type { GateFacts } from "../gate/gate-facts.ts";
import type { BranchOfStep, Estimate, GateStatus, LockInTheWay, TaskOfStep } from "../gate/standing.ts";
import type { StepType } from "../sequences/sequence-plan.ts";
import type { UsualHour } from "../sequences/usual-hour.ts";
import { holidaySays } from "../time/holidays.ts";
import { holidaysUntil, nextOpening, placeFor, type ScheduleZone } from "../time/schedule.ts";
import { turnIn } from "../time/turns.ts";
import { HOLD_WORDS, type HoldCode } from "./hold-words.ts";

export type HeldBy = {
  code: HoldCode;
  rule: string;
  evidence: Evidence;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

export type NextAction = {
  /** A type of step, `resume`, `not_sent` where the gate will fail the mail as things are, or `skip` where the step is passed over. */
  what: StepType | "resume" | "not_sent" | "skip";
  stepPosition: number | null;
  /** The best estimate; null while it waits for a user to act. */
  at: Temporal.Instant | null;
  /** Never before this. */
  earliestAt: Temporal.Instant | null;
  mailboxId: string | null;
};

export type Explained = { state: string; sentence: string; next: NextAction | null; heldBy: HeldBy[] };

export function explainStanding(standing: GateStatus): Explained {
  const { facts } = standing;
  const place = placeFor(facts.sequence.schedule, facts.person);
  const { zone } = place;
  const holds = holdsOn(facts);
  const next = nextOf(standing, holds, place);
  const heldBy = holds.map((hold) => holdWithSentence(hold, zone));
  if (standing.lock) heldBy.push(holdWithSentence(lockHeld(standing.lock), zone));
  const waits = queueOf(standing, holds, next);
  if (waits) heldBy.push(holdWithSentence(waits, zone));
  if (standing.task) heldBy.push(holdWithSentence(waitFor(standing.task), zone));
  if (standing.branch && waitsAtBranch(facts, standing.branch))
    heldBy.push(holdWithSentence(undecided(facts, standing.branch), zone));
  const state = stateOf(facts, heldBy);
  return { state, sentence: sentenceOf(standing, state, heldBy, next, place), next, heldBy };
}

/** A hold with the sentence that says which rule it is. */
export function holdWithSentence(
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

/** How long this takes is unknown. */
function waitFor({ id, userId, who, type, dueAt, messageId, mailFailure }: TaskOfStep) {
  const mail: Evidence = type === "outreach_manual_email" ? { messageId, failure: mailFailure } : {};
  return {
    code: "waits_for_person" as const,
    evidence: { taskId: id, userId, who, type, dueAt, ...mail },
    since: dueAt,
    until: null,
  };
}

function waitsAtBranch(facts: GateFacts, { holds, decidedBy }: BranchOfStep) {
  return isDue(facts) && !holds && Temporal.Instant.compare(decidedBy, facts.now) > 0;
}

function undecided({ membership, step }: GateFacts, { says, decidedBy }: BranchOfStep) {
  return {
    code: "waits_for_condition" as const,
    evidence: { condition: says, position: step?.position ?? null, until: decidedBy },
    since: membership.dueAt,
    until: decidedBy,
  };
}

/** How long this takes is unknown, too. */
export function lockHeld({ kind, heldBy, advice, loginId, since }: LockInTheWay, waiting?: number) {
  const many: Evidence = waiting === undefined ? {} : { waiting };
  const evidence = { lock: kind, holder: heldBy, advice, sqlLoginId: loginId, since, ...many };
  return { code: "lock_held" as const, evidence, since, until: null };
}

function isDue({ membership: { dueAt }, now }: GateFacts) {
  return dueAt !== null && Temporal.Instant.compare(dueAt, now) <= 0;
}

const GOES_ON: ReadonlySet<HoldCode> = new Set(["waits_for_person", "waits_for_condition", "email_skipped"]);

function stateOf(facts: GateFacts, heldBy: readonly HeldBy[]) {
  const { state } = facts.membership;
  if (state !== "active") return state;
  if (heldBy.some(({ code }) => !GOES_ON.has(code))) return "held";
  return isDue(facts) ? "due" : "waiting";
}

const ENDED: readonly GateCode[] = ["enrollment_finished", "enrollment_failed", "enrollment_removed"];

function nextOf(
  { facts, queue, task, branch, estimate }: GateStatus,
  holds: readonly GateHold[],
  place: ScheduleZone,
): NextAction | null {
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
  if (branch) {
    const due = later(dueAt ?? now, now);
    const at = branch.holds ? due : later(branch.decidedBy, due);
    return { what: step.type, stepPosition, at, earliestAt: due, mailboxId };
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
  place: ScheduleZone,
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

/** Counts only what is due and could go out: a contact held by another reason is not in the queue. */
function queueOf(
  { facts, queue: counted, estimate }: GateStatus,
  holds: readonly GateHold[],
  next: NextAction | null,
) {
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

const STEP_WORDS: Record<StepType, string> = texts({
  auto_email: "an email",
  branch: "a branch",
  manual_email: "a manual email",
  call: "a call",
  sms: "a text message",
  whatsapp: "a WhatsApp message",
  action_item: "a task",
  linkedin_step_connect: "a LinkedIn invitation",
  linkedin_step_message: "a LinkedIn message",
  linkedin_step_view_profile: "a LinkedIn profile view",
  linkedin_step_interact_post: "a LinkedIn post interaction",
});

export function stepWords({ position, type }: { position: number; type: StepType }) {
  return say("Step {position}, {type},", { position, type: STEP_WORDS[type] });
}

function sentenceOf(
  { facts, who, sequenceName, estimate, usualHour }: GateStatus,
  state: string,
  heldBy: readonly HeldBy[],
  next: NextAction | null,
  place: ScheduleZone,
): string {
  const { membership, step } = facts;
  const { zone } = place;
  const at = (instant: Temporal.Instant | null) =>
    instant ? clockSays(instant, zone) : say("an unknown day");
  const { inactiveReason, failureReason, finishedAt, failedAt, pausedAt, removedAt, dueAt } = membership;
  switch (state) {
    case "finished":
      return say(
        "{who} finished {sequenceName} on {finishedAt}: {inactiveReason}. No more emails are sent.",
        { who, sequenceName, finishedAt: at(finishedAt), inactiveReason: wordsFor(inactiveReason) },
      );
    case "removed":
      return say("{who} was removed from {sequenceName} on {removedAt}.", {
        who,
        sequenceName,
        removedAt: at(removedAt),
      });
    case "failed":
      return say(
        "A step of {sequenceName} failed for {who} on {failedAt}: {failureReason}. The contact continues when a user retries the step.",
        {
          who,
          sequenceName,
          failedAt: at(failedAt),
          failureReason: wordsFor(failureReason ?? inactiveReason),
        },
      );
    case "paused":
      return say("{who} has been paused in {sequenceName} since {pausedAt}: {inactiveReason}. {pauseEnds}", {
        who,
        sequenceName,
        pausedAt: at(pausedAt),
        inactiveReason: wordsFor(inactiveReason),
        pauseEnds: pauseEnds(facts, at),
      });
    default:
      return step && dueAt
        ? say("{step} {isDue, select, yes {has been due since {dueAt}} other {is due on {dueAt}}}. {rest}", {
            step: stepWords(step),
            isDue: isDue(facts) ? "yes" : "no",
            dueAt: at(dueAt),
            rest: `${passedOver(facts, place)}${usualHour ? readsAt(usualHour, dueAt, zone) : ""}${whatThen(facts, heldBy, { next, estimate }, at)}`,
          })
        : say("{who} is active in {sequenceName}, and no step is planned. {whatThen}", {
            who,
            sequenceName,
            whatThen: whatThen(facts, heldBy, { next, estimate }, at),
          });
  }
}

/** Holidays of the week before it falls due, for which it waits longer. */
function passedOver({ membership: { dueAt }, now }: GateFacts, place: ScheduleZone) {
  if (!dueAt || Temporal.Instant.compare(dueAt, now) <= 0) return "";
  const from = later(now, dueAt.subtract({ hours: 7 * 24 }));
  return holidaysUntil(place, from, dueAt)
    .map(({ date, ...holiday }) => `${holidaySays(holiday, date)} `)
    .join("");
}

/** Nothing where it does not fall due then: that hour is closed, or was not known when it was planned. */
function readsAt({ hour, days, of }: UsualHour, dueAt: Temporal.Instant, zone: string) {
  if (dueAt.toZonedDateTimeISO(zone).hour !== hour) return "";
  const clock = (at: number) => `${String(at % 24).padStart(2, "0")}:00`;
  return say(
    "The contact usually reads emails between {hour} and {clock} (on {days} of {of, plural, one {# day} other {# days}}). ",
    { hour: clock(hour), clock: clock(hour + 1), days, of },
  );
}

type Printing = (at: Temporal.Instant | null) => string;

function pauseEnds({ membership: { resumeAt, inactiveReason }, sequence }: GateFacts, at: Printing) {
  if (resumeAt) return say("The contact continues on {resumeAt}.", { resumeAt: at(resumeAt) });
  return inactiveReason === REASONS.sequenceInactive && !sequence.isActive
    ? say("The contact continues when the sequence is activated.")
    : say("The contact continues when a user resumes the contact.");
}

type Ahead = { next: NextAction | null; estimate: Estimate | undefined };

function whatThen(facts: GateFacts, heldBy: readonly HeldBy[], { next, estimate }: Ahead, at: Printing) {
  const [first] = heldBy;
  const reckoned = estimate && reckonedIn(facts, estimate);
  if (!first && next?.what === "auto_email")
    return reckoned && next.at
      ? say("It is expected to go out about {at}{reckoned}.", { at: at(next.at), reckoned })
      : say("Nothing holds it.");
  if (!first && next?.what === "branch")
    return isDue(facts)
      ? say("It is decided in a moment.")
      : say("Which path the contact takes is decided then.");
  if (!first) return isDue(facts) ? say("It becomes a task in a moment.") : say("It becomes a task then.");
  const others =
    heldBy.length > 1
      ? say(" {more, plural, one {# more reason applies} other {# more reasons apply}}.", {
          more: heldBy.length - 1,
        })
      : "";
  if (next?.what === "skip" || first.code === "waits_for_condition") return first.rule;
  if (next?.what === "not_sent")
    return say("It will not be sent. {rule}{others}", { rule: first.rule, others });
  const isMail = next?.what === "auto_email" || next?.what === "manual_email";
  const then = next?.at
    ? say(
        " It is expected to {isMail, select, yes {go out} other {start}} {isEstimate, select, yes {about} other {on}} {at}{reckoned}.",
        {
          isMail: isMail ? "yes" : "no",
          isEstimate: reckoned ? "yes" : "no",
          at: at(next.at),
          reckoned: reckoned ?? "",
        },
      )
    : "";
  return `${first.rule}${others}${then}`;
}

/** Null where it leaves when it is due. */
function reckonedIn(facts: GateFacts, { at, after, limit }: Estimate) {
  const { dueAt } = facts.membership;
  if (!at || !dueAt || at.epochMilliseconds - dueAt.epochMilliseconds < 60_000) return null;
  const others =
    after > 0 ? say(", after {after, plural, one {1 other} other {{after} others}}", { after }) : "";
  const because = limit && LIMIT_WORDS[limit]?.(facts);
  return `${others}${because ? `; ${because}` : ""}`;
}

const LIMIT_WORDS: Partial<Record<GateCode, (facts: GateFacts) => string | null>> = {
  "limit:mailbox_hour": ({ mailbox }) => say("limit: {limit} an hour", { limit: mailbox?.lastHour.limit }),
  "limit:mailbox_day": ({ mailbox }) =>
    say("limit: {limit} in 24 hours{ramp}", {
      limit: mailbox?.lastDay.limit,
      ramp: mailbox?.ramp ? say(" (ramp: {ramp})", { ramp: rampWords(mailbox.ramp) }) : "",
    }),
  "limit:mailbox_new_contacts": ({ mailbox }) =>
    say("limit of the mailbox: {limit} new contacts in 24 hours", { limit: mailbox?.newContacts.limit }),
  "limit:mailbox_gap": ({ mailbox }) =>
    say("pause: {gapSeconds} between two emails", { gapSeconds: durationWords(mailbox?.gapSeconds ?? 0) }),
  "limit:sequence_day": ({ sequence }) =>
    say("limit of the sequence: {dailyLimit} a day", { dailyLimit: sequence.dailyLimit }),
  "limit:new_contacts_day": ({ sequence }) =>
    say("limit of new contacts: {newLimit} a day", { newLimit: sequence.newLimit }),
  "limit:step_day": ({ step }) =>
    say("limit of the step: {dailyLimit} a day", { dailyLimit: step?.dailyLimit }),
  "limit:linkedin_day": () => say("limit of LinkedIn tasks"),
  "limit:recipients": ({ recipient }) =>
    say("limit of emails to {providerName}", {
      providerName: recipient?.providerName ?? recipient?.domain ?? say("one mail provider"),
    }),
  "limit:domain_day": () => say("limit of emails to one company"),
  "limit:touches": () => say("contact frequency limit"),
  outside_window: () => say("the sending schedule is closed before that"),
};

function later(one: Temporal.Instant, other: Temporal.Instant) {
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
