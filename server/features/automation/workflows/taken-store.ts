// Whom a workflow has had, and what its caps are used up by.

import type { Db } from "../../../db/connect.ts";

/**
 * The given records that were taken already, ever or since a moment, and when each was last. A record that a batch has
 * found, but that is no candidate yet, counts.
 */
export async function takenAmong(
  db: Db,
  teamId: string,
  wish: { workflowId: string; entityIds: readonly string[]; since: Temporal.Instant | null },
): Promise<Map<string, Temporal.Instant>> {
  const rows = await db.rows<{ entityId: string; at: Temporal.Instant }>(
    `select entity_id, max(at) as at from (
       select entity_id, created_at as at from workflow_candidates
        where team_id = $1 and workflow_id = $2 and entity_id = any($3) and verdict <> 'skipped'
          and ($4::timestamptz is null or created_at > $4)
       union all
       select found.id, f.found_at from workflow_found f cross join lateral unnest(f.entities) as found (id)
        where f.team_id = $1 and f.workflow_id = $2 and found.id = any($3)) taken
      group by entity_id`,
    [teamId, wish.workflowId, wish.entityIds, wish.since],
  );
  return new Map(rows.map(({ entityId, at }) => [entityId, at]));
}

/** What the caps have been used up by. */
export async function countUsed(
  db: Db,
  teamId: string,
  wish: { workflowId: string; runId: string; since: Temporal.Instant },
) {
  const [run, day] = await Promise.all([
    db.row<{ count: number }>(
      `select (select count(*) from workflow_candidates where team_id = $1 and run_id = $2 and verdict <> 'skipped')
            + (select coalesce(sum(cardinality(entities)), 0) from workflow_found where team_id = $1 and run_id = $2) as count`,
      [teamId, wish.runId],
    ),
    // A candidate taken since then belongs to a run that was not finished by then.
    db.rows<{ ownerId: string | null; count: number }>(
      `select owner_id, count(*) as count
         from (select c.owner_id from workflow_runs r
                 join workflow_candidates c on c.team_id = r.team_id and c.run_id = r.id
                where r.team_id = $1 and r.workflow_id = $2 and (r.finished_at is null or r.finished_at >= $3)
                  and c.created_at >= $3 and c.verdict <> 'skipped'
               union all
               select unnest(owners) from workflow_found where team_id = $1 and workflow_id = $2 and found_at >= $3) taken
        group by owner_id`,
      [teamId, wish.workflowId, wish.since],
    ),
  ]);
  return {
    run: run?.count ?? 0,
    day: day.reduce((sum, { count }) => sum + count, 0),
    byOwner: new Map(day.map(({ ownerId, count }) => [ownerId ?? "", count])),
  };
}
