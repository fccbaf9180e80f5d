// Whose mails stop: contacts found by what is known of them, locked and marked, and the mail that was answered so.

import type { Db } from "../../db/connect.ts";

/** Everybody of the team who is named, or who has one of these addresses. Addresses in lower case, in every spelling known. */
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

/** Null if it is marked already, or is not there. */
export function markMessageUnsubscribed(db: Db, teamId: string, messageId: string, now: Temporal.Instant) {
  return db.row<{ id: string; contactId: string | null; sequenceId: string | null }>(
    `update messages set unsubscribed_at = $3, updated_at = $3
      where team_id = $1 and id = $2 and unsubscribed_at is null
      returning id, contact_id, sequence_id`,
    [teamId, messageId, now],
  );
}

export function insertMessageEvent(
  db: Db,
  teamId: string,
  event: { id: string; messageId: string; contactId: string | null; detail: Record<string, unknown> },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into message_events (team_id, id, message_id, contact_id, type, at, detail)
     values ($1, $2, $3, $4, 'unsubscribe', $5, $6)`,
    [teamId, event.id, event.messageId, event.contactId, now, event.detail],
  );
}
