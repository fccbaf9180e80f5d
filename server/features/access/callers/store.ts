// The owner of a key, a token or a session. Read before the team is known, by the functions that read across teams.

import type { Db } from "../../../db/connect.ts";

type Acting = { teamId: string; userId: string; role: "admin" | "member"; isOperator: boolean };

type KeyBearer = Acting & { keyId: string; isMaster: boolean; isBootstrap: boolean; scopes: string[] };
type SessionBearer = Acting & { sessionId: string };

type TokenBearer = Omit<Acting, "isOperator"> & {
  grantId: string;
  applicationId: string;
  scopes: string[];
};

export function findKeyBearer(db: Db, keyHash: Buffer, now: Temporal.Instant) {
  return db.row<KeyBearer>(
    "select team_id, key_id, is_master, is_bootstrap, scopes, user_id, role, is_operator from find_api_key($1, $2)",
    [keyHash, now],
  );
}

export function findTokenBearer(db: Db, tokenHash: Buffer, now: Temporal.Instant) {
  return db.row<TokenBearer>(
    "select team_id, grant_id, application_id, scopes, user_id, role from find_oauth_bearer($1, $2)",
    [tokenHash, now],
  );
}

export function findSessionBearer(db: Db, tokenHash: Buffer, now: Temporal.Instant) {
  return db.row<SessionBearer>(
    "select team_id, session_id, user_id, role, is_operator from find_session($1, $2)",
    [tokenHash, now],
  );
}
