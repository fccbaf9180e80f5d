// How many people are where in a sequence, counted from the rows each time.

import type { Db } from "../../../db/connect.ts";

export type EnrollmentCounts = {
  total: number;
  active: number;
  paused: number;
  finished: number;
  failed: number;
  bounced: number;
  hardBounced: number;
  spamBlocked: number;
  notSent: number;
};

export const NOBODY: EnrollmentCounts = {
  total: 0,
  active: 0,
  paused: 0,
  finished: 0,
  failed: 0,
  bounced: 0,
  hardBounced: 0,
  spamBlocked: 0,
  notSent: 0,
};

// Each enrollment is in exactly one of active, paused, finished and failed. The other four depend on the last mail that
// was tried, or on why it failed, and may overlap.
const countsBy = (column: "sequence_id" | "current_step_id") => `
  with bounced as (
    select m.enrollment_id, m.has_bounced, m.is_hard_bounce, m.is_spam_blocked
      from messages m
     where m.team_id = $1 and m.sequence_id = any($2::text[]) and m.enrollment_id is not null
       and m.status in ('completed', 'failed') and (m.has_bounced or m.is_spam_blocked)
       and not exists (select from messages later
                        where later.team_id = $1 and later.enrollment_id = m.enrollment_id
                          and later.status in ('completed', 'failed')
                          and (later.created_at, later.id) > (m.created_at, m.id))
  )
  select e.${column} as of_id,
         count(*) as total,
         count(*) filter (where e.state = 'active') as active,
         count(*) filter (where e.state = 'paused') as paused,
         count(*) filter (where e.state = 'finished') as finished,
         count(*) filter (where e.state = 'failed') as failed,
         count(*) filter (where b.has_bounced) as bounced,
         count(*) filter (where b.is_hard_bounce) as hard_bounced,
         count(*) filter (where b.is_spam_blocked) as spam_blocked,
         count(*) filter (where e.state = 'failed' and e.failure_reason = any($3::text[])) as not_sent
    from enrollments e
    left join bounced b on b.enrollment_id = e.id
   where e.team_id = $1 and e.sequence_id = any($2::text[]) and e.state <> 'removed' and e.${column} is not null
   group by 1`;

/**
 * Whether an enrollment `e` is in one of the given views, by the same rules as the counts. Both arguments are
 * parameters: the views' names, and the reasons that mean that nothing was sent.
 */
export const isInView = (views: string, notSent: string) => `(
    ('not_sent' = any(${views}::text[]) and e.state = 'failed' and e.failure_reason = any(${notSent}::text[]))
    or e.id in (
      select m.enrollment_id from messages m
       where m.team_id = $1 and m.enrollment_id is not null and m.status in ('completed', 'failed')
         and (m.has_bounced or m.is_spam_blocked)
         and ((m.has_bounced and 'bounced' = any(${views}::text[]))
           or (m.is_hard_bounce and 'hard_bounced' = any(${views}::text[]))
           or (m.is_spam_blocked and 'spam_blocked' = any(${views}::text[])))
         and not exists (select from messages later
                          where later.team_id = $1 and later.enrollment_id = m.enrollment_id
                            and later.status in ('completed', 'failed')
                            and (later.created_at, later.id) > (m.created_at, m.id))))`;

const BY_SEQUENCE = countsBy("sequence_id");
const BY_STEP = countsBy("current_step_id");

/** Whether the sequences have at most so many enrollments together; counting stops after that. */
export async function areAtMost(db: Db, teamId: string, sequenceIds: readonly string[], most: number) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from (
       select from enrollments where team_id = $1 and sequence_id = any($2::text[]) and state <> 'removed'
        limit $3 + 1) few`,
    [teamId, sequenceIds, most],
  );
  return (row?.count ?? 0) <= most;
}

/** For any number of sequences at once: who is where, by the sequence's id. */
export function countsBySequence(
  db: Db,
  teamId: string,
  sequenceIds: readonly string[],
  notSent: readonly string[],
) {
  return counted(db, BY_SEQUENCE, [teamId, sequenceIds, notSent]);
}

/** The same by the id of the step where people are or ended. */
export function countsByStep(
  db: Db,
  teamId: string,
  sequenceIds: readonly string[],
  notSent: readonly string[],
) {
  return counted(db, BY_STEP, [teamId, sequenceIds, notSent]);
}

async function counted(db: Db, sql: string, params: readonly unknown[]) {
  const rows = await db.rows<EnrollmentCounts & { ofId: string }>(sql, params);
  return new Map<string, EnrollmentCounts>(rows.map(({ ofId, ...counts }) => [ofId, counts]));
}

export type ReasonCount = { state: string; reason: string; count: number };

/** Why people of a sequence are paused, finished or failed, and how many each. */
export function reasonsIn(db: Db, teamId: string, sequenceId: string) {
  return db.rows<ReasonCount>(
    `select state, reason, count(*) as count
       from (select state, case when state = 'failed' then coalesce(failure_reason, inactive_reason) else inactive_reason end
                      as reason
               from enrollments
              where team_id = $1 and sequence_id = $2 and state in ('paused', 'finished', 'failed')) e
      where reason is not null
      group by 1, 2
      order by 3 desc, 1, 2`,
    [teamId, sequenceId],
  );
}
