// A run of hours: what comes next, and what is told of what was done.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { TortureFault } from "./fault.ts";
import { torturePage } from "./page.ts";
import { type KeptReport, nextPart } from "./record.ts";
import { NOTHING } from "./verdict.ts";

const faultOf = (name: string, short: number, full: number, portion: number): TortureFault => ({
  name,
  short,
  full,
  portion,
  unit: "kills",
  run: async () => NOTHING,
});
const FAULTS = [faultOf("one", 2, 20, 6), faultOf("other", 1, 3, 5)];
const kept = (name: string, size: number, verdict: Partial<KeptReport["verdict"]> = {}): KeptReport => ({
  name,
  size,
  seed: 7,
  at: "2026-11-20T10:00:00Z",
  verdict: { ...NOTHING, ...verdict },
});

test("a little of each comes first, then twice as much, up to the portions, until each has its full size", () => {
  const record: KeptReport[] = [];
  for (let next = nextPart(FAULTS, record); next; next = nextPart(FAULTS, record))
    record.push(kept(next.fault.name, next.size));
  assert.deepEqual(
    record.map(({ name, size }) => `${name} ${size}`),
    ["one 2", "other 1", "one 4", "other 2", "one 6", "one 6", "one 2"],
  );
});

test("the page sums up what was done, and says what was not as it should be", () => {
  const bad = { violations: [{ chk: "I09", k: "somebody" }], complaints: ["I34: answered otherwise"] };
  const page = torturePage(FAULTS, [
    kept("one", 2, { kills: 2, mails: 30, atTheDot: 4, taken: 3, unclear: 4, delivered: 3 }),
    kept("one", 4, { kills: 4, mails: 60, lookedAt: { stops: 5 }, ...bad }),
  ]);
  assert.match(
    page,
    /^\| one \| kills \| 6 \| 20 \| 6 \| 90 \| 0 \| 0 \| 4 \(3 taken\) \| 4 \(3 delivered\) \| 0 \| something in 1 of 2 runs \|$/m,
  );
  assert.match(page, /^\| other \| kills \| 0 \| 3 .* not tried \|$/m);
  assert.match(page, /^\| I09 .* \| 5 stops \| 1 \|$/m);
  assert.match(page, /^\| I34 .* \| 1 \|$/m);
  assert.match(page, /one, size 4, seed 7: I09: 1, such as somebody; I34: answered otherwise/);
});
