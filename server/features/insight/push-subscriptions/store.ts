// Devices that are told of replies and due tasks, each by the address that its browser was given by a push service.

import type { Language } from "@cadenza/contract/languages";
import type { Db } from "../../../db/connect.ts";

export type DeviceRow = {
  id: string;
  userId: string;
  endpoint: string;
  p256dh: string;
  auth: Buffer;
  device: string | null;
  language: Language;
  wantsReplies: boolean;
  wantsTasks: boolean;
  wantsMentions: boolean;
  showsNames: boolean;
  createdAt: Temporal.Instant;
  lastDeliveredAt: Temporal.Instant | null;
  failures: number;
};

export const DEVICE_COLUMNS = `s.id, s.user_id, s.endpoint, s.p256dh, s.auth, s.device, s.language, s.wants_replies, s.wants_tasks,
  s.wants_mentions, s.shows_names, s.created_at, s.last_delivered_at, s.failures`;

export function listDevices(db: Db, teamId: string, userId: string) {
  return db.rows<DeviceRow>(
    `select ${DEVICE_COLUMNS} from push_subscriptions s where s.team_id = $1 and s.user_id = $2 order by s.created_at, s.id`,
    [teamId, userId],
  );
}

export function findDevice(db: Db, teamId: string, userId: string, id: string) {
  return db.row<DeviceRow>(
    `select ${DEVICE_COLUMNS} from push_subscriptions s where s.team_id = $1 and s.user_id = $2 and s.id = $3`,
    [teamId, userId, id],
  );
}

/** In one row at a time, so that of two browsers that come at once the second sees the first. */
export function lockUserOfDevices(db: Db, teamId: string, userId: string) {
  return db.run("select from users where team_id = $1 and id = $2 for no key update", [teamId, userId]);
}

/** What its browser calls itself; null where it ended meanwhile. It cannot end before the device is saved, or its device would stay. */
export function lockSession(db: Db, teamId: string, sessionId: string) {
  return db.row<{ userAgent: string | null }>(
    "select user_agent from sessions where team_id = $1 and id = $2 and ended_at is null for share",
    [teamId, sessionId],
  );
}

/** A browser belongs to the user who signed in there last: the others of the team are no longer told on it. */
export function takeFromOthers(db: Db, teamId: string, userId: string, endpoint: string) {
  return db.run("delete from push_subscriptions where team_id = $1 and endpoint = $3 and user_id <> $2", [
    ...[teamId, userId, endpoint],
  ]);
}

/** A session that ends takes its devices with it: a trigger of the sessions sees to that. */
type NewDevice = Omit<DeviceRow, "createdAt" | "lastDeliveredAt" | "failures"> & { sessionId: string | null };

/** The same address again begins anew, under the same id. */
export async function saveDevice(db: Db, teamId: string, one: NewDevice, now: Temporal.Instant) {
  const row = await db.row<DeviceRow>(
    `insert into push_subscriptions as s (team_id, id, user_id, endpoint, p256dh, auth, device, language, wants_replies,
                                          wants_tasks, wants_mentions, shows_names, tells_since, created_at, session_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14)
     on conflict (team_id, user_id, endpoint) do update
       set p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device, language = excluded.language,
           wants_replies = excluded.wants_replies, wants_tasks = excluded.wants_tasks,
           wants_mentions = excluded.wants_mentions, shows_names = excluded.shows_names,
           tells_since = excluded.tells_since, session_id = excluded.session_id, told = '{}', failures = 0, next_try_at = null
     returning ${DEVICE_COLUMNS}`,
    [
      ...[teamId, one.id, one.userId, one.endpoint, one.p256dh, one.auth, one.device, one.language],
      ...[one.wantsReplies, one.wantsTasks, one.wantsMentions, one.showsNames, now, one.sessionId],
    ],
  );
  return row as DeviceRow;
}

export type DeviceWishes = Pick<DeviceRow, "wantsReplies" | "wantsTasks" | "wantsMentions" | "showsNames">;

/** `startsAnew`: what came while it was not wanted is not told. */
export async function updateDevice(
  db: Db,
  teamId: string,
  change: DeviceWishes & { id: string; startsAnew: boolean },
  now: Temporal.Instant,
) {
  const row = await db.row<DeviceRow>(
    `update push_subscriptions s set wants_replies = $3, wants_tasks = $4, wants_mentions = $5, shows_names = $6,
            tells_since = case when $7 then $8 else tells_since end
      where s.team_id = $1 and s.id = $2 returning ${DEVICE_COLUMNS}`,
    [
      ...[teamId, change.id, change.wantsReplies, change.wantsTasks, change.wantsMentions],
      ...[change.showsNames, change.startsAnew, now],
    ],
  );
  return row as DeviceRow;
}

export function deleteDevice(db: Db, teamId: string, id: string) {
  return db.run("delete from push_subscriptions where team_id = $1 and id = $2", [teamId, id]);
}

/** By a test that the user asked for. */
export function noteTested(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update push_subscriptions set last_delivered_at = $3 where team_id = $1 and id = $2", [
    ...[teamId, id, now],
  ]);
}

/** The installation's key pair, which push services know it by: the private key as it is sealed. */
export async function findPushKeys(db: Db) {
  const row = await db.row<{ id: string; publicKey: string | null; sealed: Buffer | null }>(
    "select id, push_public_key as public_key, push_private_key as sealed from installation",
  );
  if (!row?.publicKey || !row.sealed) throw new Error("the installation has no keys for notifications");
  return { id: row.id, publicKey: row.publicKey, sealed: row.sealed };
}
