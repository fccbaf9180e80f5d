// The deliveries owed to subscriptions, and every attempt made. A pending delivery is the job itself: it is claimed by moving
// its next attempt behind the longest that a call may take.

import type { Db } from "../../db/connect.ts";
import type { Cursor } from "../events/store.ts";

const EVENTS_AT_ONCE = 1_000;

/** What waits for a subscription that is off ends here, visibly. */
export function giveUpPending(db: Db, teamId: string, subscriptionId: string, now: Temporal.Instant) {
  return db.run(
    `update webhook_deliveries set status = 'given_up', next_attempt_at = null, finished_at = $3
      where team_id = $1 and subscription_id = $2 and status = 'pending'`,
    [teamId, subscriptionId, now],
  );
}

/**
 * Called before a subscription is made or switched on. Where nobody listened the cursor may lag far behind,
 * and is brought here; where somebody does, it is theirs and is left alone. The lock comes first and alone,
 * so that the second statement sees whoever else subscribed a moment ago.
 */
export async function readyCursor(db: Db, teamId: string) {
  await db.run(
    `insert into webhook_cursors (team_id, written_in, position)
     values ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
     on conflict (team_id) do nothing`,
    [teamId],
  );
  await db.row("select 1 from webhook_cursors where team_id = $1 for update", [teamId]);
  await db.run(
    `update webhook_cursors set written_in = pg_snapshot_xmin(pg_current_snapshot()), position = 0
      where team_id = $1 and written_in < pg_snapshot_xmin(pg_current_snapshot())
        and not exists (select 1 from webhook_subscriptions where team_id = $1 and is_active)`,
    [teamId],
  );
}

/** Hands the next events to the subscriptions that want them. Answers whether it got to do so. */
export async function fanOut(db: Db, teamId: string, now: Temporal.Instant) {
  const cursor = await db.row<Cursor>(
    "select written_in::text, position from webhook_cursors where team_id = $1 for update skip locked",
    [teamId],
  );
  if (!cursor) return false;
  // Whoever switches one off gives up what waits for it, and must not be passed by what is handed to it meanwhile.
  await db.run(
    "select from webhook_subscriptions where team_id = $1 and is_active order by id for key share",
    [teamId],
  );
  const moved = await db.run(
    `with news as (
       select id, type, written_in, position from events
        where team_id = $1 and (written_in, position) > ($2::xid8, $3::bigint)
          and written_in < pg_snapshot_xmin(pg_current_snapshot())
        order by written_in, position
        limit $4
     ), owed as (
       insert into webhook_deliveries (team_id, subscription_id, event_id, status, next_attempt_at, created_at)
       select $1, s.id, news.id, 'pending', $5, $5
         from news
         join webhook_subscriptions s
           on s.team_id = $1 and s.is_active and event_matches(news.type, s.types)
             and not pg_visible_in_snapshot(news.written_in, s.starts_in)
        order by news.written_in, news.position
       on conflict do nothing
     )
     update webhook_cursors c set written_in = last.written_in, position = last.position
       from (select written_in, position from news order by written_in desc, position desc limit 1) last
      where c.team_id = $1`,
    [teamId, cursor.writtenIn, cursor.position, EVENTS_AT_ONCE, now],
  );
  return moved > 0;
}

export type ClaimedDelivery = { subscriptionId: string; eventId: string; attempt: number };

/** Takes what is due, a few per subscription, so that one slow receiver holds up nobody else's. */
export function claimDeliveries(
  db: Db,
  teamId: string,
  claim: { busy: readonly string[]; each: number; until: Temporal.Instant },
  now: Temporal.Instant,
) {
  return db.rows<ClaimedDelivery>(
    `with due as (
       select d.subscription_id, d.event_id
         from webhook_subscriptions s
        cross join lateral (
          select subscription_id, event_id from webhook_deliveries
           where team_id = $1 and subscription_id = s.id and status = 'pending' and next_attempt_at <= $2
           order by next_attempt_at, event_id
           limit $4
             for update skip locked
        ) d
        where s.team_id = $1 and s.is_active and s.id <> all($3::text[])
     )
     update webhook_deliveries d set attempts = d.attempts + 1, next_attempt_at = $5
       from due
      where d.team_id = $1 and d.subscription_id = due.subscription_id and d.event_id = due.event_id
     returning d.subscription_id, d.event_id, d.attempts as attempt`,
    [teamId, now, claim.busy, claim.each, claim.until],
  );
}

export type Attempted = ClaimedDelivery & {
  at: Temporal.Instant;
  statusCode: number | null;
  error: string | null;
  tookMs: number;
  status: "pending" | "delivered" | "given_up";
  nextAttemptAt: Temporal.Instant | null;
};

