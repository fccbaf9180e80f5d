// Schemas that stand in several places are written out once, under a name, and the places refer to it. Whether two
// schemas are the same is decided by what they say, so that references change nothing of what is described.

import { type JsonSchema, mapParts } from "./json-schema.ts";

export type NamedSchema = { name: string; schema: JsonSchema };

export type Sharing = {
  /** The schema with references in it, or a reference to it. */
  share: (schema: JsonSchema) => JsonSchema;
  /** What was referred to so far, by its name. Each refers to the others. */
  components: () => Record<string, JsonSchema>;
};

/** A record with fewer keys is not worth composing another one of it. */
const LEAST_KEYS = 4;

export function shareSchemas(candidates: readonly NamedSchema[]): Sharing {
  const words = new Words();
  const byText = firstBy(candidates, ({ schema }) => words.of(schema));
  const byRest = firstBy(candidates, ({ schema }) => words.withoutDescription(schema));
  const named = [...byText.values()];
  const bases = named
    .filter((one) => numberOfKeys(one) >= LEAST_KEYS && one.schema.description === undefined)
    .toSorted((one, other) => numberOfKeys(other) - numberOfKeys(one));

  const share = (schema: JsonSchema): JsonSchema => {
    const same = byText.get(words.of(schema));
    if (same) return refer(same);
    const { description } = schema;
    const described = description === undefined ? undefined : byRest.get(words.withoutDescription(schema));
    return described ? { ...refer(described), description: description as string } : inside(schema);
  };

  const inside = (schema: JsonSchema, except?: NamedSchema): JsonSchema => {
    const base = bases.find((candidate) => candidate !== except && words.extends(schema, candidate.schema));
    return base ? composed(schema, base) : mapParts(schema, share);
  };

  const composed = (schema: JsonSchema, base: NamedSchema): JsonSchema => {
    const { properties = {}, required = [], type, ...rest } = schema;
    const isMore = (key: string) => !(key in (base.schema.properties ?? {}));
    const more = Object.entries(properties).filter(([key]) => isMore(key));
    const needed = required.filter(isMore);
    const part = {
      type: "object",
      properties: Object.fromEntries(more),
      ...(needed.length > 0 && { required: needed }),
    };
    return { ...rest, allOf: [refer(base), mapParts(part, share)] };
  };

  const referred = new Set<string>();
  const refer = ({ name }: NamedSchema) => {
    referred.add(name);
    return { $ref: `#/components/schemas/${name}` };
  };
  const components = () => {
    const written: Record<string, JsonSchema> = {};
    const isNext = ({ name }: NamedSchema) => referred.has(name) && !(name in written);
    for (let next = named.find(isNext); next; next = named.find(isNext))
      written[next.name] = inside(next.schema, next); // may refer to others
    return Object.fromEntries(Object.entries(written).sort(([one], [other]) => (one < other ? -1 : 1)));
  };
  return { share, components };
}

/** Refers to what says exactly the same, wherever it stands inside a schema. */
export function sharingKeys(named: readonly NamedSchema[]) {
  const names = new Map(named.map(({ name, schema }) => [JSON.stringify(schema), name]));
  return function share(schema: JsonSchema): JsonSchema {
    const name = names.get(JSON.stringify(schema));
    return name === undefined ? mapParts(schema, share) : { $ref: `#/components/schemas/${name}` };
  };
}

/** Of those that say the same, the one that was named first. */
function firstBy(named: readonly NamedSchema[], textOf: (one: NamedSchema) => string) {
  const first = new Map<string, NamedSchema>();
  for (const one of named) if (!first.has(textOf(one))) first.set(textOf(one), one);
  return first;
}

const numberOfKeys = ({ schema }: NamedSchema) => Object.keys(schema.properties ?? {}).length;

/** What schemas say, as text: the same for two that say the same, in whatever order. */
class Words {
  readonly #known = new WeakMap<object, string>();

  of(value: unknown): string {
    if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "undefined";
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const text = Array.isArray(value)
      ? `[${value.map((part) => this.of(part)).join()}]`
      : `{${Object.keys(value)
          .sort()
          .map((key) => `${key}:${this.of(sortedNames(key, (value as Record<string, unknown>)[key]))}`)
          .join()}}`;
    this.#known.set(value, text);
    return text;
  }

  withoutDescription({ description: _, ...schema }: JsonSchema) {
    return this.of(schema);
  }

  /** An object that has all keys of the other one, just as that one has them, and at most as many others. */
  extends(schema: JsonSchema, base: JsonSchema) {
    const { properties, required = [] } = schema;
    if (!properties || schema.type !== "object") return false;
    const keys = Object.keys(base.properties ?? {});
    const all = Object.keys(properties).length;
    if (keys.length >= all || keys.length < all / 2) return false;
    return keys.every((key) => {
      const own = properties[key];
      return (
        own !== undefined &&
        this.of(own) === this.of(base.properties?.[key]) &&
        required.includes(key) === (base.required ?? []).includes(key)
      );
    });
  }
}

/** `required` names keys, and no order. */
function sortedNames(key: string, value: unknown) {
  return key === "required" && Array.isArray(value) ? value.toSorted() : value;
}
