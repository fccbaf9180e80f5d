// `cadenza upgrade`: what this version will do with the database (`--check`), the part of it that the version before can go on with
// (`--beside`), and the installation of a later release beside this one.

import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { EXIT, tellWhyNot } from "./cannot-start.ts";
import { openDatabaseClock } from "./clock.ts";
import { type Config, readConfig, warningsAbout } from "./config.ts";
import { MAJOR_VERSION } from "./db/embedded/cluster.ts";
import { clusterIn, olderMajorIn } from "./db/major-upgrade/majors.ts";
import { findOldPrograms, missingPrograms } from "./db/major-upgrade/old-programs.ts";
import { bytesIn, keptName, measureRoom, megabytes, refuseNoRoom } from "./db/major-upgrade/room.ts";
import { migrateBeside } from "./db/migrate.ts";
import { addressOf } from "./db/outside.ts";
import { readDatabase } from "./db/upgrade-check/database.ts";
import { migrationsAhead } from "./db/upgrade-check/migrations-ahead.ts";
import { reachOwner, withClient } from "./db/upgrade-check/reach.ts";
import { linesOf, type MajorMove, reportOf } from "./db/upgrade-check/report.ts";
import { CannotInstall, installBeside } from "./install-beside.ts";
import { CannotUseFolder } from "./kernel/data-folder.ts";
import { readReleases } from "./kernel/releases.ts";
import { VERSION } from "./kernel/version.ts";

const USAGE = `Usage: cadenza upgrade --check [--json]
       says what this version changes, and changes nothing
       cadenza upgrade --beside
       migrates the database as far as the version that is running can go on
       cadenza upgrade <archive> [--sha256 <digest>]
       installs a later release beside this one
       (in the repository: npm run upgrade -- --check)`;

const HERE = fileURLToPath(new URL("..", import.meta.url)).replace(/[/\\]$/, "");
const flag = { type: "boolean", default: false } as const;

async function main(args: string[]): Promise<number> {
  const wish = readWish(args);
  if (!wish) {
    console.error(USAGE);
    return EXIT.settings;
  }
  const { archive, check: isCheck, json, sha256 } = wish;
  if (archive) {
    refuseOtherData(readConfig(undefined, []));
    return installBeside({ archive, digest: sha256 ?? null, here: HERE, say: (line) => console.log(line) });
  }
  const config = readConfig(undefined, []);
  refuseClosed(config.dataDir);
  if (isCheck) return check(config, json);
  return beside(config);
}

