// What a document names exists: every path in backticks is a file or folder of the repository, and every name of a function on the
// architecture page and in the areas' READMEs is a word of the code.

import { globSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";

const ROOMS = "{contract,sdk,server,web,cli,mcp,sandbox,n8n,bench,scripts,docs,site}";
const DOCUMENTS =
  "{README,CONTRIBUTING,docs/**/*,server/features/*/README,server/domain/README,server/engine/README,web/pages/README}.md";
const NAMES_CODE = /^docs\/understand\/architecture\.md$|\/README\.md$/;
const CODE = /\.(?:ts|tsx|mjs|sql)$/;
const PATH =
  /^(?:[\w@*.-]+\/)*[\w@*.-]+\.(?:tsx?|mjs|sql|json|md|svg|eml)$|^(?:server|web|contract|sdk|cli|mcp|n8n|bench|scripts|docs)\/(?:[\w*.-]+\/)*$/;
const NAME = /^[a-z]+(?:[A-Z][a-z]+)+$/;
/** What a user's own machine or an answer has, and we do not. */
const ELSEWHERE = /^(?:package\.json|tsconfig\.json|compose\.yaml|sequence\.json|[\w-]*\.(?:csv|jsonl))$/;

type Repository = { paths: readonly string[]; read(path: string): string };

export function checkDocuments(documents: readonly string[], { paths, read }: Repository): Violation[] {
  const places = new Set(paths.flatMap((path) => [path, ...foldersOf(path)]));
  const ends = new Set([...places].flatMap(endsOf));
  const words = wordsOf(paths.filter((path) => CODE.test(path)).map(read));
  return documents.flatMap((document) =>
    quotedIn(read(document)).flatMap(({ quoted, line }) => {
      const said = { path: document, line };
      if (PATH.test(quoted) && !ELSEWHERE.test(quoted) && !isThere(quoted, document))
        return [{ ...said, why: `there is no ${quoted}` }];
      if (NAMES_CODE.test(document) && NAME.test(quoted) && !words.has(quoted))
        return [{ ...said, why: `no code has the name ${quoted}` }];
      return [];
    }),
  );

  function isThere(quoted: string, document: string) {
    if (ends.has(quoted) || places.has(posix.join(posix.dirname(document), quoted))) return true;
    if (!quoted.includes("*")) return false;
    const pattern = new RegExp(`(?:^|/)${quoted.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`);
    return paths.some((path) => pattern.test(path));
  }
}

function foldersOf(path: string): string[] {
  const folder = posix.dirname(path);
  return folder === "." ? [] : [`${folder}/`, ...foldersOf(folder)];
}

/** `server/http/csv.ts` may be called `http/csv.ts` and `csv.ts`. */
function endsOf(place: string): string[] {
  const parts = place.split("/");
  return parts.map((_, from) => parts.slice(from).join("/"));
}

function wordsOf(texts: readonly string[]) {
  return new Set(texts.flatMap((text) => text.match(/[A-Za-z_$][\w$]*/g) ?? []));
}

/** What stands in backticks, but in blocks of code. */
function quotedIn(text: string) {
  let isBlock = false;
  return text.split("\n").flatMap((line, index) => {
    if (line.startsWith("```")) isBlock = !isBlock;
    const found = isBlock ? [] : [...line.matchAll(/`([^`]+)`/g)];
    return found.map(({ 1: quoted = "" }) => ({ quoted, line: index + 1 }));
  });
}

function readRepository(): Repository & { documents: string[] } {
  const all = (pattern: string) =>
    globSync(pattern, {
      cwd: ROOT,
      exclude: (path) => /(?:^|[\\/])(?:node_modules|dist|build)$/.test(path),
    }).map((path) => path.split(sep).join("/"));
  const paths = [...all(`${ROOMS}/**/*.*`), ...all("*.*"), ...all(".ci/*"), ...all("site/.vitepress/*")];
  return { documents: all(DOCUMENTS), paths, read: (path) => readFileSync(join(ROOT, path), "utf8") };
}

if (import.meta.main) {
  const { documents, ...repository } = readRepository();
  const violations = checkDocuments(documents, repository);
  for (const { path, line, why } of violations) console.error(`${path}:${line}  ${why}`);
  process.exitCode = violations.length ? 1 : 0;
}
