import { wordsFor } from "../../../domain/enrollments/failure-words.ts";
import { stored, storedOrNull } from "../../../kernel/moments.ts";
import { presentEnrollment } from "../../contacts/contacts/present.ts";
import { presentEnrollmentCounts } from "../../sequences/enrollment-counts/present.ts";
import type { EnrollmentCounts, ReasonCount } from "../../sequences/enrollment-counts/store.ts";
import type { FoundEnrollment, MailOfEnrollment } from "./store.ts";

export function presentFoundEnrollment(row: FoundEnrollment) {
  return {
    ...presentEnrollment(row),
    contact_id: row.contactId,
    contact: {
      id: row.contactId,
      name: row.contactName,
      email: row.email,
      title: row.title,
      organization_name: row.organizationName,
      account_id: row.accountId,
    },
    emailer_campaign_name: row.sequenceName,
    earlier_version_id: row.earlierVersionId,
    due_at: storedOrNull(row.dueAt),
    failed_at: storedOrNull(row.failedAt),
    updated_at: stored(row.updatedAt),
    current_problem: row.state === "failed" ? (row.failureReason ?? row.inactiveReason) : null,
  };
}

export function presentMailOf(mail: MailOfEnrollment) {
  return {
    id: mail.id,
    emailer_step_id: mail.stepId,
    emailer_touch_id: mail.touchId,
    type: mail.type,
    status: mail.status,
    subject: mail.subject,
    to_email: mail.toEmail,
    due_at: storedOrNull(mail.dueAt),
    completed_at: storedOrNull(mail.completedAt),
    failed_at: storedOrNull(mail.failedAt),
    failure_reason: mail.failureReason,
    not_sent_reason: mail.notSentReason,
  };
}

/** How many contacts are in each state, and why: each reason with its words, because a code alone explains nothing. */
export function presentCrowd(counts: EnrollmentCounts, reasons: readonly ReasonCount[]) {
  return {
    num_contacts: counts.total,
    contact_statuses: presentEnrollmentCounts(counts),
    reasons: reasons.map(({ state, reason, count }) => ({
      status: state as FoundEnrollment["state"],
      reason,
      says: wordsFor(reason),
      count,
    })),
  };
}
