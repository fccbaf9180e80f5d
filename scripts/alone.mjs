// Lets one command at a time do a piece of work on this repository, such as installing its packages.
//
// The lock is a folder, because making one either succeeds or fails, for everybody. It lies in the system's
// temporary folder: npm empties node_modules, and nothing of this belongs among the sources. An owner that died
// leaves it behind, so it names its process and is touched every second: a dead process or a lock untouched for
// half a minute (its number may belong to another process by now) gives way.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const TOUCH_MS = 1000;
const ABANDONED_MS = 30_000;

/**
 * Does the work alone: no other process does work of that name on the same repository meanwhile.
 * @template T
 * @param {string} name @param {string} root @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, root, work) {
  const where = createHash("sha256").update(root).digest("hex").slice(0, 12);
  const lock = join(tmpdir(), `cadenza-${name}-${userInfo().username}-${where}`);
  await acquire(lock, name);
  const touching = setInterval(() => touch(lock), TOUCH_MS);
  try {
    return await work();
  } finally {
    clearInterval(touching);
    rmSync(lock, { recursive: true, force: true });
  }
}

/** @param {string} lock @param {string} name */
async function acquire(lock, name) {
  for (let round = 0; ; round++) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, "owner"), String(process.pid));
      return;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
    if (isAbandoned(lock)) takeAway(lock);
    else {
      if (round === 0) console.error(`Waiting for another command to finish its ${name} ...`);
      await sleep(200);
    }
  }
}

/** @param {string} lock */
function isAbandoned(lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > ABANDONED_MS) return true;
    const owner = Number(readFileSync(join(lock, "owner"), "utf8"));
    return owner > 0 && !isAlive(owner);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false; // given back meanwhile, or its owner is just about to sign it
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM"); // another user's process, but alive
  }
}

/** Moved before it is removed: of several who find it abandoned, one succeeds. @param {string} lock */
function takeAway(lock) {
  try {
    renameSync(lock, `${lock}.${process.pid}`);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  rmSync(`${lock}.${process.pid}`, { recursive: true, force: true });
}

/** @param {string} lock */
function touch(lock) {
  try {
    utimesSync(lock, new Date(), new Date());
  } catch {} // taken away, after a sleep of the whole machine for instance: the work goes on regardless
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && "code" in error && error.code === code;
}
