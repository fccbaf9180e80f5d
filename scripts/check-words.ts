// Words that make a reader stop and ask who or what is meant, in comments, titles of tests, documents and texts.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { readRepository, type Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { readSource } from "./read-source.ts";

type WordRule = { find: RegExp; instead: string };

const WORDS: readonly WordRule[] = [
  { find: /\bwhoever\b|\bwhomever\b/i, instead: "name who is meant: the contact, the caller, the engine" },
  { find: /\b(?:what|who|that) is none\b/i, instead: "say what is wrong with it" },
  { find: /\bstands here\b/i, instead: "say what is shown, or leave it out" },
];

/** In a text these are riddles as well. */
const TEXT_WORDS: readonly WordRule[] = [
  ...WORDS,
  { find: /\bis none\b(?! of\b)/i, instead: "say what is wrong with it" },
  { find: /\bcomes to\b/i, instead: "say what the result is" },
  { find: /\bof these\b/i, instead: "name what is meant, or say: of them" },
  { find: /\bthe house\b|\bthe dot\b/i, instead: "say what is meant without a picture" },
  { find: /\bheed(?:s|ed|ing)?\b/i, instead: "say: follows, counts or obeys" },
  { find: /\bhad their turn\b/i, instead: "say: finished" },
  { find: /\bnobody of\b/i, instead: "say who was not found" },
];

/** Where the texts in the code are read too, tests excepted: people see them. */
const TEXTS_READ: readonly RegExp[] = [
  /^contract\//, // API reference
  /^mcp\//, // tools of agents
  /^n8n\//, // forms of the n8n nodes
  /^web\/(?!journeys\/)/, // the screen
  /^server\/(?!testing\/)/, // refusals, explanations, events, pages and messages
  /^cli\//, // what the command line prints
];

const DOCUMENTS =
  "{README,CONTRIBUTING,docs/**/*,server/features/*/README,server/domain/README,server/engine/README,web/pages/README}.md";
/** Made from other files, or a record of what was. */
const NOT_OURS = /^docs\/(?:guides\/why|guides\/variables|operate\/configuration|operate\/sql-views)\.md$/;
const MADE =
  /^sdk\/(?:shapes|addresses|records)\.ts$|^cli\/commands\.ts$|^n8n\/nodes\/Cadenza\/made\/|^scripts\/check-words/;
const TITLE = /\btest\(/;
const ALLOWED = /words: allowed/; // on the line as written

export function findWords(path: string, content: string): Violation[] {
  if (path.endsWith(".md")) return foundIn(path, content, content.split("\n"), WORDS);
  const areTextsRead = TEXTS_READ.some((folder) => folder.test(path)) && !/\.test\.tsx?$/.test(path);
  return [
    ...foundIn(path, content, saidIn(path, content), WORDS),
    ...(areTextsRead ? foundIn(path, content, textsIn(path, content), TEXT_WORDS) : []),
  ];
}

function foundIn(path: string, content: string, lines: readonly string[], words: readonly WordRule[]) {
  const written = content.split("\n");
  return lines.flatMap((line, index): Violation[] => {
    if (ALLOWED.test(written[index] ?? "")) return [];
    // A phrase may go on in the next line, and counts where it begins.
    const said = `${line.trim()} ${lines[index + 1]?.trim() ?? ""}`;
    return words
      .flatMap(({ find, instead }) => {
        const found = find.exec(said);
        if (!found || found.index > line.trim().length) return [];
        return [{ path, line: index + 1, why: `"${found[0]}": ${instead}` }];
      })
      .slice(0, 1);
  });
}

/** What is quoted; in a page also what stands between its tags, which reads as code. */
function textsIn(path: string, content: string): string[] {
  const { code, texts } = readSource(path, content);
  if (!path.endsWith(".tsx")) return texts;
  return texts.map((text, index) =>
    [...text].map((sign, at) => (sign === " " ? (code[index]?.[at] ?? " ") : sign)).join(""),
  );
}

/** Comments, and what a test says it tests. */
function saidIn(path: string, content: string): string[] {
  const { code, texts, comments, patterns } = readSource(path, content);
  // A regular expression is blanked in the code as a comment is.
  for (const { line, source } of patterns)
    comments[line - 1] = (comments[line - 1] ?? "").replace(source, "");
  return comments.map((comment, index) =>
    TITLE.test(code[index] ?? "") ? `${comment} ${texts[index]}` : comment,
  );
}

if (import.meta.main) {
  const documents = globSync(DOCUMENTS, { cwd: ROOT }).map((path) => path.split(sep).join("/"));
  const violations = [
    ...[...readRepository(ROOT)].filter(([path]) => !MADE.test(path)),
    ...documents
      .filter((path) => !NOT_OURS.test(path))
      .map((path): [string, string] => [path, readFileSync(join(ROOT, path), "utf8")]),
  ].flatMap(([path, content]) => findWords(path, content));
  for (const { path, line, why } of violations) console.error(`${path}:${line}  ${why}`);
  process.exitCode = violations.length ? 1 : 0;
}
