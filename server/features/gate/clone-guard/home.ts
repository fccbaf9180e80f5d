// What a data folder remembers outside the database: that it is the folder it was, and how far sending had come.
//
// A file that is copied or put back is a new file, wherever it lies: its number and its birth on the disk tell, and the
// folder's path tells of a disk that was copied whole. So the witness is written once and never again.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

export type Home = {
  /** Null: no engine has used this folder yet. */
  id: string | null;
  /** What it was called before it was moved on its disk. */
  movedFrom: string | null;
  isCopied: boolean;
  /** How far the count was seen to stand. */
  seen: number;
};

const WITNESS = "sending-home.json";
const SEEN = "sending-seen.json";

export function readHome(dataDir: string): Home {
  const known = read<Witness>(dataDir, WITNESS);
  const count = read<{ count: number }>(dataDir, SEEN)?.count ?? 0;
  const mark = known && markOf(dataDir);
  const isMoved = known !== null && mark !== null && wasMoved(known, mark);
  return {
    id: isMoved ? mark : (known?.home ?? null),
    movedFrom: isMoved ? known.home : null,
    isCopied: known !== null && known.home !== mark && !isMoved,
    seen: Number.isSafeInteger(count) ? count : 0,
  };
}

type Witness = { home: string; machine?: string };

/** The same file on the same machine, under another path, with nothing left at the old one. */
function wasMoved({ home, machine }: Witness, mark: string) {
  const [was, is] = [partsOf(home), partsOf(mark)];
  return was.file === is.file && was.path !== is.path && machine === machineName() && !existsSync(was.path);
}

function partsOf(mark: string) {
  const [ino, birth, ...path] = mark.split(" ");
  return { file: `${ino} ${birth}`, path: path.join(" ") };
}

function machineName() {
  try {
    return readFileSync("/etc/machine-id", "utf8").trim();
  } catch {
    return hostname();
  }
}

/** From here on the folder is at home. Answers what it is called. */
export function settleIn(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, WITNESS);
  rmSync(file, { force: true });
  writeFileSync(file, "", { mode: 0o600 });
  return testify(dataDir);
}

/** After it was moved: into the same file, whose number and birth stay. */
export function testify(dataDir: string): string {
  const home = markOf(dataDir);
  const line = `${JSON.stringify({ home, machine: machineName() })}\n`;
  writeFileSync(join(dataDir, WITNESS), line, { flag: "r+", flush: true }); // what a longer line leaves behind it is not read
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
    return JSON.parse(readFileSync(join(dataDir, name), "utf8").split("\n")[0] ?? "") as T;
  } catch {
    return null; // not there, or cut short by a crash: nothing is remembered
  }
}
