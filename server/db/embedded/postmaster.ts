// What the files a running server leaves say about it, and clearing them away when it is certain they are leftovers.
// Both kinds have the same lines: pid, data folder, start time, port, socket folder, (listen address, …, status).

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "./errors.ts";
import type { ServerPlaces } from "./places.ts";

/** The port only names the socket file; nothing listens on it unless the socket's path is too long for the system. */
export const SOCKET_PORT = 5432;

export type Endpoint = { host: string; port: number };

export type ServerRecord = { pid: number; endpoint: Endpoint; status: string; source: string };

/** The server's own note about itself, or null. It may be old: a killed server leaves it behind. */
export function readRecord(places: ServerPlaces): ServerRecord | null {
  // The socket's lock file serves when someone has deleted postmaster.pid under a running server.
  return parseRecord(places, places.postmasterPid) ?? parseRecord(places, socketLock(places));
}

function parseRecord(places: ServerPlaces, file: string): ServerRecord | null {
  const source = readIfThere(file);
  if (source === null) return null;
  const [pid, , , port, socketFolder, , , status] = source.split("\n").map((line) => line.trim());
  const isOnSocket = socketFolder !== "";
  return {
    pid: Number.parseInt(pid ?? "", 10) || 0,
    endpoint: { host: isOnSocket ? places.socket : "127.0.0.1", port: Number(port) || SOCKET_PORT },
    status: status ?? "",
    source,
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

/**
 * Removes the notes of a server that is known to be gone. PostgreSQL does so itself, but not when the pid in them is
 * alive again as some other process, nor when the file is empty. Should we be wrong, the server we start next still
 * finds the old one's shared memory and refuses, so there are never two.
 */
export function clearServerLeftovers(places: ServerPlaces, record: ServerRecord): void {
  for (const file of [places.postmasterPid, socketLock(places)]) {
    const source = readIfThere(file);
    // Another starting process may have put a living server's note here since we looked.
    const isTheOneWeSaw = source !== null && (Number.parseInt(source, 10) || 0) === record.pid;
    if (isTheOneWeSaw) rmSync(file, { force: true });
  }
}

const socketLock = (places: ServerPlaces) => join(places.socket, `.s.PGSQL.${SOCKET_PORT}.lock`);
