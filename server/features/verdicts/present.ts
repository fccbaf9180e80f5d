// Why somebody was left out, in words for people and keys for programs. Evidence is kept in our words and holds nothing
// of a person but ids.

import { clockSays } from "../../domain/clock-words.ts";
import type { Evidence, Reason, SkipReason } from "../../domain/eligibility.ts";
import { stored } from "../../moments.ts";
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

export function presentEvidence(evidence: Evidence) {
  return Object.fromEntries(Object.entries(evidence).map(([key, value]) => [KEYS[key] ?? key, value]));
}

export function presentReason({ code, flag, evidence }: Reason) {
  return { code, flag, evidence: presentEvidence(evidence), sentence: SENTENCES[code](evidence) };
}

const SENTENCES: Record<SkipReason, (evidence: Evidence) => string> = {
  contact_not_found: () => "There is no such contact. The id may be a person's, or the contact was deleted.",
  contacts_unsubscribed: ({ kind }) =>
    kind ? "The address is on the list of those who unsubscribed." : "The contact has unsubscribed.",
  contacts_bounced: () => "Mail to this address bounced for good.",
  contacts_do_not_contact: ({ kind }) =>
    kind
      ? `The address is barred by a ${kind} on the team's suppression list.`
      : "The contact is marked do not contact.",
  contacts_paused: ({ pausedUntil }) =>
    `The contact is not to be written to until ${clockSays(Temporal.Instant.from(String(pausedUntil)), "UTC")}.`,
  contacts_already_exists_in_current_campaign: ({ because, since, state, stepPosition }) => {
    if (because === "same_address")
      return "Another contact with the same address is in this sequence. One person gets each step once.";
    if (because === "taken_out")
      return `The contact was in this sequence before (${dayOf(since)}). Only a person or a call can add them again.`;
    return `The contact is in this sequence already (${stepPosition ? `step ${stepPosition}, ` : ""}${state}).`;
  },
  contacts_in_pending_state: () =>
    "Another job that adds contacts to sequences has yet to deal with this contact.",
  contacts_without_ownership_permission: () => "The contact belongs to another user.",
  contacts_without_email: () => "The contact has no email address.",
  contacts_unverified_email: ({ emailStatus }) =>
    `The contact's email address is not verified: it is ${emailStatus ?? "unknown"}.`,
  contacts_with_unverified_user_managed_email: () =>
    "The address was given by your team, and nobody has verified it.",
  contacts_with_job_change: ({ detectedAt }) =>
    `The contact changed jobs, which was noticed on ${dayOf(detectedAt)}.`,
  contacts_active_in_other_campaigns: ({ state, sequenceName, since }) =>
    `The contact is ${state} in the sequence ${sequenceName}${since ? `, since ${dayOf(since)}` : ""}.`,
  contacts_finished_in_other_campaigns: ({ sequenceName, finishedAt, outcome }) =>
    `The contact has finished the sequence ${sequenceName}${finishedAt ? ` on ${dayOf(finishedAt)}` : ""}${OUTCOMES[String(outcome)] ?? ""}.`,
  contacts_in_same_company: ({ enrollmentId }) =>
    enrollmentId
      ? "Somebody of the same company is in this sequence."
      : "Somebody of the same company is being added in the same request, and came first.",
};

const OUTCOMES: Record<string, string> = { replied: ", with a reply", completed: ", without a reply" };

function dayOf(moment: Evidence[string] | undefined) {
  return String(moment).slice(0, 10);
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
