// The help: each page of docs/ is in its navigation, and each link between pages leads somewhere.

import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { test } from "node:test";
import { siteAddress } from "../site/.vitepress/addresses.ts";
import { GROUPS } from "../site/.vitepress/pages.ts";
import { ROOT } from "./packages.mjs";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PAGES = globSync("docs/**/*.md", { cwd: ROOT }).map((path) => path.split(sep).join("/"));
const pathsOf = () => GROUPS.flatMap(({ pages }) => pages.map(([path]) => path));

test("every page of docs/ is in the navigation once, and the navigation names no other", () => {
  const written = PAGES.map((path) => path.slice("docs/".length, -".md".length));
  assert.deepEqual([...pathsOf(), "index"].sort(), written.sort());
});

test("names in the navigation are short, and no two are alike", () => {
  const names = GROUPS.flatMap(({ text, pages }) => [text, ...pages.map(([, name]) => name)]);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.ok(name.split(" ").length <= 4, name);
});

test("each link between pages leads to a page and to a heading of it", () => {
  const broken = PAGES.flatMap((page) =>
    linksOf(read(page)).flatMap(({ path, hash }) => {
      const target = path ? posix.join(posix.dirname(page), path) : page;
      if (!existsSync(join(ROOT, target))) return [`${page}: there is no ${path}`];
      return hash && target.endsWith(".md") && !headingsOf(read(target)).includes(hash)
        ? [`${page}: ${target} has no heading #${hash}`]
        : [];
    }),
  );
  assert.deepEqual(broken, []);
});

test("each link of the app and of the API to the help leads to a page", () => {
  const sources = globSync("{web,contract,server}/**/*.{ts,tsx}", {
    cwd: ROOT,
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist)$|\.test\.tsx?$/.test(path),
  });
  const named = sources.flatMap((file) =>
    [...read(file).matchAll(/(?<=["`\s(])\/help\/([a-z-]+\/[a-z-]+)/g)].map(([, path = ""]) => path),
  );
  assert.ok(named.length >= 3, String(named.length));
  assert.deepEqual(
    named.filter((path) => !pathsOf().includes(path)),
    [],
  );
});

test("links of the repository become addresses of the site, and others become text", () => {
  assert.equal(siteAddress("../guides/why.md"), "../guides/why.md");
  assert.equal(siteAddress("../../sdk/README.md#lists"), "/api/sdk#lists");
  assert.equal(siteAddress("../docs/api/oauth.md"), "/api/oauth.md");
  assert.equal(siteAddress("https://n8n.io"), "https://n8n.io");
  for (const gone of ["../../CHANGELOG.md", "skill/SKILL.md", "../../server/main.ts"])
    assert.equal(siteAddress(gone), null, gone);
});

function linksOf(text: string) {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)]*))?\)/g)].map(
    ([, path = "", hash]) => ({
      path,
      hash,
    }),
  );
}

/** As GitHub and the site make addresses of headings. */
function headingsOf(text: string) {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );
}
