// How many tasks steps have opened in a day, who does them, and how many each of those users has.

import type { Db } from "../../../db/connect.ts";

/** By step, since the day began. */
export async function openedOn(
  db: Db,
  teamId: string,
  stepIds: readonly string[],
  dayBegan: Temporal.Instant,
) {
  const rows = await db.rows<{ stepId: string; count: number }>(
    `select step_id, count(*) as count from tasks
      where team_id = $1 and step_id = any($2::text[]) and created_at >= $3 and created_from = 'sequence'
      group by 1`,
    [teamId, stepIds, dayBegan],
  );
  return rows.map(({ stepId, count }) => [stepId, count] as const);
}

/**
 * The sender. Where no mailbox was chosen or its user has left: the user who added the contact, or else the sequence's
 * owner.
 */
export async function doersOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  const rows = await db.rows<{ id: string; userId: string }>(
    `select e.id, coalesce(u.id, a.id, s.owner_id) as user_id
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       left join mailboxes b on b.team_id = e.team_id and b.id = e.mailbox_id
       left join users u on u.team_id = b.team_id and u.id = b.user_id and u.deactivated_at is null
       left join users a on a.team_id = e.team_id and a.id = e.added_by and a.deactivated_at is null
      where e.team_id = $1 and e.id = any($2::text[])`,
    [teamId, enrollmentIds],
  );
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}

/** Of these, whose current step has an open task. */
export async function withOpenTask(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select e.id
       from enrollments e
       join tasks t on t.team_id = e.team_id and t.enrollment_id = e.id and t.step_id = e.current_step_id
      where e.team_id = $1 and e.id = any($2::text[]) and t.status = 'scheduled' and t.created_from = 'sequence'`,
    [teamId, enrollmentIds],
  );
  return new Set(rows.map(({ id }) => id));
}

type DoerDay = { userId: string; name: string; type: string; done: number; open: number };

/** Done since the day began, and open and due before it ends. A user without any stands among them with zeros. */
export function dayOfDoers(
  db: Db,
  teamId: string,
  { userIds, types }: { userIds: readonly string[]; types: readonly string[] },
  day: { began: Temporal.Instant; ends: Temporal.Instant },
) {
  return db.rows<DoerDay>(
    `select u.id as user_id, coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) as name, y.type,
            (select count(*) from tasks t
              where t.team_id = u.team_id and t.user_id = u.id and t.status = 'completed' and t.type = y.type and t.completed_at >= $4) as done,
            (select count(*) from tasks t
              where t.team_id = u.team_id and t.user_id = u.id and t.status = 'scheduled' and t.type = y.type and t.due_at < $5) as open
       from users u cross join unnest($3::text[]) as y (type)
      where u.team_id = $1 and u.id = any($2::text[])`,
    [teamId, userIds, types, day.began, day.ends],
  );
}
