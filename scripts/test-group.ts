// Runs the test files that it is given, one after the other, in one process: `node scripts/test-group.ts <file>...`
//
// Each file is a suite of its own, named after the file, so that its hooks begin and end with its tests.

import { join } from "node:path";
import { before, describe } from "node:test";
import { pathToFileURL } from "node:url";
import { nameTestFile, shareProcess } from "../server/testing/test-file.ts";
import { ROOT } from "./packages.mjs";

shareProcess();
for (const file of process.argv.slice(2)) {
  const { promise: isLoaded, resolve } = Promise.withResolvers<void>();
  describe(file, async () => {
    before(() => nameTestFile(join(ROOT, file)));
    await import(pathToFileURL(join(ROOT, file)).href).finally(resolve);
  });
  await isLoaded; // of two that load at the same time, one could take the other's tests for its own
}
