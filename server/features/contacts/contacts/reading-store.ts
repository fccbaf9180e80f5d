// Contacts with everything that shows on them. Each kind of part is one statement for the whole page, all of them on their way
// together: building the parts as JSON inside the statement for contacts took twice as long, and they had to be parsed again.

import type { Db } from "../../../db/connect.ts";
import type { ContactFacts, ExtraEmail, Phone } from "../../../domain/contacts/contact-facts.ts";
import { seenAmong } from "../../access/sharing/store.ts";
import { HELD_BY_ANSWER, type HeldByAnswer } from "../answer-holds/store.ts";
import { organizationOf } from "../company-ties/store.ts";
import { PAIRS } from "../contact-rows/writing-store.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import type { FormulaRow } from "../scoring/formulas-store.ts";
import { type Scoring, scoringOf } from "../scoring/store.ts";

export type EnrollmentRow = {
  id: string;
  sequenceId: string;
  state: "active" | "paused" | "finished" | "failed";
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  currentStepPosition: number | null;
  mailboxId: string | null;
  mailboxUserId: string | null;
  sendFromEmail: string | null;
  addedBy: string | null;
  addedAt: Temporal.Instant;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  manuallySetUnpause: boolean | null;
  finishedAt: Temporal.Instant | null;
  inResponseTo: string | null;
  heldByAnswer: HeldByAnswer | null;
};

export type AccountOfContact = {
  id: string;
  domain: string | null;
  name: string | null;
  organizationId: string | null;
  accountStageId: string | null;
  source: string;
  originalSource: string;
  creatorId: string | null;
  ownerId: string | null;
  createdAt: Temporal.Instant;
  phone: string | null;
  phoneStatus: string;
  hubspotId: string | null;
  salesforceId: string | null;
  crmOwnerId: string | null;
  parentAccountId: string | null;
  linkedinUrl: string | null;
  sanitizedPhone: string | null;
  websiteUrl: string | null;
  logoUrl: string | null;
  industry: string | null;
  estimatedNumEmployees: number | null;
};

type PhoneRow = Phone & { status: string; dncStatus: string | null; sourceName: string | null };

/** A contact with everything that shows on it. */
export type ContactRow = ContactFacts & {
  id: string;
  teamId: string;
  name: string | null;
  linkedinUid: string | null;
  emailDomainCatchall: boolean;
  callOptedOut: boolean | null;
  lastActivityAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  emails: ExtraEmail[];
  phones: PhoneRow[];
  labelIds: string[];
  enrollments: EnrollmentRow[];
  fields: Record<string, unknown>;
  account: AccountOfContact | null;
  /** What the score is made of. */
  scoring: Scoring;
};

type Own = Omit<
  ContactRow,
  "emails" | "phones" | "labelIds" | "enrollments" | "fields" | "account" | "scoring"
>;

const OWN = `select c.team_id, c.id, c.name, c.linkedin_uid, c.email_domain_catchall, c.call_opted_out, c.last_activity_at,
    c.created_at, c.updated_at, ${PAIRS.map(([, [column]]) => `c.${column}`).join(", ")}
  from contacts c
  where c.team_id = $1 and c.id = any($2::text[])`;

const EMAILS = `select contact_id, email, email_status, email_true_status, source, free_domain
  from contact_emails where team_id = $1 and contact_id = any($2::text[]) order by contact_id, position`;

const PHONES = `select contact_id, raw_number, sanitized_number, type, status, dnc_status, source_name
  from contact_phones where team_id = $1 and contact_id = any($2::text[]) order by contact_id, position`;

const LABELS = `select contact_id, label_id
  from contact_labels where team_id = $1 and contact_id = any($2::text[]) order by contact_id, added_at, label_id`;

