// Runs the tests: `npm test`, or a part of them: `npm test -- server/http` or `npm test -- --only "a reply"`. Of the long files
// a usual run takes a third (test-shares.ts), which `--share=2` chooses. `--all` takes all files, and repeats random cases
// more often. What was left out is named at the end.
//
// Gets what they need first, but only what the chosen files need: one database server for all of them, and for the
// journeys a browser and the built web app. Ends in one line with the counts. A test that is skipped fails the run:
// nothing is skipped silently here, and nothing loudly either.

import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { failureFolder } from "../server/testing/failure-folder.ts";
import { buildSiteIfStale } from "./build-site.ts";
import { buildWebIfStale } from "./build-web.ts";
import { findHeadlessShell, getChromium } from "./find-chromium.ts";
import type { FileResult } from "./judge-tests.ts";
import { ROOT } from "./packages.mjs";
import { processorTimes, processorUse } from "./processor-use.ts";
import { findProgram } from "./release/beside/program.ts";
import { runTests } from "./run-tests.ts";
import { Sentence } from "./sentence.mjs";
import { slowestFiles } from "./slowest-files.ts";
import { openTestDatabase, type TestDatabase } from "./test-database.ts";
import { groupFiles } from "./test-groups.ts";
import { inShare, SHARES, type Share, shareOfCommit } from "./test-shares.ts";
import { readTimes, slowestFirst, writeTimes } from "./test-times.ts";

const ROOMS = "{contract,sdk,server,web,scripts,cli,mcp,sandbox,n8n,bench}";
const FILE_LIMIT_MS = 30 * 60_000; // the longest takes a minute and a half; a machine may be ten times slower
const JOURNEY = /^web\/journeys\//;
const HELP = /^web\/journeys\/help\.test\.ts$/;
/** What takes a minute and more begins first until a run has measured, or the run would end with one of them and an idle core. */
const LONG = /^(?:web\/journeys|server\/testing\/torture)\/|^server\/(?:isolation|http\/dry-run)\.test/;
const SLOWEST = 30; // so many are named at the end of a run of more
const LINGER_LIMIT_MS = 2 * 60_000;
const LINGERS_MS = 10_000; // a file that ends so long after its last test is named
/** Installs what a release builds, for minutes and partly from the registry: before a release, and not at every run. */
const WHEN_CHOSEN = /^scripts\/release\/installed\//;
/** Opens every page in ways that `every-page` and `languages` do not, for many minutes: before a release. */
const EVERY_PAGE_AGAIN = /^web\/journeys\/(?:every-route|everything-open|nothing-jumps)\.test/;
/** Runs a program of the system that a machine may not have; the file is named after it. */
const BESIDE = /^scripts\/release\/beside\/([\w-]+)\.test\.ts$/;
const NEEDS_NO_DATABASE = /^(?:contract|scripts|server\/domain|web\/(?!journeys\/))\b/;

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => stopping.abort(signal));
// The program that read the output is gone. Without this, a failed write would be an uncaught exception, whose text is written, and so on.
for (const output of [process.stdout, process.stderr]) output.on("error", () => stopping.abort("SIGTERM"));
// A connection left open by what failed breaks when the server stops. Told, but the cleaning up goes on.
process.on("uncaughtException", (error) => {
  console.error(error);
  process.exitCode = 1;
});

const { values, positionals } = parseArgs({
  options: {
    only: { type: "string" },
    share: { type: "string" },
    all: { type: "boolean", default: false },
  },
  allowPositionals: true,
});
if (values.all) process.env.CADENZA_WHOLE_RUN = "1"; // server/testing/rounds.ts
const atStart = processorTimes();
const results: FileResult[] = [];
const leftOut: string[] = [];
try {
  await runAll(chooseFiles(positionals));
} catch (error) {
  console.error(error instanceof Sentence ? error.message : error);
  process.exitCode = 1;
}
summarize();
if (!values.only) writeTimes(results);
// The result is printed: a connection that a test left open must not keep the process alive.
process.stdout.write("", () => process.exit());

