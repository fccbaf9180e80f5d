// Whether a parameter does something: a call with it is compared with the same call without it. Calls that write are dry runs.
// Where nothing differs, a value that cannot be right is sent: what is refused was read.

import type { Operation } from "@cadenza/contract/published";
import { type Answer, ask, type Door, type Wish } from "./asking.ts";
import { differences, type Flat, flat } from "./flat.ts";

/**
 * `effective`: the answer is another without it. `refused`: no value is taken, and the answer says why. `checked`: a wrong
 * value is refused. `quiet`: taken, and nothing shows it. `ignored`: the server says that it does not know it.
 * `unsent`: no call sends it.
 */
export type ParameterVerdict = "effective" | "refused" | "checked" | "quiet" | "ignored" | "unsent";

const RANK: readonly ParameterVerdict[] = ["unsent", "ignored", "quiet", "checked", "refused", "effective"];

const DRY = { "dry-run": "true" };
const WRONG = [{ not: "this" }, ["not this", { not: "this" }], "\u0000"];

export async function tryParameters(door: Door, operation: Operation, wishes: readonly Wish[]) {
  const found = new Map<string, ParameterVerdict>(namesOf(operation).map((name) => [name, "unsent"]));
  const call = (wish: Wish) => ask(door, operation, wish, DRY);
  for (const wish of wishes) {
    const left = namesIn(operation, wish).filter((name) => found.get(name) !== "effective");
    if (left.length === 0) continue;
    const [once, again] = [await call(wish), await call(wish)];
    const seen = { answer: once, unsteady: new Set(differences(factsOf(once), factsOf(again))) };
    for (const name of left) {
      const verdict = await judge(call, seen, wish, name);
      if (RANK.indexOf(verdict) > RANK.indexOf(found.get(name) ?? "unsent")) found.set(name, verdict);
    }
  }
  return found;
}

export function namesOf({ query, body }: Operation) {
  return [...query, ...body].map(({ path }) => path);
}

function namesIn({ query, body }: Operation, wish: Wish) {
  return [
    ...query.map(({ path }) => path).filter((name) => name in (wish.query ?? {})),
    ...body.map(({ path }) => path).filter((path) => holds(wish.body, stepsOf(path))),
  ];
}

type Seen = { answer: Answer; unsteady: ReadonlySet<string> };

async function judge(
  call: (wish: Wish) => Promise<Answer>,
  { answer, unsteady }: Seen,
  wish: Wish,
  name: string,
): Promise<ParameterVerdict> {
  const known = ignoredAs(name);
  if (answer.ignored.some((one) => known === one || known.startsWith(`${one}.`))) return "ignored";
  const without = await call(changed(wish, name, undefined));
  const differ = differences(factsOf(answer), factsOf(without)).filter((place) => !unsteady.has(place));
  if (answer.status >= 400) {
    if (without.status < 400) return "refused";
    for (const above of aboveOf(name))
      if ((await call(changed(wish, above, undefined))).status < 400) return "refused";
    return "unsent";
  }
  if (differ.length > 0) return "effective";
  for (const wrong of WRONG) {
    if (name in (wish.query ?? {}) && typeof wrong !== "string") continue;
    if ((await call(changed(wish, name, wrong))).status >= 400) return "checked";
  }
  return "quiet";
}

/** What it lies in, the nearest first: whatever is refused as a whole is refused with its parts. */
function aboveOf(name: string) {
  const steps = name.split(".");
  return steps.map((_, n) => steps.slice(0, -n).join(".").replace(/\[\]$/, "")).slice(1);
}

/** As the server names it: without brackets, and inside lists by its place among the names. */
function ignoredAs(name: string) {
  return name.replaceAll("[]", "").replace(/\[(\w+)\]/g, ".$1");
}

function factsOf({ status, body }: Answer): Flat {
  return flat({ status, body });
}

const stepsOf = (path: string) => path.replaceAll("[]", ".[]").split(".");

function holds(value: unknown, [step, ...rest]: string[]): boolean {
  if (step === undefined) return value !== undefined;
  if (step === "[]") return Array.isArray(value) && value.some((one) => holds(one, rest));
  if (typeof value !== "object" || value === null) return false;
  return holds((value as Record<string, unknown>)[step], rest);
}

/** The same call with another value there, or with none. */
function changed(wish: Wish, name: string, value: unknown): Wish {
  if (name in (wish.query ?? {})) {
    const { [name]: _, ...rest } = wish.query ?? {};
    return { ...wish, query: value === undefined ? rest : { ...rest, [name]: value } };
  }
  return { ...wish, body: put(wish.body, stepsOf(name), value) as Wish["body"] & object };
}

function put(at: unknown, [step, ...rest]: string[], value: unknown): unknown {
  if (step === "[]") {
    const rows = (at as unknown[]).map((one) => (rest.length > 0 ? put(one, rest, value) : value));
    return rows;
  }
  if (typeof at !== "object" || at === null || step === undefined || !(step in at)) return at;
  const { [step]: inner, ...others } = at as Record<string, unknown>;
  if (rest.length > 0) return { ...others, [step]: put(inner, rest, value) };
  return value === undefined ? others : { ...others, [step]: value };
}
