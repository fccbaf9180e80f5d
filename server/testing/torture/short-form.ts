// Every fault of a kind, a few times, as tests. The seed of each is printed with what went wrong, and
// `npm run torture -- --only=… --seed=…` tries it again.

import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { after, before, test } from "node:test";
import { openTestDatabase } from "../database.ts";
import type { Fault } from "./fault.ts";
import { faultsIn, table } from "./report.ts";

export function tryShortly(faults: readonly Fault[]) {
  let kept: Awaited<ReturnType<typeof openTestDatabase>>;
  before(async () => {
    kept = await openTestDatabase(); // so that the server is started once for all
  });
  after(() => kept.drop());

  for (const { name, short, run } of faults)
    test(name, async (t) => {
      const seed = randomInt(1, 2 ** 31);
      const verdict = await run(seed, short);
      t.diagnostic(table([{ name, seed, size: short, verdict }]));
      assert.deepEqual(faultsIn(verdict), [], `seed ${seed}`);
    });
}
