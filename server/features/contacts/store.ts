// Contacts with their further addresses and their numbers. Written many at a time: a single contact is a batch of one.

import type { Db } from "../../db/connect.ts";
import type { Contact, ContactFacts, ExtraEmail, Phone } from "../../domain/contacts.ts";
import { fieldValuesOf } from "../custom-fields/store.ts";

/** What a contact is written with: our word, column, type. */
const COLUMNS: Record<keyof ContactFacts, [column: string, type: string]> = {
  firstName: ["first_name", "text"],
  lastName: ["last_name", "text"],
  title: ["title", "text"],
  headline: ["headline", "text"],
  organizationName: ["organization_name", "text"],
  accountId: ["account_id", "text"],
  organizationId: ["organization_id", "text"],
  personId: ["person_id", "text"],
  ownerId: ["owner_id", "text"],
  creatorId: ["creator_id", "text"],
  contactStageId: ["contact_stage_id", "text"],
  email: ["email", "text"],
  emailStatus: ["email_status", "text"],
  emailTrueStatus: ["email_true_status", "text"],
  emailSource: ["email_source", "text"],
  emailFromCustomer: ["email_from_customer", "boolean"],
  freeDomain: ["free_domain", "boolean"],
  companyDomain: ["company_domain", "text"],
  emailUnsubscribed: ["email_unsubscribed", "boolean"],
  emailUnsubscribedAt: ["email_unsubscribed_at", "timestamptz"],
  doNotContact: ["do_not_contact", "boolean"],
  bouncedAt: ["bounced_at", "timestamptz"],
  sanitizedPhone: ["sanitized_phone", "text"],
  linkedinUrl: ["linkedin_url", "text"],
  twitterUrl: ["twitter_url", "text"],
  facebookUrl: ["facebook_url", "text"],
  githubUrl: ["github_url", "text"],
  photoUrl: ["photo_url", "text"],
  presentRawAddress: ["present_raw_address", "text"],
  city: ["city", "text"],
  state: ["state", "text"],
  country: ["country", "text"],
  timeZone: ["time_zone", "text"],
  source: ["source", "text"],
  originalSource: ["original_source", "text"],
  crmOwnerId: ["crm_owner_id", "text"],
  crmId: ["crm_id", "text"],
  salesforceId: ["salesforce_id", "text"],
  salesforceLeadId: ["salesforce_lead_id", "text"],
  salesforceContactId: ["salesforce_contact_id", "text"],
  salesforceAccountId: ["salesforce_account_id", "text"],
  hubspotVid: ["hubspot_vid", "text"],
  hubspotCompanyId: ["hubspot_company_id", "text"],
  outreachId: ["outreach_id", "text"],
  salesloftId: ["salesloft_id", "text"],
  mergedCrmIds: ["merged_crm_ids", "text[]"],
  jobChangeCompany: ["job_change_company", "text"],
  jobChangeTitle: ["job_change_title", "text"],
  jobChangeDetectedAt: ["job_change_detected_at", "timestamptz"],
  prospectScore: ["prospect_score", "int"],
  stageUpdatedAt: ["stage_updated_at", "timestamptz"],
  emailLastOpenedAt: ["email_last_opened_at", "timestamptz"],
  emailLastClickedAt: ["email_last_clicked_at", "timestamptz"],
};

const PAIRS = Object.entries(COLUMNS) as [keyof ContactFacts, [string, string]][];
const NAMES = PAIRS.map(([, [column]]) => column).join(", ");
const TYPES = PAIRS.map(([, [column, type]]) => `${column} ${type}`).join(", ");

const EMAILS = `coalesce((select json_agg(json_build_object('email', email, 'emailStatus', email_status,
    'emailTrueStatus', email_true_status, 'source', source, 'freeDomain', free_domain) order by position)
    from contact_emails where team_id = c.team_id and contact_id = c.id), '[]') as emails`;
