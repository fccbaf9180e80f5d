import type { Language } from "@cadenza/contract/languages";
import type { Db } from "../../../db/connect.ts";

export type UserRole = "admin" | "member";

export type UserRow = {
  teamId: string;
  id: string;
  email: string;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  role: UserRole;
  isOperator: boolean;
  hasPassword: boolean;
  createdAt: Temporal.Instant;
  lastSignedInAt: Temporal.Instant | null;
  deactivatedAt: Temporal.Instant | null;
  subteamIds: string[];
  /** Null: as the team has it. */
  includesOptOut: boolean | null;
  optOutTemplate: string | null;
  /** Of the screen. Null: as the browser asks for it. */
  language: Language | null;
  /** Where contacts book a meeting. */
  meetingUrl: string | null;
  /** What a click on a phone number opens. */
  dialLink: string | null;
};

const COLUMNS = `team_id, id, email, first_name, last_name, title, role, is_operator,
  password_hash is not null as has_password, created_at, last_signed_in_at, deactivated_at, includes_opt_out, opt_out_template, language, meeting_url, dial_link,
  array(select m.subteam_id from subteam_members m
         where m.team_id = users.team_id and m.user_id = users.id order by m.subteam_id) as subteam_ids`;

export function findUser(db: Db, teamId: string, id: string) {
  return db.row<UserRow>(`select ${COLUMNS} from users where team_id = $1 and id = $2`, [teamId, id]);
}

/** For who is given something: until it is written they do not leave, and who is leaving at this moment has left. */
export async function holdUser(db: Db, teamId: string, id: string) {
  const [, user] = await Promise.all([
    db.run("select from users where team_id = $1 and id = $2 for key share", [teamId, id]),
    findUser(db, teamId, id),
  ]);
  return user;
}

export function findUserByEmail(db: Db, teamId: string, email: string) {
  return db.row<UserRow>(`select ${COLUMNS} from users where team_id = $1 and lower(email) = lower($2)`, [
    teamId,
    email,
  ]);
}

/** The same, locked: of two invitations at once, the later one ends the earlier one's link. */
export function lockUserByEmail(db: Db, teamId: string, email: string) {
  return db.row<UserRow>(
    `select ${COLUMNS} from users where team_id = $1 and lower(email) = lower($2) for update`,
    [teamId, email],
  );
}

/** Locks the row, so that a change is decided on what is there when it is written. */
export function lockUser(db: Db, teamId: string, id: string) {
  return db.row<UserRow>(`select ${COLUMNS} from users where team_id = $1 and id = $2 for update`, [
    teamId,
    id,
  ]);
}

/** The page first, and the groups of those on it in one go. The bench sends the same to the bare driver. */
export const SEARCH_USERS = `
  with page as (
    select *, count(*) over () as total
      from users
     where team_id = $1
       and ($2::text is null or position(lower($2) in lower(concat_ws(' ', first_name, last_name, email))) > 0)
     order by created_at, id
     limit $3 offset $4)
  select team_id, id, email, first_name, last_name, title, role, is_operator,
         password_hash is not null as has_password, created_at, last_signed_in_at, deactivated_at, includes_opt_out, opt_out_template, language, meeting_url, dial_link,
         coalesce(m.subteam_ids, '{}') as subteam_ids, total
    from page
    left join (select user_id, array_agg(subteam_id::text order by subteam_id) as subteam_ids
                 from subteam_members where team_id = $1 group by user_id) m on m.user_id = page.id
   order by created_at, id`;

export async function searchUsers(
  db: Db,
  teamId: string,
  search: { keywords: string | null; limit: number; offset: number },
) {
  const rows = await db.rows<UserRow & { total: number }>(SEARCH_USERS, [
    teamId,
    search.keywords,
    search.limit,
    search.offset,
  ]);
  return {
    users: rows,
    total: rows[0]?.total ?? (search.offset > 0 ? await countUsers(db, teamId, search.keywords) : 0),
  };
}

// Beyond the last page there is no row to carry the count.
async function countUsers(db: Db, teamId: string, keywords: string | null) {
  const row = await db.row<{ total: number }>(
    `select count(*) as total from users
      where team_id = $1
        and ($2::text is null or position(lower($2) in lower(concat_ws(' ', first_name, last_name, email))) > 0)`,
    [teamId, keywords],
  );
  return row?.total ?? 0;
}

