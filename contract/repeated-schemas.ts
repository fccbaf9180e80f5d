// Finds parts of schemas that stand several times under the same key, and gives each a name: that of the record or noun where
// it first stands, with the key. A list that takes one value as well is named after what it holds, under whatever key it is.

import type { JsonSchema } from "./json-schema.ts";
import type { NamedSchema } from "./sharing.ts";

/** A whole schema, with the record or the noun that it belongs to. Itself it is looked at only if it has a key. */
export type Root = { owner: string; key?: string; schema: JsonSchema };

type Found = { schema: JsonSchema; text: string; times: number; owner: string; keys: Set<string> };

export function repeatedSchemas(roots: readonly Root[], taken: Iterable<string>): NamedSchema[] {
  const found = lookThrough(roots, look);
  const names = new Set(taken);
  return [...found.values()].flatMap((one) => {
    const name = nameOf(one);
    if (name === undefined || !isWorthIt(one, name)) return [];
    return [{ name: takeName(name, names), schema: one.schema }];
  });
}

/**
 * Keys that say the same, down to the description, in several places: `async`, `re_enroll`. Only what has no keys itself: such a
 * key may have a default, since a generator of clients does not look for one behind a reference.
 */
export function repeatedKeys(roots: readonly Root[], taken: Iterable<string>): NamedSchema[] {
  const found = lookThrough(roots, lookAtKeys);
  const names = new Set(taken);
  return [...found.values()].flatMap((one) => {
    const [key = ""] = one.keys;
    const name = key.includes("_") ? pascal(key) : ownName(one); // several words say by themselves what it is
    if (one.keys.size > 1 || one.text.includes('"properties":') || savedBy(one, name) <= LEAST_SAVED)
      return [];
    return [{ name: takeName(name, names), schema: one.schema }];
  });
}

type Look = (found: Map<string, Found>, part: JsonSchema, key: string, owner: string) => void;

function lookThrough(roots: readonly Root[], lookAt: Look) {
  const found = new Map<string, Found>();
  for (const { owner, key, schema } of roots) {
    if (key === undefined) for (const [part, inside] of partsOf(schema)) lookAt(found, part, inside, owner);
    else lookAt(found, schema, key, owner);
  }
  return found;
}

function lookAtKeys(found: Map<string, Found>, schema: JsonSchema, key: string, owner: string) {
  for (const [part, inside] of partsOf(schema)) lookAtKeys(found, part, inside, owner);
  if (key === "" || Object.keys(schema).join() === "$ref") return;
  const text = JSON.stringify(schema);
  const before = found.get(text);
  if (!before) found.set(text, { schema, text, times: 1, owner, keys: new Set([key]) });
  else {
    before.times++;
    before.keys.add(key);
  }
}

function look(found: Map<string, Found>, described: JsonSchema, key: string, owner: string) {
  if (described.$ref !== undefined) return;
  const { description: _, ...schema } = described;
  const text = JSON.stringify(schema);
  const before = found.get(text);
  if (before) {
    before.times++;
    before.keys.add(singular(key));
    return; // what is inside was seen the first time
  }
  found.set(text, { schema, text, times: 1, owner, keys: new Set([singular(key)]) });
  for (const [part, inside] of partsOf(schema)) look(found, part, inside || key, owner);
}

/** Each schema inside, with its key if it has one of its own. */
function partsOf(schema: JsonSchema): [JsonSchema, string][] {
  const { properties = {}, items, not, additionalProperties, propertyNames } = schema;
  const { anyOf = [], oneOf = [], allOf = [], prefixItems = [] } = schema;
  const more = typeof additionalProperties === "object" ? [additionalProperties] : [];
  const others = [items ?? [], not ?? [], propertyNames ?? [], more, anyOf, oneOf, prefixItems].flat();
  return [
    ...Object.entries(properties).map(([key, part]): [JsonSchema, string] => [part, key]),
    ...others.map((part): [JsonSchema, string] => [part, ""]),
    ...allOf.flatMap(partsOf), // a part of a composition is no schema of its own
  ];
}

/** Nothing for what stands under several keys: it is the same by chance, and one key says nothing of the other. */
function nameOf({ schema, owner, keys }: Found) {
  const list = listName(schema);
  if (list !== undefined) return list;
  return keys.size > 1 ? undefined : ownName({ owner, keys });
}

function ownName({ owner, keys }: Pick<Found, "owner" | "keys">) {
  const own = pascal([...keys][0] ?? "");
  return owner.endsWith(own) ? owner : `${owner}${own}`;
}

/** `IdsUpTo200`, `TextsUpTo1000`, `IdsFrom1UpTo100`. */
function listName({ oneOf, ...rest }: JsonSchema) {
  const [one, list] = oneOf ?? [];
  if (!one || list?.type !== "array" || oneOf?.length !== 2 || Object.keys(rest).length > 0) return undefined;
  const { type, maxLength, $ref, ...limits } = one;
  const { type: _, items: __, minItems, maxItems, ...others } = list;
  if (maxItems === undefined || Object.keys({ ...limits, ...others }).length > 0) return undefined;
  const many = `${minItems === undefined ? "" : `From${minItems}`}UpTo${maxItems}`;
  if ($ref === "#/components/schemas/Id") return `Ids${many}`;
  return type === "string" && maxLength !== undefined ? `TextsOf${maxLength}${many}` : undefined;
}

const LEAST_SAVED = 20; // characters, below which a reference is only one more step for a reader
const NAMED_KEY = 80; // what a name for a key costs, about

/**
 * Generators of clients take it of a key with a default that it is always there, save where a body is written out, or where
 * the default stands behind a reference. So such keys get a name each, which costs something and needs one without keys itself.
 */
function isWorthIt(found: Found, name: string) {
  const defaults = keysWithDefaults(found.schema);
  const cost = defaults.reduce((sum, [, key]) => sum + key.length + NAMED_KEY, 0);
  return savedBy(found, name) - cost > LEAST_SAVED && defaults.every(([key]) => key.properties === undefined);
}

function keysWithDefaults(schema: JsonSchema): [JsonSchema, string][] {
  return partsOf(schema).flatMap(([part, key]) =>
    "default" in part && key !== "" ? [[part, key]] : keysWithDefaults(part),
  );
}

/** A name for each key with a default inside what has a name of its own. */
export function namedDefaults(within: Record<string, JsonSchema>, taken: Iterable<string>): NamedSchema[] {
  const names = new Set(taken);
  const known = new Set<string>();
  return Object.entries(within).flatMap(([owner, schema]) =>
    keysWithDefaults(schema).flatMap(([part, key]) => {
      const text = JSON.stringify(part);
      if (known.has(text)) return [];
      known.add(text);
      return [{ name: takeName(ownName({ owner, keys: new Set([key]) }), names), schema: part }];
    }),
  );
}

function savedBy({ text, times }: Found, name: string) {
  const reference = `{"$ref":"#/components/schemas/${name}"}`;
  return (times - 1) * text.length - times * reference.length - name.length;
}

function takeName(name: string, taken: Set<string>) {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  taken.add(free);
  return free;
}

const singular = (key: string) =>
  key
    .replace(/\[\]$/, "")
    .replace(/ies$/, "y")
    .replace(/(ch|sh|ss|status|alias)es$/, "$1")
    .replace(/(?<![su])s$/, "");

export const pascal = (name: string) =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