const PHONES = `coalesce((select json_agg(json_build_object('rawNumber', raw_number, 'sanitizedNumber', sanitized_number,
    'type', type) order by position)
    from contact_phones where team_id = c.team_id and contact_id = c.id), '[]') as phones`;

export type StoredContact = Contact & { id: string; createdAt: Temporal.Instant };

/** Locked in the order of their ids, so that two bulk changes never wait for each other in a circle. */
export async function lockContacts(db: Db, teamId: string, ids: readonly string[]): Promise<StoredContact[]> {
  const rows = await db.rows<
    ContactFacts & { id: string; createdAt: Temporal.Instant; emails: ExtraEmail[]; phones: Phone[] }
  >(
    `select c.id, c.created_at, ${EMAILS}, ${PHONES}, ${NAMES}
       from contacts c
      where c.team_id = $1 and c.id = any($2::text[])
      order by c.id
        for update of c`,
    [teamId, ids],
  );
  return rows.map(({ id, createdAt, emails, phones, ...facts }) => ({
    id,
    createdAt,
    emails,
    phones,
    facts,
  }));
}

export type ContactToWrite = Contact & { id: string };

export async function insertContacts(
  db: Db,
  teamId: string,
  contacts: readonly ContactToWrite[],
  now: Temporal.Instant,
) {
  await db.run(
    `insert into contacts (team_id, id, ${NAMES}, created_at, updated_at)
     select $1, id, ${NAMES}, $3, $3
       from jsonb_to_recordset($2::jsonb) as c (id text, ${TYPES})`,
    [teamId, JSON.stringify(contacts.map(columnsOf)), now],
  );
  await insertEmails(db, teamId, contacts);
  await insertPhones(db, teamId, contacts);
}

/** Addresses and numbers are replaced whole, for those contacts that are named as having other ones. */
export async function updateContacts(
  db: Db,
  teamId: string,
  contacts: readonly (ContactToWrite & { hasOtherEmails: boolean; hasOtherPhones: boolean })[],
  now: Temporal.Instant,
) {
  await db.run(
    `update contacts c
        set (${NAMES}, updated_at) = row (${PAIRS.map(([, [column]]) => `g.${column}`).join(", ")}, $3::timestamptz)
       from jsonb_to_recordset($2::jsonb) as g (id text, ${TYPES})
      where c.team_id = $1 and c.id = g.id`,
    [teamId, JSON.stringify(contacts.map(columnsOf)), now],
  );
  const emails = contacts.filter((contact) => contact.hasOtherEmails);
  const phones = contacts.filter((contact) => contact.hasOtherPhones);
  if (emails.length > 0) {
    await db.run("delete from contact_emails where team_id = $1 and contact_id = any($2::text[])", [
      teamId,
      emails.map(({ id }) => id),
    ]);
    await insertEmails(db, teamId, emails);
  }
  if (phones.length > 0) {
    await db.run("delete from contact_phones where team_id = $1 and contact_id = any($2::text[])", [
      teamId,
      phones.map(({ id }) => id),
    ]);
    await insertPhones(db, teamId, phones);
  }
}

function columnsOf({ id, facts }: ContactToWrite) {
  const row: Record<string, unknown> = { id };
  // What is missing is null to Postgres, and most of a contact is: a third of the text, and of its reading.
  for (const [key, [column]] of PAIRS) if (facts[key] !== null) row[column] = facts[key];
  return row;
}

async function insertEmails(db: Db, teamId: string, contacts: readonly ContactToWrite[]) {
  const rows = contacts.flatMap(({ id, emails }) =>
    emails.map((email, i) => ({ ...email, id, position: i + 1 })),
  );
  if (rows.length === 0) return;
  await db.run(
    `insert into contact_emails (team_id, contact_id, position, email, email_status, email_true_status, source, free_domain)
     select $1, id, position, email, "emailStatus", "emailTrueStatus", source, "freeDomain"
       from jsonb_to_recordset($2::jsonb) as e (id text, position int, email text, "emailStatus" text,
              "emailTrueStatus" text, source text, "freeDomain" boolean)`,
    [teamId, JSON.stringify(rows)],
  );
}

