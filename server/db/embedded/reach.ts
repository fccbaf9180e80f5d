// Arrives at a server that accepts connections, from whatever state things are in: nothing there, one left behind by a
// killed process, one starting, recovering or shutting down, files of a dead one, or remains of a dead one that still
// hold its memory. Each round looks again and takes one step; PostgreSQL's own interlocks (postmaster.pid, shared
// memory) decide between two processes doing this at once.

import { setTimeout as sleep } from "node:timers/promises";
import { CannotStartDatabase } from "./errors.ts";
import { clearServerLeftovers, type Endpoint, type ServerRecord } from "./postmaster.ts";
import { isPostmasterOf, processesIn } from "./processes.ts";
import { endServer } from "./shutdown.ts";
import { lookForServer, type Sighting } from "./sighting.ts";
import type { Site } from "./site.ts";
import { chooseEndpoint, type Spawned, spawnServer } from "./spawn.ts";

/** `spawned`: we started it in this call; otherwise it was there. */
export type RunningServer = { pid: number; endpoint: Endpoint; spawned: boolean };

/** `endpoint`: where it must be reached again, because connection pools already know that place. */
export type ReachOptions = {
  isStopping: () => boolean;
  endpoint: Endpoint | null;
  /** How long it may take until the server accepts connections. */
  patienceMs?: number;
};

const LOOK_EVERY_MS = 20;
const SAY_WAITING_EVERY_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000; // a long recovery is no failure
const PATIENCE_WITH_UNKNOWN_PROCESS_MS = 15_000;
const PATIENCE_WITH_REMAINS_MS = 2_000;

/** What a new server says when an old one, or what is left of it, has not quite gone. */
const PASSING_REFUSAL =
  /lock file ".*" already exists|pre-existing shared memory block|lock file ".*" is empty/;
const PORT_IS_TAKEN = /could not create any TCP\/IP sockets/;

type Search = { child: Spawned | null; began: number; saidAtMs: number };

export async function reachServer(site: Site, options: ReachOptions): Promise<RunningServer> {
  const search: Search = { child: null, began: performance.now(), saidAtMs: 0 };
  try {
    for (;;) {
      const running = await takeStep(site, options, search);
      if (running) return running;
      sayThatWeWait(site, search, options.patienceMs ?? LONGEST_WAIT_MS);
      await sleep(LOOK_EVERY_MS);
    }
  } catch (error) {
    // A process that we started and do not hand over would be left without a parent to end it.
    const { child } = search;
    if (child && !child.hasExited()) await endServer(child.pid, site.binaries.pgCtl);
    throw error;
  }
}

async function takeStep(site: Site, options: ReachOptions, search: Search): Promise<RunningServer | null> {
  if (options.isStopping()) throw toldToStop();
  const waitedMs = performance.now() - search.began;
  if (search.child?.hasExited()) {
    await afterExit(site, search.child, options, waitedMs);
    search.child = null;
  }
  const childPid = search.child?.pid;
  const sighting = await lookForServer(site, (record) => record.pid === childPid && isStillStarting(record));
  if (sighting.state === "ready") {
    const { pid, endpoint } = sighting.record;
    return { pid, endpoint, spawned: pid === childPid };
  }
  if (!search.child && isGone(sighting, waitedMs)) search.child = await startOver(site, sighting, options);
  return null;
}

function sayThatWeWait(site: Site, search: Search, longestMs: number): void {
  const waitedMs = performance.now() - search.began;
  if (waitedMs - search.saidAtMs > SAY_WAITING_EVERY_MS) {
    search.saidAtMs = waitedMs;
    site.log("waiting for the database", {
      seconds: Math.round(waitedMs / 1000),
      see: site.places.serverLog,
    });
  }
  if (waitedMs < longestMs) return;
  search.child = null; // left running: it goes on recovering, and the next start finds it further
  throw new CannotStartDatabase(
    `The database did not accept connections within ${Math.round(longestMs / 60_000)} minutes. Your data is safe. ` +
      `See ${site.places.serverLog} for what it is doing, and start again.`,
  );
}

const isStillStarting = ({ status }: ServerRecord) => status === "" || status === "starting";

function isGone(sighting: Sighting, waitedMs: number): boolean {
  if (sighting.state === "absent" || sighting.state === "stale") return true;
  return sighting.state === "unknown" && waitedMs > PATIENCE_WITH_UNKNOWN_PROCESS_MS;
}

async function startOver(site: Site, sighting: Sighting, options: ReachOptions): Promise<Spawned> {
  if (sighting.state !== "absent") clearServerLeftovers(site.places, sighting.record);
  return spawnServer(site, options.endpoint ?? (await chooseEndpoint(site.places)));
}

const toldToStop = () =>
  new CannotStartDatabase("The database was stopped while it was starting. Your data is safe.");

/** Decides whether a server that ended right away may be tried again, and makes room for it. */
async function afterExit(site: Site, child: Spawned, options: ReachOptions, waitedMs: number): Promise<void> {
  const reason = child.lastWords();
  const mayMove = PORT_IS_TAKEN.test(reason) && !options.endpoint;
  if (!mayMove && !PASSING_REFUSAL.test(reason)) {
    throw new CannotStartDatabase(
      `The database server stopped right after the start: ${reason || "it gave no reason"}. ` +
        `Your data is unchanged. See ${site.places.serverLog} for details.`,
    );
  }
  if (waitedMs > PATIENCE_WITH_REMAINS_MS) endRemains(site);
  await sleep(100);
}

/**
 * A session computing hard does not notice that its postmaster was killed, and would hold the memory until it is
 * done. Nothing it does can count any more: its commit would reach no client.
 */
function endRemains(site: Site): void {
  const { cluster } = site.places;
  const processes = processesIn(cluster);
  if (processes.some((pid) => isPostmasterOf(pid, cluster))) return;
  for (const pid of processes) process.kill(pid, "SIGKILL");
  if (processes.length > 0)
    site.log("stopped the remaining processes of a killed database server", { processes: processes.length });
}
