// Changes to many enrollments at once, and for a short while what was there before.

import type { Db } from "../../../db/connect.ts";
import type { EnrollmentStatus } from "../../../domain/enrollments/enrollment.ts";

export type ChangeRow = {
  id: string;
  kind: string;
  userId: string | null;
  madeAt: Temporal.Instant;
  undoUntil: Temporal.Instant | null;
  undoneAt: Temporal.Instant | null;
};

type NewChange = Omit<ChangeRow, "undoneAt">;

export function insertChange(db: Db, teamId: string, change: NewChange) {
  return db.run(
    "insert into changes (team_id, id, kind, user_id, made_at, undo_until) values ($1, $2, $3, $4, $5, $6)",
    [teamId, change.id, change.kind, change.userId, change.madeAt, change.undoUntil],
  );
}

type ChangedEnrollment = {
  enrollmentId: string;
  /** Null: the change made it. */
  before: EnrollmentStatus | null;
  /** Which the change left it at. */
  revision: number;
};

export function insertItems(db: Db, teamId: string, changeId: string, items: readonly ChangedEnrollment[]) {
  return db.run(
    `insert into change_items (team_id, change_id, enrollment_id, before, revision)
     select $1, $2, i."enrollmentId", nullif(i."before", 'null'::jsonb), i."revision"
       from jsonb_to_recordset($3::jsonb) as i ("enrollmentId" text, "before" jsonb, "revision" int)`,
    [teamId, changeId, JSON.stringify(items)],
  );
}

export function lockChange(db: Db, teamId: string, id: string) {
  return db.row<ChangeRow>(
    `select id, kind, user_id, made_at, undo_until, undone_at from changes
      where team_id = $1 and id = $2 for update`,
    [teamId, id],
  );
}

export type ChangeItemRow = ChangedEnrollment & { sequenceId: string; contactId: string };

/** Instants inside `before` come as text, as JSON has them. */
export function itemsOfChange(db: Db, teamId: string, changeId: string) {
  return db.rows<ChangeItemRow>(
    `select i.enrollment_id, i.before, i.revision, e.sequence_id, e.contact_id
       from change_items i
       join enrollments e on e.team_id = i.team_id and e.id = i.enrollment_id
      where i.team_id = $1 and i.change_id = $2
      order by i.enrollment_id`,
    [teamId, changeId],
  );
}

/** The rows of sequences whose owner has left, and those mailed from the mailbox of a user who has left. */
export async function itemsOfLeavers(db: Db, teamId: string, changeId: string) {
  const rows = await db.rows<{ enrollmentId: string }>(
    `select i.enrollment_id
       from change_items i
       join enrollments e on e.team_id = i.team_id and e.id = i.enrollment_id
       join sequences s on s.team_id = e.team_id and s.id = e.sequence_id
       join users o on o.team_id = s.team_id and o.id = s.owner_id
       left join mailboxes m on m.team_id = i.team_id and m.id = i.before ->> 'mailboxId'
       left join users u on u.team_id = m.team_id and u.id = m.user_id
      where i.team_id = $1 and i.change_id = $2
        and (o.deactivated_at is not null or u.deactivated_at is not null)`,
    [teamId, changeId],
  );
  return rows.map(({ enrollmentId }) => enrollmentId);
}

export function markUndone(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update changes set undone_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
}

export function deleteOldChanges(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from changes where team_id = $1 and made_at < $2", [teamId, before]);
}