async function insertPhones(db: Db, teamId: string, contacts: readonly ContactToWrite[]) {
  const rows = contacts.flatMap(({ id, phones }) =>
    phones.map((phone, position) => ({ ...phone, id, position })),
  );
  if (rows.length === 0) return;
  await db.run(
    `insert into contact_phones (team_id, contact_id, position, raw_number, sanitized_number, type)
     select $1, id, position, "rawNumber", "sanitizedNumber", type
       from jsonb_to_recordset($2::jsonb) as p (id text, position int, "rawNumber" text, "sanitizedNumber" text, type text)`,
    [teamId, JSON.stringify(rows)],
  );
}

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

/** In the order of the ids; those that are not there are left out. */
export async function readContacts(db: Db, teamId: string, ids: readonly string[]): Promise<ContactRow[]> {
  const [rows, fields] = await Promise.all([
    db.rows<Omit<ContactRow, "fields">>(WHOLE, [teamId, ids]),
    fieldValuesOf(db, teamId, "contact", ids),
  ]);
  const byId = new Map(rows.map((row) => [row.id, { ...row, fields: fields.get(row.id) ?? {} }]));
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

export type Candidate = {
  id: string | null;
  crmIds: readonly string[]; // of any system
  personId: string | null;
  emails: readonly string[];
  name: string | null; // in full
  organizationId: string | null;
  organizationName: string | null;
  companyDomain: string | null;
};

export type Match = { contactId: string; reason: MatchReason };
export type MatchReason = "id" | "crmId" | "personId" | "email" | "nameAndCompany";
const REASONS: readonly MatchReason[] = ["id", "crmId", "personId", "email", "nameAndCompany"];

/** By candidate: the contact it already is, found by the first of the five ways that finds one, the oldest if several. */
export async function findDuplicates(
  db: Db,
  teamId: string,
  candidates: readonly Candidate[],
): Promise<(Match | null)[]> {
  const given = candidates.map((candidate, n) => ({
    n,
    ...candidate,
    crmIds: candidate.crmIds.filter(Boolean),
    emails: candidate.emails.map((email) => email.toLowerCase()),
  }));
  const rows = await db.rows<{ n: number; way: number; contactId: string }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, id text, "crmIds" text[], "personId" text, emails text[],
              name text, "organizationId" text, "organizationName" text, "companyDomain" text)
     ), hits as (
       select g.n, 0 as way, c.id, c.created_at
         from given g join contacts c on c.team_id = $1 and c.id = g.id
       union all
       select g.n, 1, c.id, c.created_at
         from given g join lateral (
           select id, created_at from contacts where team_id = $1 and salesforce_lead_id = any(g."crmIds")
           union all
           select id, created_at from contacts where team_id = $1 and salesforce_contact_id = any(g."crmIds")
           union all
           select id, created_at from contacts where team_id = $1 and hubspot_vid = any(g."crmIds")
           union all
           select id, created_at from team_contacts where team_id = $1 and merged_crm_ids && g."crmIds"
         ) c on true
        where cardinality(g."crmIds") > 0
       union all
       select g.n, 2, c.id, c.created_at
         from given g join contacts c on c.team_id = $1 and c.person_id = g."personId"
       union all
       select g.n, 3, c.id, c.created_at
         from given g cross join lateral unnest(g.emails) as address
         join team_contacts c on c.team_id = $1 and lower(c.email) = address
       union all
       select g.n, 3, c.id, c.created_at
         from given g cross join lateral unnest(g.emails) as address
         join team_contact_emails e on e.team_id = $1 and lower(e.email) = address
         join contacts c on c.team_id = $1 and c.id = e.contact_id
       union all
       select g.n, 4, c.id, c.created_at
         from given g
         join team_contacts c on c.team_id = $1 and c.name is not null and lower(coalesce(c.name, c.email, '')) = lower(g.name)
         left join accounts a on a.team_id = c.team_id and a.id = c.account_id
        where g."organizationId" in (c.organization_id, a.organization_id)
           or lower(g."organizationName") in (lower(c.organization_name), lower(a.name))
           or g."companyDomain" in (a.domain, split_part(lower(c.email), '@', 2))
     )
     select distinct on (n) n, way, id as contact_id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(given)],
  );
  const matches: (Match | null)[] = candidates.map(() => null);
  for (const { n, way, contactId } of rows) matches[n] = { contactId, reason: REASONS[way] as MatchReason };
  return matches;
}

