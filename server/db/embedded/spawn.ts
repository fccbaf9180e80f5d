// Starts the server program. It gets a session of its own, so Ctrl-C in the terminal reaches only us and we can finish
// our work first; and a log file instead of a pipe, so it survives our sudden death.

import { spawn } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { commandFor } from "./account.ts";
import { messageOf } from "./errors.ts";
import type { ServerPlaces } from "./places.ts";
import { type Endpoint, SOCKET_PORT } from "./postmaster.ts";
import type { Site } from "./site.ts";

export type Spawned = { pid: number; endpoint: Endpoint; hasExited(): boolean; lastWords(): string };

const LONGEST_SOCKET_PATH = 100; // the system's limit is 104 to 108 bytes
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

// Durability settings are deliberately absent: what is given here would hide what an administrator changed, and we want
// to see that and refuse. Errors of statements stay out of the log, because their texts carry people's data.
const SETTINGS: Readonly<{ [name: string]: string }> = {
  max_connections: "200",
  max_locks_per_transaction: "128", // a restore that migrates holds some 10,000 at once
  max_wal_size: "1GB",
  checkpoint_timeout: "10min",
  wal_level: "replica",
  max_wal_senders: "3",
  max_slot_wal_keep_size: "8GB", // a WAL archive that fails for long must not fill the disk
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
  lc_messages: "C",
  password_encryption: "scram-sha-256",
  unix_socket_permissions: "0700",
  logging_collector: "off",
  log_destination: "stderr",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_statement: "none",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
};

/** Where a server started now would be reached. */
export async function chooseEndpoint(places: ServerPlaces): Promise<Endpoint> {
  const socketPath = join(places.socket, `.s.PGSQL.${SOCKET_PORT}`);
  const fits = process.platform !== "win32" && Buffer.byteLength(socketPath) <= LONGEST_SOCKET_PATH;
  return fits
    ? { host: places.socket, port: SOCKET_PORT }
    : { host: "127.0.0.1", port: await findFreePort() };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

export function spawnServer(site: Site, endpoint: Endpoint): Spawned {
  const { places, launch, binaries } = site;
  const { file, args, identity } = commandFor(launch, binaries.postgres, serverArguments(site, endpoint));
  const log = openLog(places.serverLog);
  const logStart = fstatSync(log).size;
  const child = spawn(file, args, {
    ...identity,
    cwd: places.dataDir,
    detached: true,
    windowsHide: true,
    stdio: ["ignore", log, log],
    // Nothing of our own environment: it may hold secrets, and PG* variables would change the server.
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, LC_ALL: "C" },
  });
  closeSync(log);
  let failure = "";
  child.on("error", (error) => {
    failure = messageOf(error);
  });
  child.unref();
  return {
    pid: child.pid ?? 0,
    endpoint,
    hasExited: () => failure !== "" || child.exitCode !== null || child.signalCode !== null,
    lastWords: () => failure || lastLines(places.serverLog, logStart),
  };
}

function serverArguments({ places, settings: more }: Site, endpoint: Endpoint): string[] {
  const isOnSocket = endpoint.host === places.socket;
  const reach = {
    port: String(endpoint.port),
    listen_addresses: isOnSocket ? "" : endpoint.host,
    unix_socket_directories: isOnSocket ? places.socket : "",
  };
  const settings = Object.entries({
    ...SETTINGS,
    ...memorySettings(usableMegabytes()),
    ...reach,
    ...more,
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", places.cluster, ...settings];
}

/**
 * An eighth of the machine's memory for pages, from 128 MB up to 1 GB: a team of a million contacts then finds them
 * without asking the system for each page. What is not used is not taken.
 */
export function memorySettings(megabytes: number) {
  const share = (part: number, least: number, most: number) =>
    Math.round(Math.min(most, Math.max(least, megabytes / part)));
  return {
    shared_buffers: `${share(8, 128, 1_024)}MB`,
    effective_cache_size: `${share(2, 512, 65_536)}MB`,
  };
}

/** A container may use less than the machine has. */
function usableMegabytes() {
  const constrained = process.constrainedMemory();
  return (constrained > 0 ? Math.min(totalmem(), constrained) : totalmem()) / 2 ** 20;
}

function openLog(file: string): number {
  try {
    if (statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // Not there yet, or still held open (Windows): then it grows until the next start.
  }
  // Not through a link: the folder may be an ordinary user's while we are root.
  const flags = constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0);
  return openSync(file, flags, 0o600);
}

/** The end of what was logged since: what is wrong with a settings file stands in the lines before the FATAL one. */
function lastLines(file: string, from: number): string {
  const lines = readFileSync(file).subarray(from).toString("utf8").trim().split("\n");
  return lines.slice(-6).join("\n");
}
