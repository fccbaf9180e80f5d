// Whether web/dist and site/dist still say what their sources say. Plain JavaScript, because run.mjs asks at every start and
// the answer is nearly always yes: a few milliseconds of hashing, and no builder is loaded.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = ["web", "sdk", "contract"];
/** The help: the documents, and the READMEs that it takes in. */
const SITE_SOURCES = ["docs", "site", "site/.vitepress"];
const SITE_FILES = [
  "sdk/README.md",
  "cli/README.md",
  "mcp/README.md",
  "n8n/README.md",
  "scripts/build-site.ts",
];
const NOT_BUILT_FROM = new Set(["node_modules", "dist", "build", "journeys"]);

/** @param {string} root */
export function isWebFresh(root) {
  const mark = join(root, "web", "dist", ".built");
  return existsSync(mark) && readFileSync(mark, "utf8") === webFingerprint(root);
}

/** One word for everything the web app is built from. @param {string} root */
export function webFingerprint(root) {
  const files = SOURCES.flatMap((room) => filesUnder(root, room));
  return hashOf(root, ["package-lock.json", "scripts/build-web.ts", ...files]);
}

/** @param {string} root */
export function isSiteFresh(root) {
  const mark = join(root, "site", "dist", ".built");
  return existsSync(mark) && readFileSync(mark, "utf8") === siteFingerprint(root);
}

/** One word for everything the help is built from. @param {string} root */
export function siteFingerprint(root) {
  const files = SITE_SOURCES.flatMap((room) => filesUnder(root, room));
  return hashOf(root, [...SITE_FILES, ...files.filter((file) => !/^docs\/.*\.json$/.test(file))]);
}

/** @param {string} root @param {readonly string[]} files */
function hashOf(root, files) {
  const hash = createHash("sha256");
  for (const file of files) {
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
