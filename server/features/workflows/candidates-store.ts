// Candidates: whom a run looked at, and how far each of them is.

import type { Db } from "../../db/connect.ts";

export type Verdict = "waiting" | "done" | "skipped" | "failed";

export type CandidateRow = {
  id: string;
  workflowId: string;
  runId: string;
  version: number;
  triggerKey: string;
  entityId: string;
  contactId: string | null;
  ownerId: string | null;
  verdict: Verdict;
  code: string | null;
  filters: readonly (readonly [filter: string, holds: boolean])[];
  eventId: string | null;
  payloadId: string | null;
  payloadHash: string | null;
  chain: string[];
  nextStep: string | null;
  dueAt: Temporal.Instant | null;
  heldUp: string | null;
  tries: number;
  runsAnyway: boolean;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

const COLUMNS = `id, workflow_id, run_id, version, trigger_key, entity_id, contact_id, owner_id, verdict, code, filters, event_id,
  payload_id, payload_hash, chain, next_step, due_at, held_up, tries, runs_anyway, created_at, finished_at`;
const OF_C = COLUMNS.replace(/(\w+)(?=,|$)/g, "c.$1");

/** Those that are there already stay as they are: once for each trigger and record. Answers how many are new. */
export function insertCandidates(db: Db, teamId: string, rows: readonly CandidateRow[]) {
  return db.run(
    `insert into workflow_candidates (team_id, ${COLUMNS})
     select $1, ${COLUMNS} from jsonb_to_recordset($2::jsonb) as t (
       id text, workflow_id text, run_id text, version int, trigger_key text, entity_id text, contact_id text, owner_id text,
       verdict text, code text, filters jsonb, event_id text, payload_id text, payload_hash text, chain text[], next_step text,
       due_at timestamptz, held_up text, tries int, runs_anyway boolean, created_at timestamptz, finished_at timestamptz)
     on conflict (team_id, workflow_id, trigger_key, entity_id) do nothing`,
    [
      teamId,
      JSON.stringify(
        rows.map((row) => ({
          id: row.id,
          workflow_id: row.workflowId,
          run_id: row.runId,
          version: row.version,
          trigger_key: row.triggerKey,
          entity_id: row.entityId,
          contact_id: row.contactId,
          owner_id: row.ownerId,
          verdict: row.verdict,
          code: row.code,
          filters: row.filters,
          event_id: row.eventId,
          payload_id: row.payloadId,
          payload_hash: row.payloadHash,
          chain: row.chain,
          next_step: row.nextStep,
          due_at: row.dueAt,
          held_up: row.heldUp,
          tries: row.tries,
          runs_anyway: row.runsAnyway,
          created_at: row.createdAt,
          finished_at: row.finishedAt,
        })),
      ),
    ],
  );
}

/** Of these, who was taken already: ever, or since then. */
export async function takenAmong(
  db: Db,
  teamId: string,
  wish: { workflowId: string; entityIds: readonly string[]; since: Temporal.Instant | null },
) {
  const rows = await db.rows<{ entityId: string }>(
    `select distinct entity_id from workflow_candidates
      where team_id = $1 and workflow_id = $2 and entity_id = any($3) and verdict <> 'skipped'
        and ($4::timestamptz is null or created_at > $4)`,
    [teamId, wish.workflowId, wish.entityIds, wish.since],
  );
  return new Set(rows.map(({ entityId }) => entityId));
}

/** What the caps have been used up by. */
export async function countUsed(
  db: Db,
  teamId: string,
  wish: { workflowId: string; runId: string; since: Temporal.Instant },
) {
  const [run, day] = await Promise.all([
    db.row<{ count: number }>(
      "select count(*) as count from workflow_candidates where team_id = $1 and run_id = $2 and verdict <> 'skipped'",
      [teamId, wish.runId],
    ),
    db.rows<{ ownerId: string | null; count: number }>(
      `select owner_id, count(*) as count from workflow_candidates
        where team_id = $1 and workflow_id = $2 and created_at >= $3 and verdict <> 'skipped' group by owner_id`,
      [teamId, wish.workflowId, wish.since],
    ),
  ]);
  return {
    run: run?.count ?? 0,
    day: day.reduce((sum, { count }) => sum + count, 0),
    byOwner: new Map(day.map(({ ownerId, count }) => [ownerId ?? "", count])),
  };
}

export type Group = {
  workflowId: string;
  version: number;
  nextStep: string;
  chain: string[];
  aloneId: string | null;
};

/** What is most overdue, with all that goes the same way: the same step of the same version. */
export function nextGroup(db: Db, teamId: string, now: Temporal.Instant) {
  return db.row<Group & { userId: string }>(
    `select c.workflow_id, c.version, c.next_step, c.chain, case when c.tries > 0 then c.id end as alone_id, w.user_id
       from workflow_candidates c
       join workflows w on w.team_id = c.team_id and w.id = c.workflow_id and (w.is_active or c.runs_anyway)
      where c.team_id = $1 and c.verdict = 'waiting' and c.due_at <= $2
      order by c.due_at, c.id limit 1 for update of c skip locked`,
    [teamId, now],
  );
}

/** Those that somebody else is at are passed over. Whoever failed once is tried alone. */
export function lockGroup(db: Db, teamId: string, group: Group, limit: number, now: Temporal.Instant) {
  return db.rows<CandidateRow>(
    `select ${OF_C} from workflow_candidates c
       join workflows w on w.team_id = c.team_id and w.id = c.workflow_id and (w.is_active or c.runs_anyway)
      where c.team_id = $1 and c.verdict = 'waiting' and c.due_at <= $2 and c.workflow_id = $3 and c.version = $4
        and c.next_step = $5 and c.chain = $6::text[]
        and case when $7::text is null then c.tries = 0 else c.id = $7 end
      order by c.due_at, c.id limit $8
        for update of c skip locked`,
    [teamId, now, group.workflowId, group.version, group.nextStep, group.chain, group.aloneId, limit],
  );
}

/** Nobody else takes them until then. */
export function putOff(db: Db, teamId: string, ids: readonly string[], until: Temporal.Instant) {
  return db.run("update workflow_candidates set due_at = $3 where team_id = $1 and id = any($2)", [
    teamId,
    ids,
    until,
  ]);
}

/** Held once more, as far as they are where they were. */
export function lockStill(
  db: Db,
  teamId: string,
  ids: readonly string[],
  step: string,
  dueAt: Temporal.Instant,
) {
  return db.rows<CandidateRow>(
    `select ${COLUMNS} from workflow_candidates
      where team_id = $1 and id = any($2) and verdict = 'waiting' and next_step = $3 and due_at = $4
      order by id for update`,
    [teamId, ids, step, dueAt],
  );
}

export type Progress = {
  id: string;
  verdict: Verdict;
  code: string | null;
  nextStep: string | null;
  dueAt: Temporal.Instant | null;
  heldUp: string | null;
  tries: number;
  contactId: string | null;
};

export function moveOn(db: Db, teamId: string, moves: readonly Progress[], now: Temporal.Instant) {
  return db.run(
    `update workflow_candidates c
        set verdict = t.verdict, code = t.code, next_step = t.next_step, due_at = t.due_at, held_up = t.held_up, tries = t.tries,
            contact_id = coalesce(t.contact_id, c.contact_id),
            finished_at = case when t.verdict = 'waiting' then null else $3::timestamptz end
       from jsonb_to_recordset($2::jsonb) as t (id text, verdict text, code text, next_step text, due_at timestamptz,
            held_up text, tries int, contact_id text)
      where c.team_id = $1 and c.id = t.id`,
    [
      teamId,
      JSON.stringify(
        moves.map(({ id, verdict, code, nextStep, dueAt, heldUp, tries, contactId }) => ({
          ...{ id, verdict, code, tries },
          ...{ next_step: nextStep, due_at: dueAt, held_up: heldUp, contact_id: contactId },
        })),
      ),
      now,
    ],
  );
}

export type Result = {
  candidateId: string;
  step: string;
  type: string;
  outcome: "done" | "skipped" | "failed";
  code: string | null;
  data: Record<string, unknown>;
};
export type ResultRow = Result & { at: Temporal.Instant };

/** Once for each step: a second time is a fault of ours, and must not pass for a success. */
export function insertResults(db: Db, teamId: string, results: readonly Result[], now: Temporal.Instant) {
  return db.run(
    `insert into workflow_results (team_id, candidate_id, step, type, outcome, code, data, at)
     select $1, candidate_id, step, type, outcome, code, data, $3
       from jsonb_to_recordset($2::jsonb) as t (candidate_id text, step text, type text, outcome text, code text, data jsonb)`,
    [
      teamId,
      JSON.stringify(results.map(({ candidateId, ...rest }) => ({ candidate_id: candidateId, ...rest }))),
      now,
    ],
  );
}

export function resultsOf(db: Db, teamId: string, candidateIds: readonly string[]) {
  return db.rows<ResultRow>(
    `select candidate_id, step, type, outcome, code, data, at from workflow_results
      where team_id = $1 and candidate_id = any($2) order by at, step`,
    [teamId, candidateIds],
  );
}

export type CandidateSearch = {
  runId: string;
  verdict: Verdict | null;
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
    db.rows<CandidateRow>(
      `select ${COLUMNS} from workflow_candidates where ${where} order by id limit $6 offset $7`,
      [...params, limit, offset],
    ),
    db.row<{ total: number }>(`select count(*) as total from workflow_candidates where ${where}`, params),
  ]);
  return { rows, total: count?.total ?? 0 };
}

