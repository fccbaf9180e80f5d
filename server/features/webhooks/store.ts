// Subscriptions, the deliveries owed to them, and every attempt made. A pending delivery is the job itself:
// it is claimed by moving its next attempt behind the longest that a call may take.

import type { Db } from "../../db/connect.ts";
import type { Cursor } from "../events/store.ts";

export type SubscriptionRow = {
  id: string;
  url: string;
  types: string[];
  description: string | null;
  secret: Buffer;
  previousSecret: Buffer | null;
  rotatedAt: Temporal.Instant | null;
  isActive: boolean;
  inactiveReason: "switched_off" | "gone" | null;
  createdBy: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
};

const COLUMNS =
  "id, url, types, description, secret, previous_secret, rotated_at, is_active, inactive_reason, created_by, created_at, updated_at";

export type NewSubscription = Pick<
  SubscriptionRow,
  "id" | "url" | "types" | "description" | "secret" | "createdBy"
>;

export async function insertSubscription(
  db: Db,
  teamId: string,
  wish: NewSubscription,
  now: Temporal.Instant,
) {
  const row = await db.row<SubscriptionRow>(
    `insert into webhook_subscriptions (team_id, id, url, types, description, secret, created_by, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     returning ${COLUMNS}`,
    [teamId, wish.id, wish.url, wish.types, wish.description, wish.secret, wish.createdBy, now],
  );
  return row as SubscriptionRow;
}

export function listSubscriptions(db: Db, teamId: string) {
  return db.rows<SubscriptionRow>(
    `select ${COLUMNS} from webhook_subscriptions where team_id = $1 and deleted_at is null order by created_at, id`,
    [teamId],
  );
}

export function findSubscription(db: Db, teamId: string, id: string) {
  return db.row<SubscriptionRow>(
    `select ${COLUMNS} from webhook_subscriptions where team_id = $1 and id = $2 and deleted_at is null`,
    [teamId, id],
  );
}

export function lockSubscription(db: Db, teamId: string, id: string) {
  return db.row<SubscriptionRow>(
    `select ${COLUMNS} from webhook_subscriptions where team_id = $1 and id = $2 and deleted_at is null for update`,
    [teamId, id],
  );
}

export async function updateSubscription(
  db: Db,
  teamId: string,
  change: Pick<SubscriptionRow, "id" | "url" | "types" | "description" | "isActive" | "inactiveReason"> & {
    /** It was off: what happened meanwhile is not told. */
    startsAnew: boolean;
  },
  now: Temporal.Instant,
) {
  const row = await db.row<SubscriptionRow>(
    `update webhook_subscriptions
        set url = $3, types = $4, description = $5, is_active = $6, inactive_reason = $7, updated_at = $9,
            starts_in = case when $8 then pg_current_snapshot() else starts_in end
      where team_id = $1 and id = $2
     returning ${COLUMNS}`,
    [
      teamId,
      change.id,
      change.url,
      change.types,
      change.description,
      change.isActive,
      change.inactiveReason,
      change.startsAnew,
      now,
    ],
  );
  return row as SubscriptionRow;
}

export async function replaceSecret(
  db: Db,
  teamId: string,
  { id, secret, previousSecret }: { id: string; secret: Buffer; previousSecret: Buffer },
  now: Temporal.Instant,
) {
  const row = await db.row<SubscriptionRow>(
    `update webhook_subscriptions set secret = $3, previous_secret = $4, rotated_at = $5, updated_at = $5
      where team_id = $1 and id = $2
     returning ${COLUMNS}`,
    [teamId, id, secret, previousSecret, now],
  );
  return row as SubscriptionRow;
}

export function markDeleted(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.row<SubscriptionRow>(
    `update webhook_subscriptions
        set deleted_at = $3, is_active = false, inactive_reason = 'switched_off', updated_at = $3
      where team_id = $1 and id = $2
     returning ${COLUMNS}`,
    [teamId, id, now],
  );
}

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

const EVENTS_AT_ONCE = 1_000;

/** Hands the next events to the subscriptions that want them. Answers whether it got to do so. */
export async function fanOut(db: Db, teamId: string, now: Temporal.Instant) {
  const cursor = await db.row<Cursor>(
    "select written_in::text, position from webhook_cursors where team_id = $1 for update skip locked",
    [teamId],
  );
  if (!cursor) return false;
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
