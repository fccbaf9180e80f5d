// Reads the texts of the server from its source: what say() is given, what stands in a table of texts(), and the
// sentences of refusals. They are translated as those of the screen are.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parseSync } from "rolldown/utils";
import { isForPrograms } from "../server/kernel/say.ts";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { keysOf, type ScreenTexts, walk, written, wrongIn } from "./screen-texts.ts";
import type { Node, Place } from "./words-outside.ts";

export function readServerTexts(): ScreenTexts {
  const texts = new Map<string, string[]>();
  const violations: Violation[] = [];
  for (const found of globSync(["server/**/*.ts", "contract/refusals/*.ts"], {
    cwd: ROOT,
    exclude: ["**/node_modules/**", "**/testing/**", "**/*.test.ts"],
  }).toSorted()) {
    const path = found.split(sep).join("/");
    const file = serverTextsOf(path, readFileSync(join(ROOT, path), "utf8"));
    violations.push(...file.violations);
    for (const text of file.texts) texts.set(text, [...(texts.get(text) ?? []), path.replace("server/", "")]);
  }
  return { texts: new Map([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))), violations };
}

export function serverTextsOf(path: string, content: string) {
  const { program } = parseSync(path, content);
  const texts = new Set<string>();
  const violations: Violation[] = [];
  const isOfRefusals = path.startsWith("contract/refusals/");
  const doesSay = /\bfrom "[./\w-]*\/say\.ts"/.test(content);
  if (!isOfRefusals && !doesSay) return { texts, violations };
  walk(program as unknown as Node, [], (node, above) => {
    const marked =
      node.type === "CallExpression" && node.callee?.name === "toSay" ? written(node.arguments?.[0]) : null;
    if (marked !== null) texts.add(marked);
    if (node.type === "CallExpression" && node.callee?.name === "say") {
      const [first, facts] = node.arguments ?? [];
      const text = written(first);
      if (text === null) return; // out of a table, which lists it
      texts.add(text);
      const line = content.slice(0, node.start).split("\n").length;
      const given = facts ? keysOf(facts) : [];
      for (const why of wrongIn({ text, isCall: true, given })) violations.push({ path, line, why });
      return;
    }
    const text = written(node);
    if (text !== null && (isOfRefusals ? isSaidIn(above) : isInTable(node, above))) texts.add(text);
  });
  return { texts, violations };
}

/** The value of `says` or `fix`. */
function isSaidIn([own]: readonly Place[]) {
  return own?.node.type === "Property" && own.key === "value" && /^(?:says|fix)$/.test(nameOf(own.node));
}

/** A string that is read out of the table: no key, nothing for programs, and nothing that a function says by itself. */
function isInTable(node: Node, above: readonly Place[]) {
  const table = above.findIndex(
    ({ node: one }) => one.type === "CallExpression" && one.callee?.name === "texts",
  );
  const inside = above.slice(0, table);
  if (table < 0 || inside.some(({ node: one }) => /Function/.test(one.type))) return false;
  const [own] = above;
  if (own?.node.type === "Property")
    return own.key === "value" && !isForPrograms(nameOf(own.node), String(node.value));
  if (own?.node.type === "CallExpression" && own.node.callee?.name !== "texts")
    return /\w \w/.test(String(node.value)) && !isForPrograms("", String(node.value));
  return own?.node.type !== "TemplateLiteral" && own?.node.type !== "MemberExpression";
}

const nameOf = ({ key }: Node) => String((key as Node | undefined)?.name ?? (key as Node | undefined)?.value);
