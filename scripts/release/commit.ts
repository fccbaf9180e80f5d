// Which version this is: the number of package.json, and the commit that it is built from.

import { execFileSync } from "node:child_process";
import { ROOT } from "../packages.mjs";
import { readLock } from "../sbom.ts";

export type Version = { number: string; commit: string; secondsOfCommit: number };

export function versionHere(): Version {
  const number = readLock().version;
  try {
    const [commit = "", seconds] = git("show", "--no-patch", "--format=%h %ct", "--abbrev=12", "HEAD").split(
      " ",
    );
    const isChanged = git("status", "--porcelain") !== "";
    return { number, commit: isChanged ? `${commit}-changed` : commit, secondsOfCommit: Number(seconds) };
  } catch {
    return { number, commit: "unknown commit", secondsOfCommit: 0 }; // files without their repository
  }
}

function git(...args: string[]) {
  return execFileSync("git", args, {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

/** What `cadenza --version` prints. */
export function versionLine({ number, commit }: Version) {
  return `cadenza ${number} (${commit})\n`;
}
