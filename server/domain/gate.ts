// What every step has to pass before it is carried out, in a fixed order: the first that fails ends the mail, what has
// to be waited for keeps it. Whoever explains why nothing happens and whoever sends ask here, so they cannot disagree.
//
// Easy to get wrong: only mails need an address, a mailbox and limits, a call needs none of them; hours and limits are
// asked when a step is due and not before; and whoever is through is held by that alone.
//
// Apollo's gates for which nothing here can be the reason (GDPR, a bounce list shared among customers) are not in it;
// what a mail server answers is known only once it was asked.

import { REASONS } from "./enrollment.ts";
import type { GateFacts } from "./gate-facts.ts";
import { DAY, dayIn, type Full, fullDay, fullWindow, HOUR, tooSoon } from "./limits.ts";
import { nextOpening, zoneFor } from "./schedule.ts";
import { isEmail } from "./sequence-plan.ts";
import { fullTouches } from "./touches.ts";

export type EvidenceValue = string | number | boolean | null | readonly string[] | Temporal.Instant;
export type Evidence = Record<string, EvidenceValue>;

/** What was found: since when it is so, and when it passes by itself. */
export type Found = { evidence: Evidence; since?: Temporal.Instant | null; until?: Temporal.Instant | null };

/** `fail` ends the mail and `cancel` the plan for it; `wait` keeps both. */
export type Outcome = "cancel" | "fail" | "wait";

export type Check = {
  outcome: Outcome;
  /** What stays in the rows where the mail is not sent; null where none was due. */
  failure: string | null;
  /** For which steps it is asked. What a person is to send is theirs to complete, and is asked the rest when it is sent. */
  of: "all" | "mails" | "automatic";
  /** Only of a step that is due. */
  whenDue?: true;
  look(facts: GateFacts): Found | null;
};

