// The package as n8n reviews it and as npm takes it: its types, its linter, nothing that it needs at run time, its size.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildNode, checkNode } from "../../scripts/n8n/build.ts";
import { ROOT } from "../../scripts/packages.mjs";
import { ensurePackagesApart } from "../../scripts/packages-apart.mjs";

const folder = mkdtempSync(join(tmpdir(), "cadenza-n8n-package-"));
const built = join(folder, "built");
after(() => rmSync(folder, { recursive: true, force: true }));

type Scanner = {
  analyzePackage(
    folder: string,
    patterns?: string[],
  ): Promise<{ passed: boolean; message?: string; details?: string }>;
  SOURCE_FILE_PATTERNS: string[];
};
let scanner: Scanner;
before(async () => {
  const packages = await ensurePackagesApart("n8n/testing");
  const entry = join(packages, "@n8n", "scan-community-package", "scanner", "scanner.mjs");
  scanner = (await import(pathToFileURL(entry).href)) as Scanner;
  buildNode(built);
});

/** The sources by themselves, as they lie in a repository that n8n looks through. */
function sources() {
  const copy = mkdtempSync(join(folder, "sources-"));
  for (const part of ["package.json", "nodes", "credentials", "icons"])
    cpSync(join(ROOT, "n8n", part), join(copy, part), { recursive: true });
  return copy;
}

test("it is written in n8n's types", () => checkNode());

test("n8n's own scanner passes the sources and the package", async () => {
  const source = await scanner.analyzePackage(sources(), scanner.SOURCE_FILE_PATTERNS);
  assert.ok(source.passed, source.details ?? source.message ?? "");
  const packed = await scanner.analyzePackage(built);
  assert.ok(packed.passed, packed.details ?? packed.message ?? "");
});

test("the scanner looks: what n8n forbids does not pass", async () => {
  const copy = sources();
  const node = join(copy, "nodes", "Cadenza", "asking.ts");
  writeFileSync(
    node,
    `import axios from "axios";\nsetTimeout(() => axios, 1);\n${readFileSync(node, "utf8")}`,
  );
  const manifest = join(copy, "package.json");
  writeFileSync(
    manifest,
    readFileSync(manifest, "utf8").replace(
      '"peerDependencies"',
      '"dependencies": { "axios": "1" }, "peerDependencies"',
    ),
  );
  const { passed, details = "" } = await scanner.analyzePackage(copy, scanner.SOURCE_FILE_PATTERNS);
  assert.equal(passed, false);
  for (const rule of ["no-restricted-imports", "no-restricted-globals", "no-runtime-dependencies"])
    assert.ok(details.includes(rule), rule);
});

test("packed it is small, needs nothing at run time, and has what its manifest names", () => {
  const said = execFileSync("npm", ["pack", "--json", "--pack-destination", folder, built], {
    cwd: folder,
    encoding: "utf8",
  });
  const [{ size, files }] = JSON.parse(said) as [{ size: number; files: { path: string }[] }];
  assert.ok(size < 60_000, `${size} bytes`);
  const paths = files.map(({ path }) => path);
  const manifest = JSON.parse(readFileSync(join(built, "package.json"), "utf8")) as {
    n8n: { nodes: string[]; credentials: string[] };
    dependencies?: unknown;
    peerDependencies: unknown;
  };
  for (const path of [...manifest.n8n.nodes, ...manifest.n8n.credentials])
    assert.ok(paths.includes(path), path);
  for (const path of [
    "README.md",
    "LICENSE",
    "dist/icons/cadenza.svg",
    "dist/nodes/Cadenza/Cadenza.node.json",
  ])
    assert.ok(paths.includes(path), path);
  assert.deepEqual([manifest.dependencies, manifest.peerDependencies], [undefined, { "n8n-workflow": "*" }]);
  const nodes = join(built, "dist", "nodes", "Cadenza");
  for (const file of readdirSync(nodes, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".js"),
  )) {
    const needed = [...readFileSync(join(nodes, file), "utf8").matchAll(/require\("([^"]+)"\)/g)].map(
      ([, name = ""]) => name,
    );
    assert.deepEqual(
      needed.filter((name) => !/^\.{1,2}\/|^(?:node:crypto|n8n-workflow)$/.test(name)),
      [],
      file,
    );
  }
});
