import assert from "node:assert/strict";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { areTestsOver, judgeGroup } from "./judge-tests.ts";
import { ROOT } from "./packages.mjs";
import { runTests } from "./run-tests.ts";
import { ALONE, groupFiles } from "./test-groups.ts";

const inFolder = (folder: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${folder}/${String(n).padStart(2, "0")}.test.ts`);

test("neighbours share a process, what needs other things does not, and each file runs once", () => {
  const files = [
    ...inFolder("server/features/a", 20),
    ...inFolder("server/domain/a", 20),
    ...inFolder("web/journeys", 20),
    "server/isolation.test.ts",
  ];
  const groups = groupFiles(files, {}, 3);
  assert.deepEqual(groups.flat().sort(), files.toSorted());
  assert.deepEqual(
    groups.find((group) => group.includes("server/isolation.test.ts")),
    ["server/isolation.test.ts"],
  );
  const folders = groups.map((group) => new Set(group.map((file) => file.replace(/\/[^/]+$/, ""))));
  assert.ok(folders.every(({ size }) => size === 1));
  assert.deepEqual(
    groups.filter((group) => group[0]?.startsWith("web/")).map(({ length }) => length),
    [4, 4, 4, 4, 4],
  );
});

test("a run of few files spreads over the processors, and long files do not stand behind each other", () => {
  const files = inFolder("server/features/a", 6);
  assert.deepEqual(
    groupFiles(files, {}, 3).map(({ length }) => length),
    [1, 1, 1, 1, 1, 1],
  );
  const many = inFolder("server/features/a", 60);
  const long = Object.fromEntries(many.map((file) => [file, 50_000]));
  assert.ok(groupFiles(many, long, 3).every(({ length }) => length <= 2));
});

test("each reason to run alone has a file", () => {
  const files = globSync("{contract,sdk,server,web,scripts,cli,mcp,sandbox,n8n,bench}/**/*.test.{ts,tsx}", {
    cwd: ROOT,
    exclude: (path) => path.endsWith("node_modules"),
  });
  const unused = ALONE.filter((one) => !files.some((file) => one.files.test(file)));
  assert.deepEqual(unused, []);
});

test("what test files share registers no hook when it is loaded: it is loaded once, for the first of them", () => {
  const sources = globSync("{contract,sdk,server,web,scripts,mcp,sandbox,n8n,bench}/**/*.{ts,tsx}", {
    cwd: ROOT,
    exclude: (path) => path.endsWith("node_modules"),
  });
  const hooked = sources
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .filter((file) =>
      /^(?:before|after|beforeEach|afterEach)\(/m.test(readFileSync(join(ROOT, file), "utf8")),
    );
  assert.deepEqual(hooked, []);
});

const passed = (name: string) => ({ kind: "passed" as const, name });
const ended = (name: string) => ({ kind: "ended" as const, name, tookMs: 5 });
const failed = (name: string) => ({ kind: "failed" as const, name, where: "", error: "no" });
const started = (name: string, depth = 0) => ({ kind: "started" as const, name, depth });
const OPTIONS = { fileLimitMs: 1000, lingerLimitMs: 1000, afterMs: 0 };
const GOOD = { code: 0, signal: null, output: "", stopped: null };

test("each file of a process answers for its own tests", () => {
  const lines = [
    passed("a > one"),
    passed("a > two"),
    ended("a"),
    failed("b > one"),
    failed("b"),
    ended("b"),
  ];
  const { results, notRun } = judgeGroup(
    ["a", "b", "c"],
    [...lines, passed("c > one"), ended("c")],
    { ...GOOD, code: 1 },
    OPTIONS,
  );
  assert.deepEqual(
    results.map(({ file, passed, failures }) => [file, passed, failures.map(({ name }) => name)]),
    [
      ["a", 2, []],
      ["b", 0, ["one", "(the file)"]],
      ["c", 1, []],
    ],
  );
  assert.deepEqual(notRun, []);
});

test("a file in which the process ended fails, and those after it run again", () => {
  const lines = [passed("a > one"), ended("a"), passed("b > one")];
  const end = { ...GOOD, code: null, signal: "SIGKILL" };
  const { results, notRun } = judgeGroup(["a", "b", "c", "d"], lines, end, OPTIONS);
  assert.deepEqual(
    results.map(({ file, failures }) => [file, failures.length]),
    [
      ["a", 0],
      ["b", 1],
    ],
  );
  assert.match(results[1]?.failures[0]?.error ?? "", /SIGKILL/);
  assert.deepEqual(notRun, ["c", "d"]);
});

test("a file without a test, and a process that fails after all its tests, are not passed over", () => {
  const without = judgeGroup(["a", "b"], [ended("a"), passed("b > one"), ended("b")], GOOD, OPTIONS);
  assert.match(without.results[0]?.failures[0]?.error ?? "", /no test/);
  const late = judgeGroup(
    ["a", "b"],
    [passed("a > x"), ended("a"), passed("b > x"), ended("b")],
    { ...GOOD, code: 7 },
    OPTIONS,
  );
  assert.match(late.results[1]?.failures[0]?.error ?? "", /exit code 7/);
});

test("tests are over when all that began outermost have ended", () => {
  const first = [started("a"), started("a > one", 1), passed("a > one")];
  assert.equal(areTestsOver([]), false, "none has begun");
  assert.equal(areTestsOver(first), false);
  assert.equal(areTestsOver([...first, ended("a")]), true);
  assert.equal(areTestsOver([...first, ended("a"), started("b > c")]), false);
});

test("a process that goes on after its tests is stopped, and fails", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cadenza-lingering-"));
  const file = relative(ROOT, join(folder, "lingers.test.mjs"));
  writeFileSync(
    join(folder, "lingers.test.mjs"),
    'import { test } from "node:test"; test("it is quick", () => {}); setInterval(() => {}, 1000);',
  );
  const limits = { atOnce: 1, fileLimitMs: 600_000, lingerLimitMs: 100 };
  for await (const result of runTests([[file]], { ...limits, signal: new AbortController().signal })) {
    assert.equal(result.passed, 1);
    assert.match(result.failures[0]?.error ?? "", /its last test/);
  }
  rmSync(folder, { recursive: true });
});
