// What this engine let go last, in a file of its data folder: after a failover the new server must know all of it. An entry is
// appended before its emails leave, so a killed process leaves it behind for the next. A power cut of this machine may take the
// last ones along.

import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Released } from "../../../domain/gate/released.ts";

export type ReleaseMemory = {
  /** Answers the place of a transaction that begins now. */
  begin(): number;
  note(teamId: string, attemptIds: readonly string[], begun: number): void;
  all(): readonly Released[];
};

/** So many transactions of this process, and the files of so many processes. */
const KEPT = 200;
const FILES_KEPT = 4;
const FOLDER = "sending-released";

/** `name`: of this process, so that several in one folder do not write over each other. */
export function openReleases(
  dataDir: string,
  name: string,
  tellFailure: (error: unknown) => void,
): ReleaseMemory {
  const folder = join(dataDir, FOLDER);
  const file = join(folder, name);
  const earlier = ofOthers(folder, name);
  const own: Released[] = [];
  let place = 0;
  let written = 0;
  const keep = (one: Released) => {
    own.push(one);
    if (own.length > KEPT) own.shift();
    if (written++ % KEPT > 0) return appendFileSync(file, lineOf(one), { mode: 0o600 });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, own.map(lineOf).join(""), { mode: 0o600 });
  };
  return {
    begin: () => ++place,
    note(teamId, attemptIds, begun) {
      try {
        keep({ by: name, teamId, attemptIds, begun, ended: ++place });
      } catch (error) {
        tellFailure(error);
      }
    },
    all: () => [...earlier, ...own],
  };
}

const lineOf = (one: Released) => `${JSON.stringify(one)}\n`;

/** Of the processes before this one, and beside it. What older ones left behind is deleted. */
function ofOthers(folder: string, name: string): Released[] {
  const files = namesIn(folder)
    .filter((one) => one !== name)
    .map((one) => join(folder, one))
    .toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  for (const file of files.slice(FILES_KEPT)) rmSync(file, { force: true });
  return files.slice(0, FILES_KEPT).flatMap(linesOf);
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder);
  } catch {
    return []; // no engine let anything go from here
  }
}

/** A line that a killed process did not finish is left out: its emails had not left. */
function linesOf(file: string): Released[] {
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as Released];
    } catch {
      return [];
    }
  });
}
