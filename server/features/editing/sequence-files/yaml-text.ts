// YAML in and out. What is written reads back as it was, whatever is in a text. What is read is bounded: no aliases, so nothing
// grows; nothing nested deeper than a file of ours needs, since the library calls itself for each level.

import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import { say } from "../../../kernel/say.ts";
import type { LinesOfFile, YamlPath } from "./lines-of-file.ts";

// Read when the first file comes: a process that only answers searches does without.
const require = createRequire(import.meta.url);
const yaml = () => require("yaml") as typeof Yaml;

const LONGEST = 200_000;
const DEEPEST = 20;

/** Both count from 1. */
type Spot = { line: number; column: number };
type YamlFault = Spot & { why: string };

type ReadYaml =
  | { value: unknown; lines: LinesOfFile; spotOf(path: YamlPath): Spot; fault: null }
  | { value: null; lines: null; spotOf: null; fault: YamlFault };

/** `firstLine` is where the text begins in its file. */
export function readYaml(text: string, firstLine = 1): ReadYaml {
  const { isScalar, LineCounter, parseDocument, visit } = yaml();
  if (text.length > LONGEST)
    return bad(
      { line: 1, column: 1 },
      say("is longer than {LONGEST} characters", { LONGEST: LONGEST.toLocaleString("en") }),
    );
  const counter = new LineCounter();
  const spotAt = (offset: number): Spot => {
    const { line, col } = counter.linePos(offset);
    return { line: line + firstLine - 1, column: Math.max(1, col) };
  };
  const deep = tooDeepAt(text);
  if (deep !== null)
    return bad(
      { line: firstLine + lineBreaks(text.slice(0, deep)), column: 1 },
      say("is nested more than {DEEPEST} levels deep", { DEEPEST }),
    );
  // The library compares each key with all others of its map; here they are looked up. Of a text with many faults it would print
  // the line of each; only the first is said.
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false, prettyErrors: false });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem)
    return bad(
      spotAt(problem.pos[0]),
      say("is no valid YAML: {message}", { message: shortened(problem.message) }),
    );
  let fault: YamlFault | null = null;
  visit(document, {
    Alias: (_, node) => stop(node.range, say("has an alias (*). Write the value out")),
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) return stop(range(key), say("has a key that is no text"));
        if (seen.has(key.value))
          return stop(key.range, say("has the key {value} twice", { value: String(key.value) }));
        seen.add(key.value);
      }
      return undefined;
    },
    Scalar: (_, { value, range }) =>
      typeof value === "string" && (value.includes("\0") || !value.isWellFormed())
        ? stop(range, say("has a character that no text may hold"))
        : undefined,
  });
  if (fault) return { value: null, lines: null, spotOf: null, fault };
  const spotOf = (path: YamlPath): Spot => {
    for (let end = path.length; end > 0; end--) {
      const offset = offsetOf(document, path.slice(0, end));
      if (offset !== null) return spotAt(offset);
    }
    return { line: firstLine, column: 1 };
  };
  const lines = linesIn(document.contents, firstLine, (offset) => spotAt(offset).line);
  return { value: document.toJS() ?? {}, lines, spotOf, fault: null };

  function stop(range: Yaml.Range | null | undefined, why: string) {
    fault ??= { ...spotAt(range?.[0] ?? 0), why };
    return visit.BREAK;
  }
}

function range(node: unknown) {
  return (node as { range?: Yaml.Range } | null)?.range;
}

function lineBreaks(text: string) {
  return text.split("\n").length - 1;
}

function bad(spot: Spot, why: string): ReadYaml {
  return { value: null, lines: null, spotOf: null, fault: { ...spot, why } };
}

/** Of every key and entry of a list. As deep as the file is, which is bounded. */
function linesIn(node: unknown, line: number, lineAt: (offset: number) => number): LinesOfFile {
  const { isMap, isScalar, isSeq } = yaml();
  const at = (place: unknown) => lineAt(range(place)?.[0] ?? 0);
  if (isMap(node))
    return {
      line,
      inside: new Map(
        node.items.flatMap(({ key, value }) =>
          isScalar(key) ? [[key.value as string, linesIn(value, at(key), lineAt)]] : [],
        ),
      ),
    };
  if (!isSeq(node)) return { line };
  return { line, inside: new Map(node.items.map((item, n) => [n, linesIn(item, at(item), lineAt)])) };
}

/** Where the key stands, or the entry of a list. */
function offsetOf(document: Yaml.Document, path: YamlPath): number | null {
  const { isMap, isScalar } = yaml();
  const parent = document.getIn(path.slice(0, -1), true);
  if (isMap(parent)) {
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
    return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  }
  const node = document.getIn([...path], true) as { range?: Yaml.Range } | undefined;
  return node?.range?.[0] ?? null;
}

/** Where something is nested too deep, or null. The parser that is asked for it calls itself nowhere. */
function tooDeepAt(text: string): number | null {
  const { Parser } = yaml();
  const left: { token: unknown; depth: number }[] = [];
  for (const token of new Parser().parse(text)) left.push({ token, depth: 0 });
  for (let one = left.pop(); one; one = left.pop()) {
    const { offset, value, items } = one.token as { offset?: number; value?: unknown; items?: Item[] };
    if (one.depth > DEEPEST) return offset ?? 0;
    const inner = (items ?? []).flatMap((item) => [item.key, item.value]);
    for (const token of [...inner, value])
      if (token && typeof token === "object") left.push({ token, depth: one.depth + 1 });
  }
  return null;
}

type Item = { key?: unknown; value?: unknown };

function shortened(message: string) {
  const [first = ""] = message.split("\n");
  return first.replace(/ at line \d+, column \d+:?$/, "").slice(0, 200);
}

/** Keys in the order given. */
export function writeYaml(value: Record<string, unknown>) {
  if (Object.keys(value).length === 0) return "";
  const { Document, isSeq, visit } = yaml();
  const document = new Document(value);
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === "string" && !isSimple(node.value))
        node.type = isBlock(node.value) ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
    },
    Seq(_, node) {
      if (node.items.some(isSeq)) for (const item of node.items) if (isSeq(item)) item.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: 1e9 });
}

const PRINTED = "[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]";
const SIMPLE = new RegExp(`^${PRINTED}(?:[ ]?${PRINTED})*$`, "u");

/** One line of printed signs, with single spaces between them. */
function isSimple(text: string) {
  return text.length < 10_000 && SIMPLE.test(text);
}

/** Several such lines, or empty ones between them. */
function isBlock(text: string) {
  const lines = text.split("\n");
  const isSound = lines.every((line) => line === "" || isSimple(line));
  return isSound && lines.length > 1 && lines[0] !== "" && lines.at(-1) !== "";
}
