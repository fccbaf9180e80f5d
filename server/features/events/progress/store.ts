// Long work and its items. A batch locks its row, so two workers on the same work take turns, and canceling waits for
// the current batch.

import type { Db } from "../../../db/connect.ts";

export type ProgressStatus = "pending" | "running" | "done" | "failed" | "cancelled";

export type ProgressRow = {
  id: string;
  userId: string;
  jobType: string;
  entityIds: string[];
  params: Record<string, unknown>;
  instructions: Record<string, unknown>;
  status: ProgressStatus;
  total: number;
  done: number;
  counts: Record<string, number>;
  batchSize: number | null;
  failedTries: number;
  error: string | null;
  resultPath: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
};

/** What became of one item. */
export type ItemOutcome = { outcome: string; code?: string | null; details?: Record<string, unknown> | null };

export type ProgressItemRow = {
  position: number;
  itemKey: string;
  outcome: string | null;
  code: string | null;
  details: Record<string, unknown> | null;
};

/** What the engine needs for each batch. A hundred thousand ids are megabytes, and are not among it. */
export type WorkRow = Pick<
  ProgressRow,
  "id" | "userId" | "jobType" | "instructions" | "total" | "done" | "batchSize" | "finishedAt"
>;

const WORK_COLUMNS = "id, user_id, job_type, instructions, total, done, batch_size, finished_at";

/** So many ids are shown with the work; its items are all of them. */
const SHOWN_IDS = 1_000;
const LAST_POSITION = 2 ** 31 - 1;

const COLUMNS = `id, user_id, job_type, entity_ids[1:${SHOWN_IDS}] as entity_ids, params, instructions, status, total, done,
  counts, batch_size, failed_tries, error, result_path, created_at, updated_at, finished_at`;

type NewProgress = Pick<
  ProgressRow,
  "id" | "userId" | "jobType" | "entityIds" | "params" | "instructions" | "batchSize" | "resultPath" | "total"
>;

export async function insertProgress(
  db: Db,
  teamId: string,
  progress: NewProgress,
  now: Temporal.Instant,
): Promise<ProgressRow> {
  // One statement, because the ids travel once.
  await db.run(
    `with work as (
       insert into progress (team_id, id, user_id, job_type, entity_ids, params, instructions, status, total,
                             batch_size, result_path, created_at, updated_at)
       values ($1, $2, $3, $4, $5::text[], $6, $7, 'pending', $11, $8, $9, $10, $10)
     )
     insert into progress_items (team_id, progress_id, position, item_key)
     select $1, $2, position - 1, item_key
       from unnest($5::text[]) with ordinality as item (item_key, position)`,
    [
      teamId,
      progress.id,
      progress.userId,
      progress.jobType,
      progress.entityIds,
      progress.params,
      progress.instructions,
      progress.batchSize,
      progress.resultPath,
      now,
      progress.total,
    ],
  );
  const untouched = { status: "pending" as const, done: 0, counts: {}, failedTries: 0, error: null };
  return { ...progress, ...untouched, createdAt: now, updatedAt: now, finishedAt: null };
}

export function findProgress(db: Db, teamId: string, id: string) {
  return db.row<ProgressRow>(`select ${COLUMNS} from progress where team_id = $1 and id = $2`, [teamId, id]);
}

export function findWork(db: Db, teamId: string, id: string) {
  return db.row<WorkRow>(`select ${WORK_COLUMNS} from progress where team_id = $1 and id = $2`, [teamId, id]);
}

export function lockWork(db: Db, teamId: string, id: string) {
  return db.row<WorkRow>(
    `select ${WORK_COLUMNS} from progress where team_id = $1 and id = $2 for no key update`,
    [teamId, id],
  );
}

/** Who looks at failed jobs: their own, or for an admin everybody's. */
type JobViewer = { userId: string; seesAll: boolean };

export function jobViewerOf({ userId, role }: { userId: string; role: string }): JobViewer {
  return { userId, seesAll: role === "admin" };
}

const UNSEEN = (userId: string, seesAll: string) => `p.status = 'failed'
  and (${seesAll}::boolean or p.user_id = ${userId})
  and not exists (select from progress_seen s
                   where s.team_id = p.team_id and s.progress_id = p.id and s.user_id = ${userId})`;

