// Rows planted in large numbers, before anything is measured: the indexes are built over them afterwards, at once and two at a
// time, which takes less than entering each row into each of them.

import type pg from "pg";
import { connectAs } from "./processes.ts";

/** Plants into a table without its indexes, and answers once they are there again. Those of its constraints stay. */
export async function plantQuickly(dataDir: string, table: string, plant: () => Promise<unknown>) {
  const lanes = [await connectAs(dataDir, "owner"), await connectAs(dataDir, "owner")] as const;
  try {
    const [first] = lanes;
    const { rows } = await first.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
        where i.indrelid = $1::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid)
        order by pg_relation_size(i.indexrelid)`,
      [table],
    );
    for (const { name } of rows) await first.query(`drop index ${name}`);
    await plant();
    const waiting = rows.map(({ definition }) => definition);
    await Promise.all(lanes.map((lane) => build(lane, waiting)));
    await first.query(`vacuum analyze ${table}`);
  } finally {
    await Promise.all(lanes.map((lane) => lane.end()));
  }
}

async function build(lane: pg.Client, waiting: string[]) {
  await lane.query("set maintenance_work_mem = '256MB'");
  for (let definition = waiting.shift(); definition; definition = waiting.shift())
    await lane.query(definition);
}
