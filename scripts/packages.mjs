// Puts node_modules in step with package-lock.json, and leaves it alone when it already is.
//
// What is easy to get wrong: an install that was cut short must not count as done (the mark is written last, and names both
// our lock file and npm's own record of the install); an `npm install` that a person ran must count; and a folder carried
// over from another platform must not, because the packaged Node in it does not run here.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { alone } from "./alone.mjs";
import { Sentence } from "./sentence.mjs";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const WANTED = join(ROOT, "package-lock.json");
const INSTALLED = join(ROOT, "node_modules", ".package-lock.json");
const MARK = join(ROOT, "node_modules", ".cadenza-lock");

/** Installs the packages when they are missing or not those of the lock file. */
export async function ensurePackages() {
  if (arePackagesInPlace()) return;
  await alone("install", ROOT, async () => {
    if (arePackagesInPlace()) return; // another command installed them while we waited
    console.error("Installing packages (npm ci) ...");
    const startedAt = Date.now();
    rmSync(MARK, { force: true });
    await npmCi(ROOT);
    writeFileSync(MARK, fingerprint());
    console.error(`Packages installed in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`);
  });
}

function arePackagesInPlace() {
  if (readOr(MARK, "") === fingerprint()) return true;
  if (!holdsWhatIsWanted()) return false;
  writeMarkIfAllowed();
  return true;
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const file of [WANTED, INSTALLED]) hash.update(readOr(file, "absent")).update("\0");
  return `${hash.digest("hex")} ${process.platform} ${process.arch}\n`;
}

/** Compares with what npm itself recorded. Optional packages may be absent: most are for other platforms. */
function holdsWhatIsWanted() {
  const wanted = packagesOf(WANTED);
  const installed = packagesOf(INSTALLED);
  if (!wanted || !installed) return false;
  const hasAll = Object.entries(wanted).every(([path, it]) => {
    const there = installed[path];
    if (path === "" || (!there && (it.optional || it.peer) && !isForThisPlatform(it))) return true;
    return there?.version === it.version && there?.integrity === it.integrity;
  });
  return hasAll && Object.keys(installed).every((path) => path in wanted);
}

/** @typedef {{version?: string, integrity?: string, optional?: boolean, peer?: boolean, os?: string | string[],
 *    cpu?: string | string[], libc?: string | string[]}} Locked */

/** @param {Locked} it */
function isForThisPlatform({ os, cpu, libc }) {
  if (!os && !cpu && !libc) return false; // optional for another reason, such as a failed build: not ours to insist on
  return (
    (!os || [os].flat().includes(process.platform)) && (!cpu || [cpu].flat().includes(process.arch)) && !libc
  );
}

/** @param {string} file @returns {Record<string, Locked> | null} */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null; // absent or cut short: either way it proves nothing
  }
}

/** node_modules may be read-only, as in a container; then the comparison is simply made again next time. */
function writeMarkIfAllowed() {
  try {
    writeFileSync(MARK, fingerprint());
  } catch {}
}

/** What the lock file of a folder names, and no script of theirs. @param {string} cwd */
export async function npmCi(cwd) {
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Under npm, the same npm on the same Node; npm.cmd on Windows cannot be started without a shell.
  const { npm_execpath: cli = "", npm_node_execpath: node } = process.env;
  const isUnderNpm = cli.endsWith("npm-cli.js");
  const child = isUnderNpm
    ? spawn(node ?? process.execPath, [cli, ...args], { cwd, stdio: ["ignore", "ignore", "pipe"] })
    : spawn("npm", args, {
        cwd,
        stdio: ["ignore", "ignore", "pipe"],
        shell: process.platform === "win32",
      });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  const release = holdSignals(child);
  const code = await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Sentence(`npm does not run here: ${error.message}`)));
    child.once("close", resolve);
  }).finally(release);
  // npm follows some of its errors with a page of its own options, which is no help to anybody here.
  const reason = said.replace(
    /^npm error Clean install a project\n(?:.*\n)*?(?=npm error A complete log)/m,
    "",
  );
  if (code !== 0) throw new Sentence(`${reason}The packages could not be installed (npm ci).`);
}

/** Stopped while installing, we stop npm and then leave through the usual way out, which gives the lock back. */
function holdSignals(/** @type {import("node:child_process").ChildProcess} */ child) {
  const stop = () => child.kill("SIGTERM");
  process.on("SIGINT", stop).on("SIGTERM", stop).on("SIGHUP", stop);
  return () => process.off("SIGINT", stop).off("SIGTERM", stop).off("SIGHUP", stop);
}

/** @param {string} file @param {string} otherwise */
function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
