import type { Db } from "../../../db/connect.ts";
import type { AddedForecast } from "../../../domain/insight/forecast-added.ts";

export type PromiseRow = {
  id: string;
  sequenceId: string;
  /** The first step, which it is about. */
  stepId: string | null;
  userId: string;
  createdAt: Temporal.Instant;
  days: number;
  people: number;
  /** More were named than were looked at. */
  atLeast: boolean;
  told: AddedForecast;
};

const COLUMNS = "id, sequence_id, step_id, user_id, created_at, days, people, at_least, told";

export function insertPromise(db: Db, teamId: string, row: PromiseRow) {
  return db.run(
    `insert into promises (team_id, ${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[teamId, row.id, row.sequenceId, row.stepId, row.userId, row.createdAt, row.days, row.people],
      ...[row.atLeast, JSON.stringify(row.told)],
    ],
  );
}

type PromiseClaim = { id: string; sequenceId: string; userId: string; requestId: string };

/**
 * The request that adds the contacts claims the promise; a promise belongs to one request. False: there is none to
 * claim.
 */
export async function claimPromise(
  db: Db,
  teamId: string,
  { id, sequenceId, userId, requestId }: PromiseClaim,
) {
  const row = await db.row<{ id: string }>(
    `update promises set request_id = $5
      where team_id = $1 and id = $2 and sequence_id = $3 and user_id = $4 and request_id is null returning id`,
    [teamId, id, sequenceId, userId, requestId],
  );
  return row !== null && row !== undefined;
}

type KeptPromise = PromiseRow & { requestId: string };

/** The latest that people were added on. */
export function listKept(
  db: Db,
  teamId: string,
  { sequenceId, requestId, limit }: { sequenceId: string; requestId: string | null; limit: number },
) {
  return db.rows<KeptPromise>(
    `select ${COLUMNS}, request_id from promises
      where team_id = $1 and sequence_id = $2 and request_id is not null and ($3::text is null or request_id = $3)
      order by created_at desc limit $4`,
    [teamId, sequenceId, requestId, limit],
  );
}

export type AddedRow = {
  enrollmentId: string;
  state: string;
  inactiveReason: string | null;
  /** When their first step was done: its mail left, or its task was opened, or its mail was skipped for want of an address. */
  begunAt: Temporal.Instant | null;
  dueAt: Temporal.Instant | null;
};

/** Whom these requests added, and when they began: of a request that named more than were promised anything, the first it added. */
export function listAdded(
  db: Db,
  teamId: string,
  asked: {
    requestIds: readonly string[];
    stepIds: readonly (string | null)[];
    most: readonly (number | null)[];
  },
) {
  return db.rows<AddedRow>(
    `select e.id as enrollment_id, e.state, coalesce(e.inactive_reason, e.failure_reason) as inactive_reason, b.at as begun_at, e.due_at
       from unnest($2::text[], $3::text[], $4::int[]) as p (request_id, step_id, most)
       cross join lateral (
            select enrollment_id from verdicts
             where team_id = $1 and request_id = p.request_id and enrollment_id is not null
             order by decided_at, enrollment_id limit p.most) v
       join enrollments e on e.team_id = $1 and e.id = v.enrollment_id
       left join lateral (
            select min(s.at) as at from (
              select m.released_at as at from messages m
               where m.team_id = $1 and m.enrollment_id = e.id and m.step_id = p.step_id and m.copy_of is null
                 and m.delivery in ('sent', 'dot', 'unconfirmed')
              union all
              select m.updated_at from messages m
               where m.team_id = $1 and m.enrollment_id = e.id and m.step_id = p.step_id and m.copy_of is null
                 and m.delivery = 'skipped' and e.allows_no_email
              union all
              select t.created_at from tasks t
               where t.team_id = $1 and t.enrollment_id = e.id and t.step_id = p.step_id and t.type <> 'outreach_manual_email') s) b on true
      order by coalesce(e.due_at, e.resume_at), e.id`,
    [teamId, asked.requestIds, asked.stepIds, asked.most],
  );
}

/** Those who have not begun, by what holds them. */
export type WaitingCount = { code: string; sentence: string; mailboxId: string | null; count: number };

/** What was promised, and its result. */
export type PromiseResult = {
  kept: KeptPromise[];
  added: AddedRow[];
  notBegun: AddedRow[];
  waiting: WaitingCount[];
};

export function deleteOldPromises(
  db: Db,
  teamId: string,
  { before, unclaimedBefore }: { before: Temporal.Instant; unclaimedBefore: Temporal.Instant },
) {
  return db.run(
    "delete from promises where team_id = $1 and (created_at < $2 or (request_id is null and created_at < $3))",
    [teamId, before, unclaimedBefore],
  );
}
