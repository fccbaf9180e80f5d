// Whether web/dist still says what its sources say. Plain JavaScript, because run.mjs asks at every start and the
// answer is nearly always yes: a few milliseconds of hashing, and no builder is loaded.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["web", "sdk", "contract"];
const NOT_BUILT_FROM = new Set(["node_modules", "dist", "journeys"]);

/** @param {string} root */
export function isWebFresh(root) {
  const mark = join(root, "web", "dist", ".built");
  return existsSync(mark) && readFileSync(mark, "utf8") === webFingerprint(root);
}

/** One word for everything the web app is built from. @param {string} root */
export function webFingerprint(root) {
  const hash = createHash("sha256");
  const files = SOURCES.flatMap((room) => filesUnder(root, room));
  for (const file of ["package-lock.json", "scripts/build-web.ts", ...files]) {
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

/** @param {string} root @param {string} folder @returns {string[]} in an order that is the same on every machine */
function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !NOT_BUILT_FROM.has(entry.name) && !/^\.|\.test\.tsx?$/.test(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(root, path) : [path];
    });
}
