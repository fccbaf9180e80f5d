// The versions that were released, as the changelog has them, and how long each of them gets fixes.

import { readFileSync } from "node:fs";

export type Release = { version: string; on: Temporal.PlainDate };

const FILE = new URL("../../CHANGELOG.md", import.meta.url);
/** After the next version with other features is out. docs/operate/upgrade.md promises it. */
const SUPPORT_MONTHS = 6;

/** Oldest first. None where the changelog does not lie beside the program. */
export function readReleases(file: URL = FILE): Release[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  return [...text.matchAll(/^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$/gm)]
    .map(([, version = "", on = ""]) => ({ version, on: Temporal.PlainDate.from(on) }))
    .toSorted((a, b) => compareVersions(a.version, b.version));
}

export function compareVersions(one: string, other: string) {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a.map((n, at) => n - (b[at] ?? 0)).find((n) => n !== 0) ?? 0;
}

const numbersOf = (version: string) => version.split(".").map((part) => Number.parseInt(part, 10) || 0);

export function releasedBetween(releases: readonly Release[], from: string, to: string) {
  return releases
    .map(({ version }) => version)
    .filter((version) => compareVersions(version, from) > 0 && compareVersions(version, to) < 0);
}

/** Null: no later version is out, so its end is not known yet. */
export function supportEnds(releases: readonly Release[], version: string): Temporal.PlainDate | null {
  const minor = (text: string) => numbersOf(text).slice(0, 2).join(".");
  const next = releases.find(
    (one) => minor(one.version) !== minor(version) && compareVersions(one.version, version) > 0,
  );
  return next ? next.on.add({ months: SUPPORT_MONTHS }) : null;
}
