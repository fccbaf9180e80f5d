import type { Db } from "../../../db/connect.ts";
import { unlessDuplicate } from "../../../db/duplicates.ts";

export type SubteamRow = { id: string; name: string; userIds: string[]; createdAt: Temporal.Instant };

const COLUMNS = `s.id, s.name, s.created_at,
  array(select m.user_id from subteam_members m
         where m.team_id = s.team_id and m.subteam_id = s.id order by m.user_id) as user_ids`;

export function listSubteams(db: Db, teamId: string) {
  return db.rows<SubteamRow>(
    `select ${COLUMNS} from subteams s where s.team_id = $1 order by lower(s.name), s.id`,
    [teamId],
  );
}

export function findSubteam(db: Db, teamId: string, id: string) {
  return db.row<SubteamRow>(`select ${COLUMNS} from subteams s where s.team_id = $1 and s.id = $2`, [
    teamId,
    id,
  ]);
}

export async function lockSubteam(db: Db, teamId: string, id: string) {
  const locked = await db.run("select 1 from subteams where team_id = $1 and id = $2 for update", [
    teamId,
    id,
  ]);
  return locked === 0 ? null : findSubteam(db, teamId, id);
}

/** False where a group of this name is there already. */
export async function insertSubteam(
  db: Db,
  teamId: string,
  subteam: { id: string; name: string },
  now: Temporal.Instant,
) {
  const inserted = await db.run(
    `insert into subteams (team_id, id, name, created_at) values ($1, $2, $3, $4)
     on conflict (team_id, lower(name)) do nothing`,
    [teamId, subteam.id, subteam.name, now],
  );
  return inserted === 1;
}

/** False where another group bears the name. */
export function renameSubteam(db: Db, teamId: string, id: string, name: string) {
  return unlessDuplicate(
    db.run("update subteams set name = $3 where team_id = $1 and id = $2", [teamId, id, name]),
  );
}

export function deleteSubteam(db: Db, teamId: string, id: string) {
  return db.run("delete from subteams where team_id = $1 and id = $2", [teamId, id]);
}

/** Leaves exactly these people in the group. */
export async function writeMembers(db: Db, teamId: string, id: string, userIds: readonly string[]) {
  await db.run(
    "delete from subteam_members where team_id = $1 and subteam_id = $2 and user_id <> all($3::text[])",
    [teamId, id, userIds],
  );
  await db.run(
    `insert into subteam_members (team_id, subteam_id, user_id)
     select u.team_id, $2, u.id from users u where u.team_id = $1 and u.id = any($3::text[]) order by u.id
     on conflict do nothing`,
    [teamId, id, userIds],
  );
}

export async function unknownUser(db: Db, teamId: string, userIds: readonly string[]) {
  const row = await db.row<{ id: string }>(
    `select id from unnest($2::text[]) as id
      where id not in (select id from users where team_id = $1) limit 1`,
    [teamId, userIds],
  );
  return row?.id ?? null;
}
