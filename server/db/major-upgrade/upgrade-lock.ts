// One process at a time moves the database of a data folder. The lock is a socket in the folder: the system gives it up when its holder
// dies, however it dies, and it is seen by processes of other containers that share the folder.

import { hash, randomBytes } from "node:crypto";
import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CannotStartDatabase, codeOf } from "../embedded/errors.ts";

const NAME = "upgrade.lock";
const MOST_TRIES = 5;

/** Answers the function that gives it up. */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const folder = process.platform === "linux" ? openSync(dataDir, "r") : null;
  const close = () => {
    if (folder !== null) closeSync(folder);
  };
  const placeOf = placesIn(dataDir, folder);
  try {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const server = await listenAt(placeOf(NAME));
      if (server)
        return async () => {
          await new Promise<void>((resolve) => server.close(() => resolve()));
          close();
        };
      if (await answers(placeOf(NAME))) break;
      if (!(await clearAway(placeOf))) break;
    }
  } catch (error) {
    close();
    throw error;
  }
  close();
  throw new CannotStartDatabase(
    `Another Cadenza process is moving the database in ${dataDir} to a newer PostgreSQL. Nothing was changed. Wait until it is done.`,
  );
}

/** A socket's path may have a hundred characters, and a data folder's has more sometimes. */
function placesIn(dataDir: string, folder: number | null) {
  if (folder !== null) return (name: string) => `/proc/self/fd/${folder}/${name}`;
  const known = hash("sha256", realpathSync(dataDir)).slice(0, 16);
  if (process.platform === "win32") return (name: string) => `\\\\.\\pipe\\cadenza-${known}-${name}`;
  return (name: string) =>
    dataDir.length < 70 ? join(dataDir, name) : join(tmpdir(), `cadenza-${known}-${name}`);
}

/** Null: something is there already. */
function listenAt(place: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error) => (codeOf(error) === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(place, () => {
      server.unref();
      resolve(server);
    });
  });
}

function answers(place: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(place, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** Of a process that is gone. Renamed first: if another process has put its own socket there since we asked, that one is put back. */
async function clearAway(placeOf: (name: string) => string): Promise<boolean> {
  const aside = placeOf(`${NAME}-${randomBytes(4).toString("hex")}`);
  try {
    renameSync(placeOf(NAME), aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return true;
    throw error;
  }
  if ((await answers(aside)) && !existsSync(placeOf(NAME))) {
    renameSync(aside, placeOf(NAME));
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}
