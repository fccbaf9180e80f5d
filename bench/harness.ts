// A small harness. Every figure is a median of several runs; every comparison alternates its two sides
// within one run on one machine, and what counts is their ratio. Results go to docs/understand/benchmarks.md.

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";

export type Figure = {
  name: string;
  /** As it is to be read: "1.42 s", "0.91 of bare". */
  measured: string;
  target: string;
  isMet: boolean;
  detail: string;
};

export type Suite = { name: string; about: string; run(): Promise<Figure[]> };

/** Where a suite is: one that plants millions of rows says nothing for minutes otherwise. */
export function progress(what: string) {
  console.error(`  ${new Date().toISOString().slice(11, 19)}  ${what}`);
}

export function median(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

export function percentile(values: readonly number[], share: number) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] as number;
}

/** Runs two sides in turn, so that whatever else the machine does strikes both. */
export async function sideBySide(rounds: number, ours: () => Promise<number>, theirs: () => Promise<number>) {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    const isOursFirst = round % 2 === 0;
    const first = await (isOursFirst ? ours : theirs)();
    const second = await (isOursFirst ? theirs : ours)();
    pairs.push(isOursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  return {
    ours: median(pairs.map((pair) => pair.ours)),
    theirs: median(pairs.map((pair) => pair.theirs)),
    ratio: median(pairs.map((pair) => pair.ours / pair.theirs)),
  };
}

export function print(suite: Suite, figures: readonly Figure[]) {
  console.log(`\n${suite.name}`);
  for (const figure of figures) {
    console.log(
      `  ${figure.isMet ? "met " : "MISS"}  ${figure.name}: ${figure.measured}  (target ${figure.target}; ${figure.detail})`,
    );
  }
}

const PAGE = fileURLToPath(new URL("../docs/understand/benchmarks.md", import.meta.url));
const HEAD = `# Benchmarks

Written by \`npm run bench\`. Figures are medians. A comparison runs both sides in turn in one run and gives their ratio,
because absolute figures depend on the machine more than on Cadenza.
`;

/** Replaces the suite's own section and leaves the others as the last run left them. */
export function writeDown(suite: Suite, figures: readonly Figure[], date: string) {
  const section = [
    `## ${suite.name}`,
    "",
    suite.about,
    "",
    "| what | measured | target | met | detail |",
    "|---|---|---|---|---|",
    ...figures.map(
      (f) => `| ${f.name} | ${f.measured} | ${f.target} | ${f.isMet ? "yes" : "**no**"} | ${f.detail} |`,
    ),
    "",
    `${date}, Node ${process.versions.node}, ${cpus().length} cores.`,
    "",
  ].join("\n");
  const sections = readSections().filter((text) => !text.startsWith(`## ${suite.name}\n`));
  const page = [HEAD, ...sections, section].map((text) => text.trimEnd()).join("\n\n");
  writeFileSync(PAGE, `${page}\n`);
}

function readSections() {
  try {
    return readFileSync(PAGE, "utf8")
      .split(/^(?=## )/m)
      .slice(1);
  } catch {
    return [];
  }
}
