// Where things are inside the product's data folder. Everything is closed to other users (0700), because the socket and
// the cluster's files are as good as the data itself.

import { chmodSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { CannotStartDatabase, messageOf } from "./errors.ts";

export type ServerPlaces = {
  dataDir: string;
  root: string;
  cluster: string;
  socket: string;
  credentials: string;
  serverLog: string;
  postmasterPid: string;
};

/** Creates what is missing. The cluster itself is created later, and only whole. */
export function preparePlaces(dataDir: string): ServerPlaces {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    // The real path is what the server is started with and recognised by, however the folder was reached.
    const places = placesIn(realpathSync(dataDir));
    for (const folder of [places.root, places.socket]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      closeToOthers(folder);
    }
    return places;
  } catch (error) {
    throw new CannotStartDatabase(
      `The data folder ${resolve(dataDir)} cannot be used: ${messageOf(error)}. ` +
        "Run Cadenza as the user that owns it, or set CADENZA_DATA_DIR to another folder.",
    );
  }
}

/** Passing may be granted to the server's group (see account.ts); a running server must not lose it meanwhile. */
function closeToOthers(folder: string): void {
  const mayOnlyPass = (statSync(folder).mode & 0o067) === 0;
  if (!mayOnlyPass) chmodSync(folder, 0o700);
}

export function placesIn(dataDir: string): ServerPlaces {
  const root = join(dataDir, "postgres");
  return {
    dataDir,
    root,
    cluster: join(root, "cluster"),
    socket: join(root, "socket"),
    credentials: join(root, "credentials.json"),
    serverLog: join(root, "server.log"),
    postmasterPid: join(root, "cluster", "postmaster.pid"),
  };
}

/** Makes a rename or a new name in this folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return; // folders cannot be opened there
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
