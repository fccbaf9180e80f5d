// Shows which files an add and a due step pass through, in the order in which they run: `npm run count-path`.
// server/engine/paths.test.ts holds both to their limits.

import { openTestDatabase } from "./test-database.ts";

const { owner, appPassword, stop } = await openTestDatabase();
process.env.CADENZA_TEST_SERVER = JSON.stringify({ owner, appPassword });
try {
  const { kindOf, walkBoth } = await import("../server/testing/paths/walks.ts");
  for (const [what, { files, counts, returns, circles, doors }] of Object.entries(await walkBoth())) {
    console.log(`\n${what}: ${JSON.stringify(counts)}, ${returns.length} returns, ${circles.length} circles`);
    for (const file of files)
      console.log(`  ${kindOf(file).padEnd(10)} ${file}${returns.includes(file) ? "  (return)" : ""}`);
    console.log(`  not counted: ${doors.join(", ")}`);
    for (const circle of circles) console.log(`  circle: ${circle}`);
  }
} finally {
  await stop();
}
process.exit(); // a connection that was left open does not keep it
