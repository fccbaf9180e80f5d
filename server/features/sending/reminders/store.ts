import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

/** Of an email that has not left. Null takes the reminder away. */
export function setReminder(
  db: Db,
  teamId: string,
  { messageId, userId, afterDays }: { messageId: string; userId: string; afterDays: number | null },
) {
  return afterDays === null
    ? db.run("delete from reply_reminders where team_id = $1 and message_id = $2", [teamId, messageId])
    : db.run(
        `insert into reply_reminders (team_id, message_id, user_id, after_days) values ($1, $2, $3, $4)
         on conflict (team_id, message_id) do update set user_id = excluded.user_id, after_days = excluded.after_days`,
        [teamId, messageId, userId, afterDays],
      );
}

/** By the email's id, after how many days. */
export async function remindersOf(db: Db, teamId: string, messageIds: readonly string[]) {
  const rows = await db.rows<{ messageId: string; afterDays: number }>(
    "select message_id, after_days from reply_reminders where team_id = $1 and message_id = any($2::text[])",
    [teamId, messageIds],
  );
  return new Map(rows.map(({ messageId, afterDays }) => [messageId, afterDays]));
}

const IS_DUE = (at: string) =>
  `m.delivery = 'sent' and m.completed_at + r.after_days * interval '24 hours' <= ${at}`;

/** Without a lock: the contacts are locked first. */
export function findDueReminders(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<{ id: string; contactId: string | null }>(
    `select r.message_id as id, m.contact_id from reply_reminders r
       join messages m on m.team_id = r.team_id and m.id = r.message_id
      where r.team_id = $1 and ${IS_DUE("$2")} and ${notAside("remind", "r.message_id")}
      order by m.completed_at limit $3`,
    [teamId, now, limit],
  );
}

export type DueReminder = {
  messageId: string;
  userId: string;
  afterDays: number;
  contactId: string;
  accountId: string | null;
  contactName: string | null;
  subject: string | null;
};

/**
 * They are looked at now, and not again. Answers those nobody else has taken, whose contact still exists and has not replied:
 * an absence note, a bounce or another automatic email is no reply. A user who has left is replaced by the contact's owner,
 * and by an admin where the contact has no owner.
 */
export function takeReminders(db: Db, teamId: string, messageIds: readonly string[], now: Temporal.Instant) {
  return db.rows<DueReminder>(
    `with taken as (
       delete from reply_reminders r using messages m
        where r.team_id = $1 and r.message_id = any($2::text[]) and m.team_id = r.team_id and m.id = r.message_id and ${IS_DUE("$3")}
       returning r.message_id, r.user_id, r.after_days, m.contact_id, m.subject, m.completed_at)
     select t.message_id, t.after_days, t.subject, c.id as contact_id, c.account_id, coalesce(c.name, c.email) as contact_name,
            coalesce(
              (select u.id from users u where u.team_id = $1 and u.id = t.user_id and u.deactivated_at is null),
              (select u.id from users u where u.team_id = $1 and u.id = c.owner_id and u.deactivated_at is null),
              (select u.id from users u where u.team_id = $1 and u.role = 'admin' and u.deactivated_at is null
                order by u.created_at, u.id limit 1)) as user_id
       from taken t
       join contacts c on c.team_id = $1 and c.id = t.contact_id
      where not exists (select from incoming_mails i
                         where i.team_id = $1 and i.contact_id = t.contact_id and i.received_at >= t.completed_at
                           and i.kind in ('reply', 'unsubscribe'))`,
    [teamId, messageIds, now],
  );
}