/** In the order in which they are asked. */
export const GATE = {
  sequence_archived: {
    ...check("cancel", "all"),
    look: ({ sequence: { archivedAt } }) => archivedAt && { evidence: {}, since: archivedAt },
  },
  sequence_inactive: {
    ...check("cancel", "all"),
    look: ({ sequence, membership }) =>
      sequence.isActive || sequence.archivedAt ? null : { evidence: {}, since: membership.pausedAt },
  },
  step_removed: {
    ...check("cancel", "all"),
    look: ({ step, membership }) => (step || !isLive(membership) ? null : { evidence: {} }),
  },
  step_off: {
    ...check("cancel", "all"),
    look: ({ step }) =>
      step && !step.isOn ? { evidence: { stepId: step.id, position: step.position } } : null,
  },
  enrollment_removed: { ...check("cancel", "all"), look: inState("removed") },
  enrollment_finished: { ...check("cancel", "all"), look: inState("finished") },
  enrollment_failed: { ...check("cancel", "all"), look: inState("failed") },
  enrollment_paused: { ...check("cancel", "all"), look: pausedBySomething },
  delivery_unconfirmed: {
    ...check("wait", "mails"),
    look: ({ unclear }) =>
      unclear && { evidence: { messageId: unclear.messageId, sentAt: unclear.since }, since: unclear.since },
  },
  contact_unsubscribed: {
    ...check("fail", "all", "suppressed"),
    look: ({ person }) =>
      person.isUnsubscribed ? { evidence: { contactId: person.id }, since: person.unsubscribedAt } : null,
  },
  contact_do_not_contact: {
    ...check("fail", "all", "suppressed"),
    look: ({ person }) => (person.isDoNotContact ? { evidence: { contactId: person.id } } : null),
  },
  suppressed: {
    ...check("fail", "all", "suppressed"),
    look: ({ person: { suppression, email } }) =>
      suppression && {
        evidence: {
          suppressionId: suppression.id,
          kind: suppression.kind,
          source: suppression.source,
          email,
        },
        since: suppression.at,
      },
  },
  contact_stage_safeguard: {
    ...check("fail", "all", "contact_stage_safeguard"),
    look: ({ person: { excludedStage, id } }) =>
      excludedStage && {
        evidence: { contactId: id, contactStageId: excludedStage.id, stage: excludedStage.name },
      },
  },
  account_stage_safeguard: {
    ...check("fail", "all", "account_stage_safeguard"),
    look: ({ person: { excludedAccountStage: stage } }) =>
      stage && { evidence: { accountId: stage.accountId, accountStageId: stage.id, stage: stage.name } },
  },
  same_account_reply: {
    ...check("fail", "mails", "same_account_reply"),
    look: (facts) => colleagueReplied(facts, "mark_not_sent"),
  },
  "delayed:same_account_reply": { ...check("wait", "mails"), look: delayedByReply },
  ownership_permission: { ...check("fail", "all", "ownership_permission"), look: somebodyLeft },
  sample_person: {
    ...check("fail", "mails", "other_safeguard"),
    look: ({ isInvented, person, mailbox }) =>
      isInvented
        ? { evidence: { contactId: person.id, email: person.email, mailboxId: mailbox?.id ?? null } }
        : null,
  },
  email_missing: {
    ...check("fail", "mails", "email_format_invalid"),
    look: ({ person }) => (person.email === null ? { evidence: { contactId: person.id } } : null),
  },
  email_format_invalid: {
    ...check("fail", "mails", "email_format_invalid"),
    look: ({ person: { email, isAddressSound, id } }) =>
      email === null || isAddressSound ? null : { evidence: { contactId: id, email } },
  },
  not_valid_hard_bounce_detected: {
    ...check("fail", "mails", "not_valid_hard_bounce_detected"),
    look: ({ person }) =>
      person.hasBounced
        ? { evidence: { contactId: person.id, email: person.email }, since: person.bouncedAt }
        : null,
  },
  email_unverified: { ...check("fail", "mails", "email_unverified"), look: unverified },
  new_job_change_detected: { ...check("fail", "mails", "new_job_change_detected"), look: changedJob },
  needs_review: {
    ...check("wait", "automatic"),
    look: ({ step }) =>
      step && step.approvedMails === 0
        ? { evidence: { stepId: step.id, position: step.position, mails: step.mails } }
        : null,
  },
  mail_unreadable: {
    ...check("fail", "automatic", "other_safeguard"),
    look: ({ mail }) => (mail?.fault ? { evidence: { touchId: mail.touchId, fault: mail.fault } } : null),
  },
  snippets_missing: {
    ...check("fail", "automatic", "snippets_missing"),
    look: ({ mail, person }) => {
      const missing = mail?.missing.filter((name) => !isOpener(name)) ?? [];
      return mail && missing.length > 0
        ? { evidence: { touchId: mail.touchId, contactId: person.id, missing } }
        : null;
    },
  },
  personalized_opener_missing: {
    ...check("fail", "automatic", "personalized_opener_missing"),
    look: ({ mail }) => (mail?.missing.some(isOpener) ? { evidence: { touchId: mail.touchId } } : null),
  },
  thread_reply_original_email_missing: {
    ...check("fail", "automatic", "thread_reply_original_email_missing"),
    look: ({ mail }) => (mail?.isReply && !mail.hasParent ? { evidence: { touchId: mail.touchId } } : null),
  },
  instance_fenced: {
    ...check("wait", "mails"),
    look: ({ heldBack }) => heldBack && { evidence: { because: heldBack.because }, since: heldBack.since },
  },
  no_active_email_account: { ...check("wait", "automatic", "no_active_email_account"), look: noMailbox },
  outside_window: { ...check("wait", "all"), whenDue: true, look: outsideHours },
  provider_rate_limited: { ...check("wait", "automatic"), whenDue: true, look: atRest },
  "limit:mailbox_day": {
    ...check("wait", "automatic"),
    whenDue: true,
    look: (facts) => windowFull(facts, "day"),
  },
  "limit:mailbox_hour": {
    ...check("wait", "automatic"),
    whenDue: true,
    look: (facts) => windowFull(facts, "hour"),
  },
  "limit:mailbox_gap": { ...check("wait", "automatic"), whenDue: true, look: withinGap },
  "limit:sequence_day": {
    ...check("wait", "automatic"),
    whenDue: true,
    look: ({ sequence, now }) => {
      const { id: sequenceId, dailyLimit: limit, sentToday: sent } = sequence;
      return dayFull(
        fullDay(limit, sent, zoneOfDays(sequence), now),
        { sequenceId, limit, sent },
        sequence,
        now,
      );
    },
  },
  "limit:step_day": {
    ...check("wait", "automatic"),
    whenDue: true,
    look: ({ sequence, step, now }) => {
      if (!step) return null;
      const { id: stepId, dailyLimit: limit, sentToday: sent } = step;
      return dayFull(fullDay(limit, sent, zoneOfDays(sequence), now), { stepId, limit, sent }, sequence, now);
    },
  },
  "limit:domain_day": {
    ...check("wait", "mails"),
    whenDue: true,
    look: ({ domain, now }) => {
      const full = domain && fullWindow(domain.lastDay, DAY);
      if (!domain || !full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) return null;
      const { limit, sent } = domain.lastDay;
      return { evidence: { domain: domain.name, limit, sent }, until: full.freeAt };
    },
  },
  "limit:touches": { ...check("wait", "all"), whenDue: true, look: touchedEnough },
} satisfies Record<string, Check>;

