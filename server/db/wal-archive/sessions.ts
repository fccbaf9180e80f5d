// Sessions of the archive with the embedded database. Each round has one of its own, so a database that was restarted meanwhile is no
// matter.

import { Client } from "pg";
import type { ConnectionOptions } from "../connect.ts";
import { dropSlots } from "./slot.ts";

/** The number that PostgreSQL gave the cluster when it was created. */
export async function readSystemId(client: Client) {
  const { rows } = await client.query<{ id: string }>(
    "select system_identifier::text as id from pg_control_system()",
  );
  return rows[0]?.id ?? "";
}

export async function withClient<T>(
  owner: ConnectionOptions,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ ...owner, application_name: "cadenza wal archive" });
  client.on("error", () => undefined); // a lost connection rejects the query that was running
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Where nothing is archived any more, PostgreSQL need not keep WAL for it. */
export function keepNoWal(owner: ConnectionOptions) {
  return withClient(owner, dropSlots);
}
