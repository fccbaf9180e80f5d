// Says whether two OpenAPI documents describe the same wire, however each of them is written: references are resolved,
// objects composed by allOf are put together, and the order of keys and of required names does not count. What holds anyway
// (a parameter that is not required, a list in a query as `a[]=1&a[]=2`) counts as said.
//
//   node scripts/compare-openapi.ts <before.json> <after.json>

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

type Json = Record<string, unknown>;
/** `one for many`: where a list was taken, one value of it is taken as well. */
type Kind = "added" | "removed" | "changed" | "one for many";
type OpenApiDifference = { place: string; kind: Kind; before?: unknown; after?: unknown };

const MOST_SHOWN = 200;

export function compareOpenApi(before: unknown, after: unknown): OpenApiDifference[] {
  const differences: OpenApiDifference[] = [];
  const same = new WeakMap<Json, WeakSet<Json>>();
  const compare = (one: unknown, other: unknown, place: string): boolean => {
    if (!isTree(one) || !isTree(other) || Array.isArray(one) !== Array.isArray(other)) {
      if (Object.is(one, other)) return true;
      differences.push({ place, kind: "changed", before: one, after: other });
      return false;
    }
    if (same.get(one)?.has(other)) return true;
    const list = listOf(one, other);
    if (list) {
      differences.push({ place, kind: "one for many" });
      compare(one, list, place);
      return false;
    }
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    const equal = keys.map((key) => compareKey(one, other, key, `${place}/${key}`)).every(Boolean);
    if (equal) same.set(one, (same.get(one) ?? new WeakSet()).add(other));
    return equal;
  };
  const compareKey = (one: Json, other: Json, key: string, place: string) => {
    if (key in one && key in other) return compare(one[key], other[key], place);
    const kind = key in one ? "removed" : "added";
    differences.push({ place, kind, ...(key in one ? { before: one[key] } : { after: other[key] }) });
    return false;
  };
  compare(wireOf(before), wireOf(after), "");
  return differences;
}

const isTree = (value: unknown): value is Json => typeof value === "object" && value !== null;

/** The list that the other one takes, where it takes one value of it as well. */
function listOf(one: Json, other: Json): Json | undefined {
  const { oneOf, ...said } = other;
  if (one.type !== "array" || !Array.isArray(oneOf) || oneOf.length !== 2) return undefined;
  const [single, list] = oneOf as [unknown, Json];
  return list.type === "array" && JSON.stringify(list.items) === JSON.stringify(single)
    ? { ...list, ...said }
    : undefined;
}

/** Paths, with all that they refer to in its place. What nothing refers to says nothing about the wire. */
function wireOf(document: unknown) {
  const { paths, security, servers } = document as Json;
  const whole = resolve(paths, document as Json, new Map()) as Record<string, Json>;
  const perVerb = Object.entries(whole).map(([path, verbs]) => [path, withSharedParameters(verbs)]);
  return { paths: Object.fromEntries(perVerb), security, servers };
}

/** What a path says of all its verbs stands with each of them; their order says nothing. */
function withSharedParameters({ parameters: shared = [], ...verbs }: Json) {
  const each = Object.entries(verbs as Record<string, Json>).map(([verb, { parameters = [], ...rest }]) => {
    const all = [...(shared as Json[]), ...(parameters as Json[])];
    return [verb, { ...rest, parameters: all.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b))) }];
  });
  return Object.fromEntries(each);
}

const placeOf = ({ in: where, name }: Json) => `${where} ${name}`;

type Known = Map<object | string, unknown>;

function resolve(value: unknown, document: Json, known: Known): unknown {
  if (!isTree(value)) return value;
  if (known.has(value)) return known.get(value);
  const whole = Array.isArray(value)
    ? value.map((part) => resolve(part, document, known))
    : resolveObject(value as Json, document, known);
  known.set(value, whole);
  return whole;
}

