import type { Db } from "../../../db/connect.ts";

/** With their emails, which count against no limit any more. One that still runs stays. */
export function deleteOldTests(db: Db, teamId: string, before: Temporal.Instant) {
  return db.run("delete from placement_tests where team_id = $1 and finished_at < $2", [teamId, before]);
}
