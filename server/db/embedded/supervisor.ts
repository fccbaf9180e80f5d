// Keeps one server running for as long as we live, and only one of us at it. The order matters: first reach a server,
// then take the seat, and only the one in the seat may judge its settings, stop it, or start it again.

import { setTimeout as sleep } from "node:timers/promises";
import { refuseUnsafeSettings, UnsafeDatabase } from "./durability.ts";
import { CannotStartDatabase, messageOf } from "./errors.ts";
import { type Endpoint, readRecord } from "./postmaster.ts";
import { isAlive, isPostmasterOf } from "./processes.ts";
import { type ReachOptions, type RunningServer, reachServer } from "./reach.ts";
import { type Seat, SeatIsTaken, takeSeat } from "./seat.ts";
import { endServer } from "./shutdown.ts";
import type { Site } from "./site.ts";

type Supervised = { endpoint: Endpoint; adopted: boolean; stop(): Promise<void> };

type Watch = {
  site: Site;
  running: RunningServer;
  seat: Seat;
  isStopping: boolean;
  lostTo: SeatIsTaken | null;
  recovery: Promise<void>;
};

type Opened = Pick<Watch, "running" | "seat">;

const START_ATTEMPTS = 3;
const LONGEST_BACKOFF_MS = 5_000;

export async function supervise(site: Site, database: string): Promise<Supervised> {
  const { running, seat } = await openAtStart(site, database);
  const watch: Watch = { site, running, seat, isStopping: false, lostTo: null, recovery: Promise.resolve() };
  recoverWhenEnded(watch);
  const { pid, endpoint, spawned } = running;
  site.log(spawned ? "database started" : "uses the database that is already running", { pid, ...endpoint });
  let stopped: Promise<void> | null = null;
  return {
    endpoint,
    adopted: !spawned,
    stop: () => {
      stopped ??= stop(watch);
      return stopped;
    },
  };
}

/** A server that is reached may still be dying of what killed our predecessor, so a lost connection is no refusal yet. */
async function openAtStart(site: Site, database: string): Promise<Opened> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const opened = await open(site, { isStopping: () => false, endpoint: null });
      await createDatabase(opened.seat, database);
      return opened;
    } catch (error) {
      if (error instanceof CannotStartDatabase || attempt === START_ATTEMPTS) throw error;
      site.log("the database stopped while starting; trying again", { reason: messageOf(error) });
      await sleep(200);
    }
  }
}

async function open(site: Site, options: ReachOptions): Promise<Opened> {
  const running = await reachServer(site, options);
  const seat = await takeSeat(site, running.endpoint);
  try {
    await refuseUnsafeSettings(seat.client);
  } catch (error) {
    if (!(error instanceof UnsafeDatabase)) throw error;
    await endServer(running.pid, site.binaries.pgCtl);
    throw new CannotStartDatabase(`${error.message} Cadenza's own database was stopped. Its data is safe.`);
  }
  return { running, seat };
}

/** Without a transaction or `if not exists`; but no other process can be here, the seat is ours. */
async function createDatabase(seat: Seat, database: string): Promise<void> {
  const { rowCount } = await seat.client.query("select 1 from pg_database where datname = $1", [database]);
  if (rowCount === 0) await seat.client.query(`create database ${seat.client.escapeIdentifier(database)}`);
}

function recoverWhenEnded(watch: Watch): void {
  void watch.seat.ended.then(() => {
    if (!watch.isStopping) watch.recovery = recover(watch);
  });
}

/** Never gives up: a full disk is emptied some day, and until then every query fails with a clear error. */
async function recover(watch: Watch): Promise<void> {
  const { site } = watch;
  const began = performance.now();
  site.log("the database stopped; restarting it", {
    pid: watch.running.pid,
    isAlive: isAlive(watch.running.pid),
  });
  for (let attempt = 0; !watch.isStopping; attempt += 1) {
    try {
      const { endpoint } = watch.running;
      const found = await open(site, { isStopping: () => watch.isStopping, endpoint });
      Object.assign(watch, found, { lostTo: null });
      recoverWhenEnded(watch);
      const { pid, spawned } = found.running;
      site.log("the database is running again", {
        pid,
        restarted: spawned,
        afterMs: Math.round(performance.now() - began),
      });
      return;
    } catch (error) {
      watch.lostTo = error instanceof SeatIsTaken ? error : null;
      if (!watch.isStopping)
        site.log("the database could not be restarted yet", { reason: messageOf(error) });
    }
    await pause(watch, Math.min(100 * 2 ** attempt, LONGEST_BACKOFF_MS));
  }
}

async function pause(watch: Watch, ms: number): Promise<void> {
  const until = performance.now() + ms;
  while (!watch.isStopping && performance.now() < until) await sleep(Math.min(100, ms));
}

async function stop(watch: Watch): Promise<void> {
  watch.isStopping = true;
  await watch.recovery;
  const { site, running, seat, lostTo } = watch;
  if (lostTo) {
    site.log("left the database running, because it is another process's now", { reason: lostTo.message });
    return;
  }
  // The seat is kept until the server takes it away: no process may adopt a server that is going down.
  const pid = livingServer(site) ?? running.pid;
  const signal = isAlive(pid) ? await endServer(pid, site.binaries.pgCtl) : "none needed";
  await seat.client.end().catch(() => undefined);
  site.log("database stopped", { pid, signal });
}

/** Stopped while bringing it back, the server may be a newer one than the last we sat with. */
function livingServer(site: Site): number | null {
  const pid = readRecord(site.places)?.pid ?? 0;
  return isAlive(pid) && isPostmasterOf(pid, site.places.cluster) ? pid : null;
}