export function findCandidate(db: Db, teamId: string, id: string) {
  return db.row<CandidateRow>(`select ${COLUMNS} from workflow_candidates where team_id = $1 and id = $2`, [
    teamId,
    id,
  ]);
}

export function latestOf(db: Db, teamId: string, workflowId: string, entityId: string, limit: number) {
  return db.rows<CandidateRow>(
    `select ${COLUMNS} from workflow_candidates
      where team_id = $1 and workflow_id = $2 and entity_id = $3
      order by created_at desc, id desc limit $4`,
    [teamId, workflowId, entityId, limit],
  );
}

/** Who is not through is left out from now on. */
export function leaveOut(db: Db, teamId: string, runId: string, code: string, now: Temporal.Instant) {
  return db.run(
    `update workflow_candidates set verdict = 'skipped', code = $3, next_step = null, due_at = null, held_up = null, finished_at = $4
      where team_id = $1 and run_id = $2 and verdict = 'waiting'`,
    [teamId, runId, code, now],
  );
}

/** Who is not through, by what holds them up. */
export function countWaiting(db: Db, teamId: string, workflowIds: readonly string[]) {
  return db.rows<{ workflowId: string; heldUp: string | null; count: number }>(
    `select workflow_id, held_up, count(*) as count from workflow_candidates
      where team_id = $1 and workflow_id = any($2) and verdict = 'waiting' group by workflow_id, held_up order by 3 desc`,
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
