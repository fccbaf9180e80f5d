// The step at which a task's contact was before the task was done.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";

export type Before = { standing: EnrollmentStatus; mail: string | null };

/** With what the wait before the step was counted from, which nothing else keeps. */
export function keepBefore(db: Db, teamId: string, taskId: string, before: Before) {
  return db.run(
    `update tasks t
        set ended_from = $3::jsonb || jsonb_build_object('waitsFrom', e.waits_from)
       from enrollments e
      where t.team_id = $1 and t.id = $2 and e.team_id = t.team_id and e.id = t.enrollment_id`,
    [teamId, taskId, JSON.stringify(before)],
  );
}

/** How often they had been moved when the task was done. */
export function keepRevision(db: Db, teamId: string, taskId: string) {
  return db.run(
    `update tasks t
        set ended_from = t.ended_from || jsonb_build_object('revision', e.revision)
       from enrollments e
      where t.team_id = $1 and t.id = $2 and e.team_id = t.team_id and e.id = t.enrollment_id`,
    [teamId, taskId],
  );
}

type TaskEnding = {
  enrollmentId: string;
  sequenceId: string;
  contactId: string;
  messageId: string | null;
  from: (Before & { waitsFrom: string | null; revision: number }) | null;
  /** A mail of a later step is on its way or has gone. */
  hasGoneOn: boolean;
};

/** Null: no step has made it. Locks nothing. */
export function endingOf(db: Db, teamId: string, taskId: string) {
  return db.row<TaskEnding>(
    `select t.enrollment_id, e.sequence_id, e.contact_id, t.message_id, t.ended_from as from,
            exists (select from messages m
                     where m.team_id = t.team_id and m.enrollment_id = t.enrollment_id and m.step_id = e.current_step_id
                       and m.step_id is distinct from t.step_id
                       and m.delivery in ('claimed', 'dot', 'sent', 'unconfirmed')) as has_gone_on
       from tasks t
       join enrollments e on e.team_id = t.team_id and e.id = t.enrollment_id
      where t.team_id = $1 and t.id = $2 and t.created_from = 'sequence' and t.step_id is not null`,
    [teamId, taskId],
  );
}

export function setWaitsFrom(db: Db, teamId: string, enrollmentId: string, waitsFrom: string | null) {
  return db.run("update enrollments set waits_from = $3 where team_id = $1 and id = $2", [
    ...[teamId, enrollmentId, waitsFrom],
  ]);
}

/** It was passed over because its task was done without it. */
export function redraft(db: Db, teamId: string, messageId: string, now: Temporal.Instant) {
  return db.run(
    "update messages set delivery = 'draft', updated_at = $3 where team_id = $1 and id = $2 and delivery = 'skipped'",
    [teamId, messageId, now],
  );
}
