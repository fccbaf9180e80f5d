// Packages that only some tests need, and that no start should have to fetch: a folder with a manifest and a lock file
// of its own, filled when such a test runs for the first time. Nothing of theirs is run while they are installed.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { alone } from "./alone.mjs";
import { npmCi, ROOT } from "./packages.mjs";

/**
 * Puts them in place. Answers where they are.
 * @param {string} folder from the root of the repository
 */
export async function ensurePackagesApart(folder) {
  const place = join(ROOT, folder);
  const installed = join(place, "node_modules");
  const mark = join(installed, ".cadenza-lock");
  const lock = createHash("sha256")
    .update(readFileSync(join(place, "package-lock.json")))
    .digest("hex");
  const wanted = `${lock} ${process.platform} ${process.arch}\n`;
  const areInPlace = () => existsSync(mark) && readFileSync(mark, "utf8") === wanted;
  if (!areInPlace())
    await alone(`install-${basename(folder)}`, ROOT, async () => {
      if (areInPlace()) return; // another test installed them while we waited
      rmSync(mark, { force: true });
      await npmCi(place);
      writeFileSync(mark, wanted); // last: an install that was cut short does not count
    });
  return installed;
}
