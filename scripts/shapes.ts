// What each call takes and answers, as plain TypeScript types, so that users of the SDK need no schemas and their compiler
// needs no zod. Objects used in several places get a name: the key where they first occur.

import { type Endpoint, endpoints } from "../contract/index.ts";
import { type JsonSchema, mapParts, toJsonSchema, withSingleValues } from "../contract/json-schema.ts";
import { inputs, records } from "../contract/records.ts";
import { type NamedSchema, shareSchemas } from "../contract/sharing.ts";
import { comment, print } from "./print-type.ts";

/** Characters, above which a type that stands in several places is worth a name. */
const WORTH_A_NAME = 160;

export function shapesFile() {
  const { calls, records } = callsAndRecords();
  const { share, components } = shareSchemas(repeatedIn(records, calls));
  const nouns = new Map<string, string[]>();
  for (const { noun, verb, summary, input, output } of calls) {
    const about = `    /** ${comment(summary)}. */`;
    const answer = output ? print(share(output)) : "Download";
    const lines = [about, `    ${verb}: { input: ${print(share(input))}; output: ${answer} };`];
    nouns.set(noun, [...(nouns.get(noun) ?? []), ...lines]);
  }
  const named = [
    ...Object.entries(records).map(([name, type]) => [name, share(type)] as const),
    ...Object.entries(components()),
  ];
  return `${HEAD}
import type { Download } from "./files.ts";

${named.map(([name, type]) => `export type ${name} = ${print(type)};`).join("\n\n")}

export type Shapes = {
${[...nouns].flatMap(([noun, verbs]) => [`  ${noun}: {`, ...verbs, "  };"]).join("\n")}
};
`;
}

/** The calls with references to records, and the records that they refer to. */
function callsAndRecords() {
  const { share, components } = shareSchemas(recordTypes());
  const calls = callTypes().map(({ input, output, ...call }) => ({
    ...call,
    input: share(input),
    ...(output && { output: share(output) }),
  }));
  return { calls, records: components() };
}

type CallTypes = { noun: string; verb: string; summary: string; input: JsonSchema; output?: JsonSchema };

function callTypes(): CallTypes[] {
  return endpoints.map(({ name, endpoint }) => {
    const [noun = "", verb = ""] = name.split(".");
    const output = endpoint.isFile ? {} : { output: typeOf(toJsonSchema(endpoint.output, "output")) };
    return { noun, verb, summary: endpoint.summary, input: inputOf(endpoint), ...output };
  });
}

/** The records by name, for those who import the SDK. */
export function recordsFile() {
  const names = Object.keys(callsAndRecords().records).map((name) => `  ${name},`);
  return `${HEAD}// biome-ignore-all assist: by the letters of the names

export type {
${names.sort().join("\n")}
} from "./shapes.ts";
`;
}

const HEAD = `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one shape is one line
// biome-ignore-all lint: as the contract has it
`;

/** What a compiler does not look at is left out, so that what differs in nothing else is the same type. */
function typeOf(schema: JsonSchema): JsonSchema {
  const {
    type,
    properties,
    required,
    additionalProperties,
    items,
    prefixItems,
    anyOf,
    oneOf,
    not,
    description,
  } = schema;
  const isOpen =
    typeof additionalProperties === "object" || !properties || Object.keys(properties).length === 0;
  const seen = {
    type,
    properties,
    required,
    items,
    prefixItems,
    anyOf,
    oneOf,
    not,
    description,
    ...(isOpen && { additionalProperties }),
    ...(schema.enum && { enum: schema.enum }),
    ...("const" in schema && { const: schema.const }),
  };
  const said = Object.entries(seen).filter(([, value]) => value !== undefined);
  return mapParts(Object.fromEntries(said) as JsonSchema, typeOf);
}

/** A parameter that may be sent as a file may be given as one. */
function inputOf({ input, takesFile, takesUpload }: Endpoint): JsonSchema {
  const schema = typeOf(withSingleValues(toJsonSchema(input, "input")));
  const properties = Object.entries(schema.properties ?? {}).map(([key, value]): [string, JsonSchema] => {
    if (key === takesUpload)
      return [key, { ...BLOB, ...(value.description && { description: value.description }) }];
    return key === takesFile || isFileObject(value) ? [key, { anyOf: [value, BLOB] }] : [key, value];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

const isObject = ({ properties }: JsonSchema) => properties !== undefined;

const BLOB: JsonSchema = { type: "blob" };
const isFileObject = ({ properties = {} }: JsonSchema) =>
  "content" in properties && "content_type" in properties;

function recordTypes(): NamedSchema[] {
  const taken = Object.entries(inputs).map(([name, schema]) => ({
    name,
    schema: typeOf(withSingleValues(toJsonSchema(schema, "input"))),
  }));
  const shown = Object.entries(records).map(([name, schema]) => ({
    name,
    schema: typeOf(toJsonSchema(schema, "output")),
  }));
  return [...shown, ...taken].filter(({ schema }) => isObject(schema) || schema.oneOf?.every(isObject));
}

/** Objects beside the records that stand in several places, after the key under which they first stand. */
function repeatedIn(known: Record<string, JsonSchema>, calls: readonly CallTypes[]): NamedSchema[] {
  const seen = new Map<string, { times: number; key: string; schema: JsonSchema }>();
  const look = (schema: JsonSchema, key: string) => {
    if (schema.properties || schema.allOf) {
      const text = JSON.stringify(schema);
      const before = seen.get(text);
      if (before) before.times++;
      else seen.set(text, { times: 1, key, schema });
      if (before) return; // what is inside was seen the first time
    }
    lookInside(schema, key);
  };
  const lookInside = (schema: JsonSchema, key: string) => {
    const { properties = {}, items, anyOf = [], oneOf = [], prefixItems = [], additionalProperties } = schema;
    for (const [inside, part] of Object.entries(properties)) look(part, inside);
    for (const part of [...(items ? [items] : []), ...anyOf, ...oneOf, ...prefixItems]) look(part, key);
    for (const part of schema.allOf ?? []) lookInside(part, key);
    if (typeof additionalProperties === "object") look(additionalProperties, key);
  };
  for (const [name, schema] of Object.entries(known)) lookInside(schema, name);
  for (const { noun, input, output } of calls) {
    if (output) look(output, `${noun}_answer`);
    look(input, `${noun}_input`);
  }
  const repeated = [...seen.values()].filter(
    ({ times, schema }) => times > 1 && print(schema).length > WORTH_A_NAME,
  );
  const taken = new Map(Object.keys(known).map((name) => [name, 1]));
  return repeated.map(({ key, schema }) => ({ name: freeName(pascal(key), taken), schema }));
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
