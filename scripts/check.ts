// Everything that can be said about the code without running it. All checks run, whatever the others found.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";

type Check = { name: string; script: string; args: string[] };
type Outcome = Check & { passed: boolean; output: string; tookMs: number };

const TSC = "node_modules/typescript/bin/tsc";
const types = (room: string, project: string): Check => ({
  name: `types of ${room}`,
  script: TSC,
  args: ["--noEmit", "--pretty", "false", "-p", project],
});

const WRITTEN = [
  "contract/",
  ...["site", "readme", "documented-commands", "screen-texts"].map((name) => `scripts/${name}.test`),
];

// One line after the other; what stands in the same line runs at the same time.
const CHECKS: Check[][] = [
  [types("server", "tsconfig.json"), types("web", "web/tsconfig.json")],
  [
    {
      name: "style",
      script: "node_modules/@biomejs/biome/bin/biome",
      args: ["ci", "--colors=off", "--max-diagnostics=100"],
    },
    { name: "imports and house rules", script: "scripts/check-imports.ts", args: [] },
  ],
  [
    { name: "generated files", script: "scripts/generate.ts", args: ["--check"] },
    { name: "patterns", script: "scripts/check-patterns.ts", args: [] },
    { name: "exports", script: "scripts/check-exports.ts", args: [] },
    { name: "texts and translations", script: "scripts/check-texts.ts", args: [] },
    { name: "words", script: "scripts/check-words.ts", args: [] },
    { name: "documents", script: "scripts/check-documents.ts", args: [] },
  ],
  // Tests that only read what is in the repository: a page without its place, an example without a new field.
  [{ name: "tests of what is written", script: "scripts/test.ts", args: WRITTEN }],
];

const wanted = process.argv.slice(2); // a part of a check's name: `npm run check -- texts`
const isWanted = ({ name }: Check) => wanted.length === 0 || wanted.some((part) => name.includes(part));
const outcomes: Outcome[] = [];
for (const line of CHECKS) {
  for (const outcome of await Promise.all(line.filter(isWanted).map(runCheck))) {
    outcomes.push(outcome);
    report(outcome);
  }
}
const failed = outcomes.filter((outcome) => !outcome.passed);
console.log(
  failed.length
    ? `${failed.length} of ${outcomes.length} checks failed.`
    : `${outcomes.length} checks passed.`,
);
if (outcomes.length === 0) console.log(`No check is called ${wanted.join(", ")}.`);
process.exitCode = failed.length > 0 || outcomes.length === 0 ? 1 : 0;

function runCheck(check: Check): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, check.script), ...check.args], { cwd: ROOT });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ ...check, passed: code === 0, output, tookMs: performance.now() - startedAt });
    });
  });
}

function report({ name, passed, output, tookMs }: Outcome) {
  console.log(`${passed ? "ok  " : "FAIL"}  ${name}  ${(tookMs / 1000).toFixed(1)} s`);
  if (!passed) console.log(output.trimEnd().replaceAll(/^/gm, "      "));
}
