// What is asked and written about the tasks of steps. Rows of `tasks` are written here as far as the engine does it.

import type { Db } from "../../../db/connect.ts";
import type { TaskType } from "../../../domain/work/task.ts";
import { doersOf } from "../../gate/facts/task-counts-store.ts";
import type { StepTask } from "../../work/tasks/store.ts";

export type KnownTask = {
  id: string;
  enrollmentId: string;
  type: TaskType;
  /** Open, done, or withdrawn together with an enrollment that has come back since. */
  is: "open" | "done" | "withdrawn";
  doneAt: Temporal.Instant | null;
};

/** The last task of each enrollment at its current step. */
export async function lastTasksAt(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  const rows = await db.rows<KnownTask>(
    `select distinct on (t.enrollment_id) t.id, t.enrollment_id, t.type, coalesce(t.completed_at, t.skipped_at) as done_at,
            case when t.status = 'scheduled' then 'open' when t.withdrawn_because is null then 'done' else 'withdrawn' end as is
       from tasks t
       join enrollments e on e.team_id = t.team_id and e.id = t.enrollment_id and e.current_step_id = t.step_id
      where t.team_id = $1 and t.enrollment_id = any($2::text[]) and t.created_from = 'sequence'
      order by t.enrollment_id, t.status = 'scheduled' desc, t.created_at desc, t.id desc`,
    [teamId, enrollmentIds],
  );
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

/** Those who are still on their way, and at which step. */
export function positionsOf(db: Db, teamId: string, enrollmentIds: readonly string[]) {
  return db.rows<{ id: string; sequenceId: string; contactId: string; position: number }>(
    `select e.id, e.sequence_id, e.contact_id, p.position
       from enrollments e join sequence_steps p on p.team_id = e.team_id and p.id = e.current_step_id
      where e.team_id = $1 and e.id = any($2::text[]) and e.state = 'active'`,
    [teamId, enrollmentIds],
  );
}

type Renewed = Pick<StepTask, "id" | "userId" | "dueAt" | "messageId">;

/**
 * Reopens tasks, or keeps them open; edits that users made stay. The due date moves by the length of the pause, and a
 * user who has left the team loses the task.
 */
export function renewTasks(db: Db, teamId: string, tasks: readonly Renewed[], now: Temporal.Instant) {
  return db.run(
    `update tasks t
        set status = 'scheduled', skipped_at = null, withdrawn_because = null, due_at = greatest(t.due_at, n."dueAt"),
            user_id = case when exists (select from users u where u.team_id = t.team_id and u.id = t.user_id
                                           and u.deactivated_at is null) then t.user_id else n."userId" end,
            message_id = coalesce(t.message_id, n."messageId"),
            skip_at = (select greatest(t.due_at, n."dueAt") from sequence_steps p
                        where p.team_id = t.team_id and p.id = t.step_id and p.auto_skip_in_days is not null),
            updated_at = $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "userId" text, "dueAt" timestamptz, "messageId" text)
      where t.team_id = $1 and t.id = n."id"`,
    [teamId, JSON.stringify(tasks), now],
  );
}

/** With their drafts. Who has left the team has them no longer. */
export async function reopenWithdrawn(
  db: Db,
  teamId: string,
  enrollmentIds: readonly string[],
  since: Temporal.Instant,
  now: Temporal.Instant,
) {
  const doers = await doersOf(db, teamId, enrollmentIds);
  const tasks = await db.rows<{
    id: string;
    type: TaskType;
    contactId: string | null;
    sequenceId: string | null;
    messageId: string | null;
  }>(
    `update tasks t
        set status = 'scheduled', skipped_at = null, withdrawn_because = null,
            user_id = case when exists (select from users u where u.team_id = t.team_id and u.id = t.user_id
                                           and u.deactivated_at is null) then t.user_id else d.user_id end,
            skip_at = (select t.due_at from sequence_steps p
                        where p.team_id = t.team_id and p.id = t.step_id and p.auto_skip_in_days is not null),
            updated_at = $5
       from enrollments e join unnest($2::text[], $3::text[]) as d (id, user_id) on d.id = e.id
      where e.team_id = $1 and t.team_id = $1 and t.enrollment_id = e.id and t.step_id = e.current_step_id
        and e.state = 'paused' and t.created_from = 'sequence' and t.status = 'skipped'
        and t.withdrawn_because is not null and t.skipped_at >= $4
     returning t.id, t.type, t.contact_id, t.sequence_id, t.message_id`,
    [teamId, [...doers.keys()], [...doers.values()], since, now],
  );
  const mails = tasks.flatMap(({ messageId }) => messageId ?? []);
  if (mails.length > 0)
    await db.run(
      `update messages set delivery = 'draft', updated_at = $3
        where team_id = $1 and id = any($2::text[]) and delivery = 'cancelled' and step_id is not null`,
      [teamId, mails, now],
    );
  return tasks;
}

/** What finishing a task may change beside it. */
export type StepOfTask = {
  enrollmentId: string;
  stepId: string;
  contactId: string;
  messageId: string | null;
};

/** Null: no step has made it, or its contact is gone. Locks nothing. */
export function stepOf(db: Db, teamId: string, taskId: string) {
  return db.row<StepOfTask>(
    `select t.enrollment_id, t.step_id, e.contact_id, t.message_id
       from tasks t
       join enrollments e on e.team_id = t.team_id and e.id = t.enrollment_id
      where t.team_id = $1 and t.id = $2 and t.created_from = 'sequence' and t.status = 'scheduled' and t.step_id is not null`,
    [teamId, taskId],
  );
}

export type MailOfTask = { id: string; delivery: string };

/** In the order of their ids. */
export function lockMails(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<MailOfTask>(
    "select id, delivery from messages where team_id = $1 and id = any($2::text[]) order by id for update",
    [teamId, ids],
  );
}

/** Their contacts went on without them. */
export function passOverMails(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.run(
    `update messages set delivery = 'skipped', is_queued = false, next_check_at = null, hold_code = null, updated_at = $3
      where team_id = $1 and id = any($2::text[]) and delivery in ('draft', 'planned', 'failed', 'cancelled')`,
    [teamId, ids, now],
  );
}

export type DoneTask = {
  id: string;
  userId: string;
  type: TaskType;
  contactId: string | null;
  sequenceId: string | null;
  enrollmentId: string | null;
  stepId: string | null;
  createdFrom: string | null;
  messageId: string;
};

/** The tasks that sending these mails would do, and those that ask whether they were sent. Locks nothing. */
export function openTasksOf(db: Db, teamId: string, messageIds: readonly string[]) {
  return db.rows<DoneTask & { enrolledContactId: string | null }>(
    `select t.id, t.user_id, t.type, t.contact_id, t.sequence_id, t.enrollment_id, t.step_id, t.created_from, t.message_id,
            (select e.contact_id from enrollments e where e.team_id = t.team_id and e.id = t.enrollment_id) as enrolled_contact_id
       from tasks t
      where t.team_id = $1 and t.message_id = any($2::text[]) and t.status = 'scheduled'
        and (t.type = 'outreach_manual_email' or t.created_from = 'engine')`,
    [teamId, messageIds],
  );
}

/** Those that were still open. */
export function completeTasks(
  db: Db,
  teamId: string,
  done: readonly { id: string; at: Temporal.Instant }[],
  now: Temporal.Instant,
) {
  return db.rows<DoneTask & { completedAt: Temporal.Instant }>(
    `update tasks t set status = 'completed', completed_at = n."at", completed_by = t.user_id, skip_at = null, updated_at = $3
       from jsonb_to_recordset($2::jsonb) as n ("id" text, "at" timestamptz)
      where t.team_id = $1 and t.id = n."id" and t.status = 'scheduled'
     returning t.id, t.user_id, t.type, t.contact_id, t.sequence_id, t.enrollment_id, t.step_id, t.created_from,
            t.message_id, t.completed_at`,
    [teamId, JSON.stringify(done), now],
  );
}

/** Whether a user is still to send this mail by hand. */
export async function isAwaited(db: Db, teamId: string, messageId: string) {
  const row = await db.row(
    `select 1 as one from tasks
      where team_id = $1 and message_id = $2 and status = 'scheduled' and type = 'outreach_manual_email' limit 1`,
    [teamId, messageId],
  );
  return row !== null;
}
