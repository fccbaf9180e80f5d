// The page about parity with Apollo says what a run finds, and never less than it once said.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { percent } from "./testing/parity/report.ts";
import { runParity } from "./testing/parity/run.ts";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** What was reached once. It grows with the page, and nothing lowers it. */
const REACHED = { operations: 80, parameters: 557, fields: 3629 };

test("docs/apollo/parity.md and the README say what a run finds, and no less than before", async () => {
  const { page, totals } = await runParity();
  for (const [what, least] of Object.entries(REACHED) as [keyof typeof REACHED, number][])
    assert.ok(totals[what].answered >= least, `${what}: ${totals[what].answered} of once ${least}`);
  assert.equal(totals.parameters.answered + totals.parameters.refused, totals.parameters.all);
  assert.deepEqual(page.split("\n"), read("docs/apollo/parity.md").split("\n"), "run npm run parity");
  const { operations, parameters, fields } = totals;
  const said = `${operations.answered} of ${operations.all} operations, ${parameters.answered} of ${parameters.all} parameters (${parameters.refused} are refused with a reason), ${percent(fields.answered, fields.all)} of ${fields.all.toLocaleString("en-US")} answer fields`;
  assert.ok(read("README.md").replaceAll(/\s+/g, " ").includes(said), `the README does not say: ${said}`);
});
