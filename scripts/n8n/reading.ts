// What of a call a person may fill in, and of which kind each value is.

import { z } from "zod";
import { type Entry, endpoints, pathParameters } from "../../contract/index.ts";
import { type Operation, UNSEEN } from "./operations.ts";
import { type Json, plainOf, title } from "./words.ts";

/** How a value is read before it is sent. */
export type Kind = "text" | "id" | "ids" | "list" | "number" | "flag" | "time" | "range" | "json";

export const HEAD = `// Made by npm run generate from the contract; not to be changed by hand.
// biome-ignore-all format: one parameter after the other
`;

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

export function kindOf(name: string, schema: Json): Kind {
  const { type, format, items, pattern } = plainOf(schema);
  if (type === "boolean") return "flag";
  if (type === "integer" || type === "number") return "number";
  if (type === "array") {
    if (items?.properties || items?.anyOf) return "json";
    return items?.pattern || name === "entity_ids" ? "ids" : "list";
  }
  if (type === "object") return /_range$/.test(name) ? "range" : "json";
  if (format === "date-time") return "time";
  return pattern ? "id" : "text";
}

export const choice = (value: string) => ({ name: title(value.replaceAll(" ", "_")), value });
