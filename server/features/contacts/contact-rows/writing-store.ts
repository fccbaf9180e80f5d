// Writing contacts with their further addresses and their numbers, many at a time: a single contact is a batch of one.

import type { Db } from "../../../db/connect.ts";
import type {
  ContactDetails,
  ContactFacts,
  ExtraEmail,
  Phone,
} from "../../../domain/contacts/contact-facts.ts";
import type { Formula } from "../../../domain/contacts/prospect-score.ts";
import { expressionOf } from "../scoring/expression.ts";

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
  pausedUntil: ["paused_until", "timestamptz"],
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
  stageUpdatedAt: ["stage_updated_at", "timestamptz"],
  emailLastOpenedAt: ["email_last_opened_at", "timestamptz"],
  emailLastClickedAt: ["email_last_clicked_at", "timestamptz"],
};

export const PAIRS = Object.entries(COLUMNS) as [keyof ContactFacts, [string, string]][];
const COLUMN_NAMES = PAIRS.map(([, [column]]) => column);
const NAMES = COLUMN_NAMES.join(", ");
const TYPES = PAIRS.map(([, [column, type]]) => `${column} ${type}`).join(", ");

export const EMAILS = `coalesce((select json_agg(json_build_object('email', email, 'emailStatus', email_status,
    'emailTrueStatus', email_true_status, 'source', source, 'freeDomain', free_domain) order by position)
    from contact_emails where team_id = c.team_id and contact_id = c.id), '[]') as emails`;
const PHONES = `coalesce((select json_agg(json_build_object('rawNumber', raw_number, 'sanitizedNumber', sanitized_number,
    'type', type) order by position)
    from contact_phones where team_id = c.team_id and contact_id = c.id), '[]') as phones`;

type StoredContact = ContactDetails & { id: string; createdAt: Temporal.Instant };

/**
 * Locked in the order of their ids, so that two bulk changes never wait for each other in a circle. Read after that: while a
 * statement waits for a lock it goes on seeing the addresses and numbers that were there before.
 */
export async function lockContacts(db: Db, teamId: string, ids: readonly string[]): Promise<StoredContact[]> {
  const [, rows] = await Promise.all([
    db.run("select from contacts where team_id = $1 and id = any($2::text[]) order by id for update", [
      teamId,
      ids,
    ]),
    db.rows<
      ContactFacts & { id: string; createdAt: Temporal.Instant; emails: ExtraEmail[]; phones: Phone[] }
    >(
      `select c.id, c.created_at, ${EMAILS}, ${PHONES}, ${NAMES}
         from contacts c
        where c.team_id = $1 and c.id = any($2::text[])
        order by c.id`,
      [teamId, ids],
    ),
  ]);
  return rows.map(({ id, createdAt, emails, phones, ...facts }) => ({
    id,
    createdAt,
    emails,
    phones,
    facts,
  }));
}

type ContactToWrite = ContactDetails & { id: string };

/** Scored as they are written; a list or a field they come to later marks them to be looked at again. Answers the scores. */
export async function insertContacts(
  db: Db,
  teamId: string,
  contacts: readonly ContactToWrite[],
  formula: Formula,
  now: Temporal.Instant,
) {
  const params: unknown[] = [teamId, JSON.stringify(contacts.map(columnsOf)), now];
  const { joins, score } = expressionOf(formula, (value) => `$${params.push(value)}`);
  const inserting = db.rows<{ id: string; score: number }>(
    `insert into contacts (team_id, id, ${NAMES}, created_at, updated_at, prospect_score)
     select c.team_id, c.id, ${COLUMN_NAMES.map((column) => `c.${column}`).join(", ")}, c.created_at, c.created_at, ${score()}
       from (select $1::ident as team_id, $3::timestamptz as created_at, null::timestamptz as last_activity_at, given.*
               from jsonb_to_recordset($2::jsonb) as given (id text, ${TYPES})) c ${joins}
     returning id, prospect_score as score`,
    params,
  );
  const [scores] = await Promise.all([
    inserting,
    insertEmails(db, teamId, contacts),
    insertPhones(db, teamId, contacts),
  ]);
  return scores;
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
