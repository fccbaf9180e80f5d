// When contacts read emails: what they replied to, clicked and opened, all but what machines did. Asked for only where a sequence
// sends at the hour at which each contact usually reads.

import type { Db } from "../../../db/connect.ts";
import { MOST_READINGS, READINGS_DAYS } from "../../../domain/sequences/usual-hour.ts";

/** Seconds of the epoch, the last first; none for a sequence that does not ask. */
export type Readings = (sequenceId: string, contactId: string) => readonly number[];

export const NO_READINGS: Readings = () => [];

type InSequence = { sequenceId: string; contactId: string };

export async function readingsOf(
  db: Db,
  teamId: string,
  plans: ReadonlyMap<string, { sendsAtUsualHour: boolean }>,
  people: readonly InSequence[],
): Promise<Readings> {
  const asks = (sequenceId: string) => plans.get(sequenceId)?.sendsAtUsualHour ?? false;
  const contactIds = people.flatMap(({ sequenceId, contactId }) => (asks(sequenceId) ? [contactId] : []));
  if (contactIds.length === 0) return NO_READINGS;
  const known = await readTimes(db, teamId, [...new Set(contactIds)]);
  return (sequenceId, contactId) => (asks(sequenceId) ? (known.get(contactId) ?? []) : []);
}

export async function readTimes(db: Db, teamId: string, contactIds: readonly string[]) {
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
    [teamId, contactIds, READINGS_DAYS, MOST_READINGS],
  );
  return new Map(rows.map(({ contactId, readAt }) => [contactId, readAt]));
}
