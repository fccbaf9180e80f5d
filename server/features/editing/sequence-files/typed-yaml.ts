// YAML checked by a schema of the contract. What is wrong is told with its line, and an unknown key with the one that is meant.

import { z } from "zod";
import { nearestWord } from "../../../kernel/nearest-word.ts";
import { say, texts } from "../../../kernel/say.ts";
import { fileFault } from "./file-fault.ts";
import type { LinesOfFile, YamlPath } from "./lines-of-file.ts";
import { readYaml } from "./yaml-text.ts";

type TypedYaml<Schema extends z.ZodType> = {
  value: z.output<Schema>;
  lines: LinesOfFile;
};

export function typedYaml<Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  text: string,
  firstLine = 1,
): TypedYaml<Schema> {
  const read = readYaml(text, firstLine);
  if (read.fault) throw fileFault(path, read.fault.line, read.fault.why, read.fault.column);
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return { value: parsed.data, lines: read.lines };
  const { issues } = parsed.error;
  // A key that is missing may be the one that is written wrongly.
  const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
  if (!issue) throw fileFault(path, firstLine, say("cannot be read"));
  const unknown = issue.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : null;
  const place = unknown === null ? issue.path : [...issue.path, unknown];
  const why = unknown === null ? sentenceOf(issue) : unknownKey(schema, issue.path, unknown);
  const { line, column } = read.spotOf(place);
  throw fileFault(path, line, why, column);
}

function unknownKey(schema: z.ZodType, path: YamlPath, key: string) {
  const known = keysAt(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Described, path);
  const meant = nearestWord(key, known);
  const shown = key.slice(0, 60);
  return meant
    ? say("unknown key `{shown}`. Did you mean `{meant}`?", { shown, meant })
    : say("unknown key `{shown}`, known are {known}", {
        shown,
        known: known.map((one) => `\`${one}\``).join(", "),
      });
}

type Described = {
  properties?: Record<string, Described>;
  items?: Described;
  anyOf?: Described[];
};

function keysAt(schema: Described, path: YamlPath): string[] {
  let at: Described | undefined = schema;
  for (const part of path)
    at = typeof part === "number" ? at?.items : insideOf(at)?.properties?.[String(part)];
  return Object.keys(insideOf(at)?.properties ?? {});
}

function insideOf(schema: Described | undefined) {
  return schema?.anyOf?.find(({ properties }) => properties) ?? schema;
}

const KINDS: Record<string, string> = texts({
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  tuple: "a pair",
  object: "keys with values",
  record: "keys with values",
});

function sentenceOf(issue: z.core.$ZodIssue) {
  const name = issue.path
    .map((part) => (typeof part === "number" ? `[${part + 1}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");
  const subject = name === "" ? say("the file") : `\`${name}\``;
  if (issue.code !== "invalid_type") return `${subject}: ${issue.message.replace(/\.$/, "")}`;
  if (issue.message.endsWith("undefined")) return say("{subject} is missing", { subject });
  return say("{subject} must be {expected}", { subject, expected: KINDS[issue.expected] ?? issue.expected });
}
