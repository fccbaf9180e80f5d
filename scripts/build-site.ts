// Builds docs/ into site/dist, unless what is there was built from these very documents. The generator has a lock file of its own: it is
// 98 MB, and only a build needs it.

import { spawnSync } from "node:child_process";
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { alone } from "./alone.mjs";
import { compress } from "./compress.ts";
import { ROOT } from "./packages.mjs";
import { ensurePackagesApart } from "./packages-apart.mjs";
import { Sentence } from "./sentence.mjs";
import { isSiteFresh, siteFingerprint } from "./web-freshness.mjs";

const DIST = join(ROOT, "site", "dist");

export async function buildSiteIfStale() {
  if (isSiteFresh(ROOT)) return;
  await alone("build-site", ROOT, async () => {
    if (!isSiteFresh(ROOT)) await buildSite();
  });
}

async function buildSite() {
  console.error("Building the help ...");
  const startedAt = performance.now();
  const packages = await ensurePackagesApart("site");
  const builtFrom = siteFingerprint(ROOT); // taken before the build: a page saved meanwhile makes the result stale
  const fresh = join(packages, ".cache", "site-dist");
  copyPages();
  runVitePress(join(packages, "vitepress", "bin", "vitepress.js"), fresh);
  await compress(fresh, { gzip: false, asSmallAsPossible: false }); // they were half a megabyte of a release
  rmSync(DIST, { recursive: true, force: true });
  cpSync(fresh, DIST, { recursive: true });
  writeFileSync(join(DIST, ".built"), builtFrom);
  console.error(`Help built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

/** A page becomes a module that imports the generator's packages, which are found from below `site/` alone. */
function copyPages() {
  const copy = join(ROOT, "site", "build");
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(ROOT, "docs"), join(copy, "docs"), {
    recursive: true,
    filter: (file) => !file.endsWith(".json"),
  });
  for (const room of ["sdk", "cli", "mcp", "n8n"])
    cpSync(join(ROOT, room, "README.md"), join(copy, room, "README.md"));
}

function runVitePress(program: string, outDir: string) {
  const { status, error, stdout, stderr } = spawnSync(
    process.execPath,
    [program, "build", ".", "--outDir", outDir],
    { cwd: join(ROOT, "site"), encoding: "utf8" },
  );
  if (status !== 0)
    throw new Sentence(
      `The help could not be built${error ? `: ${error.message}` : `:\n${stdout}${stderr}`}`,
    );
}

if (import.meta.main) {
  try {
    await buildSiteIfStale();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    process.exitCode = 1;
  }
}
