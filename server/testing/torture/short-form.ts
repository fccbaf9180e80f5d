// Every fault of a kind, a few times, as tests: always of the same seed, so that two runs differ by nothing but the
// machine. Looking for what no seed has shown yet is the work of `npm run torture`, which draws a new one each time.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openTestDatabase } from "../database.ts";
import { rounds } from "../rounds.ts";
import type { TortureFault } from "./fault.ts";
import { again, faultsIn, table } from "./report.ts";

const SEED = 20_260_717;

export function tryShortly(faults: readonly TortureFault[]) {
  let kept: Awaited<ReturnType<typeof openTestDatabase>>;
  before(async () => {
    kept = await openTestDatabase(); // so that the server is started once for all
  });
  after(() => kept.drop());

  for (const { name, short, portion, run } of faults)
    test(name, async (t) => {
      const size = rounds(short, Math.min(portion, short * 4));
      const verdict = await run(SEED, size);
      t.diagnostic(table([{ name, seed: SEED, size, verdict }]));
      const wrong = faultsIn(verdict);
      if (wrong.length > 0) assert.fail(`${wrong.join("\n")}\nAgain: ${again({ name, size, seed: SEED })}`);
    });
}
