import type { Db } from "../../../db/connect.ts";
import type { ApplicationRow } from "../oauth-clients/store.ts";

/** A request as a person is shown it. */
export type Considered = {
  application: Pick<ApplicationRow, "id" | "name" | "createdBy">;
  redirectUri: string;
  scopes: readonly string[];
  refusal: { error: string; says: string; redirectTo: string } | null;
};

/** As they are handed out, once: what is kept of them is their hash. */
export type IssuedTokens = {
  accessToken: string;
  refreshToken: string;
  scopes: readonly string[];
  createdAt: Temporal.Instant;
  expiresInSeconds: number;
};

export type GrantEnd =
  | "disconnected"
  | "application_revoked"
  | "revoked_by_application"
  | "code_reused"
  | "refresh_token_reused"
  | "password_changed"
  | "person_deactivated";

type NewGrant = {
  id: string;
  applicationId: string;
  userId: string;
  scopes: readonly string[];
  redirectUri: string;
  codeHash: Buffer;
  codeChallenge: string;
  createdAt: Temporal.Instant;
  codeExpiresAt: Temporal.Instant;
};

export function insertGrant(db: Db, teamId: string, grant: NewGrant) {
  return db.run(
    `insert into oauth_grants (team_id, id, application_id, user_id, scopes, redirect_uri, code_hash, code_challenge,
                               created_at, code_expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      teamId,
      grant.id,
      grant.applicationId,
      grant.userId,
      grant.scopes,
      grant.redirectUri,
      grant.codeHash,
      grant.codeChallenge,
      grant.createdAt,
      grant.codeExpiresAt,
    ],
  );
}

export type GrantRow = {
  id: string;
  applicationId: string;
  applicationName: string;
  userId: string;
  scopes: string[];
  redirectUri: string;
  codeHash: Buffer;
  codeChallenge: string;
  codeExpiresAt: Temporal.Instant;
  codeUsedAt: Temporal.Instant | null;
  /** Not ended, by an application and for a person that are still welcome. */
  isLive: boolean;
};

/** Whose grant a code or a token belongs to. Asked before a team is known. */
export function findGrantBy(db: Db, secretHash: Buffer) {
  return db.row<{ teamId: string; grantId: string }>("select team_id, grant_id from find_oauth_grant($1)", [
    secretHash,
  ]);
}

/** Held while something is made of it: of two exchanges at once one comes second, and knows it. */
export function lockGrant(db: Db, teamId: string, id: string) {
  return db.row<GrantRow>(
    `select g.id, g.application_id, a.name as application_name, g.user_id, g.scopes, g.redirect_uri, g.code_hash, g.code_challenge,
            g.code_expires_at, g.code_used_at,
            g.ended_at is null and a.revoked_at is null and u.deactivated_at is null as is_live
       from oauth_grants g
       join oauth_applications a on a.team_id = g.team_id and a.id = g.application_id
       join users u on u.team_id = g.team_id and u.id = g.user_id
      where g.team_id = $1 and g.id = $2
        for update of g`,
    [teamId, id],
  );
}

export function useCode(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update oauth_grants set code_used_at = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    now,
  ]);
}

export function endGrant(db: Db, teamId: string, id: string, because: GrantEnd, now: Temporal.Instant) {
  return db.run(
    "update oauth_grants set ended_at = $3, ended_because = $4 where team_id = $1 and id = $2 and ended_at is null",
    [teamId, id, now, because],
  );
}

/** Ends all access that a user has granted, to all applications or to one. */
export function endGrantsOfUser(
  db: Db,
  teamId: string,
  userId: string,
  because: GrantEnd,
  now: Temporal.Instant,
  applicationId: string | null = null,
) {
  return db.run(
    `update oauth_grants set ended_at = $4, ended_because = $3
      where team_id = $1 and user_id = $2 and ended_at is null and ($5::text is null or application_id = $5)`,
    [teamId, userId, because, now, applicationId],
  );
}

export function endGrantsOfApplication(db: Db, teamId: string, applicationId: string, now: Temporal.Instant) {
  return db.run(
    `update oauth_grants set ended_at = $3, ended_because = 'application_revoked'
      where team_id = $1 and application_id = $2 and ended_at is null`,
    [teamId, applicationId, now],
  );
}

export function noteGrantUses(db: Db, teamId: string, ids: readonly string[], now: Temporal.Instant) {
  return db.run("update oauth_grants set last_used_at = $3 where team_id = $1 and id = any($2::text[])", [
    teamId,
    ids,
    now,
  ]);
}

type NewToken = {
  id: string;
  grantId: string;
  kind: "access" | "refresh";
  tokenHash: Buffer;
  scopes: readonly string[];
  createdAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

export async function insertTokens(db: Db, teamId: string, tokens: readonly NewToken[]) {
  for (const token of tokens)
    await db.run(
      `insert into oauth_tokens (team_id, id, grant_id, kind, token_hash, scopes, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        teamId,
        token.id,
        token.grantId,
        token.kind,
        token.tokenHash,
        token.scopes,
        token.createdAt,
        token.expiresAt,
      ],
    );
}

