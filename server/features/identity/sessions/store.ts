import type { Db } from "../../../db/connect.ts";

export const SESSION_LASTS = { hours: 14 * 24 };
/** Weeks of a sandbox pass in a minute. */
export const SESSION_LASTS_IN_SANDBOX = { hours: 3650 * 24 };

export type SessionRow = { id: string; createdAt: Temporal.Instant; expiresAt: Temporal.Instant };

type NewSession = SessionRow & {
  userId: string;
  tokenHash: Buffer;
  userAgent: string | null;
  address: string | null;
};

export function insertSession(db: Db, teamId: string, session: NewSession) {
  return db.run(
    `insert into sessions (team_id, id, user_id, token_hash, user_agent, address, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      teamId,
      session.id,
      session.userId,
      session.tokenHash,
      session.userAgent,
      session.address,
      session.createdAt,
      session.expiresAt,
    ],
  );
}

export function findSession(db: Db, teamId: string, id: string) {
  return db.row<SessionRow>(
    "select id, created_at, expires_at from sessions where team_id = $1 and id = $2",
    [teamId, id],
  );
}

export function endSession(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update sessions set ended_at = $3 where team_id = $1 and id = $2 and ended_at is null", [
    teamId,
    id,
    now,
  ]);
}

/** All of a person's sessions, but the one they are using if it is named. */
export function endSessionsOf(
  db: Db,
  teamId: string,
  userId: string,
  now: Temporal.Instant,
  exceptId: string | null,
) {
  return db.run(
    `update sessions set ended_at = $3
      where team_id = $1 and user_id = $2 and ended_at is null and ($4::text is null or id <> $4)`,
    [teamId, userId, now, exceptId],
  );
}

/** But those that a device is still told by: a new password has to end what it is told. */
export function deleteOldSessions(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run(
    `delete from sessions s where s.team_id = $1 and s.expires_at < $2
        and not exists (select from push_subscriptions p where p.team_id = s.team_id and p.session_id = s.id)`,
    [teamId, before],
  );
}

export type SignIn = { teamId: string; userId: string; passwordHash: string };

/** Everybody who signs in with this address, in any team. Asked before a team is known. */
export function findSignIns(db: Db, email: string) {
  return db.rows<SignIn>("select team_id, user_id, password_hash from find_sign_ins($1)", [email]);
}

/** One more failure. Answers how many there are now, those before `since` forgotten, and when the one before was. */
export async function noteFailure(
  db: Db,
  accountHash: Buffer,
  since: Temporal.Instant,
  now: Temporal.Instant,
) {
  const before = await db.row<{ at: Temporal.Instant }>(
    "select last_failed_at as at from sign_in_failures where account_hash = $1 for update",
    [accountHash],
  );
  const row = await db.row<{ failures: number }>(
    `insert into sign_in_failures as f (account_hash, failures, last_failed_at) values ($1, 1, $3)
     on conflict (account_hash) do update
        set failures = case when f.last_failed_at > $2 then f.failures + 1 else 1 end,
            last_failed_at = $3
     returning failures`,
    [accountHash, since, now],
  );
  return { failures: row?.failures ?? 1, before: before?.at ?? null };
}

/** An attempt that turned out to be right was no failure, and does not make those before it last longer. */
export function uncountFailure(
  db: Db,
  accountHash: Buffer,
  { at, before }: { at: Temporal.Instant; before: Temporal.Instant | null },
) {
  return db.run(
    `update sign_in_failures
        set failures = greatest(failures - 1, 0),
            last_failed_at = case when last_failed_at = $2 then coalesce($3, last_failed_at) else last_failed_at end
      where account_hash = $1`,
    [accountHash, at, before],
  );
}

export function deleteOldFailures(db: Db, before: Temporal.Instant) {
  return db.run("delete from sign_in_failures where last_failed_at < $1", [before]);
}
