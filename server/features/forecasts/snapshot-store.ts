// Everybody on their way and all they are on their way through, as it stands at one moment.

import type { Db } from "../../db/connect.ts";

export type TravellerRow = {
  id: string;
  sequenceId: string;
  stepId: string | null;
  mailboxId: string | null;
  state: "active" | "paused";
  dueAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  timeZone: string | null;
  score: number;
  email: string | null;
  /** When the mail of this step, where it is planned, is looked at next. */
  lookAt: Temporal.Instant | null;
  rank: number | null;
};

/** A batch of them, by their ids. */
export function listTravellers(
  db: Db,
  teamId: string,
  { sequenceIds, after, limit }: { sequenceIds: readonly string[]; after: string; limit: number },
) {
  return db.rows<TravellerRow>(
    `select e.id, e.sequence_id, e.current_step_id as step_id, e.mailbox_id, e.state, e.due_at, e.resume_at,
            c.time_zone, c.prospect_score as score, c.email, m.look_at, m.rank
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
       left join messages m on m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id
                           and m.copy_of is null and m.delivery = 'planned'
      where e.team_id = $1 and e.sequence_id = any($2::text[]) and e.state in ('active', 'paused') and e.id > $3
      order by e.id limit $4`,
    [teamId, sequenceIds, after, limit],
  );
}

export async function countTravellers(db: Db, teamId: string, sequenceIds: readonly string[], most: number) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (
       select 1 from enrollments
        where team_id = $1 and sequence_id = any($2::text[]) and state in ('active', 'paused') limit $3 + 1) e`,
    [teamId, sequenceIds, most],
  );
  return row?.count ?? 0;
}

export function listRunning(db: Db, teamId: string) {
  return db.rows<{ id: string }>("select id from sequences where team_id = $1 and is_active order by id", [
    teamId,
  ]);
}

export type LaneRow = {
  id: string;
  dailyLimit: number | null;
  hourlyLimit: number | null;
  gapSeconds: number | null;
  restsUntil: Temporal.Instant | null;
  isConnected: boolean;
  sentAt: Temporal.Instant[];
};

/** With what they have sent within a day. */
export function listLanes(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<LaneRow>(
    `select b.id, b.daily_limit, b.hourly_limit, b.gap_seconds, b.rests_until,
            b.is_active and b.revoked_at is null and u.deactivated_at is null as is_connected,
            coalesce((select array_agg(s.dot_at order by s.dot_at) from messages s
                       where s.team_id = b.team_id and s.mailbox_id = b.id and s.dot_at > $2::timestamptz - interval '24 hours'
                         and s.dot_at <= $2 and s.delivery in ('sent', 'dot', 'unconfirmed')), '{}') as sent_at
       from mailboxes b
       join users u on u.team_id = b.team_id and u.id = b.user_id
      where b.team_id = $1 order by b.id`,
    [teamId, now],
  );
}

/** Mails that people have written and set a time for. */
export function listOwnMails(db: Db, teamId: string) {
  return db.rows<{ id: string; mailboxId: string; lookAt: Temporal.Instant; rank: number | null }>(
    `select id, mailbox_id, look_at, rank from messages
      where team_id = $1 and delivery = 'planned' and enrollment_id is null and mailbox_id is not null and look_at is not null
      order by id`,
    [teamId],
  );
}

export function sentByDomain(db: Db, teamId: string, now: Temporal.Instant) {
  return db.rows<{ domain: string; sentAt: Temporal.Instant[] }>(
    `select lower(split_part(to_email, '@', 2)) as domain, array_agg(dot_at order by dot_at) as sent_at from messages
      where team_id = $1 and dot_at > $2::timestamptz - interval '24 hours' and dot_at <= $2
        and delivery in ('sent', 'dot', 'unconfirmed') and to_email is not null
      group by 1`,
    [teamId, now],
  );
}
