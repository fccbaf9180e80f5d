// What goes when a contact does, and the little that stays.

import type { Db } from "../../../db/connect.ts";
import type { Forgotten } from "../../contacts/suppressions/forgetting.ts";
import type { RecipientDigests } from "../../gate/outbox-rows/store.ts";
import { forgetAbout } from "../../receiving/model-suggestions/store.ts";

/** All addresses of these contacts, and whether another contact of the team has the same. */
export function addressesToForget(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<Forgotten>(
    `with gone as (
       select c.id, c.email, coalesce(c.email_unsubscribed, false) as is_unsubscribed,
              c.bounced_at is not null or coalesce(c.email_status = 'bounced', false) as has_bounced, c.do_not_contact as is_barred
         from contacts c where c.team_id = $1 and c.id = any($2::text[])
     ), theirs as (
       select id, email from gone where email is not null
       union all
       select contact_id, email from contact_emails where team_id = $1 and contact_id = any($2::text[])
     ), marked as (
       select t.id, t.email,
              exists (select from team_contacts o where o.team_id = $1 and o.email is not null
                         and lower(o.email) = lower(t.email) and o.id <> all($2::text[]))
              or exists (select from team_contact_emails o where o.team_id = $1
                            and lower(o.email) = lower(t.email) and o.contact_id <> all($2::text[])) as is_shared
         from theirs t
     )
     select g.id, jsonb_agg(jsonb_build_object('email', m.email, 'isShared', m.is_shared)) as addresses,
            g.is_unsubscribed, g.has_bounced, g.is_barred
       from gone g join marked m on m.id = g.id
      group by g.id, 3, 4, 5`,
    [teamId, ids],
  );
}

/** Whom their mails went to: a recipient may opt out later, by the links in them. */
export function readersToForget(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<{ messageId: string; email: string; companyKey: string | null }>(
    `select m.id as message_id, m.to_email as email, case when m.copy_of is null then c.company_key end as company_key
       from messages m
       join contacts c on c.team_id = m.team_id and c.id = m.contact_id
      where m.team_id = $1 and m.contact_id = any($2::text[]) and m.to_email is not null
        and (m.token is not null or m.released_at is not null)`,
    [teamId, ids],
  );
}

/** All addresses of these contacts. */
export async function emailsOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ email: string }>(
    `select c.email from unnest($2::text[]) as named (id)
       join contacts c on c.team_id = $1 and c.id = named.id and c.email is not null
     union
     select e.email from unnest($2::text[]) as named (id)
       join contact_emails e on e.team_id = $1 and e.contact_id = named.id`,
    [teamId, ids],
  );
  return rows.map(({ email }) => email);
}

/** By a mark of their own, a claim, or an entry of the list. */
export async function isAnyBarred(
  db: Db,
  teamId: string,
  { ids, digests, values }: { ids: readonly string[]; digests: readonly string[]; values: readonly string[] },
) {
  const row = await db.row<{ isBarred: boolean }>(
    `select exists (select from contacts
                     where team_id = $1 and id = any($2::text[])
                       and (email_unsubscribed or do_not_contact or bounced_at is not null or email_status = 'bounced'))
         or exists (select from address_claims where team_id = $1 and contact_id = any($2::text[]) and lifted_at is null)
         or exists (select from address_claims where team_id = $1 and digest = any($3::text[]) and lifted_at is null)
         or exists (select from suppressions where team_id = $1 and kind = 'email' and value = any($4::text[])) as is_barred`,
    [teamId, ids, digests, values],
  );
  return row?.isBarred ?? false;
}

/** Together: of each by itself a thousand people would take seconds. Mails stay without their enrollment. */
export function endEnrollments(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.run("call end_enrollments($1, $2::text[])", [teamId, contactIds]);
}

/** What hangs on the mails, the answers, and notes about no other record. The mails themselves come after. */
export function forgetContent(db: Db, teamId: string, ids: readonly string[]) {
  return Promise.all([
    db.run(
      `update send_attempts a set server_said = null
       from messages m
      where m.team_id = $1 and m.contact_id = any($2::text[]) and a.team_id = m.team_id and a.message_id = m.id`,
      [teamId, ids],
    ),
    db.run(
      `update message_events v set user_agent = null
       from messages m
      where m.team_id = $1 and m.contact_id = any($2::text[]) and v.team_id = m.team_id and v.message_id = m.id`,
      [teamId, ids],
    ),
    // Links go on leading somewhere, without what was filled in for this person.
    db.run(
      `update message_links l set url = regexp_replace(l.url, '[?#].*$', '')
       from messages m
      where m.team_id = $1 and m.contact_id = any($2::text[]) and l.team_id = $1 and l.message_id = m.id`,
      [teamId, ids],
    ),
    forgetAbout(db, teamId, ids),
    db.run(
      `update incoming_mails
        set from_email = null, from_name = null, subject = null, body_text = null, internet_message_id = null,
            bounced_email = null, named_emails = '{}', evidence = '[]', attachments = '[]', effects = null
      where team_id = $1 and contact_id = any($2::text[])`,
      [teamId, ids],
    ),
    db.run(
      `delete from notes n
      where n.team_id = $1
        and n.id in (select note_id from note_contacts where team_id = $1 and contact_id = any($2::text[]))
        and not exists (select from note_contacts o where o.team_id = $1 and o.note_id = n.id and o.contact_id <> all($2::text[]))
        and not exists (select from note_accounts o where o.team_id = $1 and o.note_id = n.id)
        and not exists (select from note_deals o where o.team_id = $1 and o.note_id = n.id)`,
      [teamId, ids],
    ),
    forgetSaid(db, teamId, ids),
  ]);
}

