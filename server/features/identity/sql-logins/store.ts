import type { Db } from "../../../db/connect.ts";

export type LoginRow = {
  id: string;
  name: string;
  roleName: string;
  /** Not where it was put back from a back-up: roles belong to the server, and are in none. */
  isThere: boolean;
  /** Open at this moment. */
  connections: number;
  createdBy: string | null;
  createdAt: Temporal.Instant;
  revokedAt: Temporal.Instant | null;
};

const COLUMNS = `l.id, l.name, l.role_name, l.created_by, l.created_at, l.revoked_at,
  exists (select from pg_roles r where r.rolname = l.role_name and r.rolcanlogin) as is_there,
  (select count(*)::int from pg_stat_activity a where a.usename = l.role_name) as connections`;

export function listLogins(db: Db, teamId: string) {
  return db.rows<LoginRow>(
    `select ${COLUMNS} from sql_logins l where l.team_id = $1 order by l.created_at desc, l.id desc`,
    [teamId],
  );
}

export function findLogin(db: Db, teamId: string, id: string) {
  return db.row<LoginRow>(`select ${COLUMNS} from sql_logins l where l.team_id = $1 and l.id = $2`, [
    teamId,
    id,
  ]);
}

export function lockLogin(db: Db, teamId: string, id: string) {
  return db.row<{ revokedAt: Temporal.Instant | null }>(
    "select revoked_at from sql_logins where team_id = $1 and id = $2 for update",
    [teamId, id],
  );
}

type NewLogin = Pick<LoginRow, "id" | "name" | "roleName" | "createdBy" | "createdAt">;

export async function insertLogin(db: Db, teamId: string, login: NewLogin, verifier: string) {
  await db.run(
    "insert into sql_logins (team_id, id, name, role_name, created_by, created_at) values ($1, $2, $3, $4, $5, $6)",
    [teamId, login.id, login.name, login.roleName, login.createdBy, login.createdAt],
  );
  await db.run("select open_sql_login($1, $2)", [login.id, verifier]);
}

type EndedSession = { teamId: string; id: string; why: "took_a_lock" | "took_too_long" };

/** Across teams: one session can hold up every team's mail. A login that no team has any more is ended without a word. */
export async function endUnrulySessions(db: Db, longest: string): Promise<EndedSession[]> {
  return db.rows<EndedSession>(
    `select t.team_id, e.login as id, e.why
       from end_unruly_sql_logins($1::interval) e, team_of_sql_login(e.login) as t (team_id)
      where t.team_id is not null`,
    [longest],
  );
}

export async function revokeLogin(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  await db.run("update sql_logins set revoked_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
  await db.run("select close_sql_login($1)", [id]);
}
