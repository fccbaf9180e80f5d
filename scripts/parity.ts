// Calls everything that Apollo publishes, and writes down what is answered: `npm run parity`. server/parity.test.ts holds the
// page to it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages.mjs";
import { openTestDatabase } from "./test-database.ts";

const { owner, appPassword, stop } = await openTestDatabase();
process.env.CADENZA_TEST_SERVER = JSON.stringify({ owner, appPassword });
try {
  const { runParity } = await import("../server/testing/parity/run.ts");
  const { page, totals } = await runParity();
  writeFileSync(join(ROOT, "docs/apollo/parity.md"), page);
  for (const [what, { answered, all }] of Object.entries(totals))
    console.log(`${what}: ${answered} of ${all}`);
  console.log("Wrote docs/apollo/parity.md.");
} finally {
  await stop();
}
process.exit(); // a connection that was left open does not keep it
