// Apollo takes "true" for true, "25" for 25, and a list in half a dozen spellings. Which of them is
// meant, only the schema knows, so each endpoint's schema is compiled once into a coercion that
// runs before validation. What it does not understand it leaves alone, for validation to refuse.
//
// The trap it closes: Boolean("false") is true.

import type { z } from "zod";
import { isObject } from "./bag.ts";

export type Coercion = (value: unknown) => unknown;

/** Stands for "as if it had not been sent". */
const ABSENT = undefined;

export function coercionFor(schema: z.core.$ZodType): Coercion {
  const def = schema._zod.def as unknown as { type: string } & Record<string, unknown>;
  switch (def.type) {
    case "boolean":
      return asFlag;
    case "number":
      return asNumber;
    case "string":
      return asText;
    case "array":
      return asListOf(coercionFor(def.element as z.core.$ZodType));
    case "object":
      return asObject(def.shape as Record<string, z.core.$ZodType>);
    case "record":
      return asRecord(coercionFor(def.valueType as z.core.$ZodType));
    case "nullable":
      return nullable(coercionFor(def.innerType as z.core.$ZodType));
    case "optional":
      return optional(def.innerType as z.core.$ZodType);
    case "default":
    case "prefault":
    case "readonly":
      return optional(def.innerType as z.core.$ZodType);
    case "pipe":
      return coercionFor(def.in as z.core.$ZodType);
    default:
      return (value) => value;
  }
}

// A client that has nothing to say sends null as often as it sends nothing.
function optional(inner: z.core.$ZodType): Coercion {
  const coerce = coercionFor(inner);
  return acceptsNull(inner) ? coerce : (value) => (value === null ? ABSENT : coerce(value));
}

function nullable(coerce: Coercion): Coercion {
  return (value) => (value === null ? null : coerce(value));
}

function acceptsNull(schema: z.core.$ZodType): boolean {
  const def = schema._zod.def as unknown as { type: string; innerType?: z.core.$ZodType };
  return (
    def.type === "nullable" ||
    def.type === "null" ||
    def.type === "any" ||
    def.type === "unknown" ||
    (def.innerType !== undefined && acceptsNull(def.innerType))
  );
}

function asFlag(value: unknown) {
  const last = lastOf(value);
  if (typeof last === "number") return last === 1 ? true : last === 0 ? false : last;
  if (typeof last !== "string") return last;
  const word = last.trim().toLowerCase();
  if (word === "true" || word === "1") return true;
  if (word === "false" || word === "0") return false;
  return word === "" ? ABSENT : last;
}

function asNumber(value: unknown) {
  const last = lastOf(value);
  if (typeof last !== "string") return last;
  const word = last.trim();
  if (word === "") return ABSENT;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : last;
}

function asText(value: unknown) {
  const last = lastOf(value);
  return Number.isFinite(last) || typeof last === "boolean" ? String(last) : last;
}

// `name=a&name=b` where one value is meant: the last one counts, as it does for Rack.
function lastOf(value: unknown) {
  return Array.isArray(value) ? value.at(-1) : value;
}

function asListOf(element: Coercion): Coercion {
  return (value) => {
    if (value === null) return value;
    return listFrom(value)?.map(element) ?? value;
  };
}

function listFrom(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value.every(Array.isArray) ? value.flat() : value;
  if (isObject(value)) {
    const keys = Object.keys(value);
    return keys.every((key) => /^\d{1,6}$/.test(key))
      ? keys.sort((a, b) => Number(a) - Number(b)).map((key) => value[key])
      : undefined;
  }
  if (typeof value === "string") return listFromText(value);
  return value === undefined ? undefined : [value];
}

// `["a","b"]` as text, or `a,b` where every part is an id: a name may well contain a comma.
function listFromText(text: string): unknown[] {
  const trimmed = text.trim();
  if (trimmed === "") return [];
  if (trimmed.startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(trimmed);
      if (Array.isArray(parsed)) return parsed;
    } catch {
      // not JSON after all: a name may start with a bracket
    }
  }
  const parts = trimmed.split(",").map((part) => part.trim());
  return parts.length > 1 && parts.every((part) => /^[0-9a-f]{24}$/i.test(part)) ? parts : [text];
}

/** Keeps the keys the schema knows; the others are ignored, as Apollo ignores them. */
function asObject(shape: Record<string, z.core.$ZodType>): Coercion {
  const coercions = Object.entries(shape).map(([key, schema]) => [key, coercionFor(schema)] as const);
  return (value) => {
    if (!isObject(value)) return value;
    const result: Record<string, unknown> = {};
    for (const [key, coerce] of coercions) {
      const given = value[key];
      const read = given === undefined ? ABSENT : coerce(given);
      if (read !== ABSENT) result[key] = read;
    }
    return result;
  };
}

function asRecord(coerce: Coercion): Coercion {
  return (value) => {
    if (!isObject(value)) return value;
    const result = Object.create(null) as Record<string, unknown>;
    for (const key of Object.keys(value)) if (key !== "__proto__") result[key] = coerce(value[key]);
    return result;
  };
}
