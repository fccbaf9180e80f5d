// Pages that a person writes and in which one section is made from code. The help shows HTML comments as text, so the
// section's heading is the mark.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";

/** The page with everything from the heading to the next one of its rank, or a higher one, made anew. */
export function fillSection(path: string, heading: string, lines: readonly string[]): string {
  const page = readFileSync(join(ROOT, path), "utf8");
  const written = page.split("\n");
  const from = written.indexOf(heading);
  if (from < 0) throw new Error(`the page has no heading "${heading}"`);
  const rank = heading.indexOf(" ");
  const next = written.findIndex((line, at) => at > from && isHeading(line, rank));
  const after = next < 0 ? [""] : ["", ...written.slice(next)];
  return [...written.slice(0, from + 1), "", ...lines, ...after].join("\n");
}

function isHeading(line: string, rank: number) {
  const signs = /^#+(?= )/.exec(line)?.[0].length ?? 0;
  return signs > 0 && signs <= rank;
}
