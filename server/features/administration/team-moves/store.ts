import type { Db } from "../../../db/connect.ts";

type MovePhase = "look" | "copy" | "undo";
type JobStatus = "pending" | "running" | "done" | "failed" | "cancelled";

/** What became of everything that the source has. */
export type MoveReport = {
  records: { kind: string; made: number; existing: number; left_out: number }[];
  left_out: { kind: string; why: string; count: number; examples: string[] }[];
  values_left_out: { kind: string; field: string; count: number; examples: string[] }[];
  notes: string[];
};

export type MoveUndone = { kind: string; undone: number; left: number; why: string | null }[];

export type TeamMove = {
  id: string;
  userId: string;
  source: string;
  /** Sealed. */
  sourceKey: Buffer | null;
  withNotes: boolean;
  phase: MovePhase;
  progressId: string;
  copyId: string;
  apiKeyId: string | null;
  kind: string | null;
  done: number;
  total: number;
  report: MoveReport | null;
  undone: MoveUndone | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  status: JobStatus;
  error: string | null;
  finishedAt: Temporal.Instant | null;
};

const MOVE = `select m.id, m.user_id, m.source, m.source_key, m.with_notes, m.phase, m.progress_id, m.copy_id, m.api_key_id,
         m.kind, m.done, m.total, m.report, m.undone, m.created_at, m.updated_at, p.status, p.error, p.finished_at
    from team_moves m
    join progress p on p.team_id = m.team_id and p.id = m.progress_id`;

export function listMoves(db: Db, teamId: string) {
  return db.rows<TeamMove>(`${MOVE} where m.team_id = $1 order by m.updated_at desc, m.id desc`, [teamId]);
}

export function findMove(db: Db, teamId: string, id: string) {
  return db.row<TeamMove>(`${MOVE} where m.team_id = $1 and m.id = $2`, [teamId, id]);
}

export function findMoveOfJob(db: Db, teamId: string, progressId: string) {
  return db.row<TeamMove>(`${MOVE} where m.team_id = $1 and m.progress_id = $2`, [teamId, progressId]);
}

/** One run at a time for a team: two would create what both do not find. */
export async function lockMoves(db: Db, teamId: string) {
  await db.run("select id from team_moves where team_id = $1 order by id for update", [teamId]);
  return listMoves(db, teamId);
}

type Run = Pick<
  TeamMove,
  "id" | "userId" | "source" | "sourceKey" | "withNotes" | "phase" | "progressId" | "copyId"
>;

/** A source that is known goes on with what was copied from it. */
export function writeRun(db: Db, teamId: string, run: Run, now: Temporal.Instant) {
  return db.run(
    `insert into team_moves (team_id, id, user_id, source, source_key, with_notes, phase, progress_id, copy_id, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $10, $9, $9)
     on conflict (team_id, id) do update
       set user_id = $3, source_key = $5, with_notes = $6, phase = $7, progress_id = $8, updated_at = $9,
           kind = null, done = 0, total = 0, report = null, undone = null`,
    [
      teamId,
      run.id,
      run.userId,
      run.source,
      run.sourceKey,
      run.withNotes,
      run.phase,
      run.progressId,
      now,
      run.copyId,
    ],
  );
}

/** The key with which the run calls our own API; null once the run is over. */
export function setApiKey(db: Db, teamId: string, id: string, apiKeyId: string | null) {
  return db.run("update team_moves set api_key_id = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    apiKeyId,
  ]);
}

type MovePlace = Pick<TeamMove, "kind" | "done" | "total">;

export function noteMovePlace(db: Db, teamId: string, id: string, at: MovePlace, now: Temporal.Instant) {
  return db.run(
    "update team_moves set kind = $3, done = $4, total = $5, updated_at = $6 where team_id = $1 and id = $2",
    [teamId, id, at.kind, at.done, at.total, now],
  );
}

/** The answer of the last call is known by then. */
export function writeReport(db: Db, teamId: string, id: string, report: MoveReport, now: Temporal.Instant) {
  return db.run(
    "update team_moves set report = $3, sent = null, updated_at = $4 where team_id = $1 and id = $2",
    [teamId, id, report, now],
  );
}

/** Everything is here or taken back: nothing more is asked of the source. */
export function forgetSourceKey(db: Db, teamId: string, id: string) {
  return db.run("update team_moves set source_key = null where team_id = $1 and id = $2", [teamId, id]);
}

/** A key that was meant for a run that never came, and the names of records that were left out. */
export function forgetOldMoves(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `update team_moves m
        set source_key = null, sent = null,
            report = m.report || jsonb_build_object(
              'left_out', (select coalesce(jsonb_agg(o || '{"examples": []}'), '[]') from jsonb_array_elements(m.report -> 'left_out') o),
              'values_left_out', (select coalesce(jsonb_agg(o || '{"examples": []}'), '[]')
                                    from jsonb_array_elements(m.report -> 'values_left_out') o))
       from progress p
      where m.team_id = $1 and m.updated_at < $2 and p.team_id = m.team_id and p.id = m.progress_id and p.finished_at is not null
        and (m.source_key is not null or m.sent is not null or m.report @? '$.*[*].examples[*]')`,
    [teamId, before],
  );
}

/** What was made is deleted; another run begins anew, under keys that no server has met. */
export async function writeUndone(
  db: Db,
  teamId: string,
  id: string,
  { undone, copyId }: { undone: MoveUndone; copyId: string },
  now: Temporal.Instant,
) {
  await db.run("delete from team_move_records where team_id = $1 and move_id = $2", [teamId, id]);
  await db.run(
    "update team_moves set undone = $3, copy_id = $5, sent = null, source_key = null, updated_at = $4 where team_id = $1 and id = $2",
    [teamId, id, JSON.stringify(undone), now, copyId],
  );
}
