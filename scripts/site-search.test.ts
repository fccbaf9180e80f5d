// The search of the help, asked in the words that new users bring: the right page is among the first three.

import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Index, ranked } from "../site/.vitepress/ranking.ts";
import { buildSiteIfStale } from "./build-site.ts";
import { ROOT } from "./packages.mjs";
import { ensurePackagesApart } from "./packages-apart.mjs";

type Found = { id: string; score: number; queryTerms: string[] };

let index: Index<Found>;
before(async () => {
  await buildSiteIfStale();
  const packages = await ensurePackagesApart("site");
  const load = (path: string) => import(pathToFileURL(path).href);
  const [chunk = ""] = globSync("site/dist/assets/chunks/@localSearchIndexroot.*.js", { cwd: ROOT });
  const { default: json } = await load(join(ROOT, chunk));
  const { default: MiniSearch } = await load(join(packages, "minisearch", "dist", "es", "index.js"));
  index = MiniSearch.loadJSON(json, {
    fields: ["title", "titles", "text"],
    storeFields: ["title", "titles"],
  });
});

/** A page twice counts once. */
const pagesFor = (query: string) => [
  ...new Set(ranked(index, query).map(({ id }) => id.replace(/^\/|#.*$/g, ""))),
];

const QUESTIONS: readonly (readonly [query: string, page: string])[] = [
  ["out of office", "guides/incoming-mail"],
  ["send a test email", "start/sequence"],
  ["blocked as spam", "guides/reputation"],
  ["422", "api/errors"],
  ["disk died", "operate/restore"],
  ["move to another machine", "operate/restore"],
  ["How do I import a CSV of contacts?", "start/import"],
  ["azure tenant id", "start/microsoft"],
  ["emails are not sending", "guides/why"],
  ["I forgot my password", "start/install"],
  ["unsubscribe link", "guides/unsubscribing"],
  ["run it in docker", "operate/containers"],
  ["restore a backup", "operate/restore"],
  ["api key not authorized", "api/errors"],
  ["why was a contact skipped", "guides/why"],
];

for (const [query, page] of QUESTIONS)
  test(`"${query}" finds ${page} among the first three`, () => {
    const pages = pagesFor(query).slice(0, 3);
    assert.ok(pages.includes(page), pages.join(", "));
  });

test("long tables are found by what only they have, and come last otherwise", () => {
  assert.equal(pagesFor("account_rule_config_statuses")[0]?.split("/")[0], "apollo");
  for (const [query] of QUESTIONS)
    assert.doesNotMatch(pagesFor(query)[0] ?? "", /^apollo\/(?:compat|parity)/, query);
});

test("letters that say nothing find nothing, and do not fail", () => {
  for (const query of ["", "   ", "?!", "xqzvkjw"]) assert.deepEqual(pagesFor(query), []);
  assert.ok(pagesFor("how do I").length >= 0);
});