function resolveObject(value: Json, document: Json, known: Known): unknown {
  const { $ref, ...rest } = value;
  if (typeof $ref === "string") {
    const target = resolve(find($ref, document), document, known);
    return Object.keys(rest).length === 0 ? target : { ...(target as Json), ...rest };
  }
  const whole = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      key === "required" && Array.isArray(part) ? part.toSorted() : resolve(part, document, known),
    ]),
  );
  return Array.isArray(whole.allOf) ? composed(whole) : plain(whole);
}

/** Without what says nothing, and null beside the type that it may stand for. */
function plain(schema: Json): Json {
  const told = Object.entries(schema).filter(([key, value]) => !saysNothing(key, value));
  const { anyOf, ...beside } = Object.fromEntries(told) as Json;
  if (!Array.isArray(anyOf)) return beside;
  if (anyOf.every(isOnlyType)) return { ...beside, type: anyOf.flatMap(({ type }: Json) => type) };
  const [one, nothing] = anyOf as [Json, Json];
  const isOrNull = anyOf.length === 2 && isOnlyType(nothing) && nothing.type === "null";
  const isScalar =
    ["string", "integer", "number"].includes(String(one.type)) && !("enum" in one || "const" in one);
  return isOrNull && isScalar ? { ...one, ...beside, type: [one.type, "null"] } : { ...beside, anyOf };
}

/** Of JavaScript and not of the wire, or what holds anyway. */
function saysNothing(key: string, value: unknown) {
  if (key === "minimum") return value === Number.MIN_SAFE_INTEGER;
  if (key === "maximum") return value === Number.MAX_SAFE_INTEGER;
  if (key === "propertyNames") return isTree(value) && isOnlyType(value);
  return (
    (key === "required" && value === false) || (key === "style" && value === "form") || key === "explode"
  );
}

const isOnlyType = (one: Json) => Object.keys(one).join() === "type";

function find(pointer: string, document: Json) {
  const steps = pointer.replace(/^#\//, "").split("/");
  const found = steps.reduce<unknown>((at, step) => (at as Json | undefined)?.[step], document);
  if (found === undefined) throw new Error(`Nothing stands at ${pointer}.`);
  return found;
}

/** Objects only, no two of which say something about the same key. */
function composed({ allOf, ...rest }: Json): Json {
  const parts = allOf as Json[];
  const whole: Json = { type: "object", ...rest };
  const properties: Json = {};
  const required: string[] = [];
  for (const { type, properties: keys = {}, required: needed = [], ...more } of parts) {
    if (
      type !== "object" ||
      Object.keys(more).length > 0 ||
      Object.keys(keys as Json).some((key) => key in properties)
    )
      return { allOf, ...rest };
    Object.assign(properties, keys);
    required.push(...(needed as string[]));
  }
  return { ...whole, properties, ...(required.length > 0 && { required: required.sort() }) };
}

function show({ place, kind, before, after }: OpenApiDifference) {
  const cut = (value: unknown) => JSON.stringify(value)?.slice(0, MOST_SHOWN);
  return `${kind} ${place}: ${[cut(before), cut(after)].filter(Boolean).join(" -> ")}`;
}

/** What a client of the document before need not know. */
const isMore = ({ kind, place }: OpenApiDifference) =>
  kind === "one for many" || (kind === "added" && /\/responses\/4XX$/.test(place));

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [before, after] = process.argv
    .slice(2)
    .map((file) => JSON.parse(readFileSync(file, "utf8")) as unknown);
  const differences = compareOpenApi(before, after);
  const others = differences.filter((difference) => !isMore(difference));
  for (const difference of others) console.log(show(difference));
  const single = differences.filter(({ kind }) => kind === "one for many").length;
  console.log(
    `${single} lists may be one value, ${differences.length - single - others.length} calls name 4XX, ` +
      `${others.length} other differences.`,
  );
  process.exitCode = others.length === 0 ? 0 : 1;
}
