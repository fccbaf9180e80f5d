// What must be known of us to understand a mail that has come in: whom we have written to, and what became of them.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";

/** Those that were once connected too: what they sent is still ours. */
export async function ownAddresses(db: Db, teamId: string) {
  const rows = await db.rows<{ email: string }>(
    `select lower(email) as email from mailboxes where team_id = $1
     union select lower(email) from mailbox_aliases where team_id = $1`,
    [teamId],
  );
  return rows.map(({ email }) => email);
}

/** A mail of ours, with what it takes to say what follows from an answer to it. */
export type AnsweredMailRow = {
  id: string;
  contactId: string | null;
  messageId: string | null;
  /** The provider's, where it is another one. */
  otherId: string | null;
  to: string | null;
  subject: string | null;
  opening: string | null;
  token: string | null;
  threadId: string | null;
  sequenceId: string | null;
  enrollmentId: string | null;
  accountId: string | null;
  mailboxId: string | null;
  delivery: string;
  releasedAt: Temporal.Instant | null;
};

const SENT = `m.id, m.contact_id, m.internet_message_id as message_id,
  nullif(m.provider_message_id, m.internet_message_id) as other_id, lower(m.to_email) as to, m.subject,
  left(m.body_text, 300) as opening, m.token, m.provider_thread_id as thread_id, m.sequence_id, m.enrollment_id, m.account_id,
  m.mailbox_id, m.delivery, m.released_at`;

const WENT_OUT = "m.copy_of is null and m.delivery in ('sent', 'dot', 'unconfirmed')";

/** Found by what stands in the mail itself, and by the provider's thread; the newest first. */
export function sentNamed(
  db: Db,
  teamId: string,
  named: { messageIds: readonly string[]; tokens: readonly string[]; threadIds: readonly string[] },
) {
  return db.rows<AnsweredMailRow>(
    `select * from (
     select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.internet_message_id = any($2::text[])
     union
     select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.provider_message_id = any($2::text[])
        and m.provider_message_id <> m.internet_message_id
     union
     select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.token = any($3::text[])
     union
     select ${SENT} from messages m
      where m.team_id = $1 and m.copy_of is null and m.provider_thread_id = any($4::text[])) named
      order by released_at desc nulls last, id desc`,
    [teamId, named.messageIds, named.tokens, named.threadIds],
  );
}

export type Mailed = { id: string; emails: string[] };

/** Contacts who have one of the addresses and were mailed. Addresses in lower case, in every spelling known. */
export function mailedContacts(db: Db, teamId: string, addresses: readonly string[]) {
  return db.rows<Mailed>(
    `with named as (
       select id from team_contacts where team_id = $1 and lower(email) = any($2::text[])
       union
       select contact_id from team_contact_emails where team_id = $1 and lower(email) = any($2::text[])
     )
     select n.id, ${EMAILS_OF} as emails
       from named n
      where exists (select from messages m where m.team_id = $1 and m.contact_id = n.id and ${WENT_OUT})
      order by n.id`,
    [teamId, addresses],
  );
}

const EMAILS_OF = `array (select lower(email) from contacts where team_id = $1 and id = n.id and email is not null
    union select lower(email) from contact_emails where team_id = $1 and contact_id = n.id)`;

const MOST_COLLEAGUES = 50;

/** Contacts who were mailed at one of the hosts; of a large company, those who were mailed last. */
export function mailedAtHosts(db: Db, teamId: string, hosts: readonly string[]) {
  return db.rows<Mailed>(
    `select n.id, ${EMAILS_OF} as emails
       from unnest($2::text[]) as h (host)
      cross join lateral (
        select c.id from team_contacts c
          join lateral (select max(m.released_at) as at from messages m
                         where m.team_id = $1 and m.contact_id = c.id and ${WENT_OUT}) last on last.at is not null
         where c.team_id = $1 and c.email is not null and split_part(lower(c.email), '@', 2) = h.host
         order by last.at desc limit ${MOST_COLLEAGUES}) n`,
    [teamId, hosts],
  );
}

const MOST_EACH = 10;

/** The last mails to each contact, newest first. */
export function lastSentTo(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<AnsweredMailRow>(
    `select s.* from unnest($2::text[]) as c (id)
      cross join lateral (
        select ${SENT} from messages m
         where m.team_id = $1 and m.contact_id = c.id and ${WENT_OUT}
         order by m.released_at desc nulls last, m.id desc limit ${MOST_EACH}) s
      order by s.released_at desc nulls last, s.id desc`,
    [teamId, contactIds],
  );
}

/** How often mail to each contact was put off since then. */
export async function softBouncesOf(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  since: Temporal.Instant,
) {
  const rows = await db.rows<{ contactId: string; count: number }>(
    `select contact_id, count(*) as count from incoming_mails
      where team_id = $1 and contact_id = any($2::text[]) and kind = 'bounce' and bounce_class = 'soft'
        and certainty = 'sure' and received_at > $3
      group by 1`,
    [teamId, contactIds, since],
  );
  return new Map(rows.map(({ contactId, count }) => [contactId, count]));
}

/** Where these contacts are or were, as it can be put back. */
export function enrollmentStandingsOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<EnrollmentStatus & { id: string; contactId: string; revision: number }>(
    `select id, contact_id, revision, state, inactive_reason, failure_reason, current_step_id, mailbox_id, send_from_email,
            due_at, paused_at, resume_at, manually_set_unpause, finished_at, failed_at, removed_at, in_response_to
       from enrollments
      where team_id = $1 and contact_id = any($2::text[]) and state <> 'removed' order by id`,
    [teamId, contactIds],
  );
}

/** In which sequence an enrollment is, and where its contact is. */
export function placesOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<Whereabouts & { id: string; sequenceId: string }>(
    `select e.id, e.sequence_id, ${whereabouts("c")} from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.id = any($2::text[])`,
    [teamId, enrollmentIds],
  );
}

/** Every address of each contact, in lower case. */
export async function addressesByContact(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string; emails: string[] }>(
    `select n.id, ${EMAILS_OF} as emails from unnest($2::text[]) as n (id)`,
    [teamId, contactIds],
  );
  return new Map(rows.map(({ id, emails }) => [id, emails]));
}

/** Their first addresses as they are now, in lower case. */
export async function firstAddressesOf(db: Db, teamId: string, contactIds: readonly string[]) {
  const rows = await db.rows<{ id: string; email: string | null }>(
    "select id, lower(email) as email from contacts where team_id = $1 and id = any($2::text[])",
    [teamId, contactIds],
  );
  return new Map(rows.map(({ id, email }) => [id, email]));
}

export function findSent(db: Db, teamId: string, id: string) {
  return db.row<AnsweredMailRow>(`select ${SENT} from messages m where m.team_id = $1 and m.id = $2`, [
    teamId,
    id,
  ]);
}