/** Holds back whoever looks for the same person at this moment, until the transaction ends. */
export async function queueFor(db: Db, teamId: string, marks: readonly string[]) {
  await db.run(
    `select pg_advisory_xact_lock(mark) from
       (select distinct hashtextextended($1 || ' contact ' || m, 0) as mark from unnest($2::text[]) as m order by 1) marks`,
    [teamId, marks],
  );
}

export type AccountFound = { id: string; name: string | null; organizationId: string | null };

/** By clue: the account of one of the domains, else the one of this name; the oldest if several. */
export async function findAccountsBy(
  db: Db,
  teamId: string,
  clues: readonly { domains: readonly string[]; name: string | null }[],
) {
  const rows = await db.rows<AccountFound & { n: number }>(
    `with given as (
       select * from jsonb_to_recordset($2::jsonb) as g (n int, domains text[], name text)
     ), hits as (
       select g.n, d.position as way, a.id, a.name, a.organization_id, a.created_at
         from given g cross join lateral unnest(g.domains) with ordinality as d (domain, position)
         join team_accounts a on a.team_id = $1 and a.domain = d.domain
       union all
       select g.n, 1000, a.id, a.name, a.organization_id, a.created_at
         from given g join team_accounts a on a.team_id = $1 and lower(a.name) = g.name
     )
     select distinct on (n) n, id, name, organization_id from hits order by n, way, created_at, id`,
    [teamId, JSON.stringify(clues.map((clue, n) => ({ n, ...clue })))],
  );
  return new Map(rows.map(({ n, ...account }) => [n, account]));
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

/** Where a new contact begins. */
export async function firstStageId(db: Db, teamId: string) {
  const row = await db.row<{ id: string }>(
    "select id from contact_stages where team_id = $1 order by position, id limit 1",
    [teamId],
  );
  return row?.id ?? null;
}

/** A stage by its name, or by its id: one published client sends either under one name. */
export async function findStageId(db: Db, teamId: string, nameOrId: string) {
  const row = await db.row<{ id: string }>(
    `select id from contact_stages where team_id = $1 and (id = lower(btrim($2)) or lower(name) = lower(btrim($2)))
      order by position limit 1`,
    [teamId, nameOrId],
  );
  return row?.id ?? null;
}

export function setStage(
  db: Db,
  teamId: string,
  ids: readonly string[],
  stageId: string,
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; name: string | null }>(
    `update contacts set contact_stage_id = $3, stage_updated_at = $4, updated_at = $4
      where team_id = $1 and id = any($2::text[]) and contact_stage_id is distinct from $3
      returning id, name`,
    [teamId, ids, stageId, now],
  );
}

/** Each to a stage of its own. Answers those who were elsewhere, and where. */
export function moveToStages(
  db: Db,
  teamId: string,
  moves: readonly { contactId: string; stageId: string }[],
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; fromStageId: string | null; toStageId: string }>(
    `with before as (
       select c.id, c.contact_stage_id, m.stage_id
         from unnest($2::text[], $3::text[]) as m (id, stage_id)
         join contacts c on c.team_id = $1 and c.id = m.id
        where c.contact_stage_id is distinct from m.stage_id
        order by c.id
          for no key update of c
     )
     update contacts c
        set contact_stage_id = b.stage_id, stage_updated_at = $4, updated_at = $4
       from before b
      where c.team_id = $1 and c.id = b.id
     returning c.id, b.contact_stage_id as from_stage_id, b.stage_id as to_stage_id`,
    [teamId, moves.map(({ contactId }) => contactId), moves.map(({ stageId }) => stageId), now],
  );
}

