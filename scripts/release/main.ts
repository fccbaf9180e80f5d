// `npm run release`: a tarball for this platform that needs nothing installed, packages for npm and Debian, checksums and the list of parts,
// in release/. `npm run release -- npm` makes the packages alone.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildSiteIfStale } from "../build-site.ts";
import { buildWebIfStale } from "../build-web.ts";
import { ROOT } from "../packages.mjs";
import { sbomFile } from "../sbom.ts";
import { Sentence } from "../sentence.mjs";
import { megabytes, pack, writeSums } from "./archive.ts";
import { type Version, versionHere } from "./commit.ts";
import { packForDebian } from "./debian.ts";
import { layOut, releaseName } from "./lay-out.ts";
import { packForNpm } from "./npm-packages.ts";

const INTO = join(ROOT, "release");

/** Each answers the files that it made. */
const KINDS: Record<string, (version: Version) => string[]> = {
  tarball: (version) => [pack(laidOut(version), version.secondsOfCommit)],
  deb: (version) => (process.platform === "linux" ? [packForDebian(laidOut(version), INTO, version)] : []),
  npm: (version) => packForNpm(INTO, version),
  parts: (version) => [parts(version)],
};

let folder: string | undefined;

/** Once for all kinds that are made of it. */
function laidOut(version: Version) {
  if (folder) return folder;
  folder = join(INTO, releaseName(version.number, `${process.platform}-${process.arch}`));
  rmSync(folder, { recursive: true, force: true });
  layOut(folder, version);
  return folder;
}

function parts({ number }: Version) {
  const file = join(INTO, `cadenza-${number}.cdx.json`);
  writeFileSync(file, sbomFile());
  return file;
}

async function buildRelease(wanted: readonly string[]) {
  const unknown = wanted.find((kind) => !Object.hasOwn(KINDS, kind));
  if (unknown)
    throw new Sentence(
      `There is no ${unknown}: choose of ${Object.keys(KINDS).join(", ")}, or name none for all.`,
    );
  await buildWebIfStale();
  await buildSiteIfStale();
  mkdirSync(INTO, { recursive: true });
  const version = versionHere();
  const files = Object.entries(KINDS)
    .filter(([kind]) => !wanted.length || wanted.includes(kind))
    .flatMap(([, build]) => build(version));
  if (!wanted.length) await writeSums(join(INTO, "SHA256SUMS"), files);
  return files;
}

try {
  for (const file of await buildRelease(process.argv.slice(2)))
    console.log(`release/${basename(file)}  ${megabytes(file)} MB`);
} catch (error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exitCode = 1;
}
