// The database's owner, for looking behind the scenes. A connection that is free is used again: a fresh one reads the
// catalog of a hundred tables before it answers, and tests look thousands of times.

import pg from "pg";

type OwnerConnection = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
};

const IDLE_MS = 2_000;
const MOST = 50; // as many as a file may ever hold at once; a look that waits for another would never end

/** As a connection is that was opened a moment ago, but for the plans of what it has read. */
const AS_NEW = `rollback; set session authorization default; reset all; close all; unlisten *; select pg_advisory_unlock_all();
  discard temp; discard sequences`;

const pools = new Map<string, pg.Pool>();

const keyOf = ({ host, port, database, user }: OwnerConnection) =>
  JSON.stringify([host, port, database, user]);

function poolOf(connection: OwnerConnection) {
  const key = keyOf(connection);
  const known = pools.get(key);
  if (known) return known;
  const pool = new pg.Pool({ ...connection, max: MOST, idleTimeoutMillis: IDLE_MS, allowExitOnIdle: true });
  pool.on("error", () => {}); // its database may be dropped while it rests
  pools.set(key, pool);
  return pool;
}

/** Looks behind the scenes as the database's owner. */
export async function asOwner<T>(
  { ownerConnection }: { ownerConnection: OwnerConnection },
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await poolOf(ownerConnection).connect();
  const ignore = () => {};
  client.on("error", ignore);
  let isAsNew = false;
  try {
    const answer = await work(client as unknown as pg.Client);
    isAsNew = await client.query(AS_NEW).then(
      () => true,
      () => false,
    );
    return answer;
  } finally {
    client.removeAllListeners("notification").removeAllListeners("notice");
    client.off("error", ignore);
    client.release(!isAsNew); // after a failure it ends, with whatever it held
  }
}

/** Closes what rests: a database with connections can be neither copied nor dropped. */
export async function leaveToItself(connection: OwnerConnection) {
  const key = keyOf(connection);
  const pool = pools.get(key);
  pools.delete(key);
  await pool?.end();
}
