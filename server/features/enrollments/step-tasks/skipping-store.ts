import type { Db } from "../../../db/connect.ts";
import type { TaskType } from "../../../domain/work/task.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type TaskToSkip = {
  id: string;
  type: TaskType;
  dueAt: Temporal.Instant;
  contactId: string | null;
  sequenceId: string | null;
  enrollmentId: string | null;
  stepId: string | null;
  messageId: string | null;
};

const COLUMNS =
  "t.id, t.type, t.due_at, t.contact_id, t.sequence_id, t.enrollment_id, t.step_id, t.message_id";
const TO_SKIP = "t.status = 'scheduled' and t.skip_at is not null and t.skip_at <=";

/** Without a lock, because their contacts are locked before them. */
export function findToSkip(db: Db, teamId: string, now: Temporal.Instant, limit: number) {
  return db.rows<TaskToSkip>(
    `select ${COLUMNS} from tasks t where t.team_id = $1 and ${TO_SKIP} $2 and ${notAside("skip-tasks", "t.id")} order by t.skip_at limit $3`,
    [teamId, now, limit],
  );
}

/** The given tasks that must still be checked. */
export function lockToSkip(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.rows<TaskToSkip>(
    `select ${COLUMNS} from tasks t where t.team_id = $1 and t.id = any($2::text[]) and ${TO_SKIP} $3
      order by t.id for update`,
    [teamId, ids, now],
  );
}

export function lookLater(
  db: Db,
  teamId: string,
  tasks: readonly { id: string; skipAt: Temporal.Instant | null }[],
) {
  return db.run(
    `update tasks t set skip_at = n.skip_at from unnest($2::text[], $3::timestamptz[]) as n (id, skip_at)
      where t.team_id = $1 and t.id = n.id`,
    [teamId, tasks.map(({ id }) => id), tasks.map(({ skipAt }) => skipAt)],
  );
}

export function writeSkipped(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.run(
    "update tasks set status = 'skipped', skipped_at = $3, skip_at = null, updated_at = $3 where team_id = $1 and id = any($2::text[])",
    [teamId, ids, now],
  );
}
