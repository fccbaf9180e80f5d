// One Cadenza process per data folder. The seat is a lock held by a database session, so it is given up by the system
// itself when the holder dies, however it dies, and its connection ending is how we notice the database dying.

import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "pg";
import { CannotStartDatabase } from "./errors.ts";
import type { Endpoint } from "./postmaster.ts";
import { ownerClient } from "./sighting.ts";
import type { Site } from "./site.ts";

/** `ended` resolves when the connection is gone, for whatever reason. */
export type Seat = { client: Client; ended: Promise<void> };

export class SeatIsTaken extends CannotStartDatabase {}

const LOCK = [0x6361_6465, 0x6e7a_6100]; // "cade", "nza"
const PATIENCE_MS = 5_000; // the session of a killed holder takes a moment to notice
const NAME = /^cadenza pid (\d+)/;

export async function takeSeat(site: Site, endpoint: Endpoint): Promise<Seat> {
  const client = ownerClient(site, endpoint, `cadenza pid ${process.pid}`);
  const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
  await client.connect();
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await tryLock(client))) {
    if (performance.now() > deadline) {
      const holder = await findHolder(client);
      await client.end();
      throw seatIsTaken(site, holder);
    }
    await sleep(100);
  }
  return { client, ended };
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_lock($1, $2) as taken",
    LOCK,
  );
  return rows[0]?.taken ?? false;
}

async function findHolder(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.granted
        and (l.classid, l.objid, l.objsubid) = ($1::int8::oid, $2::int8::oid, 2)`,
    LOCK,
  );
  return NAME.exec(rows[0]?.name ?? "")?.[1] ?? "unknown";
}

function seatIsTaken(site: Site, holder: string): SeatIsTaken {
  return new SeatIsTaken(
    `Another Cadenza process (pid ${holder}) is using the data folder ${site.places.dataDir}. Nothing was changed. ` +
      "Stop that process first, or set CADENZA_DATA_DIR to another folder.",
  );
}
