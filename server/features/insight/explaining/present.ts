// Why, in the wire's words. Evidence is told in keys of the wire, and each hold with the call that would mend it.

import type { Evidence } from "../../../domain/basics/evidence.ts";
import { rampWords } from "../../../domain/basics/ramp.ts";
import type { IneligibleReason } from "../../../domain/enrollments/eligibility.ts";
import type { CrowdBucket } from "../../../domain/insight/crowd.ts";
import type { Explained, HeldBy, NextAction } from "../../../domain/insight/explaining.ts";
import type { Means } from "../../../domain/insight/means.ts";
import type { VariantTold } from "../../../domain/insight/variant-words.ts";
import { attemptSays, type SendAttempt } from "../../../domain/sending/mail-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import type { SuppressionRow } from "../../contacts/suppressions/store.ts";
import { presentReason } from "../../enrollments/verdicts/present.ts";
import type { StandingRow } from "../../gate/facts/facts-store.ts";
import type { SendingRow } from "../../gate/facts/sending-store.ts";
import type { Figures } from "../../mailboxes/mailbox-figures/store.ts";
import { presentFix } from "../fixes/present.ts";
import { presentPast } from "../history/present.ts";
import type { PastEvent } from "../history/store.ts";

const SUBJECTS = {
  contact: "contact",
  enrollment: "contact_campaign_status",
  sequence: "emailer_campaign",
  mailbox: "email_account",
  message: "emailer_message",
} as const;

type Explanation = {
  subject: { type: keyof typeof SUBJECTS; id: string; name: string | null };
  state: string;
  sentence: string;
  next: NextAction | null;
  heldBy: readonly HeldBy[];
  means: Means;
  history: readonly PastEvent[];
};

export function presentExplanation(explanation: Explanation) {
  const { subject, state, sentence, next, heldBy, means, history } = explanation;
  return {
    subject: { ...subject, type: SUBJECTS[subject.type] },
    state,
    sentence,
    next: next && presentNext(next),
    held_by: heldBy.map((hold) => presentHold(hold, means)),
    history: history.map(presentPast),
  };
}

/** With which of several variants they get, where that is to be told. */
export function presentEnrollmentExplanation(explanation: Explanation & { variant: VariantTold | null }) {
  return { ...presentExplanation(explanation), variant: presentVariant(explanation.variant) };
}

function presentVariant(variant: VariantTold | null) {
  return (
    variant && {
      emailer_touch_id: variant.touchId,
      goes_with_touch_id: variant.goesWithTouchId,
      because: variant.because,
      sentence: variant.sentence,
    }
  );
}

const MOST_TOLD = 50;

/** With a line for each attempt to send it, among what else happened. */
export function presentMailExplanation({
  attempts,
  ...explanation
}: Explanation & { attempts: readonly SendAttempt[]; variant: VariantTold | null }) {
  const whole = presentEnrollmentExplanation(explanation);
  const lines = attempts.map((attempt, n) => ({
    at: stored(attempt.endedAt ?? attempt.startedAt),
    event: "message.attempted",
    cause: "engine",
    actor: { user_id: null, name: null, api_key_id: null },
    sentence: attemptSays(attempt, n + 1),
  }));
  const history = [...lines, ...whole.history].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return { ...whole, history: history.slice(0, MOST_TOLD) };
}

function presentNext({ what, stepPosition, at, earliestAt, mailboxId }: NextAction) {
  return {
    what,
    step_position: stepPosition,
    at: storedOrNull(at),
    earliest_at: storedOrNull(earliestAt),
    email_account_id: mailboxId,
  };
}

function presentHold(hold: HeldBy, means: Means) {
  const { code, rule, evidence, since, until } = hold;
  return {
    code,
    rule,
    evidence: presentHoldEvidence(evidence),
    since: storedOrNull(since),
    until: storedOrNull(until),
    fix: presentFix(hold, means),
  };
}

const KEYS: Record<string, string> = {
  sequenceId: "emailer_campaign_id",
  stepId: "emailer_step_id",
  touchId: "emailer_touch_id",
  mailboxId: "email_account_id",
};

export function presentHoldEvidence(evidence: Evidence) {
  return Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => [
      KEYS[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value instanceof Temporal.Instant ? stored(value) : Array.isArray(value) ? [...value] : value,
    ]),
  );
}

export function presentStandingIn(
  row: Pick<StandingRow, "id" | "sequenceId">,
  sequenceName: string,
  { state, sentence, next, heldBy }: Explained,
) {
  return {
    contact_campaign_status_id: row.id,
    emailer_campaign_id: row.sequenceId,
    emailer_campaign_name: sequenceName,
    state,
    sentence,
    next: next && presentNext(next),
    held_by_codes: heldBy.map(({ code }) => code),
  };
}

export function presentBar({ id, kind, value, source, reason, createdBy, createdAt }: SuppressionRow) {
  return { id, kind, value, source, reason, created_by: createdBy, created_at: stored(createdAt) };
}

/** What is hidden from the caller has no id. */
export function presentAgainst(reason: IneligibleReason) {
  const { evidence, ...rest } = presentReason(reason);
  const shown = Object.entries(evidence).map(([key, value]) => [key, value === "" ? null : value]);
  return { ...rest, evidence: Object.fromEntries(shown) as typeof evidence };
}

export function presentBucket(
  { code, count, atLeast, states, sentence, stepPosition, evidence }: CrowdBucket,
  people: readonly { id: string; name: string | null }[],
) {
  return {
    code,
    count,
    sentence,
    statuses: [...states],
    people: [...people],
    at_least: atLeast,
    step_position: stepPosition,
    evidence: presentHoldEvidence(evidence),
  };
}

type MailboxStanding = Pick<Explanation, "sentence" | "heldBy" | "means"> & {
  state: "ready" | "resting" | "disconnected";
  sending: Sending;
  figures: Figures;
};

export function presentMailboxStanding({ figures, means, ...standing }: MailboxStanding) {
  const { state, sentence, heldBy, sending } = standing;
  return {
    email_account_id: figures.id,
    state,
    sentence,
    held_by: heldBy.map((hold) => presentHold(hold, means)),
    sending: presentSending(sending),
    planned_next_day: figures.plannedNextDay,
    sent_last_30_days: figures.sentLast30Days,
    bounced_last_30_days: figures.bouncedLast30Days,
    replied_last_30_days: figures.repliedLast30Days,
    sent_by_day: figures.sentByDay,
  };
}

type Sending = {
  row: SendingRow;
  freeAt: Temporal.Instant | null;
  waiting: number;
  due: number;
  atLeast: boolean;
};

export function presentSending(sending: Sending) {
  const { row, freeAt, waiting, due, atLeast } = sending;
  return {
    sent_last_day: row.sentLastDay,
    sent_last_hour: row.sentLastHour,
    sent_elsewhere_last_day: row.elsewhereLastDay,
    sent_elsewhere_last_hour: row.elsewhereLastHour,
    email_daily_threshold: row.ownDailyLimit,
    limit_today: row.dailyLimit,
    ramp: row.ramp && rampWords(row.ramp),
    max_outbound_emails_per_hour: row.hourlyLimit,
    seconds_delay_between_emails: row.gapSeconds,
    last_sent_at: storedOrNull(row.lastSentAt),
    free_at: storedOrNull(freeAt),
    waiting,
    due,
    at_least: atLeast,
  };
}
