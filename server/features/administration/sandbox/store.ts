import type { Db } from "../../../db/connect.ts";

/** What happened in the team since then, by type. */
export function countEvents(db: Db, teamId: string, since: Temporal.Instant) {
  return db.rows<{ type: string; count: number }>(
    `select type, count(*)::int as count from events
      where team_id = $1 and occurred_at >= $2 and split_part(type, '.', 1) not in ('access', 'session', 'api_key')
      group by type order by type`,
    [teamId, since],
  );
}