/** Holds them back from being deleted, merged, barred or unsubscribed until the transaction ends. In the order of their ids. */
export async function holdContacts(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from contacts where team_id = $1 and id = any($2::text[]) order by id for key share",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Those of the contacts that are there, locked until they are deleted. */
export async function lockIds(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from contacts where team_id = $1 and id = any($2::text[]) order by id for update",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}

export function setOwner(
  db: Db,
  teamId: string,
  ids: readonly string[],
  ownerId: string,
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; name: string | null }>(
    `update contacts set owner_id = $3, updated_at = $4
      where team_id = $1 and id = any($2::text[]) and owner_id is distinct from $3
      returning id, name`,
    [teamId, ids, ownerId, now],
  );
}

export function readOwners(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ id: string; ownerId: string | null; crmOwnerId: string | null }>(
    `select id, owner_id, crm_owner_id from contacts
      where team_id = $1 and id = any($2::text[]) order by array_position($2::text[], id::text)`,
    [teamId, ids],
  );
}

/** Leaves a tombstone each, and what hangs on them goes along. Answers who went. */
export function deleteContacts(
  db: Db,
  teamId: string,
  ids: readonly string[],
  userId: string,
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; name: string | null; email: string | null }>(
    `with gone as (
       delete from contacts where team_id = $1 and id = any($2::text[]) returning id, name, email
     ), buried as (
       insert into tombstones (team_id, kind, id, deleted_by, deleted_at)
       select $1::text, 'contact', id, $3::text, $4::timestamptz from gone
       on conflict do nothing
     )
     select id, name, email from gone order by id`,
    [teamId, ids, userId, now],
  );
}

// What points to a contact. A merge is the one place that writes other nouns' tables from here: it changes nothing in
// them but whose they are, and all of it must happen in one stroke, before the losers and what is left on them go.
const MOVES = [
  `update enrollments e set contact_id = $2, revision = revision + 1
    where team_id = $1 and id in (
      select distinct on (sequence_id) id from enrollments l
       where l.team_id = $1 and l.contact_id = any($3::text[]) and l.state <> 'removed'
         and not exists (select 1 from enrollments w where w.team_id = $1 and w.contact_id = $2
                            and w.sequence_id = l.sequence_id and w.state <> 'removed')
       order by sequence_id, (l.state in ('active', 'paused')) desc, l.added_at, l.id)`,
  "update messages set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update tasks set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  "update calls set contact_id = $2 where team_id = $1 and contact_id = any($3::text[])",
  `insert into contact_labels (team_id, label_id, contact_id, added_at)
   select $1::text, label_id, $2::text, min(added_at) from contact_labels where team_id = $1 and contact_id = any($3::text[]) group by label_id
   on conflict do nothing`,
  `insert into note_contacts (team_id, note_id, contact_id)
   select distinct $1::text, note_id, $2::text from note_contacts where team_id = $1 and contact_id = any($3::text[])
   on conflict do nothing`,
  `insert into deal_contacts (team_id, deal_id, contact_id, id, role)
   select distinct on (deal_id) $1::text, deal_id, $2::text, new_ident(), role
     from deal_contacts where team_id = $1 and contact_id = any($3::text[]) order by deal_id, role nulls last
   on conflict do nothing`,
  `insert into contact_field_values (team_id, contact_id, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids)
   select distinct on (field_id) $1::text, $2::text, field_id, text_value, number_value, date_value, moment_value, boolean_value, option_ids
     from contact_field_values where team_id = $1 and contact_id = any($3::text[])
    order by field_id, array_position($3::text[], contact_id::text)
   on conflict do nothing`,
];

/** Gives the winner whatever hangs on the losers, where it does not hang on the winner already. */
export async function moveEverything(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  for (const move of MOVES) await db.run(move, [teamId, winnerId, loserIds]);
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
