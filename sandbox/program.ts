// The program that runs a sandbox: `cadenza`, as npm installed it beside us, or the one that CADENZA_PROGRAM names.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export function programFor(): string[] {
  const { CADENZA_PROGRAM: named } = process.env;
  if (named) return [named, "sandbox"];
  const require = createRequire(join(process.cwd(), "package.json"));
  const place = [require, createRequire(import.meta.url)].map(placeOf).find(Boolean);
  if (!place)
    throw new Error(
      "The package cadenza is not installed. Install it, or set CADENZA_PROGRAM to the program cadenza of an installation.",
    );
  const { bin } = JSON.parse(readFileSync(place, "utf8")) as { bin: Record<string, string> };
  return [process.execPath, join(dirname(place), bin.cadenza ?? "bin/cadenza.mjs"), "sandbox"];
}

function placeOf(require: ReturnType<typeof createRequire>) {
  try {
    return require.resolve("cadenza/package.json");
  } catch {
    return null;
  }
}
