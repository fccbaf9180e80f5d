// Requests whose answer comes later, and what a team has paid to see.

import type { Db } from "../../../db/connect.ts";

export type RequestRow = {
  id: string;
  userId: string;
  type: "phone" | "waterfall";
  wish: Record<string, unknown>;
  webhookUrl: string | null;
  status: "pending" | "success" | "failed";
  failure: string | null;
  result: Record<string, unknown> | null;
  attempts: number;
  lastAttemptAt: Temporal.Instant | null;
  expiresAt: Temporal.Instant;
};

export function insertRequest(
  db: Db,
  teamId: string,
  one: Pick<RequestRow, "id" | "userId" | "type" | "wish" | "webhookUrl" | "expiresAt">,
  now: Temporal.Instant,
) {
  return db.run(
    `insert into enrichment_requests (team_id, id, user_id, type, wish, webhook_url, created_at, expires_at)
     values ($1, $2::bigint, $3, $4, $5, $6, $7, $8)`,
    [teamId, one.id, one.userId, one.type, JSON.stringify(one.wish), one.webhookUrl, now, one.expiresAt],
  );
}

export function findRequest(db: Db, teamId: string, id: string) {
  return db.row<RequestRow>(
    `select id::text, user_id, type, wish, webhook_url, status, failure, result, attempts, last_attempt_at, expires_at
       from enrichment_requests where team_id = $1 and id = $2::bigint`,
    [teamId, id],
  );
}

/** What was asked for before then and is not answered, or not told to whom it was promised. */
export async function listOpenRequests(
  db: Db,
  teamId: string,
  before: Temporal.Instant,
  now: Temporal.Instant,
  most: number,
) {
  const rows = await db.rows<{ id: string }>(
    `select id::text from enrichment_requests
      where team_id = $1 and (status = 'pending' or (webhook_url is not null and attempts = 0))
        and created_at <= $2 and expires_at > $3
      order by created_at limit $4`,
    [teamId, before, now, most],
  );
  return rows.map(({ id }) => id);
}

/** Only once: a second call finds the request answered. */
export function answerRequest(
  db: Db,
  teamId: string,
  id: string,
  { status, failure, result }: Pick<RequestRow, "status" | "failure" | "result">,
) {
  return db.run(
    `update enrichment_requests set status = $3, failure = $4, result = $5, wish = '{}' -- it names people
      where team_id = $1 and id = $2::bigint and status = 'pending'`,
    [teamId, id, status, failure, result && JSON.stringify(result)],
  );
}

export function noteDispatch(
  db: Db,
  teamId: string,
  id: string,
  failure: string | null,
  now: Temporal.Instant,
) {
  return db.run(
    `update enrichment_requests set attempts = attempts + 1, last_attempt_at = $4, failure = coalesce($3, failure)
      where team_id = $1 and id = $2::bigint`,
    [teamId, id, failure, now],
  );
}

/** Deletes what was asked and found. The request itself stays, so that a later poll is told that it has expired. */
export function forgetExpired(db: Db, teamId: string, now: Temporal.Instant) {
  return db.run(
    `update enrichment_requests set result = null, wish = '{}', webhook_url = null
      where team_id = $1 and expires_at <= $2 and (result is not null or wish <> '{}')`,
    [teamId, now],
  );
}

/** The given people whom the team has paid for. */
export async function listPaid(db: Db, teamId: string, personIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select distinct subject_id as id from credit_legs
      where team_id = $1 and subject_id = any($2::text[]) and account = 'spent' and amount >= 0`,
    [teamId, personIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Two lookups of one person at once run one after the other, always in the same order. */
export function holdSubjects(db: Db, teamId: string, ids: readonly string[]) {
  return db.run(
    `select pg_advisory_xact_lock(hashtextextended($1 || ' looked up ' || id, 0))
       from (select id from unnest($2::text[]) as id order by id) as subjects`,
    [teamId, ids],
  );
}

export async function paidSince(
  db: Db,
  teamId: string,
  ids: readonly string[],
  kind: string,
  since: Temporal.Instant,
) {
  const rows = await db.rows<{ id: string }>(
    `select l.subject_id as id
       from credit_legs l join credit_movements m on m.team_id = $1 and m.id = l.movement_id
      where l.team_id = $1 and l.subject_id = any ($2::text[]) and l.account = 'spent' and m.kind = $3 and m.occurred_at > $4
        and m.action = any ($5::text[])
      group by l.subject_id having sum(l.amount) > 0`,
    [teamId, ids, kind, since, LOOKED_UP],
  );
  return new Set(rows.map(({ id }) => id));
}

const LOOKED_UP = [
  "add_net_new_contact",
  "person_match",
  "organization_enrich",
  "waterfall_email",
  "waterfall_phone",
  "phone_reveal",
];
