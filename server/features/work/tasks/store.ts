import type { Db } from "../../../db/connect.ts";
import type { Priority, TaskStatus, TaskType } from "../../../domain/work/task.ts";

/** What a task is written with. */
export type TaskValues = {
  id: string;
  userId: string;
  creatorId: string | null;
  contactId: string | null;
  accountId: string | null;
  dealId: string | null;
  type: TaskType;
  status: TaskStatus;
  priority: Priority;
  title: string | null;
  note: string | null;
  callScript: string | null;
  relevantFields: readonly string[] | null;
  dueAt: Temporal.Instant;
  completedAt: Temporal.Instant | null;
  completedBy: string | null;
  skippedAt: Temporal.Instant | null;
  createdFrom: string | null;
};

export type TaskRow = TaskValues & {
  sequenceId: string | null;
  subject: string | null;
  answered: boolean | null;
  createdAt: Temporal.Instant;
  contactName: string | null;
  contactEmail: string | null;
  personId: string | null;
  organizationId: string | null;
  accountName: string | null;
};

/** The task, with its origin and its result. */
export type TaskShown = TaskRow & {
  messageId: string | null;
  messageSubject: string | null;
  /** Its mail is on its way. */
  isPendingSend: boolean;
  /** The last call that was made for it; null where there is none. */
  callId: string | null;
  callStatus: string | null;
  /** Null where no user said how it ended. */
  callAnswered: boolean | null;
  callCreatedAt: Temporal.Instant | null;
  callOutcomeId: string | null;
  callPurposeId: string | null;
  callToNumber: string | null;
  sequenceName: string | null;
  stepPosition: number | null;
};

const COLUMNS = `t.id, t.user_id, t.creator_id, t.contact_id, t.account_id, t.deal_id, t.type, t.status, t.priority,
  t.title, t.note, t.call_script, t.relevant_fields, t.due_at, t.completed_at, t.completed_by, t.skipped_at,
  t.created_from, t.sequence_id, t.subject, t.answered, t.created_at,
  c.name as contact_name, c.email as contact_email, c.person_id, c.organization_id, a.name as account_name`;

export const JOINED = `tasks t
  left join contacts c on c.team_id = t.team_id and c.id = t.contact_id
  left join accounts a on a.team_id = t.team_id and a.id = t.account_id`;

// A task is hidden while a pause, or a step that is switched off, holds it back: it is kept for when the contact goes
// on.
export const IS_HIDDEN_TASK = `(
    exists (select from enrollments e where e.team_id = t.team_id and e.id = t.enrollment_id and e.state = 'paused')
    or exists (select from sequence_steps p where p.team_id = t.team_id and p.id = t.step_id and not p.is_on))`;

export function findTasks(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<TaskRow>(
    `select ${COLUMNS} from ${JOINED} where t.team_id = $1 and t.id = any($2::text[])
      order by array_position($2::text[], t.id::text)`,
    [teamId, ids],
  );
}

export function findTask(db: Db, teamId: string, id: string) {
  return db.row<TaskShown>(
    `select ${COLUMNS}, t.message_id, m.subject as message_subject,
            t.status = 'scheduled' and t.type = 'outreach_manual_email'
              and coalesce(m.delivery in ('planned', 'claimed', 'dot', 'unconfirmed'), false) as is_pending_send,
            pc.id as call_id, pc.status as call_status, pc.is_connect as call_answered, pc.created_at as call_created_at,
            pc.outcome_id as call_outcome_id, pc.purpose_id as call_purpose_id, pc.to_number as call_to_number,
            q.name as sequence_name, st.position as step_position
       from ${JOINED}
       left join messages m on m.team_id = t.team_id and m.id = t.message_id
       left join sequences q on q.team_id = t.team_id and q.id = t.sequence_id
       left join sequence_steps st on st.team_id = t.team_id and st.id = t.step_id
       left join lateral (select k.id, k.status, o.is_connect, k.created_at, k.outcome_id, k.purpose_id, k.to_number
                            from calls k
                            left join call_outcomes o on o.team_id = k.team_id and o.id = k.outcome_id
                           where k.team_id = t.team_id and k.task_id = t.id
                           order by k.created_at desc, k.id desc limit 1) pc on true
      where t.team_id = $1 and t.id = $2`,
    [teamId, id],
  );
}

/** Locks the row, so that of two who finish a task at once one is told that it is done. */
export async function lockTask(db: Db, teamId: string, id: string) {
  await db.run("select 1 from tasks where team_id = $1 and id = $2 for update", [teamId, id]);
  const [task] = await findTasks(db, teamId, [id]);
  return task ?? null;
}

/** All of them in one statement. */
export function insertTasks(
  db: Db,
  teamId: string,
  tasks: readonly (TaskValues & Partial<Pick<TaskRow, "subject">>)[],
  now: Temporal.Instant,
) {
  return db.run(
    `insert into tasks (team_id, id, user_id, creator_id, contact_id, account_id, deal_id, type, status, priority,
                        title, note, call_script, subject, due_at, completed_at, completed_by, skipped_at, created_from,
                        created_at, updated_at)
     select $1, t."id", t."userId", t."creatorId", t."contactId", t."accountId", t."dealId", t."type", t."status",
            t."priority", t."title", t."note", t."callScript", t."subject", t."dueAt", t."completedAt", t."completedBy", t."skippedAt",
            t."createdFrom", $3, $3
       from jsonb_to_recordset($2::jsonb) as t (
            "id" text, "userId" text, "creatorId" text, "contactId" text, "accountId" text, "dealId" text,
            "type" text, "status" text, "priority" text, "title" text, "note" text, "callScript" text, "subject" text,
            "dueAt" timestamptz, "completedAt" timestamptz, "completedBy" text, "skippedAt" timestamptz,
            "createdFrom" text)`,
    [teamId, JSON.stringify(tasks), now],
  );
}

