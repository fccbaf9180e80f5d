// Suppressions from before there were claims.

import type { Db } from "../../../db/connect.ts";
import type { ClaimKind } from "../../../domain/contacts/address-claims.ts";

export type Former = {
  id: string;
  emails: string[];
  kinds: ClaimKind[];
  isEntry: boolean;
  until: Temporal.Instant | null;
};

export async function areWritten(db: Db) {
  const row = await db.row<{ is: boolean }>("select claims_written_at is not null as is from installation");
  return row?.is ?? false;
}

export function noteWritten(db: Db, now: Temporal.Instant) {
  return db.run("update installation set claims_written_at = $1 where claims_written_at is null", [now]);
}

/** Contacts with a mark, in the order of their ids. A bounce is of the first address alone. */
export function formerMarks(db: Db, teamId: string, after: string, limit: number) {
  return db.rows<Former>(
    `select c.id, false as is_entry, c.paused_until as until,
            array_remove(array_append(array(select e.email from contact_emails e
              where e.team_id = $1 and e.contact_id = c.id), c.email), null) as emails,
            array_remove(array[case when c.email_unsubscribed then 'unsubscribed' end,
                               case when c.do_not_contact then 'do_not_contact' end,
                               case when c.paused_until > cadenza_now() then 'paused' end], null) as kinds
       from contacts c
      where c.team_id = $1 and c.id > $2 and (c.email_unsubscribed or c.do_not_contact or c.paused_until > cadenza_now())
      order by c.id limit $3`,
    [teamId, after, limit],
  );
}

/** Addresses in the list of suppressions, likewise. */
export function formerEntries(db: Db, teamId: string, after: string, limit: number) {
  return db.rows<Former>(
    `select id, true as is_entry, null::timestamptz as until, array[value] as emails,
            array[case source when 'unsubscribe' then 'unsubscribed' when 'complaint' then 'complaint'
                              when 'bounce' then 'bounced' when 'deletion' then 'do_not_contact' else 'suppressed' end] as kinds
       from suppressions where team_id = $1 and kind = 'email' and id > $2 order by id limit $3`,
    [teamId, after, limit],
  );
}
