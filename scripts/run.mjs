// Every npm command starts here: `node scripts/run.mjs <command>`.
//
// This file and the .mjs files beside it are plain JavaScript without packages, because they run before packages are
// installed, on whatever Node the host has (20 or newer). They install the packages, then hand the command to the packaged
// Node, which runs the TypeScript without a build.

import { join } from "node:path";
import { findNode, handOver, runToEnd } from "./hand-over.mjs";
import { ensurePackages, ROOT } from "./packages.mjs";
import { isSiteFresh, isWebFresh } from "./web-freshness.mjs";

/** What each command runs, from the root of the repository. The caller's arguments follow. */
const COMMANDS = {
  // A small nursery: a server that mostly waits keeps tens of megabytes less, and collects no slower for it.
  start: ["--max-semi-space-size=16", "server/main.ts"],
  sandbox: ["server/sandbox.ts"],
  dev: ["scripts/dev.ts"],
  test: ["scripts/test.ts"],
  check: ["scripts/check.ts"],
  fix: ["node_modules/@biomejs/biome/bin/biome", "check", "--write"],
  generate: ["scripts/generate.ts"],
  build: ["scripts/build.ts"],
  release: ["--disable-warning=ExperimentalWarning", "scripts/release/main.ts"],
  bench: ["bench/main.ts"],
  torture: ["server/testing/torture/main.ts"],
  ha: ["scripts/high-availability/main.ts"],
  upgrades: ["scripts/upgrades/main.ts"],
  simulate: ["server/testing/simulation/main.ts"],
  seed: ["server/seed.ts"],
  "rotate-key": ["server/rotate-key.ts"],
  "operator-key": ["server/operator-key.ts"],
  "fetch-backup": ["server/fetch-backup.ts"],
  recover: ["server/recover.ts"],
  upgrade: ["server/upgrade.ts"],
  "count-path": ["scripts/count-path.ts"],
  translate: ["scripts/translate.ts"],
  parity: ["scripts/parity.ts"],
  "train-reader": ["scripts/reader/train.ts"],
  "gather-holidays": ["scripts/gather-holidays.ts"],
  pictures: ["scripts/pictures.ts"],
  icons: ["scripts/icons.ts"],
};

try {
  await run(process.argv[2] ?? "", process.argv.slice(3));
} catch (error) {
  // A sentence is enough for what is foreseen; a stack helps only when we are wrong.
  console.error(error instanceof Error ? (error.name === "Sentence" ? error.message : error.stack) : error);
  process.exitCode = 1;
}

/** @param {string} name @param {string[]} args */
async function run(name, args) {
  if (!Object.hasOwn(COMMANDS, name)) {
    console.error(`Usage: npm run <command>, one of ${Object.keys(COMMANDS).join(", ")}.`);
    process.exitCode = 2;
    return;
  }
  process.chdir(ROOT);
  await ensurePackages();
  const node = findNode(ROOT);
  setEnvironment();
  // Asked here and not in the server, so that a start with nothing to build never loads the builder.
  const isServed = name === "start" || name === "sandbox";
  if (isServed && !isWebFresh(ROOT)) {
    const built = await runToEnd(node, ["scripts/build-web.ts"]);
    if (built !== 0) {
      process.exitCode = built;
      return;
    }
  }
  // The product works without its help: where that cannot be built, the reason has been printed.
  if (isServed && !isSiteFresh(ROOT)) await runToEnd(node, ["scripts/build-site.ts"]);
  await handOver(node, [...COMMANDS[/** @type {keyof typeof COMMANDS} */ (name)], ...args]);
}

/** What the command and everything it starts should find: our Node first, compiled code kept between runs, little memory set aside. */
function setEnvironment() {
  const separator = process.platform === "win32" ? ";" : ":";
  process.env.PATH = [join(ROOT, "node_modules", ".bin"), process.env.PATH].filter(Boolean).join(separator);
  process.env.MALLOC_ARENA_MAX ??= "2"; // glibc keeps eight a core, and a resting server six megabytes in them
  process.env.NODE_COMPILE_CACHE ??= join(ROOT, "node_modules", ".cache", "compiled");
  process.env.CADENZA_CACHE_DIR ??= join(ROOT, "node_modules", ".cache", "cadenza");
}
