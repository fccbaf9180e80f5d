// A release is installed beside the one in use, by the launcher that releases have and the programs of this repository.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { EXIT } from "./cannot-start.ts";
import { CannotInstall, installBeside, LINK } from "./install-beside.ts";

const LAUNCHER = fileURLToPath(new URL("../scripts/release/launcher.sh", import.meta.url));
const UPGRADE = fileURLToPath(new URL("upgrade.ts", import.meta.url));

/** Unpacked as a release is: launcher, Node, and the program that is asked. */
function release(folder: string, version: string) {
  const here = join(folder, `cadenza-${version}-linux-x64`);
  for (const part of ["bin", "server"]) mkdirSync(join(here, part), { recursive: true });
  writeFileSync(join(here, "cadenza"), readFileSync(LAUNCHER), { mode: 0o755 });
  symlinkSync(process.execPath, join(here, "bin", "node"));
  writeFileSync(join(here, "VERSION"), `cadenza ${version} (0123456789ab)\n`);
  writeFileSync(join(here, "package.json"), '{"type":"module"}');
  writeFileSync(join(here, "server", "upgrade.js"), `await import(${JSON.stringify(UPGRADE)});\n`);
  return here;
}

function openPlace(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-beside-"));
  const before = { ...process.env };
  t.after(() => {
    process.env = before;
    rmSync(folder, { recursive: true, force: true });
  });
  process.env = { PATH: before.PATH, CADENZA_DATA_DIR: join(folder, "data") };
  const [versions, downloads] = [join(folder, "versions"), join(folder, "downloads")];
  for (const one of [versions, downloads]) mkdirSync(one);
  const here = release(versions, "0.1.0");
  const made = release(downloads, "0.2.0");
  const archive = `${made}.tar.gz`;
  execFileSync("tar", ["-czf", archive, "-C", downloads, "cadenza-0.2.0-linux-x64"]);
  const digest = createHash("sha256").update(readFileSync(archive)).digest("hex");
  writeFileSync(join(downloads, "SHA256SUMS"), `${digest}  cadenza-0.2.0-linux-x64.tar.gz\n`);
  const said: string[] = [];
  const install = (wish: { archive?: string; digest?: string; here?: string } = {}) =>
    installBeside({ archive, digest: null, here, say: (line) => said.push(line), ...wish });
  return { versions, downloads, here, archive, digest, said, install };
}

test("a release is unpacked beside the one in use, which stays, and the link names it in the end", async (t) => {
  const { versions, here, said, install } = openPlace(t);
  assert.equal(await install(), 0);
  assert.deepEqual(readdirSync(versions).sort(), [
    "cadenza-0.1.0-linux-x64",
    "cadenza-0.2.0-linux-x64",
    LINK,
  ]);
  assert.equal(readlinkSync(join(versions, LINK)), "cadenza-0.2.0-linux-x64");
  assert.match(execFileSync(join(versions, LINK, "cadenza"), ["--version"]).toString(), /^cadenza 0\.2\.0 /);
  assert.match(said.join("\n"), new RegExp(`The version before is kept in ${here}\\.`));
  assert.equal(await install(), 0, "once more changes nothing");
  assert.equal(readlinkSync(join(versions, LINK)), "cadenza-0.2.0-linux-x64");
});

test("a damaged, unknown or refused release leaves the version in use and its link as they are", async (t) => {
  const { versions, downloads, here, archive, digest, said, install } = openPlace(t);
  symlinkSync("cadenza-0.1.0-linux-x64", join(versions, LINK));
  const isAsBefore = (left: readonly string[] = []) => {
    assert.deepEqual(readdirSync(versions).sort(), ["cadenza-0.1.0-linux-x64", ...left, LINK]);
    assert.equal(readlinkSync(join(versions, LINK)), "cadenza-0.1.0-linux-x64");
  };
  async function refused(wish: Parameters<typeof install>[0], sentence: RegExp) {
    await assert.rejects(install(wish), (error) => {
      assert.ok(error instanceof CannotInstall);
      assert.match(error.message, sentence);
      return true;
    });
    isAsBefore();
  }
  await refused({ digest: "0".repeat(64) }, /is damaged or incomplete: its SHA-256/);
  await refused({ archive: join(downloads, "none.tar.xz"), digest }, /cannot be read \(ENOENT/);
  await refused({ here: downloads }, /is no unpacked release/);
  const other = join(downloads, "other.tar.gz");
  execFileSync("tar", ["-czf", other, "-C", downloads, "SHA256SUMS"]);
  await refused({ archive: other }, /Nothing says what other\.tar\.gz has to be/);
  const sumOf = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");
  await refused({ archive: other, digest: sumOf(other) }, /is no release of Cadenza/);

  // Refused by the new version itself: a misspelt setting.
  process.env.CADENZA_PUBLC_URL = "x";
  assert.equal(await install(), EXIT.settings);
  assert.match(said.at(-1) ?? "", /The version in use is as it was\. The new one is in /);
  isAsBefore(["cadenza-0.2.0-linux-x64"]);
  delete process.env.CADENZA_PUBLC_URL;
  rmSync(join(versions, "cadenza-0.2.0-linux-x64"), { recursive: true });

  truncateSync(archive, readFileSync(archive).length - 100);
  await refused({}, /is damaged or incomplete/);
  await refused({ digest: sumOf(archive) }, /could not be unpacked/);
  assert.ok(existsSync(here));
});

test("a full disk leaves nothing of the new version", async (t) => {
  const { versions, install } = openPlace(t);
  // No file may have a byte: for tar the same as a disk without room.
  const bin = join(versions, "..", "bin");
  mkdirSync(bin);
  const path = process.env.PATH;
  writeFileSync(join(bin, "tar"), `#!/bin/sh\nPATH=${path}\nulimit -f 0\nexec tar "$@"\n`, { mode: 0o755 });
  process.env.PATH = `${bin}:${path}`;
  await assert.rejects(install(), /could not be unpacked into .*\. The version in use is as it was\./);
  assert.deepEqual(readdirSync(versions), ["cadenza-0.1.0-linux-x64"]);
});
