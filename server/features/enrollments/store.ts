import type { Db } from "../../db/connect.ts";
import type { Transition } from "../../domain/enrollment.ts";

export type Moved = { id: string; contactId: string };

/**
 * Takes everybody in a sequence whom the transition is about to its new state. Resumed, the rest of the wait lies
 * ahead: as much as was left when the pause began. Exact dates do not move; one that has passed is due at once.
 */
export function applyToSequence(
  db: Db,
  teamId: string,
  sequenceId: string,
  transition: Transition,
  { keepsDates }: { keepsDates: boolean },
  now: Temporal.Instant,
) {
  return db.rows<Moved>(
    `update enrollments set
            state = $5, inactive_reason = $6, updated_at = $8,
            due_at = case $5 when 'finished' then null
                             when 'active' then greatest($8, case when $7 then due_at
                                                                  else due_at + ($8 - coalesce(paused_at, $8)) end)
                             else due_at end,
            paused_at = case $5 when 'paused' then $8 when 'active' then null else paused_at end,
            resume_at = case $5 when 'paused' then resume_at else null end,
            finished_at = case $5 when 'finished' then $8 else finished_at end
      where team_id = $1 and sequence_id = $2 and state = any($3::text[])
        and ($4::text is null or inactive_reason = $4)
      returning id, contact_id`,
    [
      teamId,
      sequenceId,
      transition.from,
      transition.fromReason,
      transition.to,
      transition.reason,
      keepsDates,
      now,
    ],
  );
}

/** How many people wait at each of the steps. Steps where nobody waits are left out. */
export function countWaiting(db: Db, teamId: string, stepIds: readonly string[]) {
  return db.rows<{ stepId: string; count: number }>(
    `select current_step_id as step_id, count(*) as count from enrollments
      where team_id = $1 and current_step_id = any($2::text[]) and state in ('active', 'paused')
      group by 1`,
    [teamId, stepIds],
  );
}

/** Whoever waits at one of the steps waits at another from now on, for the same moment. */
export function moveWaiting(
  db: Db,
  teamId: string,
  moves: readonly { from: string; to: string }[],
  now: Temporal.Instant,
) {
  return db.rows<Moved & { toStepId: string }>(
    `update enrollments e set current_step_id = m.to_id, updated_at = $4
       from unnest($2::text[], $3::text[]) as m (from_id, to_id)
      where e.team_id = $1 and e.current_step_id = m.from_id and e.state in ('active', 'paused')
      returning e.id, e.contact_id, m.to_id as to_step_id`,
    [teamId, moves.map(({ from }) => from), moves.map(({ to }) => to), now],
  );
}

/** Whoever waits at one of the steps is through. */
export function finishWaiting(
  db: Db,
  teamId: string,
  stepIds: readonly string[],
  reason: string,
  now: Temporal.Instant,
) {
  return db.rows<Moved>(
    `update enrollments set state = 'finished', inactive_reason = $3, due_at = null, resume_at = null,
            finished_at = $4, updated_at = $4
      where team_id = $1 and current_step_id = any($2::text[]) and state in ('active', 'paused')
      returning id, contact_id`,
    [teamId, stepIds, reason, now],
  );
}

export type Counts = {
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

export const NOBODY: Counts = {
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

// Everybody is in exactly one of active, paused, finished and failed; the other four look at the last mail that
// was tried, or at why somebody failed, and may overlap.
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

const BY_SEQUENCE = countsBy("sequence_id");
const BY_STEP = countsBy("current_step_id");

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
  const rows = await db.rows<Counts & { ofId: string }>(sql, params);
  return new Map<string, Counts>(rows.map(({ ofId, ...counts }) => [ofId, counts]));
}

export type NewEnrollment = {
  id: string;
  sequenceId: string;
  contactId: string;
  state: "active" | "paused" | "finished" | "failed";
  inactiveReason: string | null;
  failureReason: string | null;
  currentStepId: string | null;
  mailboxId: string | null;
  sendFromEmail: string | null;
  addedBy: string | null;
  addedAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  pausedAt: Temporal.Instant | null;
  resumeAt: Temporal.Instant | null;
  finishedAt: Temporal.Instant | null;
  failedAt: Temporal.Instant | null;
  inResponseTo: string | null;
  updatedAt: Temporal.Instant;
};

/** All of them in one statement. */
export function insertEnrollments(db: Db, teamId: string, enrollments: readonly NewEnrollment[]) {
  return db.run(
    `insert into enrollments (team_id, id, sequence_id, contact_id, state, inactive_reason, failure_reason, current_step_id,
            mailbox_id, send_from_email, added_by, added_at, due_at, paused_at, resume_at, finished_at, failed_at,
            in_response_to, updated_at)
     select $1, e."id", e."sequenceId", e."contactId", e."state", e."inactiveReason", e."failureReason", e."currentStepId",
            e."mailboxId", e."sendFromEmail", e."addedBy", e."addedAt", e."dueAt", e."pausedAt", e."resumeAt",
            e."finishedAt", e."failedAt", e."inResponseTo", e."updatedAt"
       from jsonb_to_recordset($2::jsonb) as e ("id" text, "sequenceId" text, "contactId" text, "state" text,
            "inactiveReason" text, "failureReason" text, "currentStepId" text, "mailboxId" text, "sendFromEmail" text,
            "addedBy" text, "addedAt" timestamptz, "dueAt" timestamptz, "pausedAt" timestamptz, "resumeAt" timestamptz,
            "finishedAt" timestamptz, "failedAt" timestamptz, "inResponseTo" text, "updatedAt" timestamptz)`,
    [teamId, JSON.stringify(enrollments)],
  );
}
