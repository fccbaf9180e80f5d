// The rules that the architecture page states and no compiler knows: who may import whom, who may look at the
// clock or the environment, and what a file may be called. The rules are tables; this is the loop over them.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { checkAreas } from "./check-areas.ts";
import { IMPORT_RULES, type ImportRule, ROOMS } from "./import-rules.ts";
import { ROOT } from "./packages.mjs";
import { readSource, type SourceFile } from "./read-source.ts";
import { APART_RULES, type ApartRule, EMPTY_NAME, TEXT_RULES, type TextRule } from "./text-rules.ts";

export type Violation = { path: string; line: number; why: string };

/** Everything that breaks a rule, given the files of the repository by their paths. */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  const sources = [...files].map(([path, content]) => readSource(path, content));
  return [
    ...sources.flatMap((source) => IMPORT_RULES.flatMap((rule) => checkImports(source, rule))),
    ...sources.flatMap((source) =>
      TEXT_RULES.flatMap((rule) => checkText(source, rule, files.get(source.path)!)),
    ),
    ...sources.flatMap((source) => APART_RULES.flatMap((rule) => checkApart(source, rule))),
    ...sources.flatMap(checkName),
    ...checkAreas(sources),
  ];
}

const isTest = (path: string) => /\.test\.tsx?$|^server\/testing\/|^web\/journeys\//.test(path);

function checkImports({ path, imports }: SourceFile, rule: ImportRule): Violation[] {
  if (!rule.in.test(path) || (isTest(path) && !rule.tests)) return [];
  const isRefused = ({ target, isType }: SourceFile["imports"][number]) =>
    !(isType && rule.types?.test(target)) &&
    (rule.never?.test(target) || (rule.only && !rule.only.test(target)));
  return imports
    .filter(isRefused)
    .map(({ target, line }) => ({ path, line, why: `${rule.why} (imports ${target})` }));
}

function checkText({ path, code, texts }: SourceFile, rule: TextRule, content: string): Violation[] {
  if (!rule.in.test(path) || rule.except?.test(path) || (isTest(path) && !rule.tests)) return [];
  const written = content.split("\n");
  return written.flatMap((line, index) => {
    const looked =
      rule.where === "any" ? [code[index]!, texts[index]!] : [(rule.where === "code" ? code : texts)[index]!];
    const isBroken = looked.some((part) => rule.find.test(part)) && !rule.unless?.test(line);
    return isBroken ? [{ path, line: index + 1, why: rule.why }] : [];
  });
}

function checkApart(
  { path, code }: SourceFile,
  { in: where, except, one, other, why }: ApartRule,
): Violation[] {
  if (!where.test(path) || except?.test(path) || isTest(path)) return [];
  const line = code.findIndex((part) => one.test(part));
  return line >= 0 && code.some((part) => other.test(part)) ? [{ path, line: line + 1, why }] : [];
}

function checkName({ path }: SourceFile): Violation[] {
  const empty = path.split("/").find((part) => EMPTY_NAME.test(part.replace(/\..*$/, "").toLowerCase()));
  return empty
    ? [{ path, line: 1, why: `"${empty}" says that the place was not found yet: name what it is about` }]
    : [];
}

/** All sources of the rooms, by their paths from the root with forward slashes. */
export function readRepository(root: string): Map<string, string> {
  const found = globSync(`{${ROOMS.join(",")}}/**/*.{ts,tsx,mts,mjs}`, {
    cwd: root,
    exclude: (path) => /(?:^|[\\/])(?:node_modules|dist)$/.test(path),
  });
  return new Map(
    found.sort().map((path) => [path.split(sep).join("/"), readFileSync(join(root, path), "utf8")]),
  );
}

if (import.meta.main) {
  const violations = findViolations(readRepository(ROOT));
  for (const { path, line, why } of violations) console.error(`${path}:${line}  ${why}`);
  process.exitCode = violations.length ? 1 : 0;
}
