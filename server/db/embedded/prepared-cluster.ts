// A cluster after its first start, kept for the next sandboxes of this machine: to make one and bring it up to date takes longer than
// everything else that a sandbox does before it answers. It holds no data yet. It is copied while no server runs on it.

import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { codeOf } from "./errors.ts";
import { preparePlaces, type ServerPlaces, syncFolder } from "./places.ts";
import { isAlive } from "./processes.ts";

const CLUSTER = "cluster";
const CREDENTIALS = "credentials.json";
const DRAFT = /\.draft-(\d+)-/;
/** Versions of Cadenza that are used in turns on one machine. */
const KEPT = 3;
const AT_ONCE = 32;

/** Copies the prepared cluster into a data folder that has none. False if no cluster is prepared, or if copying it fails. */
export async function layDown(prepared: string, dataDir: string): Promise<boolean> {
  if (!existsSync(prepared)) return false;
  const places = preparePlaces(dataDir);
  const draft = draftOf(places.cluster);
  try {
    await copyCluster(join(prepared, CLUSTER), draft);
    await copyFile(join(prepared, CREDENTIALS), places.credentials);
    await rename(draft, places.cluster);
    return true;
  } catch {
    await clear(places, draft);
    return false;
  }
}

/** Makes a data folder as it was before its cluster was laid down. */
export async function takeUp(dataDir: string): Promise<void> {
  const places = preparePlaces(dataDir);
  await clear(places, places.cluster);
}

function clear(places: ServerPlaces, cluster: string) {
  return Promise.all(
    [cluster, places.credentials].map((place) => rm(place, { recursive: true, force: true, maxRetries: 3 })),
  );
}

/** Copies the cluster of a stopped server. The function that it answers writes the copy to the disk; only then other sandboxes use it. */
export async function setAside(prepared: string, dataDir: string): Promise<() => Promise<void>> {
  const places = preparePlaces(dataDir);
  await mkdir(dirname(prepared), { recursive: true, mode: 0o700 });
  const draft = draftOf(prepared);
  const forget = () => rm(draft, { recursive: true, force: true, maxRetries: 3 });
  try {
    await mkdir(draft, { mode: 0o700 });
    await copyCluster(places.cluster, join(draft, CLUSTER));
    await copyFile(places.credentials, join(draft, CREDENTIALS));
  } catch (error) {
    await forget();
    throw error;
  }
  return async () => {
    await syncTree(draft);
    await rename(draft, prepared).catch((error) => {
      if (!["ENOTEMPTY", "EEXIST", "EPERM"].includes(codeOf(error))) throw error; // another process was faster
    });
    await forget();
    await syncFolder(dirname(prepared));
    await removeOthers(prepared);
  };
}

function draftOf(place: string) {
  return `${place}.draft-${process.pid}-${randomBytes(4).toString("hex")}`;
}

/** By a program of the system where there is one: two thousand files copied by this process keep it from loading the server meanwhile. */
async function copyCluster(from: string, to: string) {
  try {
    await promisify(execFile)("cp", ["-R", "-p", from, to]);
  } catch {
    await rm(to, { recursive: true, force: true });
    await cp(from, to, { recursive: true });
  }
}

export async function syncTree(folder: string): Promise<void> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  const folders = found.filter((one) => one.isDirectory()).map((one) => join(one.parentPath, one.name));
  const work = async () => {
    for (let file = files.pop(); file; file = files.pop()) await syncFile(file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const one of [...folders, folder]) await syncFolder(one);
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The oldest ones, and drafts of processes that are gone. */
async function removeOthers(prepared: string): Promise<void> {
  const folder = dirname(prepared);
  const kind = basename(prepared).split("-", 1)[0] ?? "";
  const names = (await readdir(folder)).filter((name) => name.startsWith(`${kind}-`));
  const places = await Promise.all(
    names.map(async (name) => ({ name, madeAt: (await stat(join(folder, name))).mtimeMs })),
  );
  const isDraft = ({ name }: { name: string }) => DRAFT.test(name);
  const whole = places.filter((one) => !isDraft(one)).sort((a, b) => b.madeAt - a.madeAt);
  const abandoned = places.filter(({ name }) => {
    const pid = Number(DRAFT.exec(name)?.[1] ?? 0);
    return pid > 0 && !isAlive(pid);
  });
  for (const { name } of [...whole.slice(KEPT), ...abandoned])
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
}
