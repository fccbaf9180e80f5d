// What searches of records share: statements are planned for the very values they are about, and totals are counted no
// further than pages reach.

import type { Db } from "../../../db/connect.ts";

/** Searches show this many at most by page number; an exact count beyond that has no use. */
export const MOST_SHOWN = 50_000;
/** Up to here the total is counted afresh each time. Apollo calls it the limit of partial results. */
export const ALWAYS_COUNTED = 10_000;

// For this transaction only. Compiling a plan, or starting helpers for it, takes longer than a search may. Whom a word fits is noted
// one by one while there is room, and then by pages, where all who stand on them are read: with half the room it needs, a word that
// fits one in 16 of a million took 2.8 times as long. The usual 4 MB do for those on 65,000 pages, this for four times as many.
const ROOM = "greatest(pg_size_bytes(current_setting('work_mem')), 16 * 1024 * 1024) / 1024 || 'kB'";
const SETTINGS = `select set_config('plan_cache_mode', $1, true), set_config('jit', $2, true),
  set_config('max_parallel_workers_per_gather', $3, true), set_config('work_mem', ${ROOM}, true)`;

/** A plan for all values alike would read the whole table. */
export function planForValues(db: Db) {
  return db.run(SETTINGS, ["force_custom_plan", "off", "0"]);
}

/**
 * A plan for the very values takes a team that is newer than the statistics for one without rows: then every index that begins with
 * the team is as good as another, and each contact that is looked up is sought among all of the team.
 */
export function planForAnyTeam(db: Db) {
  return db.run(SETTINGS, ["force_generic_plan", "off", "0"]);
}

export function planAsUsual(db: Db) {
  return db.run(SETTINGS, ["auto", "on", "2"]);
}

/** `from` and `where` are the caller's own, never anything that was sent. */
export async function countUpTo(
  db: Db,
  { from, where }: { from: string; where: string },
  params: readonly unknown[],
) {
  const row = await db.row<{ total: number }>(
    `select count(*) as total from (select 1 from ${from} where ${where} limit ${MOST_SHOWN + 1}) found`,
    params,
  );
  return row?.total ?? 0;
}
