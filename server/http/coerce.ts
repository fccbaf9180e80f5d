// Apollo takes "true" for true, "25" for 25, and a list in half a dozen spellings. Which of them is
// meant, only the schema knows, so each endpoint's schema is compiled once into a coercion that
// runs before validation. What it does not understand it leaves alone, for validation to refuse.
//
// The trap it closes: Boolean("false") is true.

import { z } from "zod";
import { listFrom } from "./lists.ts";
import { isObject } from "./params.ts";

type Coercion = (value: unknown) => unknown;

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
      return nullable(def.innerType as z.core.$ZodType);
    case "optional":
      return optional(def.innerType as z.core.$ZodType);
    case "default":
    case "prefault":
    case "readonly":
      return optional(def.innerType as z.core.$ZodType);
    case "pipe":
      return coercionFor(def.in as z.core.$ZodType);
    case "union":
      return asOneOf(def.options as readonly z.core.$ZodType[]);
    default:
      return (value) => value;
  }
}

// A client that has nothing to say sends null, or a field that was left empty, as often as it sends nothing.
function optional(inner: z.core.$ZodType): Coercion {
  const coerce = coercionFor(inner);
  if (acceptsNull(inner)) return coerce;
  const isUnsaid = unsaidBy(inner);
  return (value) => {
    const read = isUnsaid(value) ? ABSENT : coerce(value);
    return isEmptied(value, read) ? ABSENT : read;
  };
}

/** All its parts were left empty. It says nothing then, and is not the empty object that may stand for everything. */
function isEmptied(value: unknown, read: unknown) {
  return isObject(value) && isObject(read) && Object.keys(value).length > 0 && Object.keys(read).length === 0;
}

function nullable(inner: z.core.$ZodType): Coercion {
  const coerce = coercionFor(inner);
  const isUnsaid = unsaidBy(inner);
  return (value) => (isUnsaid(value) ? null : (coerce(value) ?? null));
}

/** Null says nothing, and so does empty text where no text that is empty can stand: of an id, a time, one of some words. */
function unsaidBy(schema: z.core.$ZodType): (value: unknown) => boolean {
  const { type } = schema._zod.def as unknown as { type: string };
  const issue = type === "string" || type === "enum" ? z.safeParse(schema, "").error?.issues[0] : undefined;
  // A required name that is too short is refused, and so is an empty one.
  if (issue === undefined || issue.code === "too_small") return (value) => value === null;
  return (value) => value === null || (typeof value === "string" && value.trim() === "");
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

// As Apollo's database reads them, and as forms send them.
const YES: ReadonlySet<string> = new Set(["true", "t", "yes", "y", "on", "1"]);
const NO: ReadonlySet<string> = new Set(["false", "f", "no", "n", "off", "0"]);

function asFlag(value: unknown) {
  const last = lastOf(value);
  if (typeof last === "number") return last === 1 ? true : last === 0 ? false : last;
  if (typeof last !== "string") return last;
  const word = last.trim().toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  return word === "" ? ABSENT : last;
}

/** Longer than any number that fits a field; a longer text stays as it is, and is refused. */
const LONGEST_NUMBER = 100;

function asNumber(value: unknown) {
  const last = lastOf(value);
  if (typeof last !== "string" || last.length > LONGEST_NUMBER) return last;
  const word = last.trim();
  if (word === "") return ABSENT;
  return /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : last;
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

/** What fits one of them as it is stays; else the first that it fits once it has been read. */
function asOneOf(options: readonly z.core.$ZodType[]): Coercion {
  const readings = options.map((option) => ({ option, coerce: coercionFor(option) }));
  return (value) => {
    if (options.some((option) => z.safeParse(option, value).success)) return value;
    for (const { option, coerce } of readings) {
      const read = coerce(value);
      if (z.safeParse(option, read).success) return read;
    }
    return value;
  };
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
