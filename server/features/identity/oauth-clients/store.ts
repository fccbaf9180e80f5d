import type { Db } from "../../../db/connect.ts";

export type Registration = {
  id: string;
  name: string;
  redirectUris: readonly string[];
  scopes: readonly string[];
  /** Null: a program that cannot keep a secret. */
  secretHash: Buffer | null;
};

export type ApplicationRow = Registration & {
  /** Null: it registered itself. */
  createdBy: string | null;
  createdAt: Temporal.Instant;
  revokedAt: Temporal.Instant | null;
};

const COLUMNS = "id, name, redirect_uris, scopes, secret_hash, created_by, created_at, revoked_at";

export function insertRegistration(db: Db, registration: Registration, now: Temporal.Instant) {
  const { id, name, redirectUris, scopes, secretHash } = registration;
  return db.run(
    `insert into oauth_registrations (id, name, redirect_uris, scopes, secret_hash, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, name, redirectUris, scopes, secretHash, now],
  );
}

export function findRegistration(db: Db, id: string) {
  return db.row<Registration>(
    "select id, name, redirect_uris, scopes, secret_hash from oauth_registrations where id = $1",
    [id],
  );
}

export function noteRegistrationUse(db: Db, id: string, now: Temporal.Instant) {
  return db.run("update oauth_registrations set used_at = $2 where id = $1", [id, now]);
}

/** Deletes clients that were never granted access. The others stay: a client keeps its id for years. */
export function deleteUnusedRegistrations(db: Db, before: Temporal.Instant) {
  return db.run("delete from oauth_registrations where used_at is null and created_at < $1", [before]);
}

/** By which secret a client proves to be itself, in whichever team it is known. Asked before a team is known. */
export function findClient(db: Db, id: string) {
  return db.row<{ id: string; secretHash: Buffer | null }>(
    "select id, secret_hash from find_oauth_client($1)",
    [id],
  );
}

/** False where the team knows it already. */
export async function insertApplication(db: Db, teamId: string, application: ApplicationRow) {
  const { id, name, redirectUris, scopes, secretHash, createdBy, createdAt } = application;
  const inserted = await db.run(
    `insert into oauth_applications (team_id, id, name, redirect_uris, scopes, secret_hash, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict do nothing`,
    [teamId, id, name, redirectUris, scopes, secretHash, createdBy, createdAt],
  );
  return inserted === 1;
}

export function findApplication(db: Db, teamId: string, id: string) {
  return db.row<ApplicationRow>(`select ${COLUMNS} from oauth_applications where team_id = $1 and id = $2`, [
    teamId,
    id,
  ]);
}

/** Locked while it is revoked, and while a user grants it access: one of the two comes first. */
export function lockApplication(db: Db, teamId: string, id: string) {
  return db.row<ApplicationRow>(
    `select ${COLUMNS} from oauth_applications where team_id = $1 and id = $2 for update`,
    [teamId, id],
  );
}

export function revokeApplication(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update oauth_applications set revoked_at = $3 where team_id = $1 and id = $2", [
    teamId,
    id,
    now,
  ]);
}

export type ApplicationInUse = ApplicationRow & { people: number; lastUsedAt: Temporal.Instant | null };

/** All of the team, or one, with how many people it acts for. */
export function listApplications(db: Db, teamId: string, now: Temporal.Instant, id: string | null = null) {
  return db.rows<ApplicationInUse>(
    `select ${COLUMNS},
            (select count(distinct g.user_id) from oauth_grants g
              where g.team_id = $1 and g.application_id = a.id and g.ended_at is null and a.revoked_at is null
                and exists (select from oauth_tokens t
                             where t.team_id = $1 and t.grant_id = g.id and t.used_at is null and t.expires_at > $2)) as people,
            (select max(g.last_used_at) from oauth_grants g
              where g.team_id = $1 and g.application_id = a.id) as last_used_at
       from oauth_applications a
      where a.team_id = $1 and ($3::text is null or a.id = $3)
      order by a.created_at desc, a.id desc`,
    [teamId, now, id],
  );
}

export type Tries = { tries: number; beganAt: Temporal.Instant };

/** One try more; those from before `since` are forgotten. */
export async function countTry(db: Db, whoHash: Buffer, since: Temporal.Instant, now: Temporal.Instant) {
  const row = await db.row<Tries>(
    `insert into oauth_tries as t (who_hash, tries, began_at) values ($1, 1, $3)
     on conflict (who_hash) do update
        set tries = case when t.began_at > $2 then t.tries + 1 else 1 end,
            began_at = case when t.began_at > $2 then t.began_at else $3 end
     returning tries, began_at`,
    [whoHash, since, now],
  );
  return row as Tries;
}

export function findTries(db: Db, whoHash: Buffer, since: Temporal.Instant) {
  return db.row<Tries>("select tries, began_at from oauth_tries where who_hash = $1 and began_at > $2", [
    whoHash,
    since,
  ]);
}

export function deleteOldTries(db: Db, before: Temporal.Instant) {
  return db.run("delete from oauth_tries where began_at < $1", [before]);
}
