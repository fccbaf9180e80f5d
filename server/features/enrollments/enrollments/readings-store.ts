// What contacts replied to, clicked and opened, all but what machines did.

import type { Db } from "../../../db/connect.ts";

/** By contact, in seconds of the epoch, the last first. */
export async function readTimes(
  db: Db,
  teamId: string,
  contactIds: readonly string[],
  { days, most }: { days: number; most: number },
) {
  const rows = await db.rows<{ contactId: string; readAt: number[] }>(
    `select c.id as contact_id, r.read_at
       from unnest($2::text[]) as c (id)
      cross join lateral (
        select array_agg(extract(epoch from at)::float8 order by at desc) as read_at
          from (select at from (
                  select v.at from message_events v
                   where v.team_id = $1 and v.contact_id = c.id and v.type in ('open', 'click') and not v.is_machine
                  union all
                  select m.replied_at from messages m
                   where m.team_id = $1 and m.contact_id = c.id and m.copy_of is null and m.replied_at is not null
                     and m.reply_class is distinct from 'out_of_office') all_of_them
                 where at > cadenza_now() - make_interval(days => $3) and at <= cadenza_now()
                 order by at desc limit $4) last) r
      where r.read_at is not null`,
    [teamId, contactIds, days, most],
  );
  return new Map(rows.map(({ contactId, readAt }) => [contactId, readAt]));
}