export function updateTask(db: Db, teamId: string, task: TaskValues, now: Temporal.Instant) {
  return db.run(
    `update tasks set user_id = $3, creator_id = $4, contact_id = $5, account_id = $6, type = $7, status = $8, priority = $9,
            title = $10, note = $11, call_script = $12, relevant_fields = $13, due_at = $14, completed_at = $15,
            completed_by = $16, skipped_at = $17, updated_at = $18,
            skip_at = case when $8 <> 'scheduled' then null when due_at is distinct from $14 and skip_at is not null then $14
                           else skip_at end
      where team_id = $1 and id = $2`,
    [
      teamId,
      task.id,
      task.userId,
      task.creatorId,
      task.contactId,
      task.accountId,
      task.type,
      task.status,
      task.priority,
      task.title,
      task.note,
      task.callScript,
      task.relevantFields,
      task.dueAt,
      task.completedAt,
      task.completedBy,
      task.skippedAt,
      now,
    ],
  );
}

/** Reopens the task. A step that skips its tasks by itself does so again for this one. */
export function reopen(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run(
    `update tasks t
        set status = 'scheduled', completed_at = null, completed_by = null, skipped_at = null, answered = null,
            ended_from = null, updated_at = $3,
            skip_at = (select t.due_at from sequence_steps p
                        where p.team_id = t.team_id and p.id = t.step_id and p.auto_skip_in_days is not null)
      where t.team_id = $1 and t.id = $2`,
    [teamId, id, now],
  );
}

/** Whether the contact took the call; null where no user said. */
export function noteAnswered(db: Db, teamId: string, id: string, answered: boolean | null) {
  return db.run("update tasks set answered = $3 where team_id = $1 and id = $2", [teamId, id, answered]);
}

export type TaskTarget = { id: string; name: string | null; accountId: string | null };

/** Whom tasks are about: for their titles, and for the account a contact brings along. */
export function findTargets(db: Db, teamId: string, ids: readonly string[]) {
  return db.rows<TaskTarget>(
    `select id, coalesce(name, email) as name, account_id from contacts where team_id = $1 and id = any($2::text[])
     union all
     select id, name, id from accounts where team_id = $1 and id = any($2::text[])
     union all
     select id, name, account_id from deals where team_id = $1 and id = any($2::text[])`,
    [teamId, ids],
  );
}

/** A task that a step of a sequence made. */
export type StepTask = TaskValues & {
  sequenceId: string;
  /** Null for what the sequence asks for beside its steps. */
  stepId: string | null;
  enrollmentId: string | null;
  messageId: string | null;
  subject?: string | null;
  createdAt: Temporal.Instant;
};

/** All of them in one statement. Of an enrollment and step that has an open one there is no second: it is passed over. */
export function insertStepTasks(db: Db, teamId: string, tasks: readonly StepTask[]) {
  return db.rows<{ id: string }>(
    `insert into tasks (team_id, id, user_id, creator_id, contact_id, account_id, type, status, priority, title, note,
                        call_script, subject, due_at, skip_at, completed_at, completed_by, skipped_at, created_from,
                        sequence_id, step_id, enrollment_id, message_id, created_at, updated_at)
     select $1::text, t."id", t."userId", t."creatorId", t."contactId", t."accountId", t."type", t."status", t."priority",
            t."title", t."note", t."callScript", t."subject", t."dueAt",
            (select t."dueAt" from sequence_steps p where p.team_id = $1::text and p.id = t."stepId"
                and t."status" = 'scheduled' and p.auto_skip_in_days is not null),
            t."completedAt", t."completedBy", t."skippedAt", t."createdFrom",
            t."sequenceId", t."stepId", t."enrollmentId", t."messageId", t."createdAt",
            coalesce(t."completedAt", t."skippedAt", t."createdAt")
       from jsonb_to_recordset($2::jsonb) as t (
            "id" text, "userId" text, "creatorId" text, "contactId" text, "accountId" text, "type" text, "status" text,
            "priority" text, "title" text, "note" text, "callScript" text, "subject" text, "dueAt" timestamptz,
            "completedAt" timestamptz, "completedBy" text, "skippedAt" timestamptz, "createdFrom" text, "sequenceId" text,
            "stepId" text, "enrollmentId" text, "messageId" text, "createdAt" timestamptz)
     on conflict (team_id, enrollment_id, step_id)
       where status = 'scheduled' and created_from = 'sequence' and enrollment_id is not null and step_id is not null
       do nothing
     returning id`,
    [teamId, JSON.stringify(tasks)],
  );
}

/** The mail that is to be sent to do it. */
export function linkMessage(db: Db, teamId: string, id: string, messageId: string, now: Temporal.Instant) {
  return db.run("update tasks set message_id = $3, updated_at = $4 where team_id = $1 and id = $2", [
    ...[teamId, id, messageId, now],
  ]);
}

/** The task that sending a mail does. */
export async function taskOfMessage(db: Db, teamId: string, messageId: string) {
  const row = await db.row<{ id: string }>(
    "select id from tasks where team_id = $1 and message_id = $2 order by created_at desc, id desc limit 1",
    [teamId, messageId],
  );
  return row && findTask(db, teamId, row.id);
}
