// The document as OpenAPI 3.0, for generators that do not read 3.1 yet. What 3.0 has no word for is left out.

type Json = Record<string, unknown>;

export function toOpenApi30(document: Json): Json {
  const { info, paths, components } = document as {
    info: Json;
    paths: Json;
    components: Record<string, Json>;
  };
  const { schemas = {}, examples: _, ...parts } = components;
  return {
    ...document,
    openapi: "3.0.3",
    info: { ...info, license: { name: (info.license as Json).name } },
    paths: mapValues(paths, (verbs) =>
      mapValues(verbs as Json, (call, verb) =>
        verb === "parameters"
          ? inParts(call)
          : { ...(inParts(call) as Json), "x-codegen-request-body-name": "body" },
      ),
    ),
    components: { ...(inParts(parts) as Json), schemas: mapValues(schemas, schemaOf) },
  };
}

/** Whatever stands between the document and its schemas. */
function inParts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inParts);
  if (typeof value !== "object" || value === null) return value;
  const { examples: _, ...rest } = value as Json;
  return mapValues(rest, (part, key) => (key === "schema" ? schemaOf(part) : inParts(part)));
}

const isNull = (schema: unknown) => (schema as Json).type === "null";

function schemaOf(schema: unknown): Json {
  const { $ref, propertyNames: _, prefixItems, pattern: __, ...rest } = schema as Json;
  if ($ref !== undefined) return Object.keys(rest).length > 0 ? { ...rest, allOf: [{ $ref }] } : { $ref };
  const inside = mapValues(rest, (part, key) => {
    if (key === "properties") return mapValues(withoutTwins(part as Json), schemaOf);
    if (key === "items" || key === "not") return schemaOf(part);
    return ["anyOf", "oneOf", "allOf"].includes(key) ? (part as unknown[]).map(schemaOf) : part;
  });
  const { const: only, ...said } = inside;
  const typed = withOneType({
    ...said,
    ...(only !== undefined && typeof only !== "boolean" && { enum: [only] }), // of flags generators write no words
    ...(prefixItems !== undefined && { items: {} }),
  });
  return orNull(typed, ((rest.anyOf as unknown[]) ?? []).findIndex(isNull));
}

function withOneType({ type, ...rest }: Json): Json {
  const types = [type ?? []].flat();
  const others = types.filter((one) => one !== "null");
  return {
    ...rest,
    ...(others.length === 1 && { type: others[0] }),
    ...(others.length < types.length && { nullable: true }),
  };
}

function orNull({ anyOf, ...rest }: Json, at: number): Json {
  if (at < 0) return anyOf === undefined ? rest : { ...rest, anyOf };
  const others = (anyOf as Json[]).toSpliced(at, 1);
  const [one = {}] = others;
  if (others.length > 1) return { ...rest, anyOf: others, nullable: true };
  return "$ref" in one ? { ...rest, allOf: [one], nullable: true } : { ...one, ...rest, nullable: true };
}

/** Apollo says some things under two names that are one in Python: `userId` and `user_id`, `_id` and `id`. */
function withoutTwins(properties: Json) {
  const seen = new Set<string>();
  return Object.fromEntries(
    Object.entries(properties).filter(([key]) => {
      const name = key.replace(/^_+/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const isFirst = !seen.has(name);
      seen.add(name);
      return isFirst;
    }),
  );
}

function mapValues<Value>(
  values: Record<string, Value>,
  change: (value: Value, key: string) => unknown,
): Json {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value, key)]));
}
