import { hash } from "node:crypto";
import { prospectScore } from "../../../domain/contacts/prospect-score.ts";
import { REASONS } from "../../../domain/enrollments/enrollment.ts";
import { type Unread, unreadOfContact, unreadRows } from "../../../domain/work/unread-fields.ts";
import { computed, computedOrNull, stored } from "../../../kernel/moments.ts";
import type { ContactSummary } from "../contact-rows/store.ts";
import { presentAccount, presentOrganization } from "./company-present.ts";
import type { ContactRow, EnrollmentRow } from "./reading-store.ts";

const SOURCES: Record<string, string> = {
  api: "Created from API",
  csv_import: "Uploaded from CSV",
  salesforce: "Imported from Salesforce",
  search: "Requested from Apollo",
};

/** Everything Apollo prints of a contact. What we have no such thing for is printed as Apollo prints its absence. */
export function presentContact(
  row: ContactRow,
  fieldErrors: Record<string, string> = {},
  unread: Unread = {},
) {
  const { score, parts } = prospectScore(row.scoring.formula, row.scoring);
  return {
    contact_roles: [],
    id: row.id,
    first_name: row.firstName,
    last_name: row.lastName,
    name: row.name,
    linkedin_url: row.linkedinUrl,
    title: row.title,
    contact_stage_id: row.contactStageId,
    owner_id: row.ownerId,
    creator_id: row.creatorId,
    person_id: row.personId,
    email_needs_tickling: null,
    organization_name: row.organizationName,
    source: row.source,
    original_source: row.originalSource,
    organization_id: row.organizationId,
    headline: row.headline,
    photo_url: row.photoUrl,
    present_raw_address: row.presentRawAddress,
    linkedin_uid: row.linkedinUid,
    extrapolated_email_confidence: null,
    salesforce_id: row.salesforceId,
    salesforce_lead_id: row.salesforceLeadId,
    salesforce_contact_id: row.salesforceContactId,
    salesforce_account_id: row.salesforceAccountId,
    crm_owner_id: row.crmOwnerId,
    created_at: stored(row.createdAt),
    emailer_campaign_ids: row.enrollments.map((enrollment) => enrollment.sequenceId),
    direct_dial_status: null,
    direct_dial_enrichment_failed_at: null,
    city: row.city,
    state: row.state,
    country: row.country,
    email_status: row.emailStatus,
    email_source: row.emailSource,
    account_id: row.accountId,
    last_activity_date: computedOrNull(row.lastActivityAt),
    hubspot_vid: row.hubspotVid,
    hubspot_company_id: row.hubspotCompanyId,
    crm_id: row.crmId,
    sanitized_phone: row.sanitizedPhone,
    merged_crm_ids: row.mergedCrmIds,
    updated_at: stored(row.updatedAt),
    queued_for_crm_push: false,
    suggested_from_rule_engine_config_id: null,
    email_unsubscribed: row.emailUnsubscribed,
    person_deleted: null,
    call_opted_out: row.callOptedOut,
    label_ids: row.labelIds,
    has_pending_email_arcgate_request: false,
    has_email_arcgate_request: false,
    existence_level: "full" as const,
    email: row.email,
    email_from_customer: row.emailFromCustomer,
    typed_custom_fields: row.fields,
    custom_field_errors: fieldErrors,
    field_errors: unread,
    crm_record_url: null,
    salesforce_record_url: null,
    email_status_unavailable_reason: null,
    email_true_status: row.emailTrueStatus,
    updated_email_true_status: row.email !== null,
    contact_rule_config_statuses: [],
    source_display_name: SOURCES[row.source] ?? "Created from API",
    twitter_url: row.twitterUrl,
    facebook_url: row.facebookUrl,
    github_url: row.githubUrl,
    contact_campaign_statuses: row.enrollments.map(presentEnrollment),
    contact_emails: presentEmails(row),
    next_contact_id: null,
    time_zone: row.timeZone,
    show_intent: false,
    phone_numbers: row.phones.map(presentPhone),
    account_phone_note: null,
    free_domain: row.freeDomain,
    is_likely_to_engage: row.emailStatus === "likely to engage",
    email_domain_catchall: row.emailDomainCatchall,
    contact_job_change_event: presentJobChange(row),
    do_not_contact: row.doNotContact,
    paused_until: row.pausedUntil && stored(row.pausedUntil),
    prospect_score: score,
    prospect_score_parts: parts,
    prospect_score_out_of: row.scoring.formula.outOf,
  };
}

/** As a search shows it: with the company beside the person. */
export function presentFoundContact(row: ContactRow) {
  return {
    ...presentContact(row),
    organization_logo_url: row.account?.logoUrl ?? null,
    account: presentAccount(row),
    organization: presentOrganization(row),
  };
}