function chooseFiles(patterns: string[]) {
  const all = globSync(`${ROOMS}/**/*.test.{ts,tsx}`, {
    cwd: ROOT,
    exclude: (path) => /(?:^|[\\/])node_modules$/.test(path),
  })
    .map((path) => path.split(sep).join("/"))
    .sort();
  if (!patterns.length) return takeShare(all.filter((file) => !WHEN_CHOSEN.test(file) && !isLeftOut(file)));
  const chosen = all.filter((file) =>
    patterns.some((pattern) => file.includes(pattern.replace(/^\.\//, ""))),
  );
  if (!chosen.length) throw new Sentence(`No test file has ${patterns.join(" or ")} in its path.`);
  return chosen;
}

function takeShare(files: string[]) {
  if (values.all || values.only) return files;
  const share = readShare(values.share) ?? shareOfCommit();
  const { chosen, left } = inShare(files, share);
  const others = Array.from({ length: SHARES }, (_, n) => n + 1).filter((one) => one !== share);
  const how = others.map((one) => `\`npm test -- --share=${one}\``).join(" and ");
  leftOut.push(
    `Not run: ${left.length} long files, because this run had share ${share} of ${SHARES}. ${how} run them.`,
    "Random cases, races and kills were repeated a few times. `npm test -- --all` runs everything, and repeats them more often.",
  );
  return chosen;
}

function readShare(text: string | undefined): Share | null {
  if (text === undefined) return null;
  const share = Number(text);
  if (share === 1 || share === 2 || share === 3) return share;
  throw new Sentence(`--share is 1, 2 or 3, not "${text}".`);
}

/** Named at the end, with the reason. What lacks its program fails where it is chosen by name. */
function isLeftOut(file: string) {
  if (EVERY_PAGE_AGAIN.test(file) && !values.all) {
    leftOut.push(`Not run: ${file}, which takes many minutes. \`npm test -- --all\` runs it.`);
    return true;
  }
  const [, program] = BESIDE.exec(file) ?? [];
  if (program === undefined || findProgram(program) !== null) return false;
  leftOut.push(`Not run: ${file}, because ${program} is not installed on this machine.`);
  return true;
}

async function runAll(files: string[]) {
  if (files.some((file) => JOURNEY.test(file))) {
    process.env.CADENZA_WHOLE_CHROMIUM = getChromium();
    process.env.CADENZA_CHROMIUM ??= findHeadlessShell() ?? process.env.CADENZA_WHOLE_CHROMIUM;
    await buildWebIfStale();
    if (files.some((file) => HELP.test(file))) await buildSiteIfStale();
  }
  let database: TestDatabase | undefined;
  try {
    if (files.some((file) => !NEEDS_NO_DATABASE.test(file)) && !stopping.signal.aborted) {
      database = await openTestDatabase();
      const { owner, appPassword } = database;
      process.env.CADENZA_TEST_SERVER = JSON.stringify({ owner, appPassword });
    }
    await runFiles(files);
  } finally {
    await database?.stop();
  }
}

async function runFiles(files: string[]) {
  if (stopping.signal.aborted) return;
  const atOnce = Math.min(4, availableParallelism() + 1); // one more than there are processors, since files also wait
  const limits = { fileLimitMs: FILE_LIMIT_MS, lingerLimitMs: LINGER_LIMIT_MS };
  const options = { atOnce, ...limits, only: values.only, signal: stopping.signal };
  for await (const result of runTests(inGroups(files, atOnce), options)) {
    results.push(result);
    reportFile(result);
  }
}

/** A chosen title is looked for in each file by itself: a group's name would match it, too. */
function inGroups(files: readonly string[], atOnce: number) {
  const times = readTimes();
  const groups = values.only ? files.map((file) => [file]) : groupFiles(files, times, atOnce);
  const isLong = (group: readonly string[]) => Number(group.some((file) => LONG.test(file)));
  return groups.toSorted((a, b) => isLong(b) - isLong(a)).sort(slowestFirst(times));
}

function reportFile({ file, passed, failures, skips, output, tookMs, afterMs }: FileResult) {
  const isGood = !failures.length && !skips.length;
  if (isGood && !passed) return; // --only chose none of its tests
  console.log(`${isGood ? "ok  " : "FAIL"}  ${file}  ${passed} passed  ${(tookMs / 1000).toFixed(1)} s`);
  if (afterMs > LINGERS_MS)
    console.log(`      it went on for ${Math.round(afterMs / 1000)} s after its last test`);
  for (const { name, why } of skips) console.log(`\n  skipped: ${name} (${why})`);
  for (const { name, where, error } of failures) {
    console.log(`\n  failed: ${name}${where && `\n  at ${where}`}\n${error.replaceAll(/^/gm, "    ")}\n`);
  }
  if (failures.length && output.trim())
    console.log(`  it printed:\n${output.trimEnd().replaceAll(/^/gm, "    ")}\n`);
  for (const folder of failures.length ? keptOf(file) : [])
    console.log(`  it left pictures of the pages and traces in ${relative(ROOT, folder)}\n`);
}

/** Where a failed journey left what a person can look at; one folder for each test. */
function keptOf(file: string) {
  return globSync(`${failureFolder(file)}/*/`);
}

/** The last line is for people and scripts alike: the counts and nothing else. */
function summarize() {
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failures.length, 0);
  const skipped = results.reduce((sum, result) => sum + result.skips.length, 0);
  if (failed || skipped || !passed) process.exitCode = 1;
  if (stopping.signal.aborted) {
    process.exitCode = 130;
    console.log(`Interrupted by ${stopping.signal.reason}; what follows counts only what had ended.`);
  }
  for (const sentence of leftOut) console.log(sentence);
  if (results.length > SLOWEST) {
    console.log(slowestFiles(results, SLOWEST));
    console.log(processorUse(atStart, processorTimes()));
  }
  console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`);
}
