// What of a call a person may fill in, and of which kind each value is.

import { z } from "zod";
import * as fields from "../../contract/fields.ts";
import { type Entry, endpoints, pathParameters } from "../../contract/index.ts";
import type { Operation } from "./operation.ts";
import { GROUPS, UNSEEN } from "./parameter-places.ts";
import { type Json, plainOf, title } from "./words.ts";

/** How a value is read before it is sent. */
type ValueKind = (typeof KINDS)[number];
export const KINDS = [
  ...(["text", "id", "ids", "list", "number", "numbers", "flag", "time", "range", "json"] as const),
  ...(["groups", "oneOrMany"] as const),
];

export const HEAD = `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one parameter after the other
`;

/** As the contract writes an id; other texts have patterns of their own. */
export const ID = z.toJSONSchema(fields.id, { io: "input" }) as Json;

const ENTRIES = new Map(endpoints.map((entry) => [entry.name, entry]));

export function entryOf(name: string): Entry {
  const entry = ENTRIES.get(name);
  if (!entry) throw new Error(`The n8n node names ${name}, which the contract does not have.`);
  return entry;
}

export function inputOf({ endpoint }: Entry) {
  return ((z.toJSONSchema(endpoint.input, { io: "input" }) as Json).properties ?? {}) as Record<string, Json>;
}

/** What of a call a person may fill in, beside the record it is about. */
export function fieldsOf(operation: Operation) {
  const entry = entryOf(operation.call);
  const inPath = pathParameters(entry.endpoint.path);
  const { asks = [], without = [] } = operation;
  for (const name of [...asks, ...without])
    if (!(name in inputOf(entry))) throw new Error(`${operation.call} has no ${name}.`);
  return Object.entries(inputOf(entry)).filter(
    ([name]) => asks.includes(name) || !(inPath.includes(name) || UNSEEN.has(name) || without.includes(name)),
  );
}

export function kindOf(name: string, schema: Json): ValueKind {
  const { type, format, items, pattern } = plainOf(schema);
  if (type === "boolean") return "flag";
  if (type === "integer" || type === "number") return "number";
  if (type === "array") {
    if (name in GROUPS) return "groups";
    if (items?.properties || items?.anyOf) return "json";
    if (items?.type === "integer") return "numbers";
    return items?.pattern === ID.pattern || name === "entity_ids" ? "ids" : "list";
  }
  if (type === "object") return /_range$/.test(name) ? "range" : "json";
  if (format === "date-time") return "time";
  return pattern && pattern === ID.pattern ? "id" : "text";
}

/** What one of a group's things has, and how each of that is read. A value may be one, or many with commas between. */
export function fieldsOfGroup(given: Json): [name: string, schema: Json, kind: ValueKind][] {
  const { properties = {} } = plainOf(given).items ?? {};
  return Object.entries(properties).map(([name, schema]) => {
    const types = typesOf(schema as Json);
    const isEither = types.includes("string") && types.includes("array");
    return [name, schema as Json, isEither ? "oneOrMany" : kindOf(name, schema as Json)];
  });
}

function typesOf({ type, anyOf }: Json): unknown[] {
  return anyOf ? anyOf.flatMap(typesOf) : [type];
}

export const choice = (value: string) => ({ name: title(value.replaceAll(" ", "_")), value });