/** A conversation with no other contact goes. Of another one goes what they said, and what may have been said by them. */
function forgetSaid(db: Db, teamId: string, ids: readonly string[]) {
  const TALKED = `in (select conversation_id from conversation_participants where team_id = $1 and contact_id = any($2::text[]))`;
  // The database takes them in this order: the last one takes away what the others look at.
  return Promise.all([
    db.run(
      `delete from conversations k
        where k.team_id = $1 and k.id ${TALKED}
          and not exists (select from conversation_participants o where o.team_id = $1 and o.conversation_id = k.id
                and o.contact_id <> all($2::text[]))`,
      [teamId, ids],
    ),
    db.run(
      `delete from conversation_lines l where l.team_id = $1 and l.speaker is null and l.conversation_id ${TALKED}`,
      [teamId, ids],
    ),
    db.run("delete from conversation_participants where team_id = $1 and contact_id = any($2::text[])", [
      teamId,
      ids,
    ]),
  ]);
}

type ReaderDigests = { messageId: string } & RecipientDigests;

/**
 * Mails stay, to be counted; what they said does not, nor whose they were: once, because each change of a mail writes all its indexes. A draft
 * of a step is cancelled, as wherever an enrollment ends. Digests that were written when the mail was claimed stay.
 */
export function forgetMails(
  db: Db,
  teamId: string,
  ids: readonly string[],
  readers: readonly ReaderDigests[],
) {
  const endsWithItsStep = "m.delivery = 'draft' and m.step_id is not null and m.enrollment_id is not null";
  return db.run(
    `update messages m
        set contact_id = null, enrollment_id = null, to_email = null, to_name = null, subject = null, body_html = null, body_text = null,
            server_said = null, cc_emails = '{}', bcc_emails = '{}', hold_evidence = null,
            delivery = case when ${endsWithItsStep} then 'cancelled' else m.delivery end,
            updated_at = case when ${endsWithItsStep} then cadenza_now() else m.updated_at end,
            reader_digest = coalesce(m.reader_digest, theirs."readerDigest"), host_digest = coalesce(m.host_digest, theirs."hostDigest"),
            company_digest = coalesce(m.company_digest, theirs."companyDigest")
       from (select o.id, n."readerDigest", n."hostDigest", n."companyDigest"
               from messages o
               left join jsonb_to_recordset($3::jsonb) as n ("messageId" text, "readerDigest" text, "hostDigest" text, "companyDigest" text)
                 on n."messageId" = o.id
              where o.team_id = $1 and o.contact_id = any($2::text[])) theirs
      where m.team_id = $1 and m.id = theirs.id`,
    [teamId, ids, JSON.stringify(readers)],
  );
}

/** Leaves a tombstone each, and what hangs on them goes along. `mergedInto`: who they are from then on. Answers who went. */
export function deleteContacts(
  db: Db,
  teamId: string,
  { ids, userId, mergedInto }: { ids: readonly string[]; userId: string | null; mergedInto: string | null },
  now: Temporal.Instant,
) {
  return db.rows<{ id: string; name: string | null; email: string | null }>(
    `with gone as (
       delete from contacts where team_id = $1 and id = any($2::text[]) returning id, name, email
     ), buried as (
       insert into tombstones (team_id, kind, id, deleted_by, deleted_at, merged_into)
       select $1::text, 'contact', id, $3::text, $4::timestamptz, $5::text from gone
       on conflict do nothing
     )
     select id, name, email from gone order by id`,
    [teamId, ids, userId, now, mergedInto],
  );
}

/** Records that a move left out are named in its report. */
export function forgetInMoves(db: Db, teamId: string, emails: readonly string[]) {
  return db.run(
    `update team_moves set report = (
       select jsonb_object_agg(part, case when jsonb_typeof(items) <> 'array' then items else (
         select coalesce(jsonb_agg(case when jsonb_typeof(item) <> 'object' or not item ? 'examples' then item
                  else item || jsonb_build_object('examples', (
                    select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements_text(item -> 'examples') e
                     where not exists (select from unnest($2::text[]) as gone (email) where position(lower(gone.email) in lower(e)) > 0))) end), '[]')
           from jsonb_array_elements(items) item) end)
         from jsonb_each(report) as r (part, items))
      where team_id = $1 and report is not null
        and exists (select from unnest($2::text[]) as gone (email) where position(lower(gone.email) in lower(report::text)) > 0)`,
    [teamId, emails],
  );
}
