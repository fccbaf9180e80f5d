// The n8n node as n8n loads it: CommonJS below dist, with its icons, and a manifest that asks for nothing. Types of n8n's own
// are not needed to write it out; the tests, which have them, check against them.

import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.mjs";
import { Sentence } from "../sentence.mjs";

const ROOM = join(ROOT, "n8n");

/** Answers where it lies. */
export function buildNode(folder = join(ROOM, "dist")) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  compile([
    "--noEmit",
    "false",
    "--noCheck",
    "--allowImportingTsExtensions",
    "false",
    "--outDir",
    join(folder, "dist"),
  ]);
  cpSync(join(ROOM, "icons"), join(folder, "dist", "icons"), { recursive: true });
  for (const file of globSync("nodes/**/*.node.json", { cwd: ROOM }))
    cpSync(join(ROOM, file), join(folder, "dist", file));
  for (const file of ["package.json", "README.md"]) cpSync(join(ROOM, file), join(folder, file));
  cpSync(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
  return { name: "n8n-nodes-cadenza", folder };
}

/** Checks the types, where n8n's are at hand. */
export function checkNode() {
  compile(["--noEmit"]);
}

function compile(options: readonly string[]) {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", ROOM, "--rootDir", ROOM, ...options];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Sentence(`The n8n node could not be built:\n${stdout}`);
}
