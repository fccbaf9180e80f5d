// The key or application that a workflow or copilot was last saved with, as it is now.

import type { Db } from "../../../db/connect.ts";

export type BoundTo = { apiKeyId: string | null; grantId: string | null };

export function findKey(db: Db, teamId: string, id: string) {
  return db.row<{ isMaster: boolean; scopes: string[] }>(
    `select is_master, scopes from api_keys
      where team_id = $1 and id = $2 and revoked_at is null and (expires_at is null or expires_at > cadenza_now())`,
    [teamId, id],
  );
}

export function findGrant(db: Db, teamId: string, id: string) {
  return db.row<{ applicationId: string; scopes: string[] }>(
    `select g.application_id, g.scopes from oauth_grants g
       join oauth_applications a on a.team_id = g.team_id and a.id = g.application_id and a.revoked_at is null
      where g.team_id = $1 and g.id = $2 and g.ended_at is null`,
    [teamId, id],
  );
}
