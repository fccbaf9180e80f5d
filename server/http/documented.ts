// What Apollo documents of a call, and what of a request or an answer is part of it. A field for which the reference prints no fields
// of its own, such as typed_custom_fields, is taken as it is.

import type { Endpoint } from "@cadenza/contract";
import type { Named, Operation } from "@cadenza/contract/published";
import { type Bag, isObject } from "./params.ts";
import type { Body } from "./server.ts";

/** Fields by name; `[]` are the items of a list. An empty one is taken whole. */
type Tree = Map<string, Tree>;

export type DocumentedCall = { parameters: Tree; answer: Tree; wrapper: string | undefined };

type Known = ReadonlyMap<string, Omit<DocumentedCall, "wrapper">>;

let loaded: Promise<Known> | null = null;

/** Null where Apollo documents none of its verbs. */
export async function documentedCall({ method, also = [], path, wrapper }: Endpoint) {
  loaded ??= load();
  const known = await loaded;
  const names = [method, ...also].map((verb) => nameOf(verb, path));
  const found = names.map((name) => known.get(name)).find((one) => one !== undefined);
  return found ? { ...found, wrapper } : null;
}

async function load(): Promise<Known> {
  const { readPublished } = await import("@cadenza/contract/published");
  return new Map(readPublished().map((one) => [nameOf(one.method, one.path), treesOf(one)]));
}

/** Apollo's names of what stands in a path are not ours. */
const nameOf = (method: string, path: string) => `${method} ${path.replace(/\{\w+\}/g, "{}")}`;

function treesOf({ path, query, body, answer }: Operation) {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(
    ([, name = ""]): Named => ({ path: name, kind: "string" }),
  );
  return { parameters: treeOf([...inPath, ...query, ...body]), answer: treeOf(answer) };
}

function treeOf(fields: readonly Named[]): Tree {
  const root: Tree = new Map();
  for (const { path } of fields) {
    const steps = path
      .replace(/\[(\w+)\]/g, ".$1")
      .replaceAll("[]", ".[]")
      .split(".");
    let at = root;
    for (const step of steps.filter(Boolean)) {
      const next: Tree = at.get(step) ?? new Map();
      at.set(step, next);
      at = next;
    }
  }
  return root;
}

export function documentedAnswer({ answer }: DocumentedCall, body: string) {
  return JSON.stringify(kept(JSON.parse(body), answer, "", []));
}

type Request = { query: Bag; body: Body };

/** The parameters that Apollo documents, and the names of the others. */
export function documentedRequest({ parameters, wrapper }: DocumentedCall, { query, body }: Request) {
  const others: string[] = [];
  const known: Tree = wrapper === undefined ? parameters : new Map([...parameters, [wrapper, parameters]]);
  const keep = (bag: Bag) => kept(bag, known, "", others) as Bag;
  const asked = { query: keep(query), body: "bag" in body ? { ...body, bag: keep(body.bag) } : body };
  return { asked, others: [...new Set(others)] };
}

/** `others` gets the names that are left out. */
function kept(value: unknown, tree: Tree, path: string, others: string[]): unknown {
  if (tree.size === 0) return value;
  const each = tree.get("[]");
  if (Array.isArray(value)) return each ? value.map((one) => kept(one, each, path, others)) : value;
  if (!isObject(value)) return value;
  // Keys that are ids, in Apollo's examples and here; and lists that are sent as `details[0]=…`.
  const [, any = each] = [...tree].find(([step]) => /^<|^[0-9a-f]{24}$/.test(step)) ?? [];
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    const name = key.replace(/\[\]$/, "");
    const next = tree.get(name) ?? any;
    if (next) return [[key, kept(inner, next, path ? `${path}.${name}` : name, others)]];
    others.push(path ? `${path}.${name}` : name);
    return [];
  });
  return Object.fromEntries(entries);
}
