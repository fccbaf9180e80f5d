// Contacts as they are read, moved, given and deleted. How they come to be written stands in contact-writing.

import type { Db } from "../../db/connect.ts";
import type { ContactFacts, ExtraEmail, Phone } from "../../domain/contact-facts.ts";
import { EMAILS, PAIRS } from "../contact-writing/store.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";
import { type Scoring, scoringOf } from "../scoring/store.ts";
import { seenAmong } from "../sharing/store.ts";

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
  addedAt: string;
  pausedAt: string | null;
  resumeAt: string | null;
  manuallySetUnpause: boolean | null;
  finishedAt: string | null;
  inResponseTo: string | null;
};

export type AccountOfContact = {
  id: string;
  domain: string | null;
  name: string | null;
  organization_id: string | null;
  account_stage_id: string | null;
  source: string;
  original_source: string;
  creator_id: string | null;
  owner_id: string | null;
  created_at: string;
  phone: string | null;
  phone_status: string;
  hubspot_id: string | null;
  salesforce_id: string | null;
  crm_owner_id: string | null;
  parent_account_id: string | null;
  linkedin_url: string | null;
  sanitized_phone: string | null;
  website_url: string | null;
  logo_url: string | null;
  industry: string | null;
  estimated_num_employees: number | null;
};

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
  phones: (Phone & { status: string; dncStatus: string | null; sourceName: string | null })[];
  labelIds: string[];
  enrollments: EnrollmentRow[];
  fields: Record<string, unknown>;
  account: AccountOfContact | null;
  /** What the score is made of. */
  scoring: Scoring;
};

// One statement for a page: each part is found by an index for the few contacts it is about.
const WHOLE = `select c.team_id, c.id, c.name, c.linkedin_uid, c.email_domain_catchall, c.call_opted_out, c.last_activity_at,
    c.created_at, c.updated_at, ${PAIRS.map(([, [column]]) => `c.${column}`).join(", ")}, ${EMAILS},
  coalesce((select json_agg(json_build_object('rawNumber', raw_number, 'sanitizedNumber', sanitized_number, 'type', type,
      'status', status, 'dncStatus', dnc_status, 'sourceName', source_name) order by position)
    from contact_phones where team_id = c.team_id and contact_id = c.id), '[]') as phones,
  array (select label_id from contact_labels where team_id = c.team_id and contact_id = c.id order by added_at, label_id) as label_ids,
  coalesce((select json_agg(json_build_object('id', e.id, 'sequenceId', e.sequence_id, 'state', e.state,
      'inactiveReason', e.inactive_reason, 'failureReason', e.failure_reason, 'currentStepId', e.current_step_id,
      'currentStepPosition', s.position, 'mailboxId', e.mailbox_id, 'mailboxUserId', m.user_id,
      'sendFromEmail', e.send_from_email, 'addedBy', e.added_by, 'addedAt', e.added_at, 'pausedAt', e.paused_at,
      'resumeAt', e.resume_at, 'manuallySetUnpause', e.manually_set_unpause, 'finishedAt', e.finished_at,
      'inResponseTo', e.in_response_to) order by e.added_at, e.id)
    from enrollments e
    left join sequence_steps s on s.team_id = e.team_id and s.id = e.current_step_id
    left join mailboxes m on m.team_id = e.team_id and m.id = e.mailbox_id
    where e.team_id = c.team_id and e.contact_id = c.id and e.state <> 'removed'), '[]') as enrollments,
  (select to_json(a) from (select id, domain, name, organization_id, account_stage_id, source, original_source, creator_id,
      owner_id, created_at, phone, phone_status, hubspot_id, salesforce_id, crm_owner_id, parent_account_id, linkedin_url,
      sanitized_phone, website_url, logo_url, industry, estimated_num_employees
    from accounts where team_id = c.team_id and id = c.account_id) a) as account
  from contacts c
  where c.team_id = $1 and c.id = any($2::text[])`;

