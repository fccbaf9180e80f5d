// The Helm chart as Kubernetes' objects, for tests. It reads the part of Helm's language that the chart uses and refuses the rest, and
// refuses a value that values.yaml does not have: Helm itself would write nothing in its place.

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, parseAllDocuments, stringify } from "yaml";
import { ROOT } from "../packages.mjs";

type Values = { [name: string]: unknown };
type Part = string | { print: string } | { condition: string; yes: Part[]; no: Part[] };
type Chart = { scope: Values; definitions: Map<string, Part[]> };

const CHART = join(ROOT, "deploy", "helm", "cadenza");
export const readChart = (file: string) => parse(readFileSync(join(CHART, file), "utf8"));

export function templates() {
  const files = globSync("templates/*", { cwd: CHART }).sort();
  return files.map((file) => ({ name: basename(file), text: readFileSync(join(CHART, file), "utf8") }));
}

/** `changed` as `--set` has it: { "api.replicas": 2 }. Answers the objects, and the text that is shown after an installation. */
export function renderChart(changed: Values = {}) {
  const chart: Chart = { scope: scopeWith(changed), definitions: new Map() };
  const parsed = templates().map(({ name, text }) => ({ name, parts: read(chart, text) }));
  const texts = parsed.map(({ name, parts }) => ({ name, text: written(chart, parts) }));
  const objects = texts
    .filter(({ name }) => name.endsWith(".yaml"))
    .flatMap(({ text }) => parseAllDocuments(text, { strict: true }))
    .map((document) => {
      if (document.errors[0]) throw document.errors[0];
      return document.toJS();
    });
  return {
    objects: objects.filter((one) => one !== null),
    notes: texts.find(({ name }) => name === "NOTES.txt")?.text ?? "",
  };
}

function scopeWith(changed: Values): Values {
  const values = readChart("values.yaml");
  for (const [path, value] of Object.entries(changed)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    const holder = names.reduce((at, name) => at[name], values);
    if (!Object.hasOwn(holder, last)) throw new Error(`values.yaml has no ${path}`);
    holder[last] = value;
  }
  const { name, version, appVersion } = readChart("Chart.yaml");
  return {
    Values: values,
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Release: { Name: "example", Namespace: "mail", Service: "Helm" },
  };
}

function read(chart: Chart, text: string): Part[] {
  const tight = text.replaceAll(/\s*\{\{-/g, "{{").replaceAll(/-\}\}\s*/g, "}}");
  const pieces = tight
    .split(/\{\{(.*?)\}\}/s)
    .map((piece, index) => (index % 2 ? { action: piece.trim() } : piece));
  const parts = readUntil(chart, pieces, []).parts;
  if (pieces.length > 0) throw new Error("an end without a beginning");
  return parts;
}

type Piece = string | { action: string };

/** Takes pieces away, up to and with the action that ends it. */
function readUntil(chart: Chart, pieces: Piece[], ends: readonly string[]): { parts: Part[]; ended: string } {
  const parts: Part[] = [];
  for (let piece = pieces.shift(); piece !== undefined; piece = pieces.shift()) {
    if (typeof piece === "string") parts.push(piece);
    else if (ends.includes(piece.action)) return { parts, ended: piece.action };
    else parts.push(...readAction(chart, piece.action, pieces));
  }
  if (ends.length > 0) throw new Error(`no ${ends.join(" or ")}`);
  return { parts, ended: "" };
}

function readAction(chart: Chart, action: string, pieces: Piece[]): Part[] {
  const [, verb = "", rest = ""] = /^(if|define|\/\*)\s+(.*)$/s.exec(action) ?? [];
  if (verb === "/*") return [];
  if (verb === "define") {
    chart.definitions.set(JSON.parse(rest), readUntil(chart, pieces, ["end"]).parts);
    return [];
  }
  if (verb !== "if") return [{ print: action }];
  const { parts: yes, ended } = readUntil(chart, pieces, ["else", "end"]);
  const no = ended === "else" ? readUntil(chart, pieces, ["end"]).parts : [];
  return [{ condition: rest, yes, no }];
}

function written(chart: Chart, parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === "string") return part;
      if ("print" in part) return String(evaluate(chart, part.print));
      return written(chart, isEmpty(evaluate(chart, part.condition)) ? part.no : part.yes);
    })
    .join("");
}

/** `function argument | function argument`: what stands before a bar is the last argument of what follows. */
function evaluate(chart: Chart, expression: string): unknown {
  let piped: unknown[] = [];
  for (const stage of expression.split("|")) {
    const [first = "", ...more] = stage.match(/"[^"]*"|\S+/g) ?? [];
    const given = [...more.map((word) => literal(chart, word)), ...piped];
    const call = FUNCTIONS[first];
    piped = [call ? call(chart, given.at(-1), given[0]) : literal(chart, first)];
  }
  return piped[0];
}

/** Each gets its last argument, and its first, which says how. */
const FUNCTIONS: Record<string, (chart: Chart, value: unknown, how: unknown) => unknown> = {
  include: (chart, _, name) =>
    written(chart, chart.definitions.get(String(name)) ?? fail(`there is no definition ${name}`)),
  toYaml: (_, value) => stringify(value).trimEnd(),
  nindent: (_, value, width) => `\n${value}`.replaceAll("\n", `\n${" ".repeat(Number(width))}`),
  quote: (_, value) => JSON.stringify(String(value)),
  default: (_, value, usual) => (isEmpty(value) ? usual : value),
  required: (_, value, sentence) => (isEmpty(value) ? fail(String(sentence)) : value),
  not: (_, value) => isEmpty(value),
};

function literal({ scope }: Chart, word: string): unknown {
  if (word === ".") return scope;
  if (/^(?:".*"|\d+)$/.test(word)) return JSON.parse(word);
  if (!/^(?:\.\w+)+$/.test(word)) return fail(`${word} is not read here`);
  let at: unknown = scope;
  for (const name of word.slice(1).split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return fail(`there is no ${word}`);
    at = (at as Values)[name];
  }
  return at;
}

/** As Go's templates have it. */
function isEmpty(value: unknown) {
  return !value || (typeof value === "object" && Object.keys(value).length === 0);
}

function fail(why: string): never {
  throw new Error(why);
}