/** Failed since `from`, and not yet marked as seen by this person. */
export async function countUnseenFailures(
  db: Db,
  teamId: string,
  { userId, seesAll }: JobViewer,
  from: Temporal.Instant,
) {
  const row = await db.row<{ count: number }>(
    `select count(*) as count from progress p where p.team_id = $1 and p.finished_at >= $4 and ${UNSEEN("$2", "$3")}`,
    [teamId, userId, seesAll, from],
  );
  return row?.count ?? 0;
}

export function noteSeen(db: Db, teamId: string, id: string, userId: string, now: Temporal.Instant) {
  return db.run(
    `insert into progress_seen (team_id, progress_id, user_id, seen_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [teamId, id, userId, now],
  );
}

type ProgressSearch = {
  status: ProgressStatus | null;
  unseenBy: JobViewer | null;
  limit: number;
  offset: number;
};

export async function searchProgress(
  db: Db,
  teamId: string,
  { status, unseenBy, limit, offset }: ProgressSearch,
) {
  const where = `p.team_id = $1 and ($2::text is null or p.status = $2) and ($3::text is null or ${UNSEEN("$3", "$4")})`;
  const params = [teamId, status, unseenBy?.userId ?? null, unseenBy?.seesAll ?? false];
  const found = await db.row<{ total: number }>(
    `select count(*) as total from progress p where ${where}`,
    params,
  );
  const rows = await db.rows<ProgressRow>(
    `select ${COLUMNS.replace(/entity_ids\[.*?\]/, "'{}'::text[]")} from progress p
      where ${where}
      order by created_at desc, id desc
      limit $5 offset $6`,
    [...params, limit, offset],
  );
  return { rows, total: found?.total ?? 0 };
}

export async function searchItems(
  db: Db,
  teamId: string,
  id: string,
  { outcome, limit, offset }: { outcome: string | null; limit: number; offset: number },
) {
  const found = await db.row<{ total: number }>(
    `select count(*) as total from progress_items
      where team_id = $1 and progress_id = $2 and ($3::text is null or outcome = $3)`,
    [teamId, id, outcome],
  );
  const rows = await db.rows<ProgressItemRow>(
    `select position, item_key, outcome, code, details from progress_items
      where team_id = $1 and progress_id = $2 and ($3::text is null or outcome = $3)
      order by position
      limit $4 offset $5`,
    [teamId, id, outcome, limit, offset],
  );
  return { rows, total: found?.total ?? 0 };
}

/** The next items whose turn it is, in the order they were asked for: as many as are done lie behind. */
export function nextItems(db: Db, teamId: string, { id, done }: Pick<WorkRow, "id" | "done">, limit: number) {
  return db.rows<{ position: number; itemKey: string }>(
    `select position, item_key from progress_items
      where team_id = $1 and progress_id = $2 and position >= $3 and outcome is null
      order by position
      limit $4`,
    [teamId, id, done, limit],
  );
}

/**
 * Outcomes and counts in one statement, so that they cannot disagree. The outcomes come as one value and not as rows to join: a job
 * is newer than the statistics, which expect one item of it, and a join would then go through the outcomes once for each item.
 */
export async function writeOutcomes(
  db: Db,
  teamId: string,
  id: string,
  outcomes: readonly PlacedOutcome[],
  now: Temporal.Instant,
) {
  const positions = outcomes.map(({ position }) => position);
  const shared = sharedOutcome(outcomes);
  const values = shared
    ? "outcome = $5, code = $7::text"
    : `outcome = $5::jsonb -> position::text ->> 0, code = $5::jsonb -> position::text ->> 1,
              details = nullif($5::jsonb -> position::text -> 2, 'null')`;
  await db.run(
    `with written as (
       update progress_items
          set ${values}
        where team_id = $1 and progress_id = $2 and position between $3 and $6 ${shared ? "" : "and $5::jsonb ? position::text"}
          and outcome is null
       returning outcome
     ), counted as (
       select outcome, count(*) as count from written group by outcome
     )
     update progress p
        set status = 'running', failed_tries = 0, updated_at = $4,
            done = done + (select count(*) from written),
            counts = p.counts || coalesce(
              (select jsonb_object_agg(outcome, count + coalesce((p.counts ->> outcome)::bigint, 0)) from counted),
              '{}')
      where team_id = $1 and id = $2`,
    [
      teamId,
      id,
      Math.min(...positions, LAST_POSITION),
      now,
      shared ? shared.outcome : byPosition(outcomes),
      Math.max(...positions, -1),
      ...(shared ? [shared.code ?? null] : []),
    ],
  );
}

type PlacedOutcome = ItemOutcome & { position: number };

/** Where the same came of all of them, and they stand one behind the other, it is said once. */
function sharedOutcome(outcomes: readonly PlacedOutcome[]) {
  const [first] = outcomes;
  if (!first || first.details) return null;
  const isShared = outcomes.every(
    ({ outcome, code, details, position }, n) =>
      outcome === first.outcome &&
      (code ?? null) === (first.code ?? null) &&
      !details &&
      position === first.position + n,
  );
  return isShared ? first : null;
}

function byPosition(outcomes: readonly PlacedOutcome[]) {
  return Object.fromEntries(
    outcomes.map(({ position, outcome, code, details }) => [
      position,
      [outcome, code ?? null, details ?? null],
    ]),
  );
}

/** For work that shows how far it is before anything of it is done for good: tries that failed still count. */
export function noteUnderWay(db: Db, teamId: string, id: string, done: number, now: Temporal.Instant) {
  return db.run(
    "update progress set status = 'running', updated_at = $4, done = $3 where team_id = $1 and id = $2 and finished_at is null",
    [teamId, id, done, now],
  );
}

/** For work that keeps its outcomes elsewhere: so many more are done. A word that comes after the end changes nothing. */
export function noteDone(
  db: Db,
  teamId: string,
  id: string,
  { done, counts }: { done: number; counts: Record<string, number> },
  now: Temporal.Instant,
) {
  return db.run(
    `update progress set status = 'running', failed_tries = 0, updated_at = $5, done = done + $3, counts = added(counts, $4::jsonb)
      where team_id = $1 and id = $2 and finished_at is null`,
    [teamId, id, done, counts, now],
  );
}

/** What one batch leaves for the next. */
export function carryInstructions(db: Db, teamId: string, id: string, carried: Record<string, unknown>) {
  return db.run("update progress set instructions = instructions || $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    carried,
  ]);
}

/** Ends it. Whatever had no turn is given `leftover` as its outcome, which the counts then say too. */
export function finishProgress(
  db: Db,
  teamId: string,
  id: string,
  end: { status: "done" | "failed" | "cancelled"; error: string | null; leftover: string },
  now: Temporal.Instant,
) {
  return db.run(
    `with left_over as (
       update progress_items set outcome = $5
        where team_id = $1 and progress_id = $2 and outcome is null
       returning 1
     ), counted as (
       select count(*) as count from left_over
     )
     update progress
        set status = $3, error = $4, finished_at = $6, updated_at = $6, instructions = '{}', -- they may name people
            counts = case when counted.count = 0 then counts else counts || jsonb_build_object($5::text, counted.count) end
       from counted
      where team_id = $1 and id = $2`,
    [teamId, id, end.status, end.error, end.leftover, now],
  );
}

/** Answers how often the batch at hand has failed by now. */
export async function noteFailedTry(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  const row = await db.row<{ failedTries: number }>(
    `update progress set failed_tries = failed_tries + 1, updated_at = $3
      where team_id = $1 and id = $2 and status in ('pending', 'running')
     returning failed_tries`,
    [teamId, id, now],
  );
  return row?.failedTries ?? 0;
}

/** Unfinished, and unchanged for long: its job was lost, or gave up. */
export async function listStalled(db: Db, teamId: string, before: Temporal.Instant) {
  const rows = await db.rows<{ id: string }>(
    `select id from progress where team_id = $1 and status in ('pending', 'running') and updated_at < $2`,
    [teamId, before],
  );
  return rows.map(({ id }) => id);
}
