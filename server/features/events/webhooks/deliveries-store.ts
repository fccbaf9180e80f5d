// The deliveries owed to subscriptions, and every attempt made. A pending delivery is the job itself: it is claimed by moving
// its next attempt behind the longest that a call may take.

import type { Db } from "../../../db/connect.ts";
import type { FeedCursor } from "../events/store.ts";
import { notAside } from "../set-aside/store.ts";

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
 * Called before a subscription is created or switched on. Without an active subscription the cursor may lag far behind,
 * so it is moved to the present; with one, it stays. A statement of its own takes the lock first, so that the second
 * one sees other subscriptions made a moment ago.
 */
export async function readyWebhookCursor(db: Db, teamId: string) {
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

/** What an event and a subscription are to each other, as they are put aside. */
type Owed = { eventId: string; subscriptionId: string };

const NEWS = `
  select id, type, written_in, position from events
   where team_id = $1 and (written_in, position) > ($2::xid8, $3::bigint)
     and written_in < pg_snapshot_xmin(pg_current_snapshot())
   order by written_in, position
   limit ${EVENTS_AT_ONCE}`;

const WANTED = `join webhook_subscriptions s
    on s.team_id = $1 and s.is_active and event_matches(news.type, s.types)
   and not pg_visible_in_snapshot(news.written_in, s.starts_in)
   and not (news.written_in = '3' and news.position <= coalesce(s.starts_after, 0))`;

/**
 * Null where another process holds it. Switching a subscription off waits for it, and then cancels the deliveries that
 * were added meanwhile.
 */
export async function lockWebhookCursor(db: Db, teamId: string) {
  const cursor = await db.row<FeedCursor>(
    "select written_in::text, position from webhook_cursors where team_id = $1 for update skip locked",
    [teamId],
  );
  if (!cursor) return null;
  await db.run(
    "select from webhook_subscriptions where team_id = $1 and is_active order by id for key share",
    [teamId],
  );
  return cursor;
}

/** Hands the next events to the subscriptions that want them. Answers whether there were any. */
export async function fanOut(db: Db, teamId: string, cursor: FeedCursor, now: Temporal.Instant) {
  const moved = await db.run(
    `with news as (${NEWS}), owed as (
       insert into webhook_deliveries (team_id, subscription_id, event_id, status, next_attempt_at, created_at)
       select $1, s.id, news.id, 'pending', $4, $4 from news ${WANTED}
        order by news.written_in, news.position
       on conflict do nothing
     )
     update webhook_cursors c set written_in = last.written_in, position = last.position
       from (select written_in, position from news order by written_in desc, position desc limit 1) last
      where c.team_id = $1`,
    [teamId, cursor.writtenIn, cursor.position, now],
  );
  return moved > 0;
}

/** The same one by one, where one of them may fail: what is owed, and the place behind it. */
export async function owedNext(db: Db, teamId: string, { writtenIn, position }: FeedCursor) {
  const params = [teamId, writtenIn, position];
  const owed = await db.rows<Owed>(
    `with news as (${NEWS}) select news.id as event_id, s.id as subscription_id from news ${WANTED}
      order by news.written_in, news.position`,
    params,
  );
  const behind = await db.row<FeedCursor>(
    `with news as (${NEWS}) select written_in::text, position from news order by news.written_in desc, news.position desc limit 1`,
    params,
  );
  return { owed, behind };
}

export function moveWebhookCursor(db: Db, teamId: string, { writtenIn, position }: FeedCursor) {
  return db.run("update webhook_cursors set written_in = $2::xid8, position = $3 where team_id = $1", [
    ...[teamId, writtenIn, position],
  ]);
}

/** Owed before, and put aside before it was written down. Of subscriptions that are off nothing is owed any more. */
export function owedAside(db: Db, teamId: string) {
  return db.rows<Owed>(
    `select e.id as event_id, s.id as subscription_id from set_aside a
       join events e on e.team_id = $1 and e.id = split_part(a.subject_id, ' ', 1)
       join webhook_subscriptions s on s.team_id = $1 and s.is_active and s.id = split_part(a.subject_id, ' ', 2)
      where a.team_id = $1 and a.loop = 'send-webhooks' and a.until <= cadenza_now()
        and not exists (select from webhook_deliveries d
                         where d.team_id = $1 and d.subscription_id = s.id and d.event_id = e.id)
      order by a.until limit 100`,
    [teamId],
  );
}

export function owe(db: Db, teamId: string, owed: readonly Owed[], now: Temporal.Instant) {
  return db.run(
    `insert into webhook_deliveries (team_id, subscription_id, event_id, status, next_attempt_at, created_at)
     select $1, n."subscriptionId", n."eventId", 'pending', $3, $3
       from jsonb_to_recordset($2::jsonb) as n ("eventId" text, "subscriptionId" text)
     on conflict do nothing`,
    [teamId, JSON.stringify(owed), now],
  );
}

export type ClaimedDelivery = { subscriptionId: string; eventId: string; attempt: number };

/** Takes what is due, a few per subscription, so that one slow receiver holds up nobody else's. */
export function lockDeliveries(
  db: Db,
  teamId: string,
  { busy, each }: { busy: readonly string[]; each: number },
  now: Temporal.Instant,
) {
  return db.rows<Owed>(
    `select d.subscription_id, d.event_id
       from webhook_subscriptions s
      cross join lateral (
        select subscription_id, event_id from webhook_deliveries
         where team_id = $1 and subscription_id = s.id and status = 'pending' and next_attempt_at <= $2
           and ${notAside("send-webhooks", "webhook_deliveries.event_id || ' ' || webhook_deliveries.subscription_id")}
         order by next_attempt_at, event_id
         limit $4
           for update skip locked
      ) d
      where s.team_id = $1 and s.is_active and s.id <> all($3::text[])`,
    [teamId, now, busy, each],
  );
}

/** By moving their next attempt behind the longest that a call may take. */
export function claimDeliveries(db: Db, teamId: string, due: readonly Owed[], until: Temporal.Instant) {
  return db.rows<ClaimedDelivery>(
    `update webhook_deliveries d set attempts = d.attempts + 1, next_attempt_at = $3
       from jsonb_to_recordset($2::jsonb) as n ("eventId" text, "subscriptionId" text)
      where d.team_id = $1 and d.subscription_id = n."subscriptionId" and d.event_id = n."eventId"
     returning d.subscription_id, d.event_id, d.attempts as attempt`,
    [teamId, JSON.stringify(due), until],
  );
}

type Attempted = ClaimedDelivery & {
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
  // A 2xx ends it even if another worker has claimed it meanwhile: it must not be sent again.
  await db.run(
    `update webhook_deliveries
        set status = $5, next_attempt_at = $6, finished_at = case when $5 = 'pending' then null else $7::timestamptz end
      where team_id = $1 and subscription_id = $2 and event_id = $3 and status <> 'delivered'
        and (attempts = $4 and status = 'pending' or $5 = 'delivered')`,
    [teamId, subscriptionId, eventId, attempt, status, attempted.nextAttemptAt, now],
  );
}

/** It was claimed and is not called: as if it fell due later. */
export function postponeDelivery(
  db: Db,
  teamId: string,
  { subscriptionId, eventId, attempt }: ClaimedDelivery,
  until: Temporal.Instant,
) {
  return db.run(
    `update webhook_deliveries set attempts = attempts - 1, next_attempt_at = $5
      where team_id = $1 and subscription_id = $2 and event_id = $3 and attempts = $4 and status = 'pending'`,
    [teamId, subscriptionId, eventId, attempt, until],
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
  { subscriptionId, after }: { subscriptionId: string; after: FeedCursor },
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
export async function listTeamsWithWebhookWork(db: Db, now: Temporal.Instant) {
  const rows = await db.rows<{ teamId: string }>("select team_id from teams_with_webhook_work($1)", [now]);
  return rows.map(({ teamId }) => teamId);
}

export function deleteOldDeliveries(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    "delete from webhook_deliveries where team_id = $1 and status <> 'pending' and finished_at < $2",
    [teamId, before],
  );
}
