// How far the background migrations are. They write this themselves, as the owner of the database.

import type { BackgroundMigration } from "../../../db/background-migrations/files.ts";
import type { Db } from "../../../db/connect.ts";

/** After a pass in which rows could not be changed. */
const AGAIN_AFTER = { minutes: 15 };

/** Those that have rows to change now. What this version knows is applied before it starts. */
export async function waitingBackground(
  db: Db,
  known: readonly BackgroundMigration[],
  now: Temporal.Instant,
): Promise<BackgroundMigration[]> {
  const rows = await db.rows<{ number: number }>(
    `select number from background_migrations
      where ended_at is not null or (block = 0 and error is not null and moved_at > $1)`,
    [now.subtract(AGAIN_AFTER)],
  );
  const resting = new Set(rows.map(({ number }) => number));
  return known.filter(({ number }) => !resting.has(number));
}

type BackgroundRow = {
  name: string;
  /** Of the pass under way. */
  share: number;
  pass: number;
  changed: number;
  error: string | null;
  beganAt: Temporal.Instant;
  movedAt: Temporal.Instant;
};

/** Those that have begun and not ended. */
export function unfinishedBackground(db: Db) {
  return db.rows<BackgroundRow>(
    `select name, pass, changed, error, began_at, moved_at, case when blocks = 0 then 1 else block::float8 / blocks end as share
       from background_migrations where ended_at is null order by number`,
  );
}
