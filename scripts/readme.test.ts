// What the README shows is there, and its figures are those of the pages that it links.

import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { ROOT } from "./packages.mjs";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const README = read("README.md");
const MOST_BYTES = 200_000;

test("the README has fewer than 150 lines", () => {
  assert.ok(README.split("\n").length < 150);
});

test("each picture of the README has a light and a dark file of at most 200 kB", () => {
  const light = [...README.matchAll(/src="(docs\/pictures\/[\w-]+)-light\.webp" alt="[^"]+"/g)];
  assert.ok(light.length >= 2);
  for (const [, name = ""] of light) {
    assert.ok(README.includes(`srcset="${name}-dark.webp"`), name);
    for (const look of ["light", "dark"])
      assert.ok(statSync(join(ROOT, `${name}-${look}.webp`)).size <= MOST_BYTES, `${name}-${look}`);
  }
});

test("each figure of the proofs is in a page that its proof links", () => {
  const proofs = README.split("## Three proofs")[1]?.split("\n## ")[0]?.split("\n- ").slice(1) ?? [];
  assert.equal(proofs.length, 3);
  for (const proof of proofs) {
    const linked = linksOf(proof).map((path) => read(path).replaceAll(/(?<=\d),(?=\d{3})/g, ""));
    const words = proof.replaceAll(/\]\([^)]*\)/g, "").replaceAll(/(?<=\d),(?=\d{3})/g, "");
    for (const [figure] of words.matchAll(/\b\d+(?:\.\d+)?\b/g))
      assert.ok(
        linked.some((page) => new RegExp(`(?<![\\d.])${figure.replace(".", "\\.")}(?![\\d])`).test(page)),
        figure,
      );
  }
});

test("each link of the README and of the documents leads to a file", () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "sdk/README.md",
    "cli/README.md",
    "mcp/README.md",
  ];
  const broken = documents.flatMap((document) =>
    linksOf(read(document))
      .filter((path) => !existsSync(join(ROOT, dirname(document), path)))
      .map((path) => `${document}: ${path}`),
  );
  assert.deepEqual(broken, []);
});

function linksOf(text: string) {
  return [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
}
