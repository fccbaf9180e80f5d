// `npm run seed`: plants the sample team into the first team of the configured database. With the embedded database
// Cadenza itself must not be running: a data folder serves one process.

import type { App } from "./app.ts";
import { BadConfiguration, readConfig } from "./config.ts";
import { UnsafeDatabase } from "./db/embedded/durability.ts";
import { CannotStartDatabase } from "./db/embedded/errors.ts";
import { CannotMigrate } from "./db/migrate.ts";
import { openFirstTeam, prepareInstallation } from "./features/installation/commands.ts";
import { listTeamIds } from "./features/teams/store.ts";
import { lockActiveAdmins } from "./features/users/store.ts";
import { openLog } from "./log.ts";
import { plantSample } from "./sample/plant.ts";
import { BadKeyFile } from "./secrets.ts";
import { openHouse } from "./start.ts";

async function main() {
  const { app, close } = await openHouse({ ...readConfig(), sampleTeam: false }, openLog("warn"));
  try {
    const { setupUrl } = await prepareInstallation(app);
    const isPlanted = await plantSample(app, await seatOf(app));
    const next = setupUrl
      ? "Start Cadenza now: it prints the link by which the team becomes yours."
      : "Start Cadenza now, and sign in as before.";
    console.log(
      isPlanted
        ? `\nThe sample team is planted. ${next}\n`
        : "\nNothing was planted: the first team has contacts already, and they are left alone.\n",
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

function explain(error: unknown) {
  const expected = [BadConfiguration, BadKeyFile, CannotMigrate, CannotStartDatabase, UnsafeDatabase];
  const isExpected = expected.some((kind) => error instanceof kind);
  console.error(isExpected ? `\nNothing was planted. ${(error as Error).message}\n` : error);
  process.exit(1);
}

main().catch(explain);
