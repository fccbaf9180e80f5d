// `npm run operator-key`: a new operator's key, printed once; the older ones are revoked. With the embedded database Cadenza itself
// must not be running: a data folder serves one process. With a database of one's own it may.

import { tellWhyNot } from "./cannot-start.ts";
import { readConfig } from "./config.ts";
import { prepareInstallation } from "./features/administration/installation/commands.ts";
import { replaceOperatorKey } from "./features/administration/installation/operator-key.ts";
import { openLog } from "./kernel/log.ts";
import { openHouse } from "./start.ts";

async function main(wish: string | undefined) {
  if (wish !== undefined) {
    console.error("Usage: cadenza operator-key (in the repository: npm run operator-key)");
    process.exitCode = 2;
    return;
  }
  const config = { ...readConfig(undefined, []), sampleTeam: false };
  const { app, close } = await openHouse(config, openLog("warn"));
  try {
    await prepareInstallation({ ...app, config: { ...config, role: "engine" } }); // which ends no user's set-up link
    const made = await replaceOperatorKey(app);
    if (!made) process.exitCode = 1;
    console.log(`\n${made ? sayMade(made) : NO_TEAM}\n`);
  } finally {
    await close();
  }
}

const NO_TEAM =
  "This installation has no team yet. Start Cadenza and open the set-up link, or set CADENZA_BOOTSTRAP_KEY before the first start.";

type Made = NonNullable<Awaited<ReturnType<typeof replaceOperatorKey>>>;

function sayMade({ key, team, revoked }: Made) {
  const before =
    revoked === 0 ? "" : ` ${revoked === 1 ? "The older key was" : "The older keys were"} revoked.`;
  return (
    `New operator's key: ${key}\n\nIt is shown only once: store it where you keep passwords. It belongs to the team ${team}, ` +
    `and may do everything there.${before}`
  );
}

main(process.argv[2]).catch((error) => process.exit(tellWhyNot("No key was created.", error)));
