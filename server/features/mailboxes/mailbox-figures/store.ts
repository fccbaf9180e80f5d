// What there is to count of mailboxes beside their limits: who waits, what is planned, what came of what they sent.

import type { Db } from "../../../db/connect.ts";

export type Figures = {
  id: string;
  waiting: number;
  due: number;
  plannedNextDay: number;
  sentLast30Days: number;
  bouncedLast30Days: number;
  repliedLast30Days: number;
  sentByDay: { day: string; sent: number }[];
};

/** Counting stops here. */
const FAR = 10_000;

/** All of a team's at once. Days are those of the zone given. */
export function readFigures(
  db: Db,
  teamId: string,
  ids: readonly string[],
  zone: string,
  now: Temporal.Instant,
) {
  return db.rows<Figures>(
    `with box (id) as (select unnest($2::text[])),
          sent as (
            select m.mailbox_id as id, m.has_bounced, m.replied_at, (m.released_at at time zone $3)::date as day, m.released_at
              from messages m
             where m.team_id = $1 and m.mailbox_id = any($2::text[]) and m.released_at > $4::timestamptz - interval '30 days'
               and m.delivery in ('sent', 'dot', 'unconfirmed')),
          months as (
            select id, count(*) as sent, count(*) filter (where has_bounced) as bounced, count(replied_at) as replied
              from sent group by id),
          days as (
            select id, jsonb_agg(jsonb_build_object('day', day, 'sent', count) order by day) as by_day
              from (select id, day, count(*) from sent where released_at > $4::timestamptz - interval '14 days' group by id, day) d
             group by id)
     select b.id, q.waiting, q.due, p.planned as planned_next_day, coalesce(t.sent, 0) as sent_last_30_days,
            coalesce(t.bounced, 0) as bounced_last_30_days, coalesce(t.replied, 0) as replied_last_30_days,
            coalesce(d.by_day, '[]') as sent_by_day
       from box b
      cross join lateral (
              select count(*) as waiting, count(*) filter (where due_at <= $4) as due
                from (select e.due_at from enrollments e
                       where e.team_id = $1 and e.mailbox_id = b.id and e.state = 'active' and e.due_at is not null
                       order by e.due_at limit ${FAR}) e) q
      cross join lateral (
              select count(*) as planned
                from (select from messages m
                       where m.team_id = $1 and m.mailbox_id = b.id and m.delivery in ('planned', 'claimed')
                         and m.due_at <= $4::timestamptz + interval '24 hours'
                       limit ${FAR}) m) p
       left join months t on t.id = b.id
       left join days d on d.id = b.id`,
    [teamId, ids, zone, now],
  );
}
