import type { Db } from "../../db/connect.ts";
import type { StepTask } from "../tasks/store.ts";

/** Whoever sends; where no mailbox was chosen, whoever added them, or else the sequence's owner. */
export async function doersOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  const rows = await db.rows<{ id: string; userId: string }>(
    `select e.id, coalesce(b.user_id, a.id, s.owner_id) as user_id
       from enrollments e
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       left join mailboxes b on b.team_id = e.team_id and b.id = e.mailbox_id
       left join users a on a.team_id = e.team_id and a.id = e.added_by and a.deactivated_at is null
      where e.team_id = $1 and e.id = any($2::text[])`,
    [teamId, enrollmentIds],
  );
  return new Map(rows.map(({ id, userId }) => [id, userId]));
}

/** A step has one open task for each enrollment, however often it is looked at. */
export async function openedOnce(db: Db, teamId: string, tasks: readonly StepTask[]) {
  const rows = await db.rows<{ enrollmentId: string; stepId: string }>(
    `select enrollment_id, step_id from tasks
      where team_id = $1 and enrollment_id = any($2::text[]) and status = 'scheduled'`,
    [teamId, tasks.map(({ enrollmentId }) => enrollmentId)],
  );
  const known = new Set(rows.map(({ enrollmentId, stepId }) => `${enrollmentId} ${stepId}`));
  return tasks.filter(({ enrollmentId, stepId }) => !known.has(`${enrollmentId} ${stepId}`));
}
