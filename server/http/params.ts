// One bag of parameters from path, query and body, as Apollo keeps one: brackets make arrays and
// objects (`a[]=1`, `a[0]=1`, `a[min]=1`), the body wins over the query, the path over both.
//
// Every name and value here was chosen by a stranger: objects have no prototype to reach, nesting
// and counts are bounded, and what Postgres could not store is refused before anything else.

import { BUDGETS } from "../kernel/budgets.ts";
import { Refusal } from "../kernel/refusal.ts";
import { say } from "../kernel/say.ts";

export type Bag = Record<string, unknown>;

const { pairs: MOST_PAIRS, depth: DEEPEST, nameSteps: MOST_STEPS } = BUDGETS.body;
const MOST_VALUES = BUDGETS.body.values; // 10 MB of `0,0,0` would be five million, and seconds of everybody's time
/** Texts below cannot hold too much. */
const SMALL = 64 * 1024;

export function emptyBag(): Bag {
  return Object.create(null) as Bag;
}

/** Later bags win. A key that ends in [] means the same as one that does not. */
export function mergeBags(...bags: readonly Bag[]): Bag {
  const merged = emptyBag();
  for (const bag of bags) {
    for (const key in bag) merged[key.endsWith("[]") ? key.slice(0, -2) : key] = bag[key];
  }
  return merged;
}

/** A query string or a form. */
export function readPairs(text: string): Bag {
  const bag = emptyBag();
  if (!text) return bag;
  const pairs = text.split("&", MOST_PAIRS + 1);
  if (pairs.length > MOST_PAIRS)
    throw new Refusal("malformed_body", { why: say("it has too many parameters") });
  let taken = 0;
  for (const pair of pairs) {
    if (!pair) continue;
    const at = pair.indexOf("=");
    const path = steps(decode(at < 0 ? pair : pair.slice(0, at)));
    taken += path.length;
    if (taken > MOST_STEPS) throw new Refusal("too_many_values", { limit: MOST_STEPS });
    put(bag, path, at < 0 ? "" : decode(pair.slice(at + 1)));
  }
  return bag;
}

/** `a[b][]` is the steps a, b, "". An unclosed bracket is part of the name. */
function steps(name: string): string[] {
  const open = name.indexOf("[");
  if (open <= 0) return [name];
  const inner = [...name.slice(open).matchAll(/\[([^[\]]*)\]/g)].map((match) => match[1] as string);
  return inner.length === 0 ? [name] : [name.slice(0, open), ...inner.slice(0, DEEPEST)];
}

// The bag is built of objects only; "" collects values into a list, and so does a bare repeat.
function put(bag: Bag, path: readonly string[], value: string) {
  const last = path.findLastIndex((step, at) => at > 0 && step !== "");
  let within = bag;
  for (const step of path.slice(0, Math.max(0, last))) {
    const there = within[step];
    const inner = isObject(there) ? there : emptyBag();
    within[step] = inner;
    within = inner;
  }
  const rest = path.slice(Math.max(0, last));
  const [key = ""] = rest;
  const there = within[key];
  if (Array.isArray(there)) there.push(value);
  else if (there !== undefined) within[key] = [there, value];
  else within[key] = rest.length === 1 ? value : [value];
}

function decode(text: string) {
  try {
    return decodeURIComponent(text.includes("+") ? text.replaceAll("+", " ") : text);
  } catch {
    throw new Refusal("malformed_body", { why: say("its percent-encoding is invalid") });
  }
}

/** A JSON body. Only an object has parameters; anything else but nothing is refused. */
export function readJson(text: string): Bag {
  if (!text.trim()) return emptyBag();
  if (text.length > SMALL) refuseTooMuch(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("malformed_body", { why: say("it is not JSON") });
  }
  if (value === null) return emptyBag();
  if (!isObject(value)) throw new Refusal("malformed_body", { why: say("it is not a JSON object") });
  return value;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];

/** Counted before anything is made of it: ten megabytes of brackets would be five million lists. */
function refuseTooMuch(text: string) {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (sign === QUOTE) at = endOfText(text, at);
    else if (sign === COMMA) values++;
    else if (sign === 0x7b || sign === 0x5b) {
      values++;
      if (++depth > DEEPEST + 2) throw new Refusal("too_deep", { limit: DEEPEST });
    } else if (sign === 0x7d || sign === 0x5d) depth--;
    if (values > 2 * MOST_VALUES) throw new Refusal("too_many_values", { limit: MOST_VALUES });
  }
}

/** Where a quoted text ends, which begins here. */
function endOfText(text: string, from: number) {
  for (let at = from + 1; ; at++) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let before = at - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((at - before) % 2 === 1) return at;
  }
}

export function isObject(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Refuses what cannot be stored or costs too much to look at: NUL, lone surrogates, bottomless nesting. */
export function refuseUnstorable(bag: Bag) {
  const stack: { name: string; value: object; depth: number }[] = [];
  let values = 0;
  const look = (name: string, value: unknown, depth: number) => {
    if (++values > MOST_VALUES) throw new Refusal("too_many_values", { limit: MOST_VALUES });
    if (typeof value === "string") refuseUnreadable(name, value);
    else if (typeof value === "object" && value !== null) stack.push({ name, value, depth });
  };
  for (const name in bag) look(name, bag[name], 1);
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { name, value, depth } = next;
    if (depth > DEEPEST) throw new Refusal("too_deep", { limit: DEEPEST });
    if (Array.isArray(value)) for (const inner of value) look(name, inner, depth + 1);
    else
      for (const key of Object.keys(value)) {
        refuseUnreadable(name, key);
        look(name, (value as Bag)[key], depth + 1);
      }
  }
}

function refuseUnreadable(name: string, text: string) {
  if (text.includes("\0") || !text.isWellFormed()) {
    throw new Refusal("unreadable_text", { name: name.toWellFormed().replaceAll("\0", "").slice(0, 100) });
  }
}
