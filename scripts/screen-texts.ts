// Reads the texts of the screen from its source: which ones are looked up in the catalogs, and which are not and
// should be. One walk over the syntax tree serves the list of texts and the check.

import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import IntlMessageFormat from "intl-messageformat";
import { parseSync } from "rolldown/utils";
import type { Violation } from "./check-imports.ts";
import { ROOT } from "./packages.mjs";
import { isForReaders, type Node, type Place } from "./words-outside.ts";

/** Each text with the files that use it, from web/. */
export type ScreenTexts = { texts: Map<string, string[]>; violations: Violation[] };

const NOT_THE_SCREEN = /\.test\.tsx?$|^web\/(?:journeys|dist|language)\/|^web\/vite\.config\.ts$/;

export function readScreenTexts(): ScreenTexts {
  const texts = new Map<string, string[]>();
  const violations: Violation[] = [];
  for (const found of globSync("web/**/*.{ts,tsx}", {
    cwd: ROOT,
    exclude: ["**/node_modules/**"],
  }).toSorted()) {
    const path = found.split(sep).join("/");
    if (NOT_THE_SCREEN.test(path)) continue;
    const file = textsOf(path, readFileSync(join(ROOT, path), "utf8"));
    violations.push(...file.violations);
    for (const text of file.texts) texts.set(text, [...(texts.get(text) ?? []), path.replace("web/", "")]);
  }
  return { texts: new Map([...texts].toSorted(([a], [b]) => (a < b ? -1 : 1))), violations };
}

export function textsOf(path: string, content: string): { texts: Set<string>; violations: Violation[] } {
  const { program, errors } = parseSync(path, content);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lines = content.split("\n");
  const texts = new Set<string>();
  const violations: Violation[] = [];
  const lineOf = ({ start }: Node) => content.slice(0, start).split("\n").length;
  const isAllowed = (node: Node) => ALLOWED.test(lines[lineOf(node) - 2] ?? "");
  const say = (node: Node, above: readonly Place[], why: string) => {
    const statement = above.at(-2)?.node;
    if (isAllowed(node) || (statement && isAllowed(statement))) return;
    violations.push({ path, line: lineOf(node), why });
  };
  walk(program as unknown as Node, [], (node, above) => {
    const use = useOf(node);
    if (use) {
      if (use.text === null)
        return say(node, above, "write the text out, so that it can be listed and translated");
      texts.add(use.text);
      for (const why of wrongIn(use)) say(node, above, why);
      if (use.isCall && !isInFunction(above))
        say(node, above, "looked up when the module is loaded: use perLanguage or a function");
      return;
    }
    const text = isForReaders(node, above);
    if (text) say(node, above, `"${text}" is outside the catalogs: wrap it in t() or <Trans>`);
  });
  return { texts, violations };
}

/** On the line above, or above the whole statement; the reason follows. */
const ALLOWED = /texts: not translated/;

export type Use = {
  text: string | null;
  isCall: boolean;
  /** Names of the values and tags that are given; null where they cannot be read. */
  given: string[] | null;
};

function useOf(node: Node): Use | null {
  if (node.type === "CallExpression" && node.callee?.name === "t") {
    const [text, values] = node.arguments ?? [];
    return { text: written(text), isCall: true, given: values ? keysOf(values) : [] };
  }
  if (node.type !== "JSXOpeningElement" || (node.name as Node).name !== "Trans") return null;
  const given = (name: string) => {
    const found = (node.attributes as Node[]).find((one) => (one.name as Node)?.name === name)?.value as Node;
    return found?.type === "JSXExpressionContainer" ? (found.expression as Node) : found;
  };
  const keys = [given("values"), given("tags")].map((one) => (one ? keysOf(one) : []));
  return {
    text: written(given("text")),
    isCall: false,
    given: keys.some((one) => one === null) ? null : keys.flatMap((one) => one ?? []),
  };
}

export const written = (node: Node | undefined) => (typeof node?.value === "string" ? node.value : null);

export function keysOf(node: Node): string[] | null {
  const properties = node.properties as Node[] | undefined;
  if (node.type !== "ObjectExpression" || properties?.some(({ type }) => type !== "Property")) return null;
  return (properties ?? []).map(({ key }) => String((key as Node).name ?? (key as Node).value));
}

export function wrongIn({ text, isCall, given }: Use): string[] {
  try {
    if (isCall && given?.length === 0 && !/[{}]/.test(text ?? "")) return [];
    const named = namesIn(text ?? "", isCall);
    const missing = named.filter((name) => given && !given.includes(name));
    const unused = given?.filter((name) => !named.includes(name)) ?? [];
    return [
      ...missing.map((name) => `the text asks for {${name}}, which is not given`),
      ...unused.map((name) => `the text does not use ${name}`),
    ];
  } catch (error) {
    return [`the text is no ICU message: ${error instanceof Error ? error.message : error}`];
  }
}

type Part = { type: number; value?: string; children?: Part[]; options?: Record<string, { value: Part[] }> };

/** The placeholders and tags of a message. Literal text is kind 0, # is kind 7, a tag is kind 8. */
export function namesIn(text: string, isPlain: boolean): string[] {
  const inside = (parts: readonly Part[]): string[] =>
    parts.flatMap(({ type, value = "", children = [], options = {} }) => [
      ...(type === 0 || type === 7 ? [] : [value]),
      ...inside(children),
      ...Object.values(options).flatMap((option) => inside(option.value)),
    ]);
  const message = new IntlMessageFormat(text, "en", undefined, { ignoreTag: isPlain });
  return [...new Set(inside(message.getAst() as Part[]))];
}

/** "isMail yes", "isMail other": what a message chooses between. A plural's forms are those of its language. */
export function casesIn(text: string, isPlain: boolean): string[] {
  const inside = (parts: readonly Part[]): string[] =>
    parts.flatMap(({ type, value = "", children = [], options = {} }) => [
      ...(type === SELECT ? Object.keys(options).map((key) => `${value} ${key}`) : []),
      ...inside(children),
      ...Object.values(options).flatMap((option) => inside(option.value)),
    ]);
  const message = new IntlMessageFormat(text, "en", undefined, { ignoreTag: isPlain });
  return [...new Set(inside(message.getAst() as Part[]))];
}

const SELECT = 5;

const FUNCTION = /Function|^MethodDefinition$|^PropertyDefinition$/;
const isInFunction = (above: readonly Place[]) => above.some(({ node }) => FUNCTION.test(node.type));

export function walk(
  node: Node,
  above: readonly Place[],
  visit: (node: Node, above: readonly Place[]) => void,
) {
  if (/^TS(?!As|Satisfies|NonNull)/.test(node.type)) return; // types are for the compiler
  visit(node, above);
  for (const [key, value] of Object.entries(node)) {
    const children = Array.isArray(value) ? value : [value];
    for (const child of children)
      if (child && typeof child === "object" && typeof child.type === "string")
        walk(child, [{ node, key }, ...above], visit);
  }
}
