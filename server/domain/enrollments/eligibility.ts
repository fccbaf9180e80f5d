// Which contacts may join a sequence, and every reason why a contact may not.
//
// The codes are Apollo's, because clients compare them, and their order is fixed: the first that holds is the one on
// the wire, with the others beside it. Easy to get wrong: another sequence blocks a contact whether it is switched on
// or off, unless it is archived. Of two colleagues added together, the first joins and blocks the second.

export const SKIP_REASONS = [
  "contact_not_found",
  "contacts_unsubscribed",
  "contacts_bounced",
  "contacts_do_not_contact",
  "contacts_paused",
  "contacts_already_exists_in_current_campaign",
  "contacts_in_pending_state",
  "contacts_without_ownership_permission",
  "contacts_without_email",
  "contacts_unverified_email",
  "contacts_with_unverified_user_managed_email",
  "contacts_with_job_change",
  "contacts_active_in_other_campaigns",
  "contacts_finished_in_other_campaigns",
  "contacts_in_same_company",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** The flags with which a caller waives a reason. */
export const FLAGS = [
  "sequence_no_email",
  "sequence_unverified_email",
  "sequence_job_change",
  "sequence_active_in_other_campaigns",
  "sequence_finished_in_other_campaigns",
  "sequence_same_company_in_same_campaign",
  "sequence_same_email_in_same_campaign",
  "contacts_without_ownership_permission",
  "add_if_in_queue",
] as const;
export type AllowFlag = (typeof FLAGS)[number];

/** Null: nothing lets them in. */
export const FLAG_FOR: Record<SkipReason, AllowFlag | null> = {
  contact_not_found: null,
  contacts_unsubscribed: null,
  contacts_bounced: null,
  contacts_do_not_contact: null,
  contacts_paused: null,
  contacts_already_exists_in_current_campaign: null,
  contacts_in_pending_state: "add_if_in_queue",
  contacts_without_ownership_permission: "contacts_without_ownership_permission",
  contacts_without_email: "sequence_no_email",
  contacts_unverified_email: "sequence_unverified_email",
  contacts_with_unverified_user_managed_email: "sequence_unverified_email",
  contacts_with_job_change: "sequence_job_change",
  contacts_active_in_other_campaigns: "sequence_active_in_other_campaigns",
  contacts_finished_in_other_campaigns: "sequence_finished_in_other_campaigns",
  contacts_in_same_company: "sequence_same_company_in_same_campaign",
};

/** A contact's enrollment in a sequence, as evidence. */
export type EnrollmentEvidence = {
  enrollmentId: string;
  sequenceId: string;
  sequenceName: string;
  state: "active" | "paused" | "finished" | "failed";
  stepPosition: number | null;
  addedAt: Temporal.Instant | null;
  finishedAt: Temporal.Instant | null;
  inactiveReason: string | null;
};

export type Barred =
  | "contacts_unsubscribed"
  | "contacts_bounced"
  | "contacts_do_not_contact"
  | "contacts_paused";

export type EnrollmentCandidate = {
  id: string;
  email: string | null;
  emailStatus: string | null;
  /** The team gave the address itself, and it was never verified. */
  isUserManaged: boolean;
  /** By the contact itself, or by the team's suppressions. */
  barredBy: readonly { reason: Barred; evidence: SkipEvidence }[];
  /** Another user owns the contact, and the caller needs the flag to add it, or may not add it (`mayActFor` false). */
  otherOwner: { id: string; mayActFor: boolean } | null;
  jobChangedAt: Temporal.Instant | null;
  companyKey: string | null;
  /** The live enrollment in this very sequence. */
  here: EnrollmentEvidence | null;
  /** By what the person is known within a sequence: the address in its one spelling. */
  address: string | null;
  /** The live enrollment in this very sequence of another contact that has the address. */
  twin: (EnrollmentEvidence & { contactId: string }) | null;
  /** They were in this very sequence, and were taken out or deleted: since when. */
  takenOutAt: Temporal.Instant | null;
  /** Enrollments in other sequences that are not archived. */
  elsewhere: readonly EnrollmentEvidence[];
  /** The work that is still dealing with them. */
  queuedIn: string | null;
};

/** Ids, codes and times only: it outlives the contact. */
export type SkipEvidence = Record<string, string | number | null>;
export type IneligibleReason = { code: SkipReason; flag: AllowFlag | null; evidence: SkipEvidence };

export type Terms = {
  waived: ReadonlySet<AllowFlag>;
  /** A contact who is here and no longer active starts over. */
  reEnrolls: boolean;
  /** A user or a call adds them, and no file, workflow or copilot: only so can a removed contact come back. */
  isExplicit: boolean;
  /** A contact who is active in another sequence joins, and waits for it. */
  waitsForOthers: boolean;
  /** The companies that have a contact in the sequence already. */
  colleagues: ReadonlyMap<string, readonly { contactId: string; enrollmentId: string | null }[]>;
};

/** How long a change of job makes an address doubtful. */
const JOB_CHANGE_COUNTS_FOR = { hours: 90 * 24 };

const VERIFIED = new Set(["verified", "likely to engage", "user_managed"]);

/** Whether an address of this status may be mailed without a user accepting it. */
export function isVerified(emailStatus: string | null) {
  return emailStatus !== null && VERIFIED.has(emailStatus);
}

/** In the order of the candidates, which is the order of the line: why each may not join; nothing where they may. */
export function judgeCandidates(
  candidates: readonly EnrollmentCandidate[],
  terms: Terms,
  now: Temporal.Instant,
): IneligibleReason[][] {
  const colleagues = new Map(terms.colleagues);
  const first = new Map<string, string>();
  return candidates.map((candidate) => {
    const reasons = reasonsAgainst(candidate, { ...terms, colleagues }, first, now);
    if (reasons.length === 0 && candidate.address !== null && !first.has(candidate.address))
      first.set(candidate.address, candidate.id);
    if (reasons.length === 0 && candidate.companyKey !== null && !colleagues.has(candidate.companyKey))
      colleagues.set(candidate.companyKey, [{ contactId: candidate.id, enrollmentId: null }]);
    return reasons;
  });
}

/** No such contact exists. */
export const NOT_FOUND: IneligibleReason = { code: "contact_not_found", flag: null, evidence: {} };

function reasonsAgainst(
  candidate: EnrollmentCandidate,
  terms: Terms,
  first: ReadonlyMap<string, string>,
  now: Temporal.Instant,
): IneligibleReason[] {
  const reasons: IneligibleReason[] = candidate.barredBy.map(({ reason, evidence }) =>
    reasonOf(reason, evidence),
  );
  const { here, queuedIn } = candidate;
  if (here && !(terms.reEnrolls && here.state !== "active"))
    reasons.push(reasonOf("contacts_already_exists_in_current_campaign", evidenceOf(here)));
  reasons.push(...aboutTwin(candidate, first), ...aboutReturn(candidate, terms));
  if (queuedIn) reasons.push(reasonOf("contacts_in_pending_state", { progressId: queuedIn }));
  reasons.push(
    ...aboutOwner(candidate, terms.waived),
    ...aboutAddress(candidate),
    ...aboutJob(candidate, now),
  );
  for (const membership of candidate.elsewhere) reasons.push(...aboutElsewhere(membership));
  reasons.push(...aboutColleagues(candidate, terms));
  const order = (reason: IneligibleReason) => SKIP_REASONS.indexOf(reason.code);
  return reasons
    .filter(({ flag }) => flag === null || !terms.waived.has(flag))
    .filter(({ code }) => !(terms.waitsForOthers && code === "contacts_active_in_other_campaigns"))
    .sort((a, b) => order(a) - order(b));
}

/** Within a sequence the person is the address: a second contact with it would get every step a second time. */
function aboutTwin(
  { here, address, twin }: EnrollmentCandidate,
  first: ReadonlyMap<string, string>,
): IneligibleReason[] {
  const before = address === null ? undefined : first.get(address);
  if (here || (!twin && before === undefined)) return [];
  const evidence = twin ? { ...evidenceOf(twin), contactId: twin.contactId } : { contactId: before ?? null };
  const reason = reasonOf("contacts_already_exists_in_current_campaign", {
    because: "same_address",
    ...evidence,
  });
  return [{ ...reason, flag: "sequence_same_email_in_same_campaign" }];
}

function aboutReturn(
  { here, twin, takenOutAt }: EnrollmentCandidate,
  { isExplicit }: Terms,
): IneligibleReason[] {
  if (isExplicit || here || twin || takenOutAt === null) return [];
  const evidence = { because: "taken_out", since: takenOutAt.toString() };
  return [reasonOf("contacts_already_exists_in_current_campaign", evidence)];
}

function reasonOf(code: SkipReason, evidence: SkipEvidence): IneligibleReason {
  return { code, flag: FLAG_FOR[code], evidence };
}

/** Only codes are shown of how an enrollment ended: a reason may be a user's own words. */
const OUTCOMES: Record<string, string> = { replied: "replied", "Completed last step": "completed" };

function evidenceOf(membership: EnrollmentEvidence): SkipEvidence {
  const { sequenceId, sequenceName, enrollmentId, state, stepPosition, addedAt, finishedAt } = membership;
  return {
    sequenceId,
    sequenceName,
    enrollmentId,
    state,
    stepPosition,
    since: addedAt?.toString() ?? null,
    finishedAt: finishedAt?.toString() ?? null,
    outcome: OUTCOMES[membership.inactiveReason ?? ""] ?? null,
  };
}

// The flag lets in only those whom one may act for. For the others it would change nothing, so it is not named.
function aboutOwner({ otherOwner }: EnrollmentCandidate, waived: ReadonlySet<AllowFlag>): IneligibleReason[] {
  if (!otherOwner) return [];
  const reason = reasonOf("contacts_without_ownership_permission", { ownerId: otherOwner.id });
  if (!otherOwner.mayActFor) return [{ ...reason, flag: null }];
  return waived.has("contacts_without_ownership_permission") ? [] : [reason];
}

function aboutAddress({ email, emailStatus, isUserManaged }: EnrollmentCandidate): IneligibleReason[] {
  if (email === null) return [reasonOf("contacts_without_email", {})];
  if (isVerified(emailStatus)) return [];
  const unverified = reasonOf("contacts_unverified_email", { emailStatus });
  if (!isUserManaged) return [unverified];
  return [unverified, reasonOf("contacts_with_unverified_user_managed_email", { emailStatus })];
}

function aboutJob({ jobChangedAt }: EnrollmentCandidate, now: Temporal.Instant): IneligibleReason[] {
  if (!jobChangedAt || Temporal.Instant.compare(jobChangedAt.add(JOB_CHANGE_COUNTS_FOR), now) < 0) return [];
  return [reasonOf("contacts_with_job_change", { detectedAt: jobChangedAt.toString() })];
}

function aboutElsewhere(membership: EnrollmentEvidence): IneligibleReason[] {
  switch (membership.state) {
    case "active":
    case "paused":
      return [reasonOf("contacts_active_in_other_campaigns", evidenceOf(membership))];
    case "finished":
      return [reasonOf("contacts_finished_in_other_campaigns", evidenceOf(membership))];
    case "failed":
      return [];
  }
}

function aboutColleagues({ id, companyKey }: EnrollmentCandidate, { colleagues }: Terms): IneligibleReason[] {
  const others = companyKey === null ? [] : (colleagues.get(companyKey) ?? []);
  const colleague = others.find(({ contactId }) => contactId !== id);
  return colleague ? [reasonOf("contacts_in_same_company", { ...colleague })] : [];
}

export type ReasonTally = {
  /** By every reason, not only the first. */
  byReason: Map<SkipReason, string[]>;
  leftOut: number;
};

export function tally(ids: readonly string[], judged: readonly IneligibleReason[][]): ReasonTally {
  const byReason = new Map<SkipReason, string[]>();
  for (const [n, reasons] of judged.entries())
    for (const code of new Set(reasons.map((reason) => reason.code)))
      byReason.set(code, [...(byReason.get(code) ?? []), ids[n] as string]);
  return { byReason, leftOut: judged.filter((reasons) => reasons.length > 0).length };
}
