// The measured table of docs/operate/high-availability.md, from the record of real runs alone.

import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { ROOT } from "../packages.mjs";
import { type Run, table } from "./record.ts";

const PAGE = join(ROOT, "docs", "operate", "high-availability.md");
const HEADING = "## Measured\n";
const NEXT = "\n## ";

export function writeTable(record: readonly Run[]) {
  const page = readFileSync(PAGE, "utf8");
  const from = page.indexOf(HEADING) + HEADING.length;
  const to = page.indexOf(NEXT, from);
  writeFileSync(PAGE, `${page.slice(0, from)}\n${said(record)}${page.slice(to)}`);
}

function said(record: readonly Run[]) {
  const days = [...new Set(record.map(({ at }) => at.slice(0, 10)))].join(" and ");
  const by = (way: Run["way"]) => table(record.filter((run) => run.way === way));
  return `Written by \`npm run ha -- --page\` from what was run on ${days}, on one machine of ${availableParallelism()} cores that had other work besides.
An email that left before the failure does not count as the next one.

${by("haproxy")}

Without HAProxy (\`--way=hosts\`):

${by("hosts")}
`;
}
