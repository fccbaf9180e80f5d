// The packages for npm, each packed into a file: `cadenza`, which starts everything, and what developers install without the server.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildPackages } from "../build-packages.ts";
import { buildNode } from "../n8n/build.ts";
import { ROOT } from "../packages.mjs";
import { type Version, versionLine } from "./commit.ts";
import { ourFiles } from "./contents.ts";
import { copyFiles } from "./lay-out.ts";
import { ROOMS } from "./packages.ts";

/** Answers the packed files. */
export function packForNpm(into: string, version: Version): string[] {
  const work = mkdtempSync(join(tmpdir(), "cadenza-npm-"));
  try {
    const server = join(work, "cadenza");
    layOutServer(server, version);
    const others = [...buildPackages((room) => join(work, room)), buildNode(join(work, "n8n"))];
    return [server, ...others.map(({ folder }) => folder)].map((folder) => packed(folder, into));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** These lie in the package itself, without their scripts: theirs download lists from other servers while npm installs them. */
const CARRIED = ["free-email-domains"];

function carry(name: string, folder: string) {
  const place = join(folder, "node_modules", name);
  cpSync(join(ROOT, "node_modules", name), place, { recursive: true });
  const { scripts: _, ...manifest } = JSON.parse(readFileSync(join(place, "package.json"), "utf8"));
  writeFileSync(join(place, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(join(place, "scripts"), { recursive: true, force: true });
}

/** The package `cadenza`: as a release, but npm brings Node, PostgreSQL and the packages of others. */
function layOutServer(folder: string, version: Version) {
  copyFiles(ourFiles(), folder);
  for (const name of CARRIED) carry(name, folder);
  const beside = (...path: string[]) => join(ROOT, "scripts", ...path);
  mkdirSync(join(folder, "bin"));
  const program = readFileSync(beside("release", "npm", "cadenza.mjs"), "utf8");
  writeFileSync(join(folder, "bin", "cadenza.mjs"), program.replaceAll('"../../', '"./'), { mode: 0o755 });
  for (const name of ["hand-over.mjs", "end-with-parent.mjs", "sentence.mjs"])
    cpSync(beside(name), join(folder, "bin", name));
  cpSync(beside("release", "usage.txt"), join(folder, "usage.txt"));
  cpSync(beside("release", "npm", "README.md"), join(folder, "README.md"));
  writeFileSync(join(folder, "VERSION"), versionLine(version));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}

type Manifest = {
  version: string;
  description: string;
  license: string;
  engines: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const manifestOf = (...room: string[]) =>
  JSON.parse(readFileSync(join(ROOT, ...room, "package.json"), "utf8")) as Manifest;

function manifest() {
  const ours = manifestOf();
  const rooms = ROOMS.map((room) => manifestOf(room));
  return {
    name: "cadenza",
    version: ours.version,
    description: ours.description,
    license: ours.license,
    keywords: ["sales", "sequences", "outreach", "email", "apollo", "self-hosted"],
    type: "module",
    engines: ours.engines,
    bin: { cadenza: "bin/cadenza.mjs" },
    exports: { "./package.json": "./package.json" },
    files: [...new Set(ourFiles().map(({ to }) => to.split("/")[0])), "bin", "VERSION", "usage.txt"].sort(),
    dependencies: sorted(rooms.map(({ dependencies }) => dependencies)),
    bundleDependencies: CARRIED,
    optionalDependencies: sorted([ours, ...rooms].map(({ optionalDependencies }) => optionalDependencies)),
  };
}

/** Ours lie in the package itself. */
function sorted(all: readonly (Record<string, string> | undefined)[]) {
  const wanted = all.flatMap((some) => Object.entries(some ?? {}));
  return Object.fromEntries(wanted.filter(([name]) => !name.startsWith("@cadenza/")).sort());
}

function packed(folder: string, into: string) {
  const said = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", into, folder], {
    encoding: "utf8",
    cwd: into,
  });
  const found: unknown = JSON.parse(said);
  const [one] = Object.values(found as Record<string, { filename: string }>);
  return join(into, (one?.filename ?? "").replace("@", "").replace("/", "-"));
}
