// The page about capacity: its figures are those that the calculator reckons with, and those of the benchmarks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { COSTS, type Load, needOf } from "../site/.vitepress/capacity.ts";
import { ROOT } from "./packages.mjs";

const read = (page: string) => readFileSync(join(ROOT, "docs", page), "utf8");
const load: Load = { contacts: 100_000, mailboxes: 100, emailsPerDay: 28_800, hours: 8, monthsKept: 12 };

test("each cost that the calculator uses stands on the page", () => {
  const page = read("operate/capacity.md");
  const words: Record<keyof typeof COSTS, string> = {
    engineMs: `${COSTS.engineMs} ms of a processor`,
    databaseMs: `${COSTS.databaseMs} ms of a processor`,
    answerMs: `${COSTS.answerMs} ms of two processors' time`,
    walKb: `${COSTS.walKb} kB`,
    emailKb: `${COSTS.emailKb} kB on disk`,
    enrollmentKb: `${COSTS.enrollmentKb} kB on disk`,
    contactKb: `${COSTS.contactKb} kB on disk`,
    processMb: `${COSTS.processMb} MB`,
    thousandMailboxesMb: `${COSTS.thousandMailboxesMb} MB more`,
  };
  for (const said of Object.values(words)) assert.ok(page.includes(said), said);
});

test("figures that the page takes from the benchmarks stand there", () => {
  const benchmarks = read("understand/benchmarks.md");
  for (const figure of [
    "614 a second",
    "34.8 kB a mail",
    "157 MB",
    "336 MB after",
    "385 MB after",
    "1.64 times",
  ])
    assert.ok(benchmarks.includes(figure), figure);
  assert.ok(Math.abs(COSTS.answerMs - 2000 / 614) < 0.01);
  assert.ok(Math.abs(COSTS.thousandMailboxesMb - (385 - 336) / 1.5) < 1);
});

test("a load is reckoned as the page says", () => {
  const need = needOf(load);
  assert.equal(need.emailsPerSecond, 1);
  assert.equal(need.atPeak, 3);
  assert.equal(need.engines, 1);
  assert.ok(Math.abs(need.walGbPerDay - 1.002) < 0.001, String(need.walGbPerDay));
  const millionEmails = needOf({ ...load, contacts: 0, emailsPerDay: 1_000_000 / 22, monthsKept: 1 });
  assert.ok(millionEmails.diskGb > 8 && millionEmails.diskGb < 9, String(millionEmails.diskGb));
});

test("ten times the emails need ten times the processors, and more engines", () => {
  const one = needOf(load);
  const ten = needOf({ ...load, emailsPerDay: load.emailsPerDay * 10 });
  assert.ok(Math.abs(ten.databaseCores / one.databaseCores - 10) < 1e-9);
  assert.equal(needOf({ ...load, emailsPerDay: load.emailsPerDay * 1000 }).engines, 6);
});

test("nothing is divided by nothing", () => {
  const need = needOf({ contacts: 0, mailboxes: 0, emailsPerDay: 0, hours: 0, monthsKept: 0 });
  for (const [name, value] of Object.entries(need)) assert.ok(Number.isFinite(value), name);
});
