// Applies a change of a sequence or its steps to its enrollments: any number of rows in one statement.

import type { Db } from "../../../db/connect.ts";
import type { Transition } from "../../../domain/enrollments/transitions.ts";
import type { Whereabouts } from "../../../domain/time/holiday-calendars.ts";
import { whereabouts } from "../../sequences/holidays/store.ts";

export type Moved = { id: string; contactId: string };

/** The enrollments a transition of the whole sequence is about, in the order in which rows are locked everywhere. */
export async function listConcerned(db: Db, teamId: string, sequenceId: string, transition: Transition) {
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments
      where team_id = $1 and sequence_id = $2 and state = any($3::text[]) and ($4::text is null or inactive_reason = $4)
      order by id`,
    [teamId, sequenceId, transition.from, transition.fromReason],
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes those of the enrollments whom the transition is about to its new state. Resumed, the rest of the wait lies
 * ahead: as much as was left when the pause began. Exact dates do not move; one that has passed is due at once.
 */
export function applyTransition(
  db: Db,
  teamId: string,
  ids: readonly string[],
  transition: Transition,
  { keepsDates }: { keepsDates: boolean },
  now: Temporal.Instant,
) {
  return db.rows<Moved>(
    `update enrollments set
            state = $5, inactive_reason = $6, updated_at = $8, revision = revision + 1,
            due_at = case $5 when 'finished' then null
                             when 'active' then greatest($8, case when $7 then due_at
                                                                  else due_at + ($8 - coalesce(paused_at, $8)) end)
                             else due_at end,
            waits_from = case when $5 = 'active' and not $7 -- so that counting the wait anew leaves out the pause
                              then coalesce(waits_from, added_at) + ($8 - coalesce(paused_at, $8)) else waits_from end,
            paused_at = case $5 when 'paused' then $8 when 'active' then null else paused_at end,
            resume_at = case $5 when 'paused' then resume_at else null end,
            finished_at = case $5 when 'finished' then $8 else finished_at end
      where team_id = $1 and id = any($2::text[]) and state = any($3::text[])
        and ($4::text is null or inactive_reason = $4)
      returning id, contact_id`,
    [teamId, ids, transition.from, transition.fromReason, transition.to, transition.reason, keepsDates, now],
  );
}

/** Those who are nowhere: there was no step when they came, or theirs is gone and they have come some way (`isLost`). */
export function listUnplaced(db: Db, teamId: string, sequenceId: string) {
  return db.rows<Moved & Whereabouts & { isLost: boolean }>(
    `select e.id, e.contact_id, ${whereabouts("c")},
            e.waits_from is not null or e.due_at is not null
            or exists (select from messages m
                        where m.team_id = e.team_id and m.enrollment_id = e.id and m.delivery <> 'cancelled') as is_lost
       from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.sequence_id = $2 and e.state in ('active', 'paused') and e.current_step_id is null
      order by e.id`,
    [teamId, sequenceId],
  );
}

export function placeAt(
  db: Db,
  teamId: string,
  stepId: string,
  { ids, dues }: { ids: readonly string[]; dues: readonly (Temporal.Instant | null)[] },
  now: Temporal.Instant,
) {
  return db.run(
    `update enrollments e set current_step_id = $2, due_at = g.due_at, updated_at = $3, revision = revision + 1
       from unnest($4::text[], $5::timestamptz[]) as g (id, due_at)
      where e.team_id = $1 and e.id = g.id`,
    [teamId, stepId, now, ids, dues],
  );
}

/** How many contacts wait at each step. Leaves out steps without waiting contacts. */
export function countWaitingAtSteps(db: Db, teamId: string, stepIds: readonly string[]) {
  return db.rows<{ stepId: string; count: number }>(
    `select current_step_id as step_id, count(*) as count from enrollments
      where team_id = $1 and current_step_id = any($2::text[]) and state in ('active', 'paused')
      group by 1`,
    [teamId, stepIds],
  );
}

/** The enrollments that wait at any of the steps, in the order in which rows are locked everywhere. */
export async function listWaitingEnrollments(db: Db, teamId: string, stepIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select id from enrollments
      where team_id = $1 and current_step_id = any($2::text[]) and state in ('active', 'paused')
      order by id`,
    [teamId, stepIds],
  );
  return rows.map(({ id }) => id);
}

/** Those of them that wait at one of the steps wait at another from now on, for the same moment, and never before a date of its own. */
export function moveWaiting(
  db: Db,
  teamId: string,
  ids: readonly string[],
  moves: readonly { from: string; to: string }[],
  now: Temporal.Instant,
) {
  return db.rows<Moved & { toStepId: string }>(
    `update enrollments e set current_step_id = m.to_id, due_at = greatest(e.due_at, p.exact_at), updated_at = $4,
            revision = revision + 1
       from unnest($2::text[], $3::text[]) as m (from_id, to_id)
       join sequence_steps p on p.team_id = $1 and p.id = m.to_id
      where e.team_id = $1 and e.id = any($5::text[]) and e.current_step_id = m.from_id and e.state in ('active', 'paused')
      returning e.id, e.contact_id, m.to_id as to_step_id`,
    [teamId, moves.map(({ from }) => from), moves.map(({ to }) => to), now, ids],
  );
}

/** Those of them that wait at one of the steps are finished. */
export function finishWaiting(
  db: Db,
  teamId: string,
  ids: readonly string[],
  stepIds: readonly string[],
  reason: string,
  now: Temporal.Instant,
) {
  return db.rows<Moved>(
    `update enrollments set state = 'finished', inactive_reason = $3, due_at = null, resume_at = null,
            finished_at = $4, updated_at = $4, revision = revision + 1
      where team_id = $1 and id = any($5::text[]) and current_step_id = any($2::text[]) and state in ('active', 'paused')
      returning id, contact_id`,
    [teamId, stepIds, reason, now, ids],
  );
}

/** Those of them whose mail of the step has been let go: it may be there by now, whatever becomes of the step. */
export function listLetGo(db: Db, teamId: string, stepIds: readonly string[]) {
  return db.rows<Moved & Whereabouts>(
    `select e.id, e.contact_id, ${whereabouts("c")} from enrollments e
       join contacts c on c.team_id = e.team_id and c.id = e.contact_id
      where e.team_id = $1 and e.current_step_id = any($2::text[]) and e.state in ('active', 'paused')
        and exists (select from messages m
                     where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id and m.copy_of is null
                       and m.delivery in ('dot', 'unconfirmed'))`,
    [teamId, stepIds],
  );
}
