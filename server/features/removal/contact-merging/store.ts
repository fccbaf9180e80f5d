import type { Db } from "../../../db/connect.ts";

/** The winner comes onto the losers' lists. Answers which those are. */
export async function moveLists(db: Db, teamId: string, winnerId: string, loserIds: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `insert into contact_labels (team_id, label_id, contact_id, added_at)
     select $1::text, label_id, $2::text, min(added_at) from contact_labels
      where team_id = $1 and contact_id = any($3::text[]) group by label_id
     on conflict do nothing
     returning label_id as id`,
    [teamId, winnerId, loserIds],
  );
  return rows.map(({ id }) => id);
}
