// What a usual run leaves to other runs: it takes all short test files, and one of three shares of the long ones. The commit
// decides which share, so commits take turns and two runs of a commit try the same. `npm test -- --all` takes all files.
// n8n's review of our package is in each run, long as it is: each word of the contract can make it fail.

import { execFileSync } from "node:child_process";
import { ROOT } from "./packages.mjs";

/** What takes long, and why. Kills and stops while emails are sent are in no share: each run tries them. */
export const LONG: readonly { files: RegExp; why: string }[] = [
  { files: /^web\/journeys\//, why: "walks through the app in a browser" },
  { files: /^server\/testing\/torture\/(?:apis|comers|databases|loads)\.test/, why: "injects faults" },
  { files: /(?<!torture\/)kill(?:s|ed-[\w-]+)?\.test|-killed\.test/, why: "kills processes" },
  { files: /^server\/db\/(?:outside|earlier-level|embedded\/[\w-]+)\.test/, why: "starts databases" },
  {
    files: /^(?:cli\/migrating|n8n\/testing(?!\/package\.)|sdk\/other-clients)\//,
    why: "runs other programs",
  },
  { files: /^server\/engine\/sending\/gmail-mailbox\.test/, why: "tries each fault at each call" },
  { files: /^server\/testing\/simulation\/simulation\.test/, why: "lets companies live for days" },
  { files: /(?:against-engine|as-in-real-time)\.test/, why: "runs weeks of the engine's time" },
];

export const SHARES = 3;

export type Share = 1 | 2 | 3;

/** The long files by turns, so that neighbours are in different shares and each share has its part of every kind. */
export function inShare(files: readonly string[], share: Share): { chosen: string[]; left: string[] } {
  const long = files.filter((file) => LONG.some((one) => one.files.test(file))).toSorted();
  const left = new Set(long.filter((_, n) => (n % SHARES) + 1 !== share));
  return { chosen: files.filter((file) => !left.has(file)), left: [...left] };
}

/** Of what is not in a repository, always the first. */
export function shareOfCommit(commit = readCommit()): Share {
  return ((Number.parseInt(commit.slice(0, 8), 16) % SHARES) + 1) as Share;
}

function readCommit() {
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "0";
  }
}
