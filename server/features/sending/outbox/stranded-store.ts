import type { Db } from "../../../db/connect.ts";

/** Longer than anything that is on its way takes. */
const SINCE = "interval '10 minutes'";

/**
 * A second line behind the locks. An enrollment that is active at a step that is on, with nothing planned, under way
 * or open as a task, and no check scheduled, is looked at again. So is one at no step, where the sequence has some.
 * No current code leaves an enrollment there; an earlier version did, and a backup may restore it. Looking twice does
 * no harm: a step has one mail and one task for each enrollment.
 */
export async function wakeStranded(db: Db, teamId: string, now: Temporal.Instant) {
  const lost = await db.rows<{ id: string }>(
    `update enrollments e set plan_at = $2
      where e.team_id = $1 and e.state = 'active' and e.current_step_id is null and (e.plan_at is null or e.plan_at > $2)
        and exists (select from sequence_steps p where p.team_id = e.team_id and p.sequence_id = e.sequence_id)
     returning e.id`,
    [teamId, now],
  );
  const standing = await db.rows<{ id: string }>(
    `update enrollments e set plan_at = $2
       from sequence_steps p
      where e.team_id = $1 and e.state = 'active' and e.plan_at is null
        and greatest(e.state_since, e.waits_from, e.due_at) < $2::timestamptz - ${SINCE}
        and e.due_at is not null -- else its hours never open
        and p.team_id = e.team_id and p.id = e.current_step_id and p.is_on
        and not exists (
              select from messages m
               where m.team_id = e.team_id and m.enrollment_id = e.id and m.step_id = e.current_step_id and m.copy_of is null
                 and (m.delivery in ('draft', 'planned', 'claimed', 'dot', 'unconfirmed') or m.updated_at > $2::timestamptz - ${SINCE}))
        and not exists (
              select from tasks t
               where t.team_id = e.team_id and t.enrollment_id = e.id and t.step_id = e.current_step_id and t.status = 'scheduled')
     returning e.id`,
    [teamId, now],
  );
  return [...lost, ...standing].map(({ id }) => id);
}
