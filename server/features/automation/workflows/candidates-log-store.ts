// What is read of candidates for people: the lines of a run, who waits for what, what they are called.

import type { Db } from "../../../db/connect.ts";
import { type CandidateResult, COLUMNS, type Result, type WorkflowCandidateRow } from "./candidates-store.ts";

export type ResultRow = Result & { at: Temporal.Instant };

export function resultsOf(db: Db, teamId: string, candidateIds: readonly string[]) {
  return db.rows<ResultRow>(
    `select candidate_id, step, type, outcome, code, data, at from workflow_results
      where team_id = $1 and candidate_id = any($2) order by at, step`,
    [teamId, candidateIds],
  );
}

type CandidateSearch = {
  runId: string;
  verdict: CandidateResult | null;
  code: string | null;
  entityId: string | null;
  limit: number;
  offset: number;
};

export async function searchCandidates(db: Db, teamId: string, search: CandidateSearch) {
  const { runId, verdict, code, entityId, limit, offset } = search;
  const where = `team_id = $1 and run_id = $2 and ($3::text is null or verdict = $3) and ($4::text is null or code = $4)
    and ($5::text is null or entity_id = $5)`;
  const params = [teamId, runId, verdict, code, entityId];
  const [rows, count] = await Promise.all([
    db.rows<WorkflowCandidateRow>(
      `select ${COLUMNS} from workflow_candidates where ${where} order by id limit $6 offset $7`,
      [...params, limit, offset],
    ),
    db.row<{ total: number }>(`select count(*) as total from workflow_candidates where ${where}`, params),
  ]);
  return { rows, total: count?.total ?? 0 };
}

export function findCandidate(db: Db, teamId: string, id: string) {
  return db.row<WorkflowCandidateRow>(
    `select ${COLUMNS} from workflow_candidates where team_id = $1 and id = $2`,
    [teamId, id],
  );
}

export function latestCandidatesOf(
  db: Db,
  teamId: string,
  workflowId: string,
  entityId: string,
  limit: number,
) {
  return db.rows<WorkflowCandidateRow>(
    `select ${COLUMNS} from workflow_candidates
      where team_id = $1 and workflow_id = $2 and entity_id = $3
      order by created_at desc, id desc limit $4`,
    [teamId, workflowId, entityId, limit],
  );
}

/** Who is not through, by what holds them up. */
export function countWaitingCandidates(db: Db, teamId: string, workflowIds: readonly string[]) {
  return db.rows<{ workflowId: string; heldUp: string | null; count: number }>(
    `select workflow_id, held_up, sum(count)::bigint as count
       from (select workflow_id, held_up, count(*) as count from workflow_candidates
              where team_id = $1 and workflow_id = any($2) and verdict = 'waiting' group by workflow_id, held_up
             union all
             select workflow_id, null, cardinality(entities) from workflow_found
              where team_id = $1 and workflow_id = any($2)) waiting
      group by workflow_id, held_up order by 3 desc`,
    [teamId, workflowIds],
  );
}

/** What records are called now. */
export async function namesOf(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; name: string | null }>(
    `select id, coalesce(name, email) as name from contacts where team_id = $1 and id = any($2)
     union all
     select id, name from people where team_id = $1 and id = any($2)
     union all
     select id, coalesce(name, domain) as name from accounts where team_id = $1 and id = any($2)`,
    [teamId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function typesOfEvents(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string; type: string }>(
    "select id, type from events where team_id = $1 and id = any($2)",
    [teamId, ids],
  );
  return new Map(rows.map(({ id, type }) => [id, type]));
}

export async function inactiveSequences(db: Db, teamId: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    "select id from sequences where team_id = $1 and id = any($2) and not is_active",
    [teamId, ids],
  );
  return rows.map(({ id }) => id);
}
