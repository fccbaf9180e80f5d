// A zod schema as JSON schema, the way the contract is told to others.

import { z } from "zod";

export type JsonSchema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  not?: JsonSchema;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
  description?: string;
};

type Side = "input" | "output";

export function toJsonSchema(schema: z.ZodType, side: Side) {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: side });
  return json as JsonSchema;
}

/** The same schema with each schema inside it changed. */
export function mapParts(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const { properties, additionalProperties, propertyNames, items, not, prefixItems, anyOf, oneOf, allOf } =
    schema;
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, change) }),
    ...(typeof additionalProperties === "object" && { additionalProperties: change(additionalProperties) }),
    ...(propertyNames && { propertyNames: change(propertyNames) }),
    ...(items && { items: change(items) }),
    ...(not && { not: change(not) }),
    ...(prefixItems && { prefixItems: prefixItems.map(change) }),
    ...(anyOf && { anyOf: anyOf.map(change) }),
    ...(oneOf && { oneOf: oneOf.map(change) }),
    ...(allOf && { allOf: allOf.map(change) }),
  };
}

function mapValues<Value>(values: Record<string, Value>, change: (value: Value) => Value) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}

/**
 * Where the server takes a list of texts or numbers, it takes one of them as well (server/http/coerce.ts): both are said.
 * A query says so by itself, since there a list of one looks like one value.
 */
export function withSingleValues(schema: JsonSchema): JsonSchema {
  const inside = mapParts(schema, withSingleValues);
  if (inside.anyOf?.some(isScalar)) return { ...inside, anyOf: schema.anyOf ?? [] }; // one value is among them
  const { type, items, description, default: unless, ...limits } = inside;
  if (type !== "array" || !items || !isScalar(items)) return inside;
  return {
    ...(description !== undefined && { description }),
    ...(unless !== undefined && { default: unless }),
    oneOf: [items, { type, items, ...limits }],
  };
}

const SCALARS = ["string", "integer", "number", "boolean"];
const isScalar = ({ type }: JsonSchema) => typeof type === "string" && SCALARS.includes(type);
