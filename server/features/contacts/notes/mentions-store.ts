import type { Db } from "../../../db/connect.ts";
import { seesNote } from "../../access/sharing/sight-store.ts";

type NewMentions = {
  noteId: string;
  userIds: readonly string[];
  by: string;
  now: Temporal.Instant;
};

/** Those who are mentioned from now on. Who is mentioned already keeps the time at which the note was seen. */
export async function replaceMentions(db: Db, teamId: string, { noteId, userIds, by, now }: NewMentions) {
  await db.run(
    "delete from note_mentions where team_id = $1 and note_id = $2 and user_id <> all($3::text[])",
    [...[teamId, noteId, userIds]],
  );
  const rows = await db.rows<{ userId: string }>(
    `insert into note_mentions (team_id, note_id, user_id, mentioned_by, mentioned_at, seen_at)
     select distinct $1, $2, u.id, $4, $5::timestamptz, case when u.id = $4 then $5::timestamptz end
       from unnest($3::text[]) as u (id)
     on conflict do nothing
     returning user_id`,
    [teamId, noteId, userIds, by, now],
  );
  return rows.map(({ userId }) => userId);
}

const NAME = "coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email)";

/** The first of these users who is deactivated, or who may not see the note. */
export function firstWhoCannotSee(db: Db, teamId: string, noteId: string, userIds: readonly string[]) {
  return db.row<{ name: string; isDeactivated: boolean }>(
    `select ${NAME} as name, u.deactivated_at is not null as is_deactivated
       from users u join notes n on n.team_id = u.team_id and n.id = $2
      where u.team_id = $1 and u.id = any($3::text[])
        and (u.deactivated_at is not null
             or not ${seesNote("(case when u.role = 'admin' then null else u.id end)", "n")})
      order by 1, u.id limit 1`,
    [teamId, noteId, userIds],
  );
}
