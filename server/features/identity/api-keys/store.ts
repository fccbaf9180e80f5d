import type { Db } from "../../../db/connect.ts";

export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  isMaster: boolean;
  isBootstrap: boolean;
  scopes: string[];
  userId: string | null;
  createdBy: string | null;
  createdAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
  expiresAt: Temporal.Instant | null;
  revokedAt: Temporal.Instant | null;
};

const COLUMNS =
  "id, name, prefix, is_master, is_bootstrap, scopes, user_id, created_by, created_at, last_used_at, expires_at, revoked_at";

type NewApiKey = Omit<ApiKeyRow, "createdAt" | "lastUsedAt" | "revokedAt"> & { keyHash: Buffer };

export async function insertApiKey(db: Db, teamId: string, key: NewApiKey, now: Temporal.Instant) {
  const row = await db.row<ApiKeyRow>(
    `insert into api_keys (team_id, id, name, prefix, key_hash, is_master, is_bootstrap, scopes, user_id, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     returning ${COLUMNS}`,
    [
      teamId,
      key.id,
      key.name,
      key.prefix,
      key.keyHash,
      key.isMaster,
      key.isBootstrap,
      key.scopes,
      key.userId,
      key.createdBy,
      now,
      key.expiresAt,
    ],
  );
  return row as ApiKeyRow;
}

export function listApiKeys(db: Db, teamId: string) {
  return db.rows<ApiKeyRow>(
    `select ${COLUMNS} from api_keys where team_id = $1 order by created_at desc, id desc`,
    [teamId],
  );
}

/** Of the team, those not revoked. */
export function findOperatorKeys(db: Db, teamId: string) {
  return db.rows<{ id: string; name: string }>(
    `select id, name from api_keys where team_id = $1 and is_bootstrap and revoked_at is null order by id for update`,
    [teamId],
  );
}

export function lockApiKey(db: Db, teamId: string, id: string) {
  return db.row<ApiKeyRow>(`select ${COLUMNS} from api_keys where team_id = $1 and id = $2 for update`, [
    teamId,
    id,
  ]);
}

export async function revokeApiKey(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  const row = await db.row<ApiKeyRow>(
    `update api_keys set revoked_at = coalesce(revoked_at, $3) where team_id = $1 and id = $2 returning ${COLUMNS}`,
    [teamId, id, now],
  );
  return row as ApiKeyRow;
}

export async function setRights(
  db: Db,
  teamId: string,
  id: string,
  { isMaster, scopes }: Pick<ApiKeyRow, "isMaster" | "scopes">,
) {
  const row = await db.row<ApiKeyRow>(
    `update api_keys set is_master = $3, scopes = $4 where team_id = $1 and id = $2 returning ${COLUMNS}`,
    [teamId, id, isMaster, scopes],
  );
  return row as ApiKeyRow;
}

export async function replaceSecret(
  db: Db,
  teamId: string,
  id: string,
  secret: { prefix: string; keyHash: Buffer },
) {
  const row = await db.row<ApiKeyRow>(
    `update api_keys set prefix = $3, key_hash = $4, last_used_at = null, is_bootstrap = false
      where team_id = $1 and id = $2 returning ${COLUMNS}`,
    [teamId, id, secret.prefix, secret.keyHash],
  );
  return row as ApiKeyRow;
}

export function noteUses(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.run("update api_keys set last_used_at = $3 where team_id = $1 and id = any($2::text[])", [
    teamId,
    ids,
    now,
  ]);
}