export type GateCode = keyof typeof GATE;
export const GATE_CODES = Object.keys(GATE) as readonly GateCode[];

export type Hold = {
  code: GateCode;
  outcome: Outcome;
  failure: string | null;
  evidence: Evidence;
  since: Temporal.Instant | null;
  until: Temporal.Instant | null;
};

/** Everything that keeps the step from being carried out, in the order of the gate. */
export function holdsOn(facts: GateFacts): Hold[] {
  const { membership, step, now } = facts;
  const through = membership.state === "finished" || membership.state === "removed";
  const isDue = membership.dueAt === null || Temporal.Instant.compare(membership.dueAt, now) <= 0;
  return GATE_CODES.flatMap((code): Hold[] => {
    const { look, of, outcome, failure, whenDue }: Check = GATE[code];
    if (through && code !== `enrollment_${membership.state}`) return [];
    if (of !== "all" && step && !(of === "automatic" ? step.type === "auto_email" : isEmail(step.type)))
      return [];
    if (whenDue && !(isDue && membership.state === "active")) return [];
    const found = look(facts);
    if (!found) return [];
    const { evidence, since = null, until = null } = found;
    return [{ code, outcome, failure, evidence, since, until }];
  });
}

function check(outcome: Outcome, of: Check["of"], failure: string | null = null) {
  return { outcome, of, failure };
}

function isLive({ state }: GateFacts["membership"]) {
  return state === "active" || state === "paused";
}

function inState(state: "removed" | "finished" | "failed") {
  return ({ membership }: GateFacts): Found | null => {
    if (membership.state !== state) return null;
    const { inactiveReason: reason, failureReason } = membership;
    const failure = state === "failed" ? (failureReason ?? reason) : null;
    return {
      evidence: { reason, ...(state === "failed" && { failure }) },
      since: membership[`${state}At`],
    };
  };
}

/** Together with the sequence is no pause of their own. */
function pausedBySomething({ membership, sequence }: GateFacts): Found | null {
  const { state, inactiveReason: reason, pausedAt, resumeAt } = membership;
  if (state !== "paused") return null;
  const isWithSequence = reason === REASONS.sequenceInactive && !sequence.isActive;
  return isWithSequence ? null : { evidence: { reason }, since: pausedAt, until: resumeAt };
}

function colleagueReplied({ sequence, person: { colleague } }: GateFacts, policy: string): Found | null {
  if (!colleague || sequence.replyPolicy !== policy) return null;
  return {
    evidence: {
      sequenceId: sequence.id,
      contactId: colleague.contactId,
      repliedAt: colleague.repliedAt,
      policy,
    },
    since: colleague.repliedAt,
  };
}

function delayedByReply(facts: GateFacts): Found | null {
  const found = colleagueReplied(facts, "delay");
  if (!found?.since) return null;
  const days = facts.sequence.replyDelayDays;
  const until = found.since.add({ hours: 24 * days });
  if (Temporal.Instant.compare(until, facts.now) <= 0) return null;
  return { ...found, evidence: { ...found.evidence, days }, until };
}

function somebodyLeft({ sequence, mailbox, step }: GateFacts): Found | null {
  if (sequence.ownerLeftAt)
    return { evidence: { sequenceId: sequence.id, who: "sequence_owner" }, since: sequence.ownerLeftAt };
  const sends = step === null || isEmail(step.type);
  if (!sends || !mailbox?.userLeftAt) return null;
  return { evidence: { mailboxId: mailbox.id, who: "mailbox_user" }, since: mailbox.userLeftAt };
}

