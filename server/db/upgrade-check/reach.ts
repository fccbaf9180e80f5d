// Reaches the database for an upgrade while the version before may be at work on it: one at DATABASE_URL, or the embedded one, if it runs.

import { readFileSync } from "node:fs";
import pg from "pg";
import { openLog } from "../../kernel/log.ts";
import type { ConnectionOptions } from "../connect.ts";
import { OWNER } from "../embedded/cluster.ts";
import { placesIn } from "../embedded/places.ts";
import { readRecord } from "../embedded/postmaster.ts";
import { reachOutside } from "../outside.ts";
import { onceReached } from "../waiting.ts";

/** Null: the embedded database does not run. Nothing is started. */
export async function reachOwner(
  databaseUrl: string | null,
  dataDir: string,
): Promise<ConnectionOptions | null> {
  if (!databaseUrl) return reachEmbedded(dataDir);
  const log = openLog("silent");
  return (await onceReached(log, () => reachOutside(databaseUrl, log), 0)).connection;
}

async function reachEmbedded(dataDir: string) {
  const places = placesIn(dataDir);
  const record = readRecord(places);
  if (!record) return null;
  try {
    const { ownerPassword } = JSON.parse(readFileSync(places.credentials, "utf8")) as {
      ownerPassword: string;
    };
    const owner = { ...record.endpoint, user: OWNER, password: ownerPassword, database: "cadenza" };
    return await withClient(owner, async () => owner);
  } catch {
    return null; // files of one that was killed, or no right to look
  }
}

export async function withClient<T>(owner: ConnectionOptions, act: (client: pg.Client) => Promise<T>) {
  const client = new pg.Client({
    ...owner,
    application_name: "cadenza upgrade",
    connectionTimeoutMillis: 10_000,
  });
  client.on("error", () => {}); // a lost connection rejects the query that was running
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
