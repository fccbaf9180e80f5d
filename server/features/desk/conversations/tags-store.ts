import type { Db } from "../../../db/connect.ts";
import { newId } from "../../../kernel/ids.ts";

export function listTags(db: Db, teamId: string) {
  return db.rows<{ id: string; name: string }>(
    "select id, name from conversation_tags where team_id = $1 order by lower(name), id",
    [teamId],
  );
}

/** By name, in whatever case. Those that do not exist yet are created. */
export async function replaceTags(db: Db, teamId: string, conversationId: string, names: readonly string[]) {
  const wanted = [...Map.groupBy(names, (name) => name.toLowerCase()).values()].flatMap(
    ([name]) => name ?? [],
  );
  await db.run(
    `insert into conversation_tags (team_id, id, name)
     select $1::text, id, name from unnest($2::text[], $3::text[]) as t (id, name)
     on conflict (team_id, lower(name)) do nothing`,
    [teamId, wanted.map(() => newId()), wanted],
  );
  await db.run("delete from conversation_tagged where team_id = $1 and conversation_id = $2", [
    teamId,
    conversationId,
  ]);
  await db.run(
    `insert into conversation_tagged (team_id, conversation_id, tag_id)
     select $1::text, $2::text, id from conversation_tags where team_id = $1 and lower(name) in (select lower(unnest($3::text[])))`,
    [teamId, conversationId, wanted],
  );
}
