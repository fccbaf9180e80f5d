// What every step has to pass before it is carried out, in a fixed order: the first that fails ends the mail, what has
// to be waited for keeps it. Whoever explains why nothing happens and whoever sends ask here, so they cannot disagree.
//
// Easy to get wrong: only mails need an address, a mailbox and limits, a call needs none of them; hours and limits are
// asked when a step is due and not before; and whoever is through is held by that alone.
//
// Apollo's gates for which nothing here can be the reason (GDPR, a bounce list shared among customers) are not in it;
// what a mail server answers is known only once it was asked.

import type { Evidence, Found } from "./evidence.ts";
import type { GateFacts } from "./gate-facts.ts";
import {
  changedJob,
  colleagueReplied,
  delayedByReply,
  inState,
  mayNotSend,
  pausedBySomething,
  unverified,
} from "./gate-standing.ts";
import {
  atRest,
  domainFull,
  noMailbox,
  outsideHours,
  sequenceFull,
  stepFull,
  touchedEnough,
  windowFull,
  withinGap,
} from "./gate-times.ts";
import { pauseInForce } from "./pausing.ts";
import { isEmail } from "./sequence-plan.ts";

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
    look: ({ step, membership, sequence: { id, hasSteps } }) =>
      step || !isLive(membership) ? null : { evidence: { sequenceId: id, hasSteps } },
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
  contact_paused: {
    ...check("wait", "all"),
    look: ({ person: { pausedUntil, id }, now }) =>
      pauseInForce(pausedUntil, now) && { evidence: { contactId: id, pausedUntil }, until: pausedUntil },
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
  ownership_permission: { ...check("fail", "all", "ownership_permission"), look: mayNotSend },
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
  "limit:sequence_day": { ...check("wait", "automatic"), whenDue: true, look: sequenceFull },
  "limit:step_day": { ...check("wait", "automatic"), whenDue: true, look: stepFull },
  "limit:domain_day": { ...check("wait", "mails"), whenDue: true, look: domainFull },
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

function isOpener(name: string) {
  return name.includes("personalized_opener");
}
