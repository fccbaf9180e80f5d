// Runs: one for each time of a schedule, for each day of triggers, and for each request.

import type { Db } from "../../../db/connect.ts";
import { notAside } from "../../events/set-aside/store.ts";

export type RunCause = "schedule" | "event" | "webhook" | "manual" | "rerun";

export type RunRow = {
  id: string;
  workflowId: string;
  version: number;
  cause: RunCause;
  triggerKey: string;
  status: "finding" | "running" | "done" | "failed" | "cancelled";
  scheduledFor: Temporal.Instant | null;
  numMissed: number;
  numFound: number;
  numLeftOver: number;
  /** Where its candidates stand: by verdict, or by verdict and reason. */
  counts: Record<string, number>;
  entityIds: string[] | null;
  error: string | null;
  startedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

const COLUMNS = `id, workflow_id, version, cause, trigger_key, status, scheduled_for, num_missed, num_found, num_left_over,
  counts, entity_ids, error, started_at, finished_at`;

type NewRun = Pick<RunRow, "id" | "workflowId" | "version" | "cause" | "triggerKey" | "status"> &
  Partial<Pick<RunRow, "scheduledFor" | "numMissed" | "entityIds">>;

/** Once for each trigger: a later call gets the existing run. */
export async function openRun(db: Db, teamId: string, run: NewRun, now: Temporal.Instant) {
  const { id, workflowId, version, cause, triggerKey, status } = run;
  const isNew = await db.run(
    `insert into workflow_runs (team_id, id, workflow_id, version, cause, trigger_key, status, scheduled_for, num_missed,
                                entity_ids, started_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (team_id, workflow_id, trigger_key) do nothing`,
    [
      ...[teamId, id, workflowId, version, cause, triggerKey, status],
      ...[run.scheduledFor ?? null, run.numMissed ?? 0, run.entityIds ?? null, now],
    ],
  );
  const row = await db.row<RunRow>(
    `select ${COLUMNS} from workflow_runs where team_id = $1 and workflow_id = $2 and trigger_key = $3`,
    [teamId, workflowId, triggerKey],
  );
  return { run: row as RunRow, isNew: isNew > 0 };
}

export function findRun(db: Db, teamId: string, id: string) {
  return db.row<RunRow>(`select ${COLUMNS} from workflow_runs where team_id = $1 and id = $2`, [teamId, id]);
}

export function lockRun(db: Db, teamId: string, id: string) {
  return db.row<RunRow>(`select ${COLUMNS} from workflow_runs where team_id = $1 and id = $2 for update`, [
    teamId,
    id,
  ]);
}

/**
 * A run that is still finding candidates, or the given one, locked; runs that another process has locked, or whose workflow
 * is set aside, are passed over.
 */
export function lockFinding(db: Db, teamId: string, id: string | null = null) {
  return db.row<RunRow>(
    `select ${COLUMNS} from workflow_runs where team_id = $1 and status = 'finding'
        and ($2::text is null and ${notAside("run-workflows", "workflow_runs.workflow_id")} or id = $2)
      order by started_at, id limit 1 for update skip locked`,
    [teamId, id],
  );
}

export async function searchRuns(
  db: Db,
  teamId: string,
  { workflowId, limit, offset }: { workflowId: string; limit: number; offset: number },
) {
  const [rows, count] = await Promise.all([
    db.rows<RunRow>(
      `select ${COLUMNS} from workflow_runs where team_id = $1 and workflow_id = $2
        order by started_at desc, id desc limit $3 offset $4`,
      [teamId, workflowId, limit, offset],
    ),
    db.row<{ total: number }>(
      "select count(*) as total from workflow_runs where team_id = $1 and workflow_id = $2",
      [teamId, workflowId],
    ),
  ]);
  return { rows, total: count?.total ?? 0 };
}

/** The latest run of each. */
export function lastRuns(db: Db, teamId: string, workflowIds: readonly string[]) {
  return db.rows<RunRow>(
    `select r.* from unnest($2::text[]) as wanted (workflow_id)
      cross join lateral (select ${COLUMNS} from workflow_runs
                           where team_id = $1 and workflow_id = wanted.workflow_id
                           order by started_at desc, id desc limit 1) r`,
    [teamId, workflowIds],
  );
}

export function noteFound(db: Db, teamId: string, id: string, found: number, leftOver: number) {
  return db.run(
    `update workflow_runs set num_found = num_found + $3, num_left_over = num_left_over + $4
      where team_id = $1 and id = $2`,
    [teamId, id, found, leftOver],
  );
}

/** Those who were found and have no line yet are counted as what they are. */
export function noteWaiting(db: Db, teamId: string, id: string, count: number) {
  return db.run(
    "update workflow_runs set counts = added(counts, jsonb_build_object('waiting', $3::int)) where team_id = $1 and id = $2",
    [teamId, id, count],
  );
}

export function setStatus(
  db: Db,
  teamId: string,
  id: string,
  status: RunRow["status"],
  finishedAt: Temporal.Instant | null,
) {
  return db.run(
    "update workflow_runs set status = $3, finished_at = coalesce(finished_at, $4) where team_id = $1 and id = $2",
    [teamId, id, status, finishedAt],
  );
}

/** Those of a workflow that are not over. */
export function cancelRuns(db: Db, teamId: string, workflowId: string, now: Temporal.Instant) {
  return db.run(
    `update workflow_runs set status = 'cancelled', finished_at = $3
      where team_id = $1 and workflow_id = $2 and status in ('finding', 'running')`,
    [teamId, workflowId, now],
  );
}

export function failRun(db: Db, teamId: string, id: string, error: string, now: Temporal.Instant) {
  return db.run(
    "update workflow_runs set status = 'failed', error = $3, finished_at = $4 where team_id = $1 and id = $2",
    [teamId, id, error, now],
  );
}

/**
 * Locks the runs whose candidates are done. Where two processes finish the last two candidates at once, one then sees
 * that the other is done.
 */
export function holdRuns(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    "select from workflow_runs where team_id = $1 and id = any($2::text[]) order by id for no key update",
    [teamId, ids],
  );
}

/**
 * Ends runs that have finished all candidates. A run for a day of triggers ends with the day. Answers the runs that
 * this ended.
 */
export function finishRuns(db: Db, teamId: string, ids: readonly string[] | null, now: Temporal.Instant) {
  return db.rows<RunRow>(
    `update workflow_runs r set status = 'done', finished_at = $3
      where team_id = $1 and status = 'running' and ($2::text[] is null or id = any($2))
        and (cause not in ('event', 'webhook') or started_at < $4)
        and not exists (select 1 from workflow_candidates c
                         where c.team_id = $1 and c.run_id = r.id and c.verdict = 'waiting')
        and not exists (select 1 from workflow_found f where f.team_id = $1 and f.run_id = r.id)
     returning ${COLUMNS}`,
    [teamId, ids, now, now.subtract({ hours: 24 })],
  );
}

/**
 * Deletes old runs without candidates on their way. Taken records are remembered for as long as their workflow needs
 * that.
 */
export function deleteOldRuns(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from workflow_runs r
      where team_id = $1 and finished_at < $2
        and not exists (select 1 from workflow_candidates c
                         where c.team_id = $1 and c.run_id = r.id and c.verdict <> 'skipped')`,
    [teamId, before],
  );
}
