// The regular expressions that our modules build when they are loaded: each with its line and its source. Those that are
// built later, from a value, cannot be checked here.

import { join } from "node:path";
import { ROOT } from "./packages.mjs";

type MadePattern = { path: string; line: number; source: string; flags: string };

const OURS = new RegExp(
  `${ROOT.replaceAll("\\", "/").replace(/[.*+?^\x24{}()|[\]\\]/g, "\\$&")}/([^:?]+):(\\d+)`,
);

/** Loads these modules. None of them may start anything by being loaded. */
export async function madePatterns(paths: readonly string[]): Promise<MadePattern[]> {
  const made: MadePattern[] = [];
  const Original = globalThis.RegExp;
  const note = (given: unknown[], result: RegExp) => {
    const stack = new Error().stack?.replaceAll("\\", "/").split("\n").slice(3) ?? [];
    const [, path, line] = OURS.exec(stack[0] ?? "") ?? [];
    if (path !== undefined && typeof given[0] === "string")
      made.push({ path, line: Number(line), source: given[0], flags: result.flags });
    return result;
  };
  globalThis.RegExp = new Proxy(Original, {
    construct: (target, given, as) => note(given, Reflect.construct(target, given, as)),
    apply: (target, self, given) => note(given, Reflect.apply(target, self, given)),
  });
  try {
    for (const path of paths) await import(join(ROOT, path));
  } finally {
    globalThis.RegExp = Original;
  }
  return made;
}
