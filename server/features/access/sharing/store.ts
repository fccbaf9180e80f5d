// The users a sequence is shared with, and the role of each.

import type { Db } from "../../../db/connect.ts";
import type { Share } from "../../../domain/identity/sharing.ts";

/** The groups a person is in. */
export async function subteamsOf(db: Db, teamId: string, userId: string) {
  const rows = await db.rows<{ subteamId: string }>(
    "select subteam_id from subteam_members where team_id = $1 and user_id = $2",
    [teamId, userId],
  );
  return rows.map(({ subteamId }) => subteamId);
}

/** Those of the grantees that there are: people and groups of the team, and the team itself. */
export async function knownGrantees(db: Db, teamId: string, shares: readonly Omit<Share, "accessType">[]) {
  const rows = await db.rows<{ id: string }>(
    `select g.id from unnest($2::text[], $3::text[]) as g (type, id)
      where (g.type = 'user' and exists (select from users u where u.team_id = $1 and u.id = g.id))
         or (g.type = 'subteam' and exists (select from subteams s where s.team_id = $1 and s.id = g.id))
         or (g.type = 'team' and g.id = $1)`,
    [teamId, shares.map(({ granteeType }) => granteeType), shares.map(({ granteeId }) => granteeId)],
  );
  return new Set(rows.map(({ id }) => id));
}

export async function replaceShares(db: Db, teamId: string, sequenceId: string, shares: readonly Share[]) {
  await db.run("delete from sequence_shares where team_id = $1 and sequence_id = $2", [teamId, sequenceId]);
  await db.run(
    `insert into sequence_shares (team_id, sequence_id, grantee_type, grantee_id, access_type)
     select $1::text, $2::text, g.type, g.id, g.access from unnest($3::text[], $4::text[], $5::text[]) as g (type, id, access)`,
    [
      teamId,
      sequenceId,
      shares.map(({ granteeType }) => granteeType),
      shares.map(({ granteeId }) => granteeId),
      shares.map(({ accessType }) => accessType),
    ],
  );
}

/** Everybody who is in a group with this person. */
export async function subteamMatesOf(db: Db, teamId: string, userId: string) {
  const rows = await db.rows<{ userId: string }>(
    `select distinct mate.user_id
       from subteam_members own
       join subteam_members mate on mate.team_id = own.team_id and mate.subteam_id = own.subteam_id
      where own.team_id = $1 and own.user_id = $2`,
    [teamId, userId],
  );
  return new Set(rows.map(({ userId }) => userId));
}

/**
 * The sequences of team $1 that a user may see, by the parameter of their id: the same rule as
 * domain/identity/sharing.ts.
 */
export const VISIBLE_TO = (viewerId: string) => `select s.id from sequences s
  where s.team_id = $1
    and (s.owner_id = ${viewerId} or s.visibility = 'everyone' or exists (select from sequence_shares h
          where h.team_id = $1 and h.sequence_id = s.id
            and (h.grantee_id = ${viewerId} or h.grantee_id = $1 or h.grantee_id in
                  (select m.subteam_id from subteam_members m where m.team_id = $1 and m.user_id = ${viewerId}))))`;

/** The given sequences that this user may see; null sees all of them. */
export async function seenAmong(db: Db, teamId: string, ids: readonly string[], viewerId: string | null) {
  const asked = new Set(ids);
  return viewerId === null || asked.size === 0 ? asked : visibleAmong(db, teamId, [...asked], viewerId);
}

/** The given ids that are sequences of the team, and hidden from this user, who is no admin. */
export async function hiddenAmong(db: Db, teamId: string, ids: readonly string[], userId: string) {
  const rows = await db.rows<{ id: string }>(
    `select q.id from sequences q
      where q.team_id = $1 and q.id = any($2::text[]) and q.id not in (${VISIBLE_TO("$3")} and s.id = any($2::text[]))`,
    [teamId, ids, userId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The given sequences that this user, who is no admin, may see. */
export async function visibleAmong(db: Db, teamId: string, ids: readonly string[], userId: string) {
  const rows = await db.rows<{ id: string }>(`${VISIBLE_TO("$3")} and s.id = any($2::text[])`, [
    teamId,
    ids,
    userId,
  ]);
  return new Set(rows.map(({ id }) => id));
}
