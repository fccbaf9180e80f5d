// What a data folder remembers outside the database: that it is the folder it was, and how far sending had come.
//
// A file that is copied or put back is a new file, wherever it lies: its number and its birth on the disk tell, and the
// folder's path tells of a disk that was copied whole. So the witness is written once and never again.

import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Home = {
  /** Null: no engine has used this folder yet. */
  id: string | null;
  isCopied: boolean;
  /** How far the count was seen to stand. */
  seen: number;
};

const WITNESS = "sending-home.json";
const SEEN = "sending-seen.json";

export function readHome(dataDir: string): Home {
  const known = read<{ home: string }>(dataDir, WITNESS);
  const count = read<{ count: number }>(dataDir, SEEN)?.count ?? 0;
  return {
    id: known?.home ?? null,
    isCopied: known !== null && known.home !== markOf(dataDir),
    seen: Number.isSafeInteger(count) ? count : 0,
  };
}

/** From here on the folder is at home. Answers what it is called. */
export function settleIn(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, WITNESS);
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: 0o600 });
  const home = markOf(dataDir);
  writeFileSync(file, JSON.stringify({ home }), { flag: "r+", flush: true }); // into the same file
  return home;
}

/** Only what was committed, so that what is remembered never runs ahead of a database that was not restored. */
export function rememberSeen(dataDir: string, count: number) {
  const draft = join(dataDir, `${SEEN}.${process.pid}`);
  writeFileSync(draft, JSON.stringify({ count }), { mode: 0o600, flush: true });
  renameSync(draft, join(dataDir, SEEN));
}

/** Where a file system keeps no birth, it is the same for all, and only the number tells. */
function markOf(dataDir: string) {
  const { ino, birthtimeNs } = statSync(join(dataDir, WITNESS), { bigint: true });
  return `${ino} ${birthtimeNs} ${realpathSync(dataDir)}`;
}

function read<T>(dataDir: string, name: string): T | null {
  try {
    return JSON.parse(readFileSync(join(dataDir, name), "utf8")) as T;
  } catch {
    return null; // not there, or cut short by a crash: nothing is remembered
  }
}