/** Whether the user who set up the installation is in this team. */
export async function hasOperator(db: Db, teamId: string) {
  const sql = "select exists (select from users where team_id = $1 and is_operator) as yes";
  return (await db.row<{ yes: boolean }>(sql, [teamId]))?.yes === true;
}

type NewUser = Pick<UserRow, "id" | "email" | "firstName" | "lastName" | "title" | "role" | "isOperator"> & {
  passwordHash: string | null;
};

/** False where a user with this address exists already. */
export async function insertUser(db: Db, teamId: string, user: NewUser, now: Temporal.Instant) {
  const inserted = await db.run(
    `insert into users (team_id, id, email, first_name, last_name, title, role, is_operator, password_hash, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
     on conflict do nothing`,
    [
      teamId,
      user.id,
      user.email,
      user.firstName,
      user.lastName,
      user.title,
      user.role,
      user.isOperator,
      user.passwordHash,
      now,
    ],
  );
  return inserted === 1;
}

type UserChange = {
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  role: UserRole;
  includesOptOut: boolean | null;
  optOutTemplate: string | null;
  language: Language | null;
  meetingUrl: string | null;
  dialLink: string | null;
};

export function updateUser(db: Db, teamId: string, id: string, change: UserChange, now: Temporal.Instant) {
  return db.run(
    `update users set first_name = $3, last_name = $4, title = $5, role = $6, updated_at = $7,
            includes_opt_out = $8, opt_out_template = $9, language = $10, meeting_url = $11, dial_link = $12
      where team_id = $1 and id = $2`,
    [
      teamId,
      id,
      change.firstName,
      change.lastName,
      change.title,
      change.role,
      now,
      change.includesOptOut,
      change.optOutTemplate,
      change.language,
      change.meetingUrl,
      change.dialLink,
    ],
  );
}

export function setEmail(db: Db, teamId: string, id: string, email: string, now: Temporal.Instant) {
  return db.run("update users set email = $3, updated_at = $4 where team_id = $1 and id = $2", [
    teamId,
    id,
    email,
    now,
  ]);
}

export function setPassword(db: Db, teamId: string, id: string, passwordHash: string, now: Temporal.Instant) {
  return db.run("update users set password_hash = $3, updated_at = $4 where team_id = $1 and id = $2", [
    teamId,
    id,
    passwordHash,
    now,
  ]);
}

/** The same password, hashed anew; not where it was changed meanwhile. */
export function replacePasswordHash(
  db: Db,
  teamId: string,
  id: string,
  { was, becomes }: { was: string; becomes: string },
) {
  return db.run("update users set password_hash = $4 where team_id = $1 and id = $2 and password_hash = $3", [
    teamId,
    id,
    was,
    becomes,
  ]);
}

export async function passwordHashOf(db: Db, teamId: string, id: string) {
  const row = await db.row<{ passwordHash: string | null }>(
    "select password_hash from users where team_id = $1 and id = $2",
    [teamId, id],
  );
  return row?.passwordHash ?? null;
}

export function setDeactivated(
  db: Db,
  teamId: string,
  id: string,
  at: Temporal.Instant | null,
  now: Temporal.Instant,
) {
  return db.run("update users set deactivated_at = $3, updated_at = $4 where team_id = $1 and id = $2", [
    teamId,
    id,
    at,
    now,
  ]);
}

export function noteSignIn(db: Db, teamId: string, id: string, now: Temporal.Instant) {
  return db.run("update users set last_signed_in_at = $3 where team_id = $1 and id = $2", [teamId, id, now]);
}

/**
 * Locks all active admins, so that two of them cannot step down at the same time. Counts admins who have joined;
 * invited ones only where no admin has joined.
 */
export async function lockActiveAdmins(db: Db, teamId: string) {
  const rows = await db.rows<{ id: string; hasJoined: boolean }>(
    `select id, password_hash is not null as has_joined from users
      where team_id = $1 and role = 'admin' and deactivated_at is null
      order by id for update`,
    [teamId],
  );
  const joined = rows.filter((row) => row.hasJoined);
  return (joined.length > 0 ? joined : rows).map((row) => row.id);
}
