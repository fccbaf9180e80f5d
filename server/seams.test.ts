import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { readConfig } from "./config.ts";
import { crashPoint, InjectedError, openClock, openCrashPoints } from "./seams.ts";

const folder = mkdtempSync(join(tmpdir(), "cadenza-seams-"));
after(() => {
  openCrashPoints(null);
  rmSync(folder, { recursive: true, force: true });
});

const open = (crash: string) => openCrashPoints({ clockFile: null, crash });
const aheadMs = (now: () => Temporal.Instant) => now().epochMilliseconds - Date.now();

test("closed, no point crashes and nothing is waited for", () => {
  openCrashPoints(null);
  assert.equal(crashPoint("request-before-commit"), undefined);
});

test("the environment opens nothing by itself", () => {
  for (const CADENZA_TEST_SEAMS of ["", "0", "true", "yes"]) {
    const config = readConfig(
      { CADENZA_TEST_SEAMS, CADENZA_CLOCK_FILE: "/x", CADENZA_CRASH: "request-before-commit=kill" },
      [],
    );
    assert.equal(config.seams, null, CADENZA_TEST_SEAMS);
  }
});

test("only the named point strikes", async () => {
  open("request-before-commit=error");
  await assert.rejects(async () => crashPoint("request-before-commit"), InjectedError);
  assert.equal(crashPoint("request-after-commit"), undefined);
});

test("several are planned at once, and a delay delays", async () => {
  open("job-before-work=error, job-after-work=delay:60");
  await assert.rejects(async () => crashPoint("job-before-work"), InjectedError);
  const before = performance.now();
  await crashPoint("job-after-work");
  assert.ok(performance.now() - before >= 55);
});

test("the same seed strikes at the same times, about as often as asked", () => {
  const strikes = (plan: string) => {
    open(`request-before-commit=delay:0:${plan}`);
    return Array.from({ length: 400 }, () =>
      crashPoint("request-before-commit") === undefined ? 0 : 1,
    ).join("");
  };
  const first = strikes("0.25:42");
  assert.equal(strikes("0.25:42"), first);
  assert.notEqual(strikes("0.25:43"), first);
  const count = first.replaceAll("0", "").length;
  assert.ok(count > 60 && count < 140, `${count} of 400`);
  assert.equal(strikes("0:1").includes("1"), false);
});

test("a plan that cannot be read is an error at start, not a test that tests nothing", () => {
  for (const plan of [
    "request-before-commit",
    "request-before-commit=explode",
    "=kill=",
    "request-before-comit=kill",
  ])
    assert.throws(() => open(plan), plan);
});

test("the clock is moved by its file, read anew each time; without one it does not move", () => {
  const file = join(folder, "clock");
  const now = openClock({ clockFile: file, crash: "" });
  assert.ok(Math.abs(aheadMs(now)) < 1000);
  for (const [text, expected] of [
    ["3600000", 3_600_000],
    [" -5000\n", -5000],
    ["1.9", 1],
    ["0", 0],
  ] as const) {
    writeFileSync(file, text);
    assert.ok(Math.abs(aheadMs(now) - expected) < 1000, text);
  }
  assert.ok(Math.abs(aheadMs(openClock(null))) < 1000);
});

test("a clock file that is empty for a moment, because it is being written, does not set the clock back", () => {
  const file = join(folder, "clock-being-written");
  const now = openClock({ clockFile: file, crash: "" });
  writeFileSync(file, "3600000");
  now();
  for (const text of ["", " \n", "soon", "1e999"]) {
    writeFileSync(file, text);
    assert.ok(Math.abs(aheadMs(now) - 3_600_000) < 1000, text);
  }
  rmSync(file);
  assert.ok(Math.abs(aheadMs(now) - 3_600_000) < 1000);
});