/** Nothing automatic goes to who has answered, until the answer is settled. */
function standingOf(
  row: EnrollmentRow,
): Pick<EnrollmentRow, "state" | "inactiveReason" | "pausedAt" | "resumeAt"> {
  const { state, inactiveReason, pausedAt, resumeAt, heldByAnswer: held } = row;
  if (!held || state !== "active") return { state, inactiveReason, pausedAt, resumeAt };
  return {
    state: "paused",
    inactiveReason: REASONS.answerUnsettled,
    pausedAt: Temporal.Instant.from(held.since),
    resumeAt: held.until === null ? null : Temporal.Instant.from(held.until),
  };
}

/** Apollo shows no pause of its own where the sequence is what pauses, and no step of those who go no further. */
export function presentEnrollment(row: EnrollmentRow) {
  const waitsForSequence = row.state === "paused" && row.inactiveReason === REASONS.sequenceInactive;
  const showsStep = !waitsForSequence && row.state !== "finished";
  const { state, inactiveReason, pausedAt, resumeAt } = standingOf(row);
  return {
    id: row.id,
    emailer_campaign_id: row.sequenceId,
    send_email_from_user_id: row.mailboxUserId,
    inactive_reason: inactiveReason,
    status: state,
    added_at: computed(row.addedAt),
    added_by_user_id: row.addedBy,
    finished_at: computedOrNull(row.finishedAt),
    paused_at: waitsForSequence ? null : computedOrNull(pausedAt),
    auto_unpause_at: computedOrNull(resumeAt),
    send_email_from_email_address: row.sendFromEmail,
    send_email_from_email_account_id: row.mailboxId,
    manually_set_unpause: row.manuallySetUnpause,
    failure_reason: row.failureReason,
    current_step_id: showsStep ? row.currentStepId : null,
    in_response_to_emailer_message_id: row.inResponseTo,
    cc_emails: null,
    bcc_emails: null,
    to_emails: null,
    current_step_position: showsStep ? row.currentStepPosition : null,
  };
}

function presentEmails(row: ContactRow) {
  const { email, emailStatus, emailTrueStatus, freeDomain } = row;
  const first =
    email === null ? [] : [{ email, emailStatus, emailTrueStatus, source: "User Managed", freeDomain }];
  return [...first, ...row.emails].map((one, i) => ({
    email: one.email,
    email_md5: digest("md5", one.email),
    email_sha256: digest("sha256", one.email),
    email_status: one.emailStatus,
    email_source: null,
    email_true_status: one.emailTrueStatus,
    extrapolated_email_confidence: null,
    email_status_unavailable_reason: null,
    email_from_customer: true,
    email_needs_tickling: null,
    position: first.length === 0 ? i + 1 : i,
    free_domain: one.freeDomain,
    source: one.source,
    third_party_vendor_name: null,
    vendor_validation_statuses: [],
  }));
}

// As advertisers match people: of the address in lower case.
function digest(algorithm: "md5" | "sha256", email: string) {
  return hash(algorithm, email.toLowerCase());
}

function presentPhone(phone: ContactRow["phones"][number], position: number) {
  return {
    raw_number: phone.rawNumber,
    sanitized_number: phone.sanitizedNumber,
    type: phone.type,
    position,
    status: phone.status,
    dnc_status: phone.dncStatus,
    dnc_other_info: null,
    dialer_flags: null,
    source_name: phone.sourceName,
    vendor_validation_statuses: [],
    third_party_vendor_name: null,
  };
}

function presentJobChange(row: ContactRow) {
  if (row.jobChangeDetectedAt === null) return null;
  return {
    organization_name: row.jobChangeCompany,
    title: row.jobChangeTitle,
    detected_at: stored(row.jobChangeDetectedAt),
  };
}

/** Bulk calls print times without fractions. */
function toTheSecond(instant: Temporal.Instant) {
  return `${stored(instant).slice(0, 19)}Z`;
}

export function presentCreated(row: ContactSummary) {
  return {
    id: row.id,
    first_name: row.firstName,
    last_name: row.lastName,
    email: row.email,
    title: row.title,
    organization_name: row.organizationName,
    team_id: row.teamId,
    owner_id: row.ownerId,
    contact_stage_id: row.contactStageId,
    created_at: toTheSecond(row.createdAt),
    updated_at: toTheSecond(row.updatedAt),
  };
}

export function presentUpdatedContact(row: ContactSummary) {
  return {
    id: row.id,
    first_name: row.firstName,
    last_name: row.lastName,
    email: row.email,
    title: row.title,
    organization_name: row.organizationName,
    owner_id: row.ownerId,
    account_id: row.accountId,
    present_raw_address: row.presentRawAddress,
    linkedin_url: row.linkedinUrl,
    updated_at: toTheSecond(row.updatedAt),
  };
}

type SaidOfAddresses = Parameters<typeof unreadOfContact>[0];

/** What was sent and not taken. */
export function presentUnread(said: SaidOfAddresses) {
  return unreadOfContact(said);
}

export function presentUnreadRows(said: readonly SaidOfAddresses[]) {
  return unreadRows(said, unreadOfContact);
}