type TokenRow = {
  id: string;
  kind: "access" | "refresh";
  scopes: string[];
  expiresAt: Temporal.Instant;
  usedAt: Temporal.Instant | null;
};

export function findToken(db: Db, teamId: string, tokenHash: Buffer) {
  return db.row<TokenRow>(
    "select id, kind, scopes, expires_at, used_at from oauth_tokens where team_id = $1 and token_hash = $2",
    [teamId, tokenHash],
  );
}

export function useToken(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update oauth_tokens set used_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
}

/** Access tokens that were replaced live on only for what is under way. */
export function shortenAccess(db: Db, teamId: string, grantId: string, until: Temporal.Instant) {
  return db.run(
    `update oauth_tokens set expires_at = $3
      where team_id = $1 and grant_id = $2 and kind = 'access' and expires_at > $3`,
    [teamId, grantId, until],
  );
}

export type ConnectedRow = {
  id: string;
  name: string;
  isAddedByAdmin: boolean;
  scopes: string[];
  connectedAt: Temporal.Instant;
  lastUsedAt: Temporal.Instant | null;
};

/** The applications that can act for a user now, each with its scopes. */
export function listConnected(db: Db, teamId: string, userId: string, now: Temporal.Instant) {
  return db.rows<ConnectedRow>(
    `select a.id, a.name, a.created_by is not null as is_added_by_admin,
            array_agg(distinct s.scope) as scopes, min(g.created_at) as connected_at, max(g.last_used_at) as last_used_at
       from oauth_grants g
       join oauth_applications a on a.team_id = g.team_id and a.id = g.application_id
      cross join lateral unnest(g.scopes) as s (scope)
      where g.team_id = $1 and g.user_id = $2 and g.ended_at is null and a.revoked_at is null
        and exists (select from oauth_tokens t
                     where t.team_id = $1 and t.grant_id = g.id and t.used_at is null and t.expires_at > $3)
      group by a.id, a.name, a.created_by
      order by lower(a.name), a.id`,
    [teamId, userId, now],
  );
}

/** Tokens that are over, and grants that nothing came of or that ended long ago. */
export async function deleteOldGrants(
  db: Db,
  teamId: string,
  now: Temporal.Instant,
  shownSince: Temporal.Instant,
) {
  const tokens = await db.run("delete from oauth_tokens where team_id = $1 and expires_at < $2", [
    teamId,
    now,
  ]);
  const grants = await db.run(
    `delete from oauth_grants g
      where g.team_id = $1
        and (g.ended_at < $3
             or (g.ended_at is null and g.code_expires_at < $2
                 and not exists (select from oauth_tokens t where t.team_id = $1 and t.grant_id = g.id)))`,
    [teamId, now, shownSince],
  );
  return tokens + grants;
}
