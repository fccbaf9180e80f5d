// For what is done to many records in a few statements that name them all.

import type { Db } from "./connect.ts";

/**
 * From here to the end of the transaction, statements are planned once per connection, and go by indexes. To plan one that names a
 * thousand ids takes as long as to run it, and what the planner finds is worse: where a table's statistics lag behind, it reads all
 * of a team for them. As in a transaction that is opened to be planned once (connect.ts).
 */
export function goByIds(db: Db) {
  return db.run(
    "select set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)",
  );
}