/**
 * In the order of the ids; those that are not there are left out. Of sequences that are hidden from whoever looks (null: who
 * sees all) nothing shows on them.
 */
export async function readContacts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  viewerId: string | null,
): Promise<ContactRow[]> {
  const [rows, fields, scorings] = await Promise.all([
    db.rows<Omit<ContactRow, "fields" | "scoring">>(WHOLE, [teamId, ids]),
    fieldValuesOf(db, teamId, "contact", ids),
    scoringOf(db, teamId, ids),
  ]);
  const sequenceIds = rows.flatMap(({ enrollments }) => enrollments.map(({ sequenceId }) => sequenceId));
  const seen = await seenAmong(db, teamId, sequenceIds, viewerId);
  const byId = new Map<string, ContactRow>();
  for (const row of rows) {
    const scoring = scorings.get(row.id);
    const enrollments = row.enrollments.filter(({ sequenceId }) => seen.has(sequenceId));
    if (scoring) byId.set(row.id, { ...row, enrollments, fields: fields.get(row.id) ?? {}, scoring });
  }
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

export type ContactSummary = Pick<
  ContactRow,
  | "teamId"
  | "id"
  | "firstName"
  | "lastName"
  | "email"
  | "title"
  | "organizationName"
  | "ownerId"
  | "accountId"
  | "contactStageId"
  | "presentRawAddress"
  | "linkedinUrl"
  | "createdAt"
  | "updatedAt"
>;

/** What bulk calls answer, in the order of the ids. */
export async function readSummaries(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<ContactSummary>(
    `select team_id, id, first_name, last_name, email, title, organization_name, owner_id, account_id, contact_stage_id,
            present_raw_address, linkedin_url, created_at, updated_at
       from contacts where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

/** Which of the ids are there, which were deleted. The others never were. */
export async function sortIds(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; isDeleted: boolean }>(
    `select id, false as is_deleted from contacts where team_id = $1 and id = any($2::text[])
     union all
     select id, true from tombstones where team_id = $1 and kind = 'contact' and id = any($2::text[])`,
    [teamId, ids],
  );
  return {
    existing: rows.filter((row) => !row.isDeleted).map((row) => row.id),
    deleted: rows.filter((row) => row.isDeleted).map((row) => row.id),
  };
}

/** Those of the ids that there are, with what an account passes on to its contacts. */
export async function findReferences(
  db: Db,
  teamId: string,
  ids: { users: readonly string[]; stages: readonly string[]; accounts: readonly string[] },
) {
  const rows = await db.rows<{
    kind: string;
    id: string;
    name: string | null;
    organizationId: string | null;
  }>(
    `select 'user' as kind, id, null as name, null as organization_id from users
      where team_id = $1 and id = any($2::text[])
     union all
     select 'stage', id, name, null from contact_stages where team_id = $1 and id = any($3::text[])
     union all
     select 'account', id, name, organization_id from accounts where team_id = $1 and id = any($4::text[])`,
    [teamId, ids.users, ids.stages, ids.accounts],
  );
  const of = (kind: string) => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.id, row]));
  return { users: of("user"), stages: of("stage"), accounts: of("account") };
}

export async function hasContacts(db: Db, teamId: string) {
  return (await db.row("select 1 as one from contacts where team_id = $1 limit 1", [teamId])) !== null;
}

/** When something last happened with each of them. */
export async function noteActivity(
  db: Db,
  teamId: string,
  activity: readonly { contactId: string; at: Temporal.Instant }[],
) {
  await db.run(
    `update contacts c
        set last_activity_at = greatest(c.last_activity_at, g.at), updated_at = greatest(c.updated_at, g.at)
       from unnest($2::text[], $3::timestamptz[]) as g (id, at)
      where c.team_id = $1 and c.id = g.id`,
    [teamId, activity.map(({ contactId }) => contactId), activity.map(({ at }) => at)],
  );
}
