// Fills an empty database with rows of another one with the same tables, as that one printed them in JSON. Triggers and foreign keys do
// not look: the rows were in order where they come from, and what refers to a row that was not put in is mended at the end.

import pg from "pg";
import type { ConnectionOptions } from "./connect.ts";
import { endLostReferences } from "./lost-references.ts";
import { columnsOf, quoted } from "./snapshot-tables.ts";

export type TableRows = { table: string; rows: readonly unknown[] };

export async function fillTables(owner: ConnectionOptions, filling: AsyncIterable<TableRows>) {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query("set statement_timeout = 0; set timezone = 'UTC'; set synchronous_commit = off");
    await client.query("begin; set local session_replication_role = replica");
    const known = new Map<string, string>();
    for await (const { table, rows } of filling) {
      const columns = known.get(table) ?? (await columnsOf(client, table)).map(quoted).join(", ");
      known.set(table, columns);
      await client.query(
        `insert into public.${quoted(table)} (${columns}) overriding system value
         select ${columns} from jsonb_populate_recordset(null::public.${quoted(table)}, $1::jsonb)`,
        [JSON.stringify(rows)],
      );
    }
    await endLostReferences(client);
    await client.query("commit");
    await client.query("analyze"); // plans go by how many rows there are
  } finally {
    await client.end();
  }
}
