import type { Db } from "../../../db/connect.ts";

/** An email that is tried again keeps its token, and its links. */
export function keepTestLinks(
  db: Db,
  teamId: string,
  { token, urls }: { token: string; urls: readonly string[] },
  now: Temporal.Instant,
) {
  return db.run(
    `insert into test_links (team_id, token, urls, created_at) values ($1, $2, $3, $4)
     on conflict (team_id, token) do update set urls = excluded.urls`,
    [teamId, token, urls, now],
  );
}

export function deleteOldTestLinks(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from test_links where team_id = $1 and created_at < $2", [teamId, before]);
}
