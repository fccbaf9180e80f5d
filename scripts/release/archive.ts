// A folder as an archive, the same byte for byte at every build: names in order, the time of the commit, no owner.
// Equal inputs give equal archives only with the same tar and xz, which the page for releases names.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { pipeline } from "node:stream/promises";

/** Answers the compressed archive, which lies beside the folder. */
export function pack(folder: string, secondsOfCommit: number): string {
  const tar = tarOf(folder, secondsOfCommit);
  // Blocks of one size: then the number of processors changes nothing.
  execFileSync("xz", ["--force", "-6", "--threads=2", "--block-size=48MiB", tar]);
  return `${tar}.xz`;
}

export function tarOf(folder: string, secondsOfCommit: number): string {
  const tar = `${folder}.tar`;
  const same = ["--sort=name", `--mtime=@${secondsOfCommit}`, "--owner=0", "--group=0", "--numeric-owner"];
  execFileSync("tar", [
    ...["--create", "--format=gnu", "--mode=u+rwX,go+rX,go-w", ...same],
    ...["--file", tar, "--directory", dirname(folder), basename(folder)],
  ]);
  return tar;
}

export async function digestOf(file: string) {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** SHA256SUMS, as `sha256sum --check` reads it. */
export async function writeSums(sums: string, files: readonly string[]) {
  const lines = await Promise.all(files.map(async (file) => `${await digestOf(file)}  ${basename(file)}\n`));
  rmSync(sums, { force: true });
  writeFileSync(sums, lines.join(""));
}

export function megabytes(file: string) {
  return (statSync(file).size / 1e6).toFixed(0);
}
