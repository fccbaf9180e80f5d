// Our TypeScript as the plain JavaScript that a release has: Node strips no types below node_modules, where npm puts a package, and
// a start that strips none is faster. Types and comments become blanks, and then nothing, so the lines of errors stay what
// they are in the sources, and their columns do not. So do blanks that begin or end a line: all of it would be three megabytes.

import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, posix } from "node:path";
import { parseSync, Visitor } from "vite";
import { ROOT } from "../packages.mjs";
import { ROOMS } from "./packages.ts";

/** `path` is from the root; so is where the result lies, as a `.js` file. */
export function plainScript(path: string) {
  const source = readFileSync(join(ROOT, path), "utf8");
  const script = withoutGaps(withoutComments(path, stripTypeScriptTypes(source)), source);
  return withoutIndents(path, withoutEnds(script, source))
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

const IN_A_NAME = /[\w$]/;

/** Nothing stays where a type or a comment stood, unless two names would become one. */
function withoutGaps(text: string, source: string) {
  let kept = "";
  let isAfterGap = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (sign === " " && source[at] !== " " && source[at] !== "\n") {
      isAfterGap = true;
      continue;
    }
    if (isAfterGap && IN_A_NAME.test(sign) && IN_A_NAME.test(kept.at(-1) ?? "")) kept += " ";
    isAfterGap = false;
    kept += sign;
  }
  return kept;
}

/** What ended in a blank in the source may be a text of several lines, and keeps it. */
function withoutEnds(text: string, source: string) {
  const before = source.split("\n");
  const lines = text.split("\n");
  return lines.map((line, n) => (/\s$/.test(before[n] ?? "") ? line : line.trimEnd())).join("\n");
}

/** Within a text of several lines they are a part of it. */
function withoutIndents(path: string, text: string) {
  const texts: { start: number; end: number }[] = [];
  const { program } = parseSync(plainName(path), text);
  new Visitor({ TemplateLiteral: ({ start, end }) => void texts.push({ start, end }) }).visit(program);
  let kept = "";
  let at = 0;
  for (const { index, 0: blanks } of text.matchAll(/^ +/gm)) {
    if (texts.some(({ start, end }) => start < index && index < end)) continue;
    kept += text.slice(at, index);
    at = index + blanks.length;
  }
  return kept + text.slice(at);
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