// Steps and mailboxes are looked up by their keys: joined, all steps of the team were read for a page of contacts.
const ENROLLMENTS = `select e.contact_id, e.id, e.sequence_id, e.state, e.inactive_reason, e.failure_reason, e.current_step_id,
    (select s.position from sequence_steps s where s.team_id = e.team_id and s.id = e.current_step_id) as current_step_position,
    e.mailbox_id, (select m.user_id from mailboxes m where m.team_id = e.team_id and m.id = e.mailbox_id) as mailbox_user_id,
    e.send_from_email, e.added_by, e.added_at, e.paused_at, e.resume_at, e.manually_set_unpause, e.finished_at, e.in_response_to
  from enrollments e
  where e.team_id = $1 and e.contact_id = any($2::text[]) and e.state <> 'removed'
  order by e.contact_id, e.added_at, e.id`;

const ACCOUNTS = `select id, domain, name, ${organizationOf("a")} as organization_id, account_stage_id, source, original_source, creator_id, owner_id, created_at,
    phone, phone_status, hubspot_id, salesforce_id, crm_owner_id, parent_account_id, linkedin_url, sanitized_phone, website_url,
    logo_url, industry, estimated_num_employees
  from accounts a
  where team_id = $1
    and id = any(array(select account_id from contacts where team_id = $1 and id = any($2::text[]) and account_id is not null))`;

// Once for each contact, and for none where the team has no such answer: finding out costs a digest of the address.
const HELD = `select c.id as contact_id, ${HELD_BY_ANSWER} as held
  from contacts c
 cross join lateral (select c.team_id, c.id as contact_id, 'active'::text as state) e
 where c.team_id = $1 and c.id = any($2::text[]) and exists (select from answer_hold_keys where team_id = $1)`;

type OfContact = { contactId: string };

/**
 * In the order of the ids; those that are not there are left out. Of sequences that are hidden from the viewer (null: an
 * admin, who sees all) nothing shows on them. `formula`: the team's, where it has been read already.
 */
export async function readContacts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  viewerId: string | null,
  formula?: FormulaRow,
): Promise<ContactRow[]> {
  if (ids.length === 0) return [];
  const of = [teamId, ids];
  const [own, emails, phones, labels, enrollments, held, accounts, fields, scorings] = await Promise.all([
    db.rows<Own>(OWN, of),
    db.rows<ExtraEmail & OfContact>(EMAILS, of),
    db.rows<PhoneRow & OfContact>(PHONES, of),
    db.rows<{ labelId: string } & OfContact>(LABELS, of),
    db.rows<Omit<EnrollmentRow, "heldByAnswer"> & OfContact>(ENROLLMENTS, of),
    db.rows<{ held: HeldByAnswer | null } & OfContact>(HELD, of),
    db.rows<AccountOfContact>(ACCOUNTS, of),
    fieldValuesOf(db, teamId, "contact", ids),
    scoringOf(db, teamId, ids, formula),
  ]);
  const sequenceIds = enrollments.map(({ sequenceId }) => sequenceId);
  const seen = await seenAmong(db, teamId, sequenceIds, viewerId);
  const [emailsOf, phonesOf, labelsOf] = [byContact(emails), byContact(phones), byContact(labels)];
  const heldOf = new Map(held.map((row) => [row.contactId, row.held]));
  const shown = enrollments.filter(({ sequenceId }) => seen.has(sequenceId));
  const enrollmentsOf = byContact(
    shown.map((row) => ({ ...row, heldByAnswer: heldOf.get(row.contactId) ?? null })),
  );
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  const byId = new Map<string, ContactRow>();
  for (const row of own) {
    const scoring = scorings.get(row.id);
    if (!scoring) continue;
    byId.set(row.id, {
      ...row,
      emails: emailsOf.get(row.id) ?? [],
      phones: phonesOf.get(row.id) ?? [],
      labelIds: (labelsOf.get(row.id) ?? []).map(({ labelId }) => labelId),
      enrollments: enrollmentsOf.get(row.id) ?? [],
      account: accountOf.get(row.accountId ?? "") ?? null,
      fields: fields.get(row.id) ?? {},
      scoring,
    });
  }
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

function byContact<Row extends OfContact>(rows: readonly Row[]) {
  return Map.groupBy(rows, ({ contactId }) => contactId);
}
