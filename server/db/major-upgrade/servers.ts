// The two servers of an upgrade, each on a socket of its own that only Cadenza's user reaches: the old one, on which nothing can be
// written, and the new one in a folder beside, which only counts once it is whole.

import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { chooseLaunch } from "../embedded/account.ts";
import { prepareBinaries } from "../embedded/binaries.ts";
import { OWNER } from "../embedded/cluster.ts";
import { readOrCreateCredentials } from "../embedded/credentials.ts";
import { placesIn, preparePlaces } from "../embedded/places.ts";
import { type RunningServer, reachServer } from "../embedded/reach.ts";
import { type Seat, takeSeat } from "../embedded/seat.ts";
import { endServer } from "../embedded/shutdown.ts";
import { type Log, prepareSite, type Site } from "../embedded/site.ts";
import type { OldPrograms } from "./old-programs.ts";
import { SAME_TEXTS } from "./rows.ts";

/** The folder is thrown away after a crash, so nothing has to survive one before it is whole. */
const FILLING = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  autovacuum: "off",
  maintenance_work_mem: "256MB",
  checkpoint_timeout: "1h",
};

const READ_ONLY = { default_transaction_read_only: "on", autovacuum: "off" };

export type Serving = { site: Site; running: RunningServer; stop(): Promise<void> };

type Asked = { log: Log; isStopping: () => boolean };

/** Refuses if another process uses the database. One that a killed process left running is stopped, and started for reading. */
export async function openOld(
  dataDir: string,
  { postgres }: OldPrograms,
  { log, isStopping }: Asked,
): Promise<Serving & { seat: Seat }> {
  const places = preparePlaces(dataDir);
  const credentials = await readOrCreateCredentials(places.credentials, true);
  const binaries = { ...(await prepareBinaries()), postgres };
  const launch = await chooseLaunch(places, postgres);
  const site: Site = { places, binaries, launch, credentials, log, settings: READ_ONLY };
  for (;;) {
    const running = await reachServer(site, { isStopping, endpoint: null });
    const seat = await takeSeat(site, running.endpoint);
    const stop = async () => {
      await endServer(running.pid, binaries.pgCtl);
      await seat.client.end().catch(() => undefined);
    };
    if (running.spawned) return { site, running, seat, stop };
    log("stopped the database that was still running", { pid: running.pid });
    await stop();
  }
}

/** Made anew in `draft`, with the passwords of the present database. */
export async function openNew(dataDir: string, draft: string, { log, isStopping }: Asked): Promise<Serving> {
  const from = placesIn(dataDir);
  const to = placesIn(draft);
  mkdirSync(to.root, { recursive: true, mode: 0o700 });
  cpSync(from.credentials, to.credentials);
  const site = await prepareSite({ dataDir: draft, log, settings: FILLING });
  return serve(site, isStopping);
}

/** As Cadenza will run it. */
export async function proveNew({ site }: Serving, isStopping: () => boolean) {
  const proof = await serve({ ...site, settings: {} }, isStopping);
  await proof.stop();
}

async function serve(site: Site, isStopping: () => boolean): Promise<Serving> {
  const running = await reachServer(site, { isStopping, endpoint: null });
  return { site, running, stop: () => endServer(running.pid, site.binaries.pgCtl).then(() => undefined) };
}

export async function connectTo({ site, running }: Serving, database: string): Promise<pg.Client> {
  const client = new pg.Client({
    ...running.endpoint,
    user: OWNER,
    password: site.credentials.ownerPassword,
    database,
    application_name: "cadenza upgrade",
    connectionTimeoutMillis: 10_000,
    options: "-c statement_timeout=0 -c idle_session_timeout=0 -c lock_timeout=0 -c synchronize_seqscans=off",
  });
  client.on("error", () => undefined); // a lost connection rejects the query that was running
  await client.connect();
  await client.query(SAME_TEXTS);
  return client;
}

export const clusterOf = ({ site }: Serving) => site.places.cluster;
export const rootOf = (draft: string) => join(draft, "postgres");
