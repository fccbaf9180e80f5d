// How much there is to copy, how much room there is for it, and how long it takes about.

import { readdirSync } from "node:fs";
import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { CannotStartDatabase, codeOf } from "../embedded/errors.ts";
import { clusterIn } from "./majors.ts";

export type Room = { bytes: number; neededBytes: number; freeBytes: number; aboutSeconds: number };

/** For the log of the new database, and what PostgreSQL sorts on the disk while it builds indexes. */
const BESIDE_BYTES = 512 * 2 ** 20;
const BYTES_A_SECOND = 8 * 2 ** 20;
const LEAST_SECONDS = 10;

export async function measureRoom(dataDir: string): Promise<Room> {
  const bytes = await bytesIn(join(clusterIn(dataDir), "base"));
  const { bavail, bsize } = await statfs(dataDir);
  return {
    bytes,
    neededBytes: Math.ceil(bytes * 1.1) + BESIDE_BYTES,
    freeBytes: bavail * bsize,
    aboutSeconds: LEAST_SECONDS + Math.ceil(bytes / BYTES_A_SECOND),
  };
}

export async function bytesIn(folder: string): Promise<number> {
  let sum = 0;
  for (const one of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (one.isFile()) sum += await sizeOf(join(one.parentPath, one.name));
  return sum;
}

/** A running database may delete it meanwhile. */
async function sizeOf(file: string) {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}

export const megabytes = (bytes: number) => Math.ceil(bytes / 2 ** 20);

export function refuseNoRoom(
  dataDir: string,
  { neededBytes, freeBytes }: Pick<Room, "neededBytes" | "freeBytes">,
) {
  if (freeBytes >= neededBytes) return;
  throw new CannotStartDatabase(
    `To move the database to PostgreSQL ${MAJOR_VERSION}, about ${megabytes(neededBytes)} MB must be free in ${dataDir}, and ` +
      `${megabytes(freeBytes)} MB are. Nothing was changed. Free space, and start again.`,
  );
}

/** What the database of now is called afterwards. Of several upgrades from one version each is kept. */
export function keptName(dataDir: string, major: string) {
  const taken = new Set(readdirSync(dataDir));
  for (let n = 1; ; n++) {
    const name = n === 1 ? `postgres-${major}` : `postgres-${major}-${n}`;
    if (!taken.has(name)) return name;
  }
}

export const durationText = (seconds: number) =>
  seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
