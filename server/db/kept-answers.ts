// Answers kept for idempotency keys, as rows. What they mean is http/idempotency.ts's business.

import type { Db } from "./connect.ts";

const ANSWERS_KEPT_FOR = { hours: 24 };

type KeptRow = { requestHash: Buffer; status: number; answer: Buffer };
type KeyOf = { callerId: string; key: string };

/** Held until the transaction ends. False: another transaction is at work under the same key. */
export async function holdKey(db: Db, teamId: string, { callerId, key }: KeyOf) {
  const row = await db.row<{ held: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held",
    [`idempotency ${teamId} ${callerId} ${key}`],
  );
  return row?.held ?? false;
}

export function findKept(db: Db, teamId: string, { callerId, key }: KeyOf, now: Temporal.Instant) {
  return db.row<KeptRow>(
    `select request_hash, status, answer from idempotent_answers
      where team_id = $1 and caller_id = $2 and key = $3 and created_at > $4`,
    [teamId, callerId, key, now.subtract(ANSWERS_KEPT_FOR)],
  );
}

export function insertKept(
  db: Db,
  teamId: string,
  { callerId, key }: KeyOf,
  kept: KeptRow,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into idempotent_answers (team_id, caller_id, key, request_hash, status, answer, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (team_id, caller_id, key) do update
        set request_hash = excluded.request_hash, status = excluded.status,
            answer = excluded.answer, created_at = excluded.created_at`,
    [teamId, callerId, key, kept.requestHash, kept.status, kept.answer, now],
  );
}

/** Answers how many went. */
export function forgetOldAnswers(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run("delete from idempotent_answers where team_id = $1 and created_at <= $2", [
    teamId,
    now.subtract(ANSWERS_KEPT_FOR),
  ]);
}
