// Why a contact was skipped, in words for people and keys for programs. Evidence is stored in our words and holds no
// personal data but ids.

import { clockSays } from "../../../domain/basics/clock-words.ts";
import type { IneligibleReason, SkipEvidence, SkipReason } from "../../../domain/enrollments/eligibility.ts";
import { codeWords } from "../../../kernel/code-words.ts";
import { stored } from "../../../kernel/moments.ts";
import { dayWords, say, texts } from "../../../kernel/say.ts";
import type { Addition, VerdictRow } from "./store.ts";

const KEYS: Record<string, string> = {
  sequenceId: "emailer_campaign_id",
  sequenceName: "emailer_campaign_name",
  enrollmentId: "contact_campaign_status_id",
  state: "status",
  contactId: "contact_id",
  ownerId: "owner_id",
  emailStatus: "email_status",
  detectedAt: "detected_at",
  pausedUntil: "paused_until",
  progressId: "entity_progress_job_id",
  suppressionId: "suppression_id",
  incomingMailId: "incoming_mail_id",
  stepPosition: "step_position",
  finishedAt: "finished_at",
  contactStageId: "contact_stage_id",
  accountStageId: "account_stage_id",
};

export function presentSkipEvidence(evidence: SkipEvidence) {
  return Object.fromEntries(Object.entries(evidence).map(([key, value]) => [KEYS[key] ?? key, value]));
}

export function presentReason({ code, flag, evidence }: IneligibleReason) {
  return { code, flag, evidence: presentSkipEvidence(evidence), sentence: SENTENCES[code](evidence) };
}

const SENTENCES: Record<SkipReason, (evidence: SkipEvidence) => string> = {
  contact_not_found: () =>
    say(
      "The contact does not exist. It may have been deleted, or the id belongs to a person in the people database.",
    ),
  contacts_unsubscribed: ({ kind }) =>
    kind ? say("The email address has unsubscribed.") : say("The contact has unsubscribed."),
  contacts_bounced: () => say("An email to this address hard bounced."),
  contacts_do_not_contact: ({ kind }) =>
    kind
      ? say("The address is on the do not email list ({kind}).", { kind })
      : say("The contact is marked as do not contact."),
  contacts_paused: ({ pausedUntil }) =>
    say("The contact is paused until {from}.", {
      from: clockSays(Temporal.Instant.from(String(pausedUntil)), "UTC"),
    }),
  contacts_already_exists_in_current_campaign: ({ because, since, state, stepPosition }) => {
    if (because === "same_address")
      return say(
        "Another contact with the same email address is in this sequence. Each address gets a step only once.",
      );
    if (because === "taken_out")
      return say(
        "The contact was in this sequence before ({since}). Only a user or an API call can add the contact again.",
        { since: dayOf(since) },
      );
    return say(
      "The contact is already in this sequence ({hasStepPosition, select, yes {step {stepPosition}, } other {}}{state}).",
      { stepPosition, hasStepPosition: stepPosition ? "yes" : "no", state: codeWords(state) },
    );
  },
  contacts_in_pending_state: () => say("Another background job is still adding this contact to a sequence."),
  contacts_without_ownership_permission: () => say("The contact belongs to another user."),
  contacts_without_email: () => say("The contact has no email address."),
  contacts_unverified_email: ({ emailStatus }) =>
    say("The contact's email address is not verified (status: {emailStatus}).", {
      emailStatus: codeWords(emailStatus ?? "unknown"),
    }),
  contacts_with_unverified_user_managed_email: () =>
    say("The email address was entered by your team and is not verified."),
  contacts_with_job_change: ({ detectedAt }) =>
    say("The contact changed jobs (detected on {detectedAt}).", { detectedAt: dayOf(detectedAt) }),
  contacts_active_in_other_campaigns: ({ state, sequenceName, since }) =>
    say(
      "{hasSince, select, yes {The contact has been in the sequence {sequenceName} since {since} and is {state}.} other {The contact is {state} in the sequence {sequenceName}.}}",
      { state: codeWords(state), sequenceName, since: dayOf(since), hasSince: since ? "yes" : "no" },
    ),
  contacts_finished_in_other_campaigns: ({ sequenceName, finishedAt, outcome }) =>
    say(
      "The contact has finished the sequence {sequenceName}{hasFinishedAt, select, yes { on {finishedAt}} other {}}{outcome}.",
      {
        sequenceName,
        finishedAt: dayOf(finishedAt),
        hasFinishedAt: finishedAt ? "yes" : "no",
        outcome: OUTCOMES[String(outcome)] ?? "",
      },
    ),
  contacts_in_same_company: ({ enrollmentId }) =>
    enrollmentId
      ? say("Another contact of the same company is in this sequence.")
      : say("Another contact of the same company comes first in the same request."),
};

const OUTCOMES: Record<string, string> = texts({ replied: ", with a reply", completed: ", without a reply" });

function dayOf(moment: SkipEvidence[string] | undefined) {
  return moment ? dayWords(moment) : "";
}

export function presentVerdict(row: VerdictRow) {
  return {
    request_id: row.requestId,
    contact_id: row.contactId,
    contact_name: row.contactName,
    verdict: row.code === null ? ("added" as const) : ("skipped" as const),
    code: row.code,
    reasons: row.reasons.map(presentReason),
    at: stored(row.decidedAt),
    by_user_id: row.userId,
  };
}

/** A line of the file: what the answer says, with all reasons in one cell each. */
export const VERDICT_COLUMNS = [
  "request_id",
  "contact_id",
  "verdict",
  "code",
  "all_codes",
  "flags",
  "reasons",
  "at",
  "by_user_id",
  "contact_name",
  "contact_email",
];

export function presentVerdictLine(row: VerdictRow) {
  const { request_id, contact_id, contact_name, verdict, code, reasons, at, by_user_id } =
    presentVerdict(row);
  const codes = reasons.map((one) => one.code).join(" ");
  const flags = [...new Set(reasons.flatMap(({ flag }) => flag ?? []))].join(" ");
  const sentences = reasons.map(({ sentence }) => sentence).join(" ");
  return [
    request_id,
    contact_id,
    verdict,
    code,
    codes,
    flags,
    sentences,
    at,
    by_user_id,
    contact_name,
    row.contactEmail,
  ];
}

export function presentAddition({ requestId, decidedAt, userId, userName, added, skipped, codes }: Addition) {
  return {
    request_id: requestId,
    at: stored(decidedAt),
    by: userId === null ? null : { id: userId, name: userName },
    num_added: added,
    num_skipped: skipped,
    codes,
  };
}
