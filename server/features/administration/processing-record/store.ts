import type { Db } from "../../../db/connect.ts";

export type OwnWords = {
  controller: string;
  dataProtectionOfficer: string;
  purposes: string;
  transfers: string;
  securityMeasures: string;
  lawfulBasisFieldId: string | null;
};

type ProcessingRecordRow = OwnWords & { updatedAt: Temporal.Instant };

export function findOwnWords(db: Db, teamId: string) {
  return db.row<ProcessingRecordRow>(
    `select controller, data_protection_officer, purposes, transfers, security_measures, lawful_basis_field_id, updated_at
       from processing_records where team_id = $1`,
    [teamId],
  );
}

export function writeOwnWords(
  db: Db,
  teamId: string,
  words: OwnWords,
  { userId, now }: { userId: string; now: Temporal.Instant },
) {
  return db.run(
    `insert into processing_records (team_id, controller, data_protection_officer, purposes, transfers, security_measures,
            lawful_basis_field_id, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (team_id) do update set controller = excluded.controller, data_protection_officer = excluded.data_protection_officer,
            purposes = excluded.purposes, transfers = excluded.transfers, security_measures = excluded.security_measures,
            lawful_basis_field_id = excluded.lawful_basis_field_id, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [
      teamId,
      words.controller,
      words.dataProtectionOfficer,
      words.purposes,
      words.transfers,
      words.securityMeasures,
      words.lawfulBasisFieldId,
      now,
      userId,
    ],
  );
}

/** A picklist of contacts: the only kind of field whose values can be counted by name. */
export async function isPicklistOfContacts(db: Db, teamId: string, fieldId: string) {
  const row = await db.row(
    "select from custom_fields where team_id = $1 and id = $2 and modality = 'contact' and type = 'picklist' for key share",
    [teamId, fieldId],
  );
  return row !== null;
}

export type Counts = {
  contacts: number;
  companies: number;
  users: number;
  emails: number;
  receivedEmails: number;
  calls: number;
  notes: number;
  tasks: number;
  deals: number;
  conversations: number;
};

export function countKept(db: Db, teamId: string) {
  return db.row<Counts>(
    `select (select count(*)::int from contacts where team_id = $1) as contacts,
            (select count(*)::int from accounts where team_id = $1) as companies,
            (select count(*)::int from users where team_id = $1 and deactivated_at is null) as users,
            (select count(*)::int from messages where team_id = $1 and copy_of is null and released_at is not null) as emails,
            (select count(*)::int from incoming_mails where team_id = $1) as received_emails,
            (select count(*)::int from calls where team_id = $1) as calls,
            (select count(*)::int from notes where team_id = $1) as notes,
            (select count(*)::int from tasks where team_id = $1) as tasks,
            (select count(*)::int from deals where team_id = $1) as deals,
            (select count(*)::int from conversations where team_id = $1) as conversations`,
    [teamId],
  );
}

export type Named = { name: string | null; count: number };

export function contactsByBasis(db: Db, teamId: string, fieldId: string) {
  return db.rows<Named>(
    `select o.name, count(*)::int as count
       from contacts c
       left join contact_field_values v on v.team_id = $1 and v.contact_id = c.id and v.field_id = $2
       left join custom_field_options o on o.team_id = $1 and o.id = v.option_ids[1]
      where c.team_id = $1
      group by o.name order by count desc, o.name`,
    [teamId, fieldId],
  );
}

export function contactsBySource(db: Db, teamId: string) {
  return db.rows<Named>(
    `select original_source as name, count(*)::int as count from contacts where team_id = $1
      group by original_source order by count desc, original_source`,
    [teamId],
  );
}

/** Fields that the team added to contacts and companies. */
export async function customFieldNames(db: Db, teamId: string) {
  const rows = await db.rows<{ name: string }>(
    "select name from custom_fields where team_id = $1 and modality in ('contact', 'account') order by modality desc, position, name",
    [teamId],
  );
  return rows.map(({ name }) => name);
}

export type Recipient = {
  kind: "mailbox" | "provider" | "model" | "webhook" | "application" | "sql";
  name: string;
};

/** To whom this team's settings pass data on: each once, by the host where it has one. */
export function listRecipients(db: Db, teamId: string) {
  return db.rows<Recipient>(
    `select distinct kind, name from (
       select 'mailbox' as kind, case type when 'gmail' then 'Google' when 'microsoft' then 'Microsoft' else lower(smtp_host) end as name
         from mailboxes where team_id = $1 and revoked_at is null and type <> 'catcher'
       union all select 'mailbox', lower(imap_host) from mailboxes where team_id = $1 and revoked_at is null and type = 'smtp'
       union all select 'provider', name from enrichment_providers where team_id = $1 and is_enabled
       union all select 'model', substring(base_url from '^[a-z]+://([^/:]+)') from language_models where team_id = $1
       union all select 'webhook', substring(url from '^[a-z]+://([^/:]+)') from webhook_subscriptions where team_id = $1 and deleted_at is null
       union all select 'application', a.name from oauth_applications a where a.team_id = $1 and a.revoked_at is null
         and exists (select from oauth_grants g where g.team_id = $1 and g.application_id = a.id and g.ended_at is null)
       union all select 'sql', name from sql_logins where team_id = $1 and revoked_at is null
     ) r where name is not null order by kind, name`,
    [teamId],
  );
}
