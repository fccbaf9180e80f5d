import type { Db } from "../../../db/connect.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";

/** The sequences that keep to a schedule; where it is or was the team's default, those without one of their own too. */
export function askForSchedule(
  db: Db,
  teamId: string,
  { id, isDefault }: { id: string; isDefault: boolean },
) {
  return db.run(
    `insert into replans (team_id, sequence_id, step_ids, asked_at)
     select s.team_id, s.id, null, cadenza_now() from sequences s
      where s.team_id = $1 and (s.schedule_id = $2 or $3 and s.schedule_id is null) and s.archived_at is null
      order by s.id
     on conflict (team_id, sequence_id) do update set done_until = '', step_ids = null`,
    [teamId, id, isDefault],
  );
}

/** All sequences: the days on which nothing goes out are others now. */
export function askForHolidays(db: Db, teamId: string) {
  return db.run(
    `insert into replans (team_id, sequence_id, step_ids, asked_at)
     select s.team_id, s.id, null, cadenza_now() from sequences s
      where s.team_id = $1 and s.archived_at is null
        and exists (select from schedules h where h.team_id = s.team_id and h.skip_holidays
                       and (h.id = s.schedule_id or s.schedule_id is null and h.is_default))
      order by s.id
     on conflict (team_id, sequence_id) do update set done_until = '', step_ids = null`,
    [teamId],
  );
}

type PendingReplan = { sequenceId: string; stepIds: string[] | null; doneUntil: string };

/** The next sequence that no caller is changing; a caller that changes it waits until this batch is done. */
export function lockNext(db: Db, teamId: string) {
  return db.row<PendingReplan>(
    `select r.sequence_id, r.step_ids, r.done_until
       from replans r join sequences s on s.team_id = r.team_id and s.id = r.sequence_id
      where r.team_id = $1
      order by r.asked_at, r.sequence_id limit 1
        for share of s skip locked for update of r skip locked`,
    [teamId],
  );
}

export type WaitingEnrollment = Whereabouts & {
  id: string;
  contactId: string;
  sequenceId: string;
  stepId: string;
  dueAt: Temporal.Instant | null;
  waitsFrom: Temporal.Instant;
  /** Their mail is on its way or has a time of its own, or they have the task. */
  isHeldBack: boolean;
};

/** The next by id, locked. */
export async function lockWaiting(
  db: Db,
  teamId: string,
  { sequenceId, stepIds, doneUntil }: PendingReplan,
  limit: number,
) {
  const locked = await db.rows<{ id: string }>(
    `select id from enrollments e
      where e.team_id = $1 and e.sequence_id = $2 and ${IS_WAITING}
        and ($3::text[] is null or e.current_step_id = any($3)) and e.id > $4
      order by e.id limit $5
        for no key update`,
    [teamId, sequenceId, stepIds, doneUntil, limit],
  );
  return readWaiting(db, teamId, locked);
}

/** Those of the enrollments that still wait for a step, locked. */
export async function lockAgain(db: Db, teamId: string, ids: readonly string[]) {
  const locked = await db.rows<{ id: string }>(
    `select id from enrollments e
      where e.team_id = $1 and e.id = any($2::text[]) and ${IS_WAITING} order by e.id for no key update`,
    [teamId, ids],
  );
  return readWaiting(db, teamId, locked);
}

const IS_WAITING = "e.state in ('active', 'paused') and e.current_step_id is not null";

/**
 * How their mails and tasks stand is read in a statement of its own, after the lock: a statement that waits for a lock goes on
 * seeing what was before.
 */
function readWaiting(db: Db, teamId: string, locked: readonly { id: string }[]) {
  return db.rows<WaitingEnrollment>(
    `select e.id, e.contact_id, e.sequence_id, e.current_step_id as step_id, e.due_at, coalesce(e.waits_from, e.added_at) as waits_from, ${whereabouts("c")},
            exists (select from messages m
                     where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id and m.copy_of is null
                       and (m.delivery in ('claimed', 'dot', 'unconfirmed', 'sent')
                         or m.delivery = 'planned' and m.due_at_manually_changed and m.due_at > cadenza_now()))
            or exists (select from tasks t
                        where t.team_id = e.team_id and t.enrollment_id = e.id and t.step_id = e.current_step_id
                          and t.created_from = 'sequence' and t.status = 'scheduled') as is_held_back
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.id = any($2::text[])
      order by e.id`,
    [teamId, locked.map(({ id }) => id)],
  );
}

export function noteProgress(db: Db, teamId: string, sequenceId: string, doneUntil: string) {
  return db.run("update replans set done_until = $3 where team_id = $1 and sequence_id = $2", [
    teamId,
    sequenceId,
    doneUntil,
  ]);
}

export function forget(db: Db, teamId: string, sequenceId: string) {
  return db.run("delete from replans where team_id = $1 and sequence_id = $2", [teamId, sequenceId]);
}

/** What was planned for the old moment is withdrawn with it, and planned for the new one. */
export function moveDue(
  db: Db,
  teamId: string,
  moved: readonly { id: string; dueAt: Temporal.Instant }[],
  now: Temporal.Instant,
) {
  return db.run(
    `update enrollments e set due_at = n.due_at, updated_at = $4, revision = e.revision + 1
       from unnest($2::text[], $3::timestamptz[]) as n (id, due_at)
      where e.team_id = $1 and e.id = n.id`,
    [teamId, moved.map(({ id }) => id), moved.map(({ dueAt }) => dueAt), now],
  );
}

/**
 * What was due and is waits for the old hours no longer: their mails and tasks are judged by the new ones. A mail that is in its queue
 * may be judged by the old ones at this moment, so its lock is waited for: then its wait can be seen.
 */
export function lookAtMailsAgain(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return Promise.all([
    db.rows(
      `select id from messages
        where team_id = $1 and enrollment_id = any($2::text[]) and delivery = 'planned' and is_queued
        order by id for no key update`,
      [teamId, enrollmentIds],
    ),
    db.run(
      `update messages set next_check_at = cadenza_now()
        where team_id = $1 and enrollment_id = any($2::text[]) and delivery = 'planned' and hold_code = 'outside_window'
          and next_check_at > cadenza_now()`,
      [teamId, enrollmentIds],
    ),
  ]);
}

export function lookAtPlansAgain(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.run(
    `update enrollments set plan_at = cadenza_now()
      where team_id = $1 and id = any($2::text[]) and state = 'active' and plan_at > cadenza_now() and due_at <= cadenza_now()`,
    [teamId, enrollmentIds],
  );
}

export function lookAtSkipsAgain(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.run(
    `update tasks set skip_at = due_at
      where team_id = $1 and enrollment_id = any($2::text[]) and status = 'scheduled' and skip_at is not null`,
    [teamId, enrollmentIds],
  );
}
