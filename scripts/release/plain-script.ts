// Our TypeScript as the plain JavaScript that a release has: Node strips no types below node_modules, where npm puts a package, and
// a start that strips none is faster. Types and comments become blanks, so lines and columns of errors stay what they are in the
// sources. Blanks that end a line are left out: with the comments they would be two megabytes.

import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, posix } from "node:path";
import { parseSync } from "vite";
import { ROOT } from "../packages.mjs";
import { ROOMS } from "./packages.ts";

/** `path` is from the root; so is where the result lies, as a `.js` file. */
export function plainScript(path: string) {
  const source = readFileSync(join(ROOT, path), "utf8");
  return withoutEnds(withoutComments(path, stripTypeScriptTypes(source)), source)
    .replace(/(["'])(\.\.?\/[^"'\s]*)\.ts\1/g, "$1$2.js$1")
    .replace(/(["'])(@cadenza\/[\w/-]+)\1/g, (whole, quote: string, name: string) => {
      const to = entries().get(name);
      return to ? `${quote}${relativeTo(path, to)}${quote}` : whole;
    });
}

export function withoutComments(path: string, text: string) {
  const { comments, errors } = parseSync(plainName(path), text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  let kept = "";
  let at = 0;
  for (const { start, end } of comments) {
    kept += text.slice(at, start) + text.slice(start, end).replace(/[^\n]/g, " ");
    at = end;
  }
  return kept + text.slice(at);
}

/** What ended in a blank in the source may be a text of several lines, and keeps it. */
function withoutEnds(text: string, source: string) {
  const before = source.split("\n");
  const lines = text.split("\n");
  return lines.map((line, n) => (/\s$/.test(before[n] ?? "") ? line : line.trimEnd())).join("\n");
}

export function plainName(path: string) {
  return path.replace(/\.ts$/, ".js");
}

/** Rooms import each other by name. A release has no packages of ours: they lie beside each other. */
function entries() {
  known ??= new Map(
    ROOMS.flatMap((room) => {
      const { name, exports = {} } = JSON.parse(readFileSync(join(ROOT, room, "package.json"), "utf8")) as {
        name: string;
        exports?: Record<string, string>;
      };
      return Object.entries(exports).map(([entry, file]): [string, string] => [
        posix.join(name, entry),
        plainName(posix.join(room, file)),
      ]);
    }),
  );
  return known;
}

let known: Map<string, string> | undefined;

function relativeTo(path: string, to: string) {
  const found = posix.relative(posix.dirname(path), to);
  return found.startsWith(".") ? found : `./${found}`;
}
