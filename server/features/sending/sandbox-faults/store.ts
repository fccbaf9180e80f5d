import type { Db } from "../../../db/connect.ts";
import type { Fault } from "./matching.ts";

type FaultRow = Fault & { position: number; timesLeft: number | null };

export function listFaults(db: Db, teamId: string) {
  return db.rows<FaultRow>(
    "select position, place, settings, times_left from sandbox_faults where team_id = $1 order by position",
    [teamId],
  );
}

export async function replaceFaults(
  db: Db,
  teamId: string,
  faults: readonly (Fault & { timesLeft: number | null })[],
) {
  await db.run("delete from sandbox_faults where team_id = $1", [teamId]);
  await db.run(
    `insert into sandbox_faults (team_id, position, place, settings, times_left)
     select $1, n.position, n.place, n.settings, n."timesLeft"
       from jsonb_to_recordset($2::jsonb) as n (position int, place text, settings jsonb, "timesLeft" int)`,
    [teamId, JSON.stringify(faults.map((one, position) => ({ ...one, position })))],
  );
}

/** Counts what it could have happened to. */
export async function countMet(db: Db, teamId: string, position: number) {
  const row = await db.row<{ met: number }>(
    "update sandbox_faults set met = met + 1 where team_id = $1 and position = $2 returning met",
    [teamId, position],
  );
  return row?.met ?? 0;
}

/** Once less, or not any more: another call was faster. */
export async function useFault(db: Db, teamId: string, position: number) {
  const used = await db.run(
    `update sandbox_faults set times_left = times_left - 1
      where team_id = $1 and position = $2 and (times_left is null or times_left > 0)`,
    [teamId, position],
  );
  return used > 0;
}
