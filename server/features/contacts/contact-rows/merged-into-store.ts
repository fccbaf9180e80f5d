// Records that were merged, by their old ids: which record each of them is now.

import type { Db } from "../../../db/connect.ts";

export type Merging = { kind: "contact" | "account"; winnerId: string; loserIds: readonly string[] };

/** After the losers were deleted. */
export async function noteMerged(db: Db, teamId: string, merging: Merging) {
  const { kind, winnerId, loserIds } = merging;
  await db.run(
    "update tombstones set merged_into = $3 where team_id = $1 and kind = $2 and id = any($4::text[])",
    [teamId, kind, winnerId, loserIds],
  );
  await passOnMerged(db, teamId, merging);
}

/** What was merged into one of the losers is the winner too. */
export function passOnMerged(db: Db, teamId: string, { kind, winnerId, loserIds }: Merging) {
  return db.run(
    "update tombstones set merged_into = $3 where team_id = $1 and kind = $2 and merged_into = any($4::text[])",
    [teamId, kind, winnerId, loserIds],
  );
}

/** Maps the given ids that were merged to the ids they have now. */
export async function mergedInto(db: Db, teamId: string, kind: Merging["kind"], ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>();
  const rows = await db.rows<{ id: string; mergedInto: string }>(
    `select id, merged_into from tombstones
      where team_id = $1 and kind = $2 and id = any($3::text[]) and merged_into is not null`,
    [teamId, kind, ids],
  );
  return new Map(rows.map((row) => [row.id, row.mergedInto]));
}