function readWish(args: string[]) {
  try {
    const options = { check: flag, beside: flag, json: flag, sha256: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [archive, ...more] = positionals;
    const modes = [values.check, values.beside, archive !== undefined].filter(Boolean).length;
    return modes === 1 && more.length === 0 ? { ...values, archive } : null;
  } catch {
    return null;
  }
}

/** The new version must find the data of the version in use: without it, it would begin as an empty installation. */
function refuseOtherData({ databaseUrl, dataDir }: Config) {
  if (databaseUrl !== null) return;
  if (dataDir.startsWith(`${HERE}${sep}`))
    throw new CannotInstall(
      `The data folder ${dataDir} is inside the folder of the version in use. Stop Cadenza, move the data folder elsewhere, and set CADENZA_DATA_DIR to its place. Then upgrade.`,
    );
  if (!existsSync(clusterIn(dataDir)))
    throw new CannotInstall(
      `There is no database in ${dataDir}. Run the upgrade with the settings of the server: CADENZA_DATA_DIR names its data folder.`,
    );
}

async function check(config: Config, isJson: boolean) {
  const { databaseUrl, dataDir } = config;
  const isOwn = databaseUrl === null;
  if (isOwn && !existsSync(clusterIn(dataDir))) {
    const sentence = `There is no database in ${dataDir} yet. The next start creates it.`;
    console.log(isJson ? JSON.stringify({ database: null }) : sentence);
    return 0;
  }
  const move = isOwn ? await majorMove(config) : null;
  const owner = await reachOwner(databaseUrl, dataDir);
  const now = owner && (await withClient(owner, readDatabase));
  const { bavail, bsize } = isOwn ? await statfs(dataDir) : { bavail: 0, bsize: 0 };
  const report = reportOf(
    {
      database: databaseUrl ? addressOf(databaseUrl) : clusterIn(dataDir),
      runs: now !== null,
      postgresql: now?.serverVersion ?? (isOwn ? (move?.from ?? MAJOR_VERSION) : null),
      ahead: now && migrationsAhead(now),
      move,
      freeBytes: isOwn ? bavail * bsize : null,
      settings: warningsAbout(),
      kept: isOwn ? await keptFolders(dataDir) : [],
    },
    VERSION ?? "unknown",
    readReleases(),
    openDatabaseClock().now().toZonedDateTimeISO("UTC").toPlainDate(),
  );
  console.log(isJson ? JSON.stringify(report, null, 2) : linesOf(report).join("\n"));
  if (move) {
    if (move.reads_with === null) throw missingPrograms(dataDir, move.from);
    refuseNoRoom(dataDir, move.room);
  }
  const { free_megabytes: free, megabytes: needed } = report.estimate;
  if (free !== null && free < needed)
    throw new CannotUseFolder(
      `About ${needed} MB must be free in ${dataDir}, and ${free} MB are. Nothing was changed. Free space first.`,
    );
  if (!isJson) console.log("\nNothing is missing. Start Cadenza.");
  return 0;
}

async function majorMove({ dataDir, oldPrograms }: Config): Promise<MajorMove | null> {
  const major = olderMajorIn(dataDir);
  if (major === null) return null;
  const programs = await findOldPrograms({ dataDir, major, folder: oldPrograms });
  return {
    from: major,
    to: MAJOR_VERSION,
    kept: join(dataDir, keptName(dataDir, major)),
    reads_with: programs && `PostgreSQL ${programs.version}, ${programs.postgres}`,
    room: await measureRoom(dataDir),
  };
}

async function beside({ databaseUrl, dataDir }: Config) {
  const isMoved = databaseUrl === null && existsSync(clusterIn(dataDir)) && olderMajorIn(dataDir) !== null;
  const owner = isMoved ? null : await reachOwner(databaseUrl, dataDir);
  if (!owner) {
    console.log("The next start migrates the database.");
    return 0;
  }
  const { applied, left } = await migrateBeside(owner);
  console.log(
    applied.length > 0
      ? `Migrated: ${applied.join(", ")}`
      : "Nothing was to be migrated beside the version in use.",
  );
  if (left.length > 0)
    console.log(
      `Left for the next start, because the version in use cannot go on after them: ${left.join(", ")}`,
    );
  return 0;
}

/** From before upgrades. Nothing deletes them but a person. */
async function keptFolders(dataDir: string) {
  const folders = readdirSync(dataDir).filter((name) => /^postgres-\d+(?:-\d+)?$/.test(name));
  return Promise.all(
    folders.map(async (name) => {
      const size = megabytes(await bytesIn(join(dataDir, name)));
      return `Kept from before an upgrade: ${join(dataDir, name)}, ${size} MB. Delete it when you no longer need it.`;
    }),
  );
}

/** What may not be looked into seems to be empty. */
function refuseClosed(dataDir: string) {
  if (!existsSync(dataDir)) return;
  try {
    accessSync(dataDir, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new CannotUseFolder(
      `The data folder ${dataDir} cannot be read by this user. Run this command as the user that runs Cadenza.`,
      { cause: error },
    );
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof CannotInstall) {
    console.error(`\n${error.message}\n`);
    process.exitCode = EXIT.folder;
  } else process.exitCode = tellWhyNot("The upgrade cannot be made.", error);
}
