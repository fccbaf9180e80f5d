import type { HeldBy } from "../../../domain/insight/explaining.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { say } from "../../../kernel/say.ts";
import { presentHoldEvidence } from "../explaining/present.ts";
import type { ContactAsOf, EnrollmentAsOf, MailboxAsOf, PastEnrollment, Then } from "./store.ts";

export function presentEnrollmentThen(then: EnrollmentAsOf) {
  const { membership, heldBy, mails, tasks, existed } = then;
  const name = say("{contactName} in {sequenceName}", {
    contactName: membership.contactName ?? say("The contact"),
    sequenceName: membership.sequenceName,
  });
  return {
    subject: { type: "contact_campaign_status", id: membership.id, name },
    ...presentThen(then),
    state: existed ? membership.state : "not_there",
    sentence: existed ? membership.sentence : say("The contact had not been added yet."),
    held_by: existed ? heldBy.map(presentHeld) : [],
    ...presentMembership(membership),
    ...(!existed && NOTHING_PLANNED),
    emailer_messages: mails.map(({ id, stepId, delivery, was, releasedAt, completedAt }) => ({
      id,
      emailer_step_id: stepId,
      status: STATUS[delivery],
      due_at: momentOrNull(was.due_at),
      email_account_id: was.mailbox_id,
      sent_at: storedOrNull(delivery === "sent" ? (completedAt ?? releasedAt) : null),
      not_sent_reason: delivery === "failed" ? was.not_sent_reason : null,
    })),
    tasks: tasks.map(({ id, type, status }) => ({ id, type, status })),
  };
}

const STATUS = {
  ...({ draft: "drafted", planned: "scheduled", claimed: "sending", dot: "sending" } as const),
  ...({ unconfirmed: "unconfirmed", sent: "completed", failed: "failed" } as const),
  ...({ skipped: "skipped", cancelled: "cancelled" } as const),
};

const NOTHING_PLANNED = {
  reason: null,
  emailer_step_id: null,
  step_position: null,
  email_account_id: null,
  due_at: null,
  auto_unpause_at: null,
};

export function presentContactThen(then: ContactAsOf) {
  const { contact, memberships, state, sentence } = then;
  const { was } = contact;
  return {
    subject: { type: "contact", id: contact.id, name: contact.name },
    ...presentThen(then),
    state,
    sentence,
    held_by: [],
    contact_stage_id: was.stage_id,
    owner_id: was.owner_id,
    account_id: was.account_id,
    email_status: was.email_status,
    email_unsubscribed: was.is_unsubscribed,
    do_not_contact: was.is_do_not_contact,
    bounced_at: momentOrNull(was.bounced_at),
    paused_until: momentOrNull(was.paused_until ?? null),
    contact_campaign_statuses: memberships.map((one) => ({
      id: one.id,
      state: one.state,
      sentence: one.sentence,
      ...presentMembership(one),
    })),
  };
}

export function presentMailboxThen(then: MailboxAsOf) {
  const { name, state, sentence, heldBy, row } = then;
  return {
    subject: { type: "email_account", id: row.id, name },
    ...presentThen(then),
    state,
    sentence,
    held_by: heldBy.map(presentHeld),
    user_id: row.userId,
    email_daily_threshold: row.dailyLimit,
    max_outbound_emails_per_hour: row.hourlyLimit,
    seconds_delay_between_emails: row.gapSeconds,
    sent_last_day: row.sentLastDay,
    sent_last_hour: row.sentLastHour,
    last_sent_at: storedOrNull(row.lastSentAt),
  };
}

function presentThen({ at, existed, notKept }: Then) {
  return { at: stored(at), existed, not_kept: notKept };
}

function presentMembership(one: PastEnrollment) {
  return {
    emailer_campaign_id: one.sequenceId,
    emailer_campaign_name: one.sequenceName,
    contact_id: one.contactId,
    reason: one.reason,
    emailer_step_id: one.stepId,
    step_position: one.stepPosition,
    email_account_id: one.mailboxId,
    due_at: storedOrNull(one.dueAt),
    auto_unpause_at: storedOrNull(one.resumeAt),
  };
}

function presentHeld({ code, rule, evidence, since, until }: HeldBy) {
  return {
    code,
    rule,
    evidence: presentHoldEvidence(evidence),
    since: storedOrNull(since),
    until: storedOrNull(until),
  };
}

function momentOrNull(text: string | null) {
  return text === null ? null : stored(Temporal.Instant.from(text));
}
