// Where the row is the job, the queue only hastens it: what a row still asks for and no job is about is put into the queue anew.

import type { Db } from "./connect.ts";
import type { QueueName } from "./jobs.ts";

/** Those of the ids that no job of the queue, waiting or under way, names under `key`. */
export async function withoutJob(db: Db, queue: QueueName, key: string, ids: readonly string[]) {
  const rows = await db.rows<{ id: string }>(
    `select wanted as id from unnest($3::text[]) wanted
      where not exists (select from pgboss.job j
                         where j.name = $1 and j.state in ('created', 'retry', 'active') and j.data ->> $2 = wanted)`,
    [queue, key, ids],
  );
  return rows.map(({ id }) => id);
}
