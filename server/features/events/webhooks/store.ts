// Subscriptions: who is told of what, and under which secret.

import type { Db } from "../../../db/connect.ts";

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

type NewSubscription = Pick<SubscriptionRow, "id" | "url" | "types" | "description" | "secret" | "createdBy">;

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
