// `npm run torture`: every fault, a little of each first, until each has its full size. It may be ended at any time and
// goes on where it was left; after every part it writes docs/understand/torture.md. `-- --minutes=30` begins nothing new after so
// long, `--fresh` forgets what was done before.
//
// `--only=kill` chooses by name. Without a record: `--size=20` at once, `--seed=7` a run again, `--short` the short form. Ends with the table, and with 1 where anything is not as it should be.

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { openTestDatabase, stopTestServer } from "../database.ts";
import type { TortureFault } from "./fault.ts";
import { FAULTS } from "./faults.ts";
import { writePage } from "./page.ts";
import { addToRecord, forgetRecord, nextPart, readRecord } from "./record.ts";
import { again, type FaultReport, faultsIn, table } from "./report.ts";
import { NOTHING } from "./verdict.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const { values } = parseArgs({
  options: { seed: text, only: text, size: text, minutes: text, short: flag, fresh: flag, page: flag },
});
const chosen = FAULTS.filter(({ name }) => name.includes(values.only ?? ""));
if (chosen.length === 0) throw new Error(`No fault has "${values.only}" in its name.`);
if (values.fresh) forgetRecord();
if (values.page) {
  writePage(FAULTS, readRecord());
  process.exit();
}

const kept = await openTestDatabase(); // so that the server is started once for all
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stopTestServer().finally(() => process.exit(130)));
const isByItself = values.seed ?? values.size ?? values.short;
const lines = isByItself === undefined ? await runAll() : await runOnce();
console.log(`\n${table(lines)}`);
await kept.drop();
process.exit();

async function runOnce() {
  const done: FaultReport[] = [];
  for (const fault of chosen) {
    const seed = Number(values.seed ?? randomInt(1, 2 ** 31));
    const size = Number(values.size ?? (values.short ? fault.short : fault.full));
    // A seed is of one run; without one a large size is made of several.
    const portion = values.seed ? size : fault.portion;
    for (let left = size; left > 0; left -= portion)
      done.push(await tell(fault, Math.min(left, portion), left === size ? seed : randomInt(1, 2 ** 31)));
  }
  return done;
}

async function runAll() {
  const until = performance.now() + Number(values.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
  const done: FaultReport[] = [];
  while (performance.now() < until) {
    const next = nextPart(chosen, readRecord());
    if (!next) break;
    const line = await tell(next.fault, next.size, randomInt(1, 2 ** 31));
    const isOver = line.verdict.lookedAt !== NOTHING.lookedAt; // or nothing of it was tried
    addToRecord({ ...line, size: isOver ? line.size : 0, at: new Date().toISOString() });
    writePage(FAULTS, readRecord());
    done.push(line);
  }
  return done;
}

async function tell({ name, run }: TortureFault, size: number, seed: number): Promise<FaultReport> {
  console.log(`${name}: size ${size}, seed ${seed}`);
  const verdict = await run(seed, size).catch((error) => ({
    ...NOTHING,
    complaints: [`it came to no end: ${error instanceof Error ? error.stack : error}`],
  }));
  const wrongs = faultsIn(verdict);
  for (const wrong of wrongs) console.log(`  WRONG: ${wrong}`);
  if (wrongs.length > 0) {
    console.log(`  Again: ${again({ name, size, seed })}`);
    process.exitCode = 1;
  }
  return { name, seed, size, verdict };
}
