// `npm run torture`: every fault in its full form. `-- --only=kill` a part of them by name, `--seed=7` a run again,
// `--size=20` another size, `--short` the short form. Ends with the table, and with 1 where anything is not as it should be.

import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { openTestDatabase } from "../database.ts";
import { FAULTS } from "./faults.ts";
import { faultsIn, type Line, table } from "./report.ts";

const text = { type: "string" } as const;
const { values } = parseArgs({
  options: { seed: text, only: text, size: text, short: { type: "boolean" } },
});
const chosen = FAULTS.filter(({ name }) => name.includes(values.only ?? ""));
if (chosen.length === 0) throw new Error(`No fault has "${values.only}" in its name.`);

const kept = await openTestDatabase(); // so that the server is started once for all
const lines: Line[] = [];
for (const { name, short, full, run } of chosen) {
  const seed = Number(values.seed ?? randomInt(1, 2 ** 31));
  const size = Number(values.size ?? (values.short ? short : full));
  console.log(`${name}: size ${size}, seed ${seed}`);
  const verdict = await run(seed, size);
  lines.push({ name, seed, size, verdict });
  for (const wrong of faultsIn(verdict)) {
    console.log(`  WRONG: ${wrong}`);
    process.exitCode = 1;
  }
}
console.log(`\n${table(lines)}`);
await kept.drop();
process.exit();
