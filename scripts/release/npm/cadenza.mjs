#!/usr/bin/env node
// Cadenza as npm installed it: finds the Node that came with it, and hands the command over. Plain JavaScript, because it runs on
// whatever Node the host has (20 or newer).

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode, handOver } from "../../hand-over.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** @type {Record<string, string[]>} */
const PROGRAMS = {
  start: ["--max-semi-space-size=16", "server/main.js"],
  "rotate-key": ["server/rotate-key.js"],
  "operator-key": ["server/operator-key.js"],
  "fetch-backup": ["server/fetch-backup.js"],
  recover: ["server/recover.js"],
  upgrade: ["server/upgrade.js"],
  seed: ["server/seed.js"],
  sandbox: ["server/sandbox.js"],
};

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? (error.name === "Sentence" ? error.message : error.stack) : error);
  process.exitCode = 1;
}

/** Without a command, everything starts. @param {string[]} given */
async function run([name = "start", ...args]) {
  if (name === "--version" || name === "-V") return void process.stdout.write(textOf("VERSION"));
  const isHelp = name === "--help" || name === "-h";
  if (isHelp) process.stdout.write(textOf("usage.txt"));
  process.env.MALLOC_ARENA_MAX ??= "2";
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, ".cache");
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  const command = program ? [...program, ...args] : ["cli/main.js", name, ...args];
  await handOver(
    findNode(ROOT),
    command.map((part) => (/^(?:server|cli)\/[\w-]+\.js$/.test(part) ? join(ROOT, part) : part)),
  );
}

/** @param {string} file */
function textOf(file) {
  return readFileSync(join(ROOT, file), "utf8");
}
