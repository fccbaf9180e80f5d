// What went out of mailboxes with other programs. Only where a mailbox counts it is any of it looked up.

import type { Db } from "../../../db/connect.ts";
import type { MailFromElsewhere } from "../../../domain/contacts/sent-elsewhere.ts";

/** Of the mailbox `m` of the statement around it: how many after a moment, and up to another where one is named. */
export const elsewhereSince = (since: string, until: string | null = null) => `(
  select count(*) from mails_sent_elsewhere x
   where m.counts_sent_elsewhere and x.team_id = m.team_id and x.mailbox_id = m.id and x.sent_at > ${since}
     ${until === null ? "" : `and x.sent_at <= ${until}`})`;

/** Of the mailbox `m`: when each went out, as `at`, under a condition on `x.sent_at`. */
export const elsewhereMoments = (where: string) => `
  select x.sent_at as at from mails_sent_elsewhere x
   where m.counts_sent_elsewhere and x.team_id = m.team_id and x.mailbox_id = m.id and ${where}`;

/** A mailbox whose Sent folder is to be looked into; null where it is not. */
export function findCounting(db: Db, teamId: string, mailboxId: string) {
  return db.row<{ updatedAt: Temporal.Instant }>(
    `select updated_at from mailboxes
      where team_id = $1 and id = $2 and counts_sent_elsewhere and is_active and revoked_at is null`,
    [teamId, mailboxId],
  );
}

/** For one mailbox in a day, so that no mailbox fills the table or delays the counting of others. */
const MOST_KEPT = 20_000;

/** Each once, and none of ours: those have had their ids from before they were sent. */
export async function insertSeen(
  db: Db,
  teamId: string,
  mailboxId: string,
  mails: readonly MailFromElsewhere[],
) {
  if (mails.length === 0) return 0;
  return db.run(
    `insert into mails_sent_elsewhere (team_id, mailbox_id, mail_key, sent_at)
     select m.team_id, m.id, decode(n."key", 'hex'), n."sentAt"
       from mailboxes m, jsonb_to_recordset($3::jsonb) as n ("key" text, "messageId" text, "sentAt" timestamptz)
      where m.team_id = $1 and m.id = $2
        and (select count(*) from (select from mails_sent_elsewhere k
                                    where k.team_id = $1 and k.mailbox_id = $2
                                      and k.sent_at > cadenza_now() - interval '24 hours'
                                    limit ${MOST_KEPT}) f) < ${MOST_KEPT}
        and not exists (select from messages o
                         where o.team_id = $1 and o.internet_message_id = n."messageId" and o.copy_of is null)
        and not exists (select from messages o
                         where o.team_id = $1 and o.provider_message_id = n."messageId"
                           and o.provider_message_id <> o.internet_message_id and o.copy_of is null)
        and not exists (select from placement_mails p
                         where p.team_id = $1 and p.internet_message_id = n."messageId")
     on conflict do nothing`,
    [teamId, mailboxId, JSON.stringify(mails)],
  );
}

/** False where the switch is off by now. */
export async function noteLook(
  db: Db,
  teamId: string,
  mailboxId: string,
  trouble: string | null,
  now: Temporal.Instant,
) {
  const noted = await db.run(
    `update mailboxes set sent_trouble = $3, sent_looked_at = case when $3::text is null then $4 else sent_looked_at end
      where team_id = $1 and id = $2 and counts_sent_elsewhere`,
    [teamId, mailboxId, trouble, now],
  );
  return noted > 0;
}

/** How the last look went says nothing where the switch was off meanwhile. */
export function forgetLooks(db: Db, teamId: string, mailboxId: string) {
  return db.run(
    "update mailboxes set sent_trouble = null, sent_looked_at = null where team_id = $1 and id = $2",
    [teamId, mailboxId],
  );
}

export function deleteOldElsewhere(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from mails_sent_elsewhere where team_id = $1 and sent_at < $2", [teamId, before]);
}
