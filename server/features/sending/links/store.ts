// Whose mails stop: contacts found by what is known of them, locked and marked, and the mail that was answered so.

import type { Db } from "../../../db/connect.ts";

/**
 * All contacts of the team who are named, or who have one of the addresses. Addresses in lower case, in every
 * spelling known.
 */
export async function findReaders(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  addresses: readonly string[],
) {
  const rows = await db.rows<{ id: string }>(
    `select id from contacts where team_id = $1 and id = any($2::text[])
     union
     select id from team_contacts where team_id = $1 and lower(email) = any($3::text[])
     union
     select contact_id from team_contact_emails where team_id = $1 and lower(email) = any($3::text[])`,
    [teamId, contactIds, addresses],
  );
  return rows.map(({ id }) => id);
}

export function mainAddressesOf(db: Db, teamId: string, contactIds: readonly string[]) {
  return db.rows<{ contactId: string; email: string }>(
    `select id as contact_id, email from contacts where team_id = $1 and id = any($2::text[]) and email is not null
     union
     select contact_id, email from contact_emails where team_id = $1 and contact_id = any($2::text[])`,
    [teamId, contactIds],
  );
}

/** Answers those who were not marked yet. Their rows must be locked. */
export async function markUnsubscribed(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  now: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string }>(
    `update contacts set email_unsubscribed = true, email_unsubscribed_at = $3, updated_at = $3
      where team_id = $1 and id = any($2::text[]) and email_unsubscribed is not true
      returning id`,
    [teamId, contactIds, now],
  );
  return rows.map(({ id }) => id).sort();
}

/** False if it is marked already, or is not there. */
export async function markMessageUnsubscribed(
  db: Db,
  teamId: string,
  messageId: string,
  now: Temporal.Instant,
) {
  const changed = await db.run(
    `update messages set unsubscribed_at = $3, updated_at = $3
      where team_id = $1 and id = $2 and unsubscribed_at is null`,
    [teamId, messageId, now],
  );
  return changed > 0;
}

export function findWhose(db: Db, teamId: string, messageId: string) {
  return db.row<{ contactId: string | null; sequenceId: string | null; enrollmentId: string | null }>(
    "select contact_id, sequence_id, enrollment_id from messages where team_id = $1 and id = $2",
    [teamId, messageId],
  );
}