/** The attempt, and what follows from it: by its number, so that one that comes late changes nothing. */
export async function recordAttempt(db: Db, teamId: string, attempted: Attempted, now: Temporal.Instant) {
  const { subscriptionId, eventId, attempt, at, statusCode, error, tookMs, status } = attempted;
  await db.run(
    `insert into webhook_attempts (team_id, subscription_id, event_id, attempt, at, status_code, error, took_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing`,
    [teamId, subscriptionId, eventId, attempt, at, statusCode, error, tookMs],
  );
  // A 2xx ends it even if somebody else has claimed it meanwhile: it must not be sent again.
  await db.run(
    `update webhook_deliveries
        set status = $5, next_attempt_at = $6, finished_at = case when $5 = 'pending' then null else $7::timestamptz end
      where team_id = $1 and subscription_id = $2 and event_id = $3 and status <> 'delivered'
        and (attempts = $4 and status = 'pending' or $5 = 'delivered')`,
    [teamId, subscriptionId, eventId, attempt, status, attempted.nextAttemptAt, now],
  );
}

export function insertDelivery(
  db: Db,
  teamId: string,
  { subscriptionId, eventId }: { subscriptionId: string; eventId: string },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into webhook_deliveries (team_id, subscription_id, event_id, status, next_attempt_at, created_at)
     values ($1, $2, $3, 'pending', $4, $4)`,
    [teamId, subscriptionId, eventId, now],
  );
}

/** Owes again what was not taken since then, and what was never owed. Answers how many. */
export function replayDeliveries(
  db: Db,
  teamId: string,
  { subscriptionId, after }: { subscriptionId: string; after: Cursor },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into webhook_deliveries as d (team_id, subscription_id, event_id, status, next_attempt_at, created_at)
     select $1, s.id, e.id, 'pending', $5, $5
       from webhook_subscriptions s
       join events e on e.team_id = $1 and event_matches(e.type, s.types)
      where s.team_id = $1 and s.id = $2
        and (e.written_in, e.position) >
              (case when $3::xid8 > pg_snapshot_xmax(pg_current_snapshot()) then '3' else $3::xid8 end, $4::bigint)
        and e.written_in < pg_snapshot_xmin(pg_current_snapshot())
      order by e.written_in, e.position
     on conflict (team_id, subscription_id, event_id) do update
        set status = 'pending', next_attempt_at = $5, finished_at = null
      where d.status = 'given_up'`,
    [teamId, subscriptionId, after.writtenIn, after.position, now],
  );
}

export type DeliveryRow = {
  eventId: string;
  type: string;
  status: "pending" | "delivered" | "given_up";
  attempts: number;
  nextAttemptAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  finishedAt: Temporal.Instant | null;
  log: {
    attempt: number;
    at: string;
    statusCode: number | null;
    error: string | null;
    tookMs: number | null;
  }[];
};

export async function searchDeliveries(
  db: Db,
  teamId: string,
  filter: { subscriptionId: string; status: string | null; limit: number; offset: number },
) {
  const found = await db.row<{ total: number }>(
    `select count(*) as total from webhook_deliveries
      where team_id = $1 and subscription_id = $2 and ($3::text is null or status = $3)`,
    [teamId, filter.subscriptionId, filter.status],
  );
  const rows = await db.rows<DeliveryRow>(
    `select d.event_id, e.type, d.status, d.attempts, d.next_attempt_at, d.created_at, d.finished_at,
            coalesce((select jsonb_agg(jsonb_build_object('attempt', a.attempt, 'at', a.at, 'statusCode', a.status_code,
                                                          'error', a.error, 'tookMs', a.took_ms) order by a.attempt)
                        from webhook_attempts a
                       where a.team_id = $1 and a.subscription_id = $2 and a.event_id = d.event_id), '[]') as log
       from webhook_deliveries d
       join events e on e.team_id = $1 and e.id = d.event_id
      where d.team_id = $1 and d.subscription_id = $2 and ($3::text is null or d.status = $3)
      order by d.created_at desc, d.event_id desc
      limit $4 offset $5`,
    [teamId, filter.subscriptionId, filter.status, filter.limit, filter.offset],
  );
  return { rows, total: found?.total ?? 0 };
}

/** Looks across teams. */
export async function listTeamsWithWork(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_webhook_work($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

export function deleteOldDeliveries(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    "delete from webhook_deliveries where team_id = $1 and status <> 'pending' and finished_at < $2",
    [teamId, before],
  );
}
