// The parameters of a call that nothing reads. Apollo passes over a name it does not know, and so do we; but a caller
// whose filter was misspelled, or is not built here, is told so in a header and in the log (names only, never values).

import type { Endpoint } from "@cadenza/contract";
import type { z } from "zod";
import { type Bag, isObject } from "./params.ts";
import type { Body } from "./server.ts";

/** Adds the names that are unknown to `names`, as paths without the positions of lists. */
type Look = (value: unknown, path: string, names: Set<string>) => void;

type FindIgnored = (query: Bag, body: Body) => readonly string[];

export const IGNORED_HEADER = "cadenza-ignored";
const MOST_NAMES = 20;
const LONGEST_NAME = 60;
const CREDENTIAL = "api_key";

/** Compiled once per endpoint: a call whose names are all known costs one look-up for each of them. */
export function ignoredFinder({ input, wrapper }: Endpoint): FindIgnored {
  const known = [CREDENTIAL, ...(wrapper === undefined ? [] : [wrapper])];
  const look = lookIntoObjects([input], new Set(known));
  return (query, body) => {
    const names = new Set<string>();
    const bag = "bag" in body ? body.bag : {};
    look(query, "", names);
    look(bag, "", names);
    if (wrapper !== undefined) look(bag[wrapper], "", names);
    return [...names].slice(0, MOST_NAMES);
  };
}

/** Null where there is nothing in it that could have an unknown name. */
function lookInto(schema: z.core.$ZodType): Look | null {
  const def = schema._zod.def as unknown as { type: string } & Record<string, unknown>;
  switch (def.type) {
    case "object":
      return lookIntoObjects([schema]);
    case "array":
      return forEach(lookInto(def.element as z.core.$ZodType));
    case "record":
      return forEachValue(lookInto(def.valueType as z.core.$ZodType));
    case "nullable":
    case "optional":
    case "default":
    case "prefault":
    case "readonly":
      return lookInto(def.innerType as z.core.$ZodType);
    case "pipe":
      return lookInto(def.in as z.core.$ZodType);
    case "union":
      return lookIntoUnion(def.options as readonly z.core.$ZodType[]);
    default:
      return null;
  }
}

function forEach(look: Look | null): Look | null {
  return (
    look &&
    ((value, path, names) => {
      if (Array.isArray(value)) for (const one of value) look(one, path, names);
      else if (isObject(value)) look(value, path, names);
    })
  );
}

/** Callers choose the names: ids, or the places of a list as forms write them, `a[0][b]`. */
function forEachValue(look: Look | null): Look | null {
  return (
    look &&
    ((value, path, names) => {
      if (isObject(value)) for (const one of Object.values(value)) look(one, path, names);
    })
  );
}

/** A name is known if any of the objects has it; where one of them takes any name, all are. A list is looked at as one. */
function lookIntoUnion(options: readonly z.core.$ZodType[]): Look | null {
  const types = options.map((option) => (option._zod.def as unknown as { type: string }).type);
  if (types.some((type) => ["record", "any", "unknown", "union", "lazy"].includes(type))) return null;
  const objects = options.filter((_, at) => types[at] === "object");
  const lists = options.filter((_, at) => types[at] === "array");
  const ofObject = objects.length > 0 ? lookIntoObjects(objects) : null;
  const ofOne = lists[0] && lists.length === 1 ? lookInto(elementOf(lists[0])) : null;
  if (!ofObject && !ofOne) return null;
  const [ofList, ofPlaces] = [forEach(ofOne), forEachValue(ofOne)];
  return (value, path, names) => {
    if (Array.isArray(value)) ofList?.(value, path, names);
    else if (ofPlaces && hasPlaces(value)) ofPlaces(value, path, names);
    else (ofObject ?? ofList)?.(value, path, names);
  };
}

function elementOf(list: z.core.$ZodType) {
  return (list._zod.def as unknown as { element: z.core.$ZodType }).element;
}

function hasPlaces(value: unknown) {
  return isObject(value) && Object.keys(value).every((key) => /^\d+$/.test(key));
}

function lookIntoObjects(
  schemas: readonly z.core.$ZodType[],
  alsoKnown: ReadonlySet<string> = new Set(),
): Look {
  const parts = new Map<string, Look | null>();
  for (const schema of schemas) {
    const def = schema._zod.def as unknown as { shape: Record<string, z.core.$ZodType>; catchall?: unknown };
    if (def.catchall) return () => {};
    for (const [name, part] of Object.entries(def.shape)) parts.set(name, lookInto(part));
  }
  return (value, path, names) => {
    if (!isObject(value)) return;
    for (const key in value) {
      const name = key.endsWith("[]") ? key.slice(0, -2) : key;
      const part = parts.get(name);
      if (part === undefined) {
        if (!alsoKnown.has(name) && names.size < MOST_NAMES) names.add(path + printed(name));
      } else if (part !== null) part(value[key], `${path}${name}.`, names);
    }
  };
}

/** A stranger chose it: it may stand in a header and in a line of the log. */
function printed(name: string) {
  return encodeURIComponent(name.toWellFormed().slice(0, LONGEST_NAME));
}