export function insertMessageEvent(
  db: Db,
  teamId: string,
  event: {
    id: string;
    messageId: string;
    contactId: string | null;
    type: "unsubscribe" | "pause" | "referral";
    detail: Record<string, unknown>;
  },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into message_events (team_id, id, message_id, contact_id, type, at, detail)
     values ($1, $2, $3, $4, $7, $5, $6)`,
    [teamId, event.id, event.messageId, event.contactId, now, event.detail, event.type],
  );
}

/** The mail behind a link. Of a person who was deleted neither contact nor address is left. */
export type LinkedMail = {
  messageId: string;
  delivery: string;
  contactId: string | null;
  isCopy: boolean;
  enrollmentId: string | null;
  isEnrolled: boolean;
  toEmail: string | null;
  /** Of a deleted contact: the digest of the address the mail went to. */
  readerDigest: string | null;
  fromName: string | null;
  fromEmail: string | null;
  isContactOut: boolean;
  teamName: string;
};

/** In the sequence as the contact is in it now: after a merge, the enrollment by which the mail was sent may be gone. */
export function findLetter(db: Db, teamId: string, messageId: string) {
  return db.row<LinkedMail>(
    `select m.id as message_id, m.delivery, m.contact_id, m.copy_of is not null as is_copy,
            coalesce(e.id, m.enrollment_id) as enrollment_id, coalesce(e.state in ('active', 'paused'), false) as is_enrolled, m.to_email, m.reader_digest, m.from_name, m.from_email,
            coalesce(c.email_unsubscribed, false) as is_contact_out, t.name as team_name
       from messages m
       join teams t on t.id = m.team_id
       left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
       left join enrollments e on e.team_id = m.team_id and e.sequence_id = m.sequence_id and e.contact_id = m.contact_id
        and e.state <> 'removed'
      where m.team_id = $1 and m.id = $2`,
    [teamId, messageId],
  );
}

export type Leaving = {
  id: string;
  at: Temporal.Instant;
  detail: {
    source?: string;
    scope?: string;
    contactIds?: string[];
    suppressionIds?: string[];
    isClaimed?: true;
    undone?: boolean;
  };
};

/** The last time a reader unsubscribed for good by this mail. */
export function lastLeaving(db: Db, teamId: string, messageId: string) {
  return db.row<Leaving>(
    `select id, at, detail from message_events
      where team_id = $1 and message_id = $2 and type = 'unsubscribe' and detail ->> 'scope' = 'all'
      order by at desc, id desc limit 1`,
    [teamId, messageId],
  );
}

export type Pause = {
  id: string;
  at: Temporal.Instant;
  detail: { contactIds?: string[]; until: string };
};

/** The last pause that was asked for by this mail and not taken back. */
export function lastPause(db: Db, teamId: string, messageId: string) {
  return db.row<Pause>(
    `select id, at, detail from message_events
      where team_id = $1 and message_id = $2 and type = 'pause' and not detail ? 'undone'
      order by at desc, id desc limit 1`,
    [teamId, messageId],
  );
}

/** All pauses that were asked for by this mail, the latest first. */
export function pausesOf(db: Db, teamId: string, messageId: string) {
  return db.rows<{ id: string; at: Temporal.Instant; until: Temporal.Instant; isUndone: boolean }>(
    `select id, at, (detail ->> 'until')::timestamptz as until, detail ? 'undone' as is_undone
       from message_events
      where team_id = $1 and message_id = $2 and type = 'pause'
      order by at desc, id desc`,
    [teamId, messageId],
  );
}

/** Mails by which a pause was asked for or taken back, where contacts being created at the time did not follow yet. */
export async function pausesToSeeTo(
  db: Db,
  teamId: string,
  before: Temporal.Instant,
  now: Temporal.Instant,
  most: number,
) {
  const rows = await db.rows<{ messageId: string }>(
    `select distinct message_id from message_events
      where team_id = $1 and type = 'pause' and not detail ? 'newcomers_seen' and at <= $2
        and (detail ->> 'until')::timestamptz > $3
      limit $4`,
    [teamId, before, now, most],
  );
  return rows.map(({ messageId }) => messageId);
}

/** Of this pause and those before it. */
export function noteNewcomersSeen(db: Db, teamId: string, messageId: string, at: Temporal.Instant) {
  return db.run(
    `update message_events set detail = detail || '{"newcomers_seen": true}'
      where team_id = $1 and message_id = $2 and type = 'pause' and not detail ? 'newcomers_seen' and at <= $3`,
    [teamId, messageId, at],
  );
}

/** Contacts being created at the time have to follow this, too. */
export function forgetPause(db: Db, teamId: string, eventId: string) {
  return db.run(
    `update message_events set detail = (detail - 'newcomers_seen') || '{"undone": true}'
      where team_id = $1 and id = $2`,
    [teamId, eventId],
  );
}

/** How often what was said by this mail has been taken back. */
export async function countTakenBack(db: Db, teamId: string, messageId: string) {
  const row = await db.row<{ times: number }>(
    `select count(*) as times from message_events
      where team_id = $1 and message_id = $2 and type in ('unsubscribe', 'pause') and detail ? 'undone'`,
    [teamId, messageId],
  );
  return row?.times ?? 0;
}

type MailOwner = {
  subject: string | null;
  contactName: string | null;
  accountId: string | null;
  userId: string | null;
};

/** Who is told what the reader of a mail says: the contact's owner, else the mail's author, else an admin. */
export async function findOwner(db: Db, teamId: string, messageId: string): Promise<MailOwner> {
  const row = await db.row<MailOwner>(
    `select m.subject, coalesce(c.name, c.email) as contact_name, c.account_id,
            (select u.id from users u
              where u.team_id = m.team_id and u.deactivated_at is null
                and (u.id in (c.owner_id, m.user_id) or u.role = 'admin')
              order by u.id = c.owner_id desc nulls last, u.id = m.user_id desc nulls last, u.created_at, u.id
              limit 1) as user_id
       from messages m
       left join contacts c on c.team_id = m.team_id and c.id = m.contact_id
      where m.team_id = $1 and m.id = $2`,
    [teamId, messageId],
  );
  return row ?? { subject: null, contactName: null, accountId: null, userId: null };
}

/** Also of tasks that are done by now; one whose task was deleted counts as well. */
export async function referralNotes(db: Db, teamId: string, messageId: string) {
  const rows = await db.rows<{ note: string }>(
    `select coalesce(t.note, '') as note
       from message_events e
       left join tasks t on t.team_id = e.team_id and t.id = e.detail ->> 'taskId'
      where e.team_id = $1 and e.message_id = $2 and e.type = 'referral'`,
    [teamId, messageId],
  );
  return rows.map(({ note }) => note);
}

/** They may be written to again. Their rows must be locked. */
export async function unmark(db: Db, teamId: string, contactIds: readonly string[], now: Temporal.Instant) {
  const rows = await db.rows<{ id: string }>(
    `update contacts set email_unsubscribed = null, email_unsubscribed_at = null, updated_at = $3,
            stopped_at = case when do_not_contact or bounced_at is not null then stopped_at end
      where team_id = $1 and id = any($2::text[]) and email_unsubscribed
      returning id`,
    [teamId, contactIds, now],
  );
  return rows.map(({ id }) => id);
}

/** `isStillOut`: they have also said it in an answer. */
export async function forgetLeaving(
  db: Db,
  teamId: string,
  { messageId, eventId, isStillOut }: { messageId: string; eventId: string; isStillOut: boolean },
  now: Temporal.Instant,
) {
  await db.run(
    `update message_events set detail = detail || '{"undone": true}' where team_id = $1 and id = $2`,
    [teamId, eventId],
  );
  if (isStillOut) return;
  await db.run("update messages set unsubscribed_at = null, updated_at = $3 where team_id = $1 and id = $2", [
    teamId,
    messageId,
    now,
  ]);
}

/** Whether a mail to one of them has passed the gate, and its outcome is not known yet. */
export async function areMailsUnderway(
  db: Db,
  teamId: string,
  { contactId, address }: { contactId: string | null; address: string | null },
) {
  const row = await db.row<{ isUnderway: boolean }>(
    `select exists (select from messages where team_id = $1 and delivery = 'dot'
                      and (contact_id = $2 or lower(to_email) = lower($3))) as is_underway`,
    [teamId, contactId, address],
  );
  return row?.isUnderway ?? false;
}

/** The line that ends this person's mails, for `dressMail`: their own, else the team's. Null: none. */
export async function optOutLineOf(db: Db, teamId: string, userId: string | null) {
  const row = await db.row<{ line: string }>(
    `select coalesce(u.opt_out_template, t.opt_out_template, '<%Unsubscribe%>') as line
       from teams t
       left join users u on u.team_id = t.id and u.id = $2
      where t.id = $1 and coalesce(u.includes_opt_out, t.includes_opt_out)`,
    [teamId, userId],
  );
  return row?.line ?? null;
}
