// Builds the web app into web/dist, unless what is there was built from these very sources.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { compress } from "./compress.ts";
import { ROOT } from "./packages.mjs";
import { Sentence } from "./sentence.mjs";
import { isWebFresh, webFingerprint } from "./web-freshness.mjs";

const DIST = join(ROOT, "web", "dist");
const FRESH = join(ROOT, "node_modules", ".cache", "web-dist");

/** Two starts at once (an api and an engine, say) build once. */
export async function buildWebIfStale() {
  if (isWebFresh(ROOT)) return;
  await alone("build", ROOT, async () => {
    if (!isWebFresh(ROOT)) await buildWeb();
  });
}

async function buildWeb() {
  if (!existsSync(join(ROOT, "web", "index.html")))
    throw new Sentence("There is no web app here: web/index.html is missing.");
  console.error("Building the web app ...");
  const startedAt = performance.now();
  // Taken before the build: a file saved meanwhile then makes the result stale, as it should.
  const builtFrom = webFingerprint(ROOT);
  runVite(["build", "--outDir", FRESH, "--emptyOutDir", "--logLevel", "warn"]);
  await compress(join(FRESH, "assets"), { gzip: true, asSmallAsPossible: true });
  // Built elsewhere and copied over, so that a build that fails takes nothing from a server that is running.
  rmSync(DIST, { recursive: true, force: true });
  cpSync(FRESH, DIST, { recursive: true });
  writeFileSync(join(DIST, ".built"), builtFrom);
  console.error(`Web app built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

function runVite(args: string[]) {
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  const { status, error } = spawnSync(process.execPath, [vite, ...args], {
    cwd: join(ROOT, "web"),
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0)
    throw new Sentence(
      `The web app could not be built${error ? `: ${error.message}` : "; vite's reason is above"}.`,
    );
}

if (import.meta.main) {
  try {
    await buildWebIfStale();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exitCode = 1;
  }
}
