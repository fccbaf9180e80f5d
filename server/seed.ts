// `npm run seed`: plants the sample team into the first team of the configured database. With the embedded database
// Cadenza itself must not be running: a data folder serves one process.

import type { App } from "./app.ts";
import { tellWhyNot } from "./cannot-start.ts";
import { readConfig } from "./config.ts";
import { openFirstTeam, prepareInstallation } from "./features/administration/installation/commands.ts";
import { listTeamIds } from "./features/identity/teams/store.ts";
import { lockActiveAdmins } from "./features/identity/users/store.ts";
import { openLog } from "./kernel/log.ts";
import { plantSample } from "./sample/plant.ts";
import { openHouse } from "./start.ts";

async function main() {
  const { app, close } = await openHouse({ ...readConfig(), sampleTeam: false }, openLog("warn"));
  try {
    const { setupUrl } = await prepareInstallation(app);
    const isPlanted = await plantSample(app, await seatOf(app));
    const next = setupUrl
      ? "Start Cadenza now. It prints the link with which you become the owner of the team."
      : "Start Cadenza now and sign in as before.";
    console.log(
      isPlanted
        ? `\nThe sample data was added. ${next}\n`
        : "\nNo sample data was added: the first team already has contacts, which were not changed.\n",
    );
    if (!isPlanted) process.exitCode = 1;
  } finally {
    await close();
  }
}

/** The first team and an admin of it. Where there is no team yet, one is made that the first owner will take over. */
async function seatOf(app: App) {
  const [teamId] = await app.db.inTransaction(listTeamIds);
  if (!teamId) return app.db.inTransaction((db) => openFirstTeam(db, null, app.now()));
  const [userId] = await app.db.inTeam(teamId, (db) => lockActiveAdmins(db, teamId));
  if (!userId) throw new Error(`the team ${teamId} has no active admin`);
  return { teamId, userId };
}

main().catch((error) => process.exit(tellWhyNot("No sample data was added.", error)));