function unverified({ person }: GateFacts): Found | null {
  const { email, isAddressSound, isVerified, hasBounced, mayBeUnverified, emailStatus, id } = person;
  if (email === null || !isAddressSound || hasBounced || isVerified || mayBeUnverified) return null;
  return { evidence: { contactId: id, emailStatus } };
}

function changedJob({ person, membership }: GateFacts): Found | null {
  const { jobChangedAt, id } = person;
  if (!jobChangedAt || Temporal.Instant.compare(jobChangedAt, membership.addedAt) <= 0) return null;
  return { evidence: { contactId: id, detectedAt: jobChangedAt }, since: jobChangedAt };
}

/** So long it is waited for another before the mail fails. */
const WAITS_FOR_MAILBOX = { hours: 72 };

function noMailbox({ mailbox, membership }: GateFacts): Found | null {
  if (mailbox?.isConnected || mailbox?.userLeftAt) return null;
  const since = mailbox?.inactiveSince ?? null;
  const from = later(membership.dueAt, since);
  return {
    evidence: {
      mailboxId: mailbox?.id ?? null,
      email: mailbox?.email ?? null,
      reason: mailbox ? (mailbox.inactiveReason ?? "inactive") : "none",
      givesUpAt: from?.add(WAITS_FOR_MAILBOX) ?? null,
    },
    since,
  };
}

function atRest({ mailbox, now }: GateFacts): Found | null {
  if (!mailbox?.restsUntil || Temporal.Instant.compare(mailbox.restsUntil, now) <= 0) return null;
  const { id: mailboxId, email, restReason: reason, restsUntil: until } = mailbox;
  return { evidence: { mailboxId, email, reason }, until };
}

function outsideHours({ sequence: { schedule }, person, now }: GateFacts): Found | null {
  const zone = zoneFor(schedule, person.timeZone);
  const opens = nextOpening(schedule, zone, now);
  if (opens && Temporal.Instant.compare(opens, now) === 0) return null;
  return { evidence: { zone, opensAt: opens }, until: opens };
}

function windowFull({ mailbox, now }: GateFacts, kind: "day" | "hour"): Found | null {
  if (!mailbox) return null;
  const window = kind === "day" ? mailbox.lastDay : mailbox.lastHour;
  const full = fullWindow(window, kind === "day" ? DAY : HOUR);
  if (!full || (full.freeAt && Temporal.Instant.compare(full.freeAt, now) <= 0)) return null;
  const { limit, sent } = window;
  return { evidence: { mailboxId: mailbox.id, email: mailbox.email, limit, sent }, until: full.freeAt };
}

function withinGap({ mailbox, now }: GateFacts): Found | null {
  const soon = mailbox && tooSoon(mailbox.gapSeconds, mailbox.lastSentAt, now);
  if (!soon) return null;
  const { id: mailboxId, email, gapSeconds, lastSentAt } = mailbox;
  return { evidence: { mailboxId, email, gapSeconds, lastSentAt }, until: soon.freeAt };
}

function touchedEnough({ touches, step, now }: GateFacts): Found | null {
  const binding = fullTouches(touches, step?.type ?? "auto_email", now);
  if (!binding) return null;
  const { standing, full } = binding;
  const { scope, counts, key, days, most: limit } = standing;
  return { evidence: { scope, counts, key, limit, days, sent: standing.window.sent }, until: full.freeAt };
}

/** In the zone of the schedule, whose days are meant, and not in each contact's. */
export function zoneOfDays({ schedule }: Pick<GateFacts["sequence"], "schedule">) {
  return schedule?.timeZone ?? "UTC";
}

function dayFull(
  full: Full | null,
  evidence: Evidence,
  sequence: GateFacts["sequence"],
  now: Temporal.Instant,
) {
  if (!full) return null;
  const zone = zoneOfDays(sequence);
  return { evidence: { ...evidence, zone }, since: dayIn(zone, now).began, until: full.freeAt };
}

function isOpener(name: string) {
  return name.includes("personalized_opener");
}

function later(one: Temporal.Instant | null, other: Temporal.Instant | null) {
  if (!one || !other) return one ?? other;
  return Temporal.Instant.compare(one, other) < 0 ? other : one;
}
