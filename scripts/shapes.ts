// What each call takes and answers, as plain TypeScript types: so that whoever installs the SDK needs no schemas, and
// their compiler no zod. Objects that stand in several places get a name, after the key under which they first stand.

import { z } from "zod";
import { type Endpoint, endpoints } from "../contract/index.ts";

type Json = {
  type?: string | string[];
  properties?: Record<string, Json>;
  required?: string[];
  additionalProperties?: Json | boolean;
  items?: Json;
  prefixItems?: Json[];
  anyOf?: Json[];
  oneOf?: Json[];
  enum?: unknown[];
  const?: unknown;
  not?: unknown;
  description?: string;
};

const WORTH_A_NAME = 200; // characters

export function shapesFile() {
  const names = nameWhatRepeats();
  const nouns = new Map<string, string[]>();
  for (const { name, endpoint } of endpoints) {
    const [noun = "", verb = ""] = name.split(".");
    const input = filesAllowed(jsonOf(endpoint.input, "input"), endpoint);
    const output = endpoint.isFile ? "Download" : print(jsonOf(endpoint.output, "output"), names);
    const about = `    /** ${comment(endpoint.summary)}. */`;
    const lines = [about, `    ${verb}: { input: ${print(input, names)}; output: ${output} };`];
    nouns.set(noun, [...(nouns.get(noun) ?? []), ...lines]);
  }
  const named = [...names.values()].map(({ name, json }) => `export type ${name} = ${members(json, names)};`);
  return `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one shape is one line
// biome-ignore-all lint: as the contract has it

import type { Download } from "./files.ts";

${named.join("\n\n")}

export type Shapes = {
${[...nouns].flatMap(([noun, verbs]) => [`  ${noun}: {`, ...verbs, "  };"]).join("\n")}
};
`;
}

function jsonOf(schema: z.ZodType, io: "input" | "output") {
  return z.toJSONSchema(schema, { io }) as Json;
}

/** A parameter that may be sent as a file may be given as one. */
function filesAllowed(input: Json, { takesFile, takesUpload }: Endpoint): Json {
  const properties = Object.entries(input.properties ?? {}).map(([key, value]): [string, Json] => {
    if (key === takesUpload)
      return [key, { ...BLOB, ...(value.description && { description: value.description }) }];
    return key === takesFile || isFileObject(value) ? [key, { anyOf: [value, BLOB] }] : [key, value];
  });
  return { ...input, properties: Object.fromEntries(properties) };
}

const BLOB: Json = { type: "blob" };
const isFileObject = ({ properties = {} }: Json) => "content" in properties && "content_type" in properties;

/** By the text of the whole type, the name it gets. */
type Names = ReadonlyMap<string, { name: string; json: Json }>;
const NO_NAMES: Names = new Map();

function nameWhatRepeats(): Names {
  const seen = new Map<string, { times: number; key: string; json: Json }>();
  const look = (json: Json, key: string) => {
    if (json.properties) {
      const text = print(json, NO_NAMES);
      const known = seen.get(text);
      if (known) known.times++;
      else seen.set(text, { times: 1, key, json });
      if (known) return; // what is inside was seen the first time
    }
    for (const [inside, part] of Object.entries(json.properties ?? {})) look(part, inside);
    for (const part of [
      json.items,
      ...(json.anyOf ?? []),
      ...(json.oneOf ?? []),
      ...(json.prefixItems ?? []),
    ])
      if (part) look(part, key);
    if (typeof json.additionalProperties === "object") look(json.additionalProperties, key);
  };
  for (const { endpoint, name } of endpoints) {
    const noun = name.split(".")[0] ?? "";
    look(jsonOf(endpoint.output, "output"), `${noun}_answer`);
    look(jsonOf(endpoint.input, "input"), `${noun}_input`);
  }
  const repeated = [...seen].filter(([text, { times }]) => times > 1 && text.length > WORTH_A_NAME);
  const taken = new Map<string, number>();
  return new Map(
    repeated.map(([text, { key, json }]) => [text, { name: freeName(pascal(key), taken), json }]),
  );
}

function freeName(name: string, taken: Map<string, number>) {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}${count}`;
}

const pascal = (key: string) =>
  singular(key)
    .split(/_|(?=[A-Z])/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

const singular = (key: string) =>
  key
    .replace(/ies$/, "y")
    .replace(/(ch|sh|status)es$/, "$1")
    .replace(/(?<![su])s$/, "");

function print(json: Json, names: Names): string {
  const alternatives = json.anyOf ?? json.oneOf;
  if (alternatives) return [...new Set(alternatives.map((one) => print(one, names)))].join(" | ");
  if (json.enum) return json.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in json) return JSON.stringify(json.const);
  if (json.not) return "never";
  if (Array.isArray(json.type)) return json.type.map((type) => print({ ...json, type }, names)).join(" | ");
  switch (json.type) {
    case "object":
      return printObject(json, names);
    case "array":
      return printArray(json, names);
    case "string":
    case "boolean":
    case "null":
    case "number":
      return json.type;
    case "integer":
      return "number";
    case "blob":
      return "Blob";
    default:
      return "unknown";
  }
}

function printArray({ prefixItems, items }: Json, names: Names) {
  if (prefixItems) return `[${prefixItems.map((one) => print(one, names)).join(", ")}]`;
  const element = items ? print(items, names) : "unknown";
  return / /.test(element) ? `Array<${element}>` : `${element}[]`;
}

function printObject(json: Json, names: Names) {
  if (!json.properties || Object.keys(json.properties).length === 0) {
    const values = json.additionalProperties;
    if (typeof values === "object") return `Record<string, ${print(values, names)}>`;
    return values === false || json.properties ? "Record<never, never>" : "Record<string, unknown>";
  }
  const named = names.size > 0 ? names.get(members(json, NO_NAMES)) : undefined;
  return named?.name ?? members(json, names);
}

function members({ properties = {}, required = [] }: Json, names: Names) {
  const parts = Object.entries(properties).map(([key, value]) => {
    const about = value.description ? `/** ${comment(value.description)} */ ` : "";
    const mark = required.includes(key) ? "" : "?";
    const printed = print(value, names);
    return `${about}${printKey(key)}${mark}: ${printed}${mark ? " | undefined" : ""}`;
  });
  return `{ ${parts.join("; ")} }`;
}

const printKey = (key: string) => (/^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key));
const comment = (text: string) => text.replaceAll("*/", "* /").replaceAll("\n", " ");
