// `cadenza recover`: the embedded database as it was at a time, from the WAL archive, in a new folder. The present data folder is left
// as it is, unless `--switch` puts the recovered database in its place; then the present one is kept beside it.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { copyFile, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { tellWhyNot } from "./cannot-start.ts";
import { type Config, readConfig } from "./config.ts";
import { MAJOR_VERSION } from "./db/embedded/cluster.ts";
import { codeOf } from "./db/embedded/errors.ts";
import { isAlive, isPostmasterOf } from "./db/embedded/processes.ts";
import { switchDatabase } from "./db/embedded/switching.ts";
import { type ArchiveFolder, archiveAt, archivesIn } from "./db/wal-archive/archive-folder.ts";
import { type Base, readCatalogue } from "./db/wal-archive/catalogue.ts";
import { periodsOf, shown } from "./db/wal-archive/choosing.ts";
import { stampOf } from "./db/wal-archive/names.ts";
import { copyIfThere, recoverTo, removeDraft } from "./db/wal-archive/recovering.ts";
import { CannotRecover } from "./db/wal-archive/refusals.ts";
import { openSecrets } from "./kernel/secrets.ts";
import { openCrashPoints } from "./seams.ts";
import { BadConfiguration } from "./setting-values.ts";

const USAGE = `Usage: cadenza recover --list
       cadenza recover --at 2026-11-30T10:15:00Z [--into <new folder>]
       cadenza recover --at 2026-11-30T10:15:00Z --switch
       With --from cadenza-<number>, where CADENZA_WAL_DIR has the archives of several databases.
       (in the repository: npm run recover -- …)`;

type Wish = {
  list: boolean;
  at: Temporal.Instant | null;
  into: string | null;
  isSwitch: boolean;
  from: string | null;
};

async function main(args: string[]) {
  const wish = readWish(args);
  if (!wish) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const config = readConfig(undefined, []);
  openCrashPoints(config.seams);
  const archive = await archiveOf(config, wish.from);
  if (wish.list) return console.log(await listText(archive, config.walArchive?.folder ?? ""));
  if (wish.at) console.log(`\n${await recover(config, archive, wish.at, wish)}\n`);
}

function readWish(args: string[]): Wish | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        list: { type: "boolean", default: false },
        at: { type: "string" },
        into: { type: "string" },
        switch: { type: "boolean", default: false },
        from: { type: "string" },
      },
    });
    const { list, at, into = null, switch: isSwitch, from = null } = values;
    const isOne = list ? !at && into === null && !isSwitch : at !== undefined && !(into !== null && isSwitch);
    return isOne ? { list, at: at === undefined ? null : timeOf(at), into, isSwitch, from } : null;
  } catch (error) {
    if (error instanceof CannotRecover) throw error;
    return null;
  }
}

function timeOf(text: string) {
  try {
    return Temporal.Instant.from(text);
  } catch {
    throw new CannotRecover(
      `"${text}" is not a time. Write it with its time zone, such as 2026-11-30T10:15:00Z or 2026-11-30T11:15:00+01:00.`,
    );
  }
}

async function archiveOf({ walArchive, dataDir }: Config, from: string | null): Promise<ArchiveFolder> {
  if (!walArchive) throw new BadConfiguration("Set CADENZA_WAL_DIR to the folder of the WAL archive.");
  const { folder } = walArchive;
  const names = await archivesIn(folder);
  if (names.length === 0)
    throw new CannotRecover(`The folder ${folder} has no WAL archive of Cadenza. Is its disk mounted?`);
  const own = from ?? nameIn(dataDir);
  if (own !== null && names.includes(own)) return archiveAt(join(folder, own));
  const [first] = names;
  if (own === null && first !== undefined && names.length === 1) return archiveAt(join(folder, first));
  throw new CannotRecover(
    `${own === null ? "The folder has several archives" : `The folder has no archive ${own}`}. Name one: ${names.map((name) => `--from ${name}`).join(", ")}.`,
  );
}

/** Its archive is called after the number that PostgreSQL gave the database: the first eight bytes of this file. */
function nameIn(dataDir: string) {
  try {
    const control = readFileSync(join(dataDir, "postgres", "cluster", "global", "pg_control"));
    const { buffer, byteOffset } = control;
    const isLittle = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
    return `cadenza-${new DataView(buffer, byteOffset).getBigUint64(0, isLittle)}`;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

async function listText(archive: ArchiveFolder, folder: string) {
  const { bases, spans } = await readCatalogue(archive);
  const other = bases.find(isOfOtherMajor);
  const periods = periodsOf(spans).map(({ from, until }) => `  from ${ceiled(from)} to ${shown(until)}`);
  const lines = bases.map(({ name, manifest }) => `  ${name}  ${Math.ceil(manifest.tar_bytes / 2 ** 20)} MB`);
  const isWhose = other ? ` with ${versionsOf(other)}, not with this version` : "";
  return [
    periods.length > 0
      ? `Every time can be recovered${isWhose}:`
      : "Nothing can be recovered from this archive yet.",
    ...periods,
    ...(lines.length > 0 ? ["Base backups:", ...lines] : []),
    ...(await otherMajors(archive, folder)),
  ].join("\n");
}

/** After the database was moved to a newer PostgreSQL, its times before lie in another archive. */
async function otherMajors(archive: ArchiveFolder, folder: string) {
  const lines: string[] = [];
  for (const name of await archivesIn(folder)) {
    if (name === basename(archive.root)) continue;
    const { bases, spans } = await readCatalogue(archiveAt(join(folder, name)));
    const other = bases.find(isOfOtherMajor);
    if (!other) continue;
    for (const { from, until } of periodsOf(spans))
      lines.push(`  ${name}  from ${ceiled(from)} to ${shown(until)}, with ${versionsOf(other)}`);
  }
  return lines.length > 0
    ? ["Made by another version of PostgreSQL, so not with this version:", ...lines]
    : [];
}

const isOfOtherMajor = ({ manifest }: Base) => String(manifest.postgres_major) !== MAJOR_VERSION;

const versionsOf = ({ manifest }: Base) =>
  `Cadenza ${manifest.cadenza_version ?? "of that time"} (PostgreSQL ${manifest.postgres_major})`;

const ceiled = (at: Temporal.Instant) => shown(at.round({ smallestUnit: "second", roundingMode: "ceil" }));

async function recover(
  config: Config,
  archive: ArchiveFolder,
  at: Temporal.Instant,
  { into, isSwitch }: Wish,
) {
  const { dataDir, keyFile } = config;
  const stamp = stampOf(at);
  const target = resolve(into ?? join(dataDir, `recovered-${stamp}`));
  refuseOtherUser(dataDir);
  refuseTaken(target);
  if (isSwitch) refuseRunning(dataDir);
  const draft = `${target}.part`;
  await removeDraft(draft);
  try {
    await recoverTo({
      archive,
      at,
      dataDir: draft,
      knowsKey: (fingerprint) => openSecrets(keyFile, false).knows(fingerprint),
      log: (message) => console.log(message),
    });
    if (isSwitch)
      refuseRunning(dataDir); // it may have been started meanwhile
    else await copyIfThere(join(dataDir, "sending-seen.json"), join(draft, "sending-seen.json"));
    if (!isSwitch && keyFile === resolve(dataDir, "cadenza.key"))
      await copyFile(keyFile, join(draft, "cadenza.key"));
  } catch (error) {
    await removeDraft(draft);
    throw isFull(error)
      ? new CannotRecover(`The disk of ${dirname(target)} is full. Nothing else was changed.`)
      : error;
  }
  // From here on a failure leaves what was recovered.
  if (isSwitch) return putInPlace(dataDir, draft, stamp);
  await rename(draft, target);
  return (
    `The database as it was at ${at} is in ${target}. The present data folder was not changed.\n` +
    `To use it, stop Cadenza and start it with CADENZA_DATA_DIR=${target}. ${HELD}`
  );
}

const HELD =
  "Sending is paused until a person confirms it, because emails sent after that time are unknown to this database.";

const isFull = (error: unknown) => ["ENOSPC", "EDQUOT"].includes(codeOf(error));

/** PostgreSQL would run as another user, and Cadenza could not read what root has written. */
function refuseOtherUser(dataDir: string) {
  const owner = existsSync(dataDir) ? statSync(dataDir).uid : 0;
  if (process.getuid?.() === 0 && owner !== 0)
    throw new CannotRecover(
      `The data folder ${dataDir} belongs to another user. Run this command as that user: sudo -u '#${owner}' ….`,
    );
}

function refuseTaken(target: string) {
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new CannotRecover(`The folder ${target} is not empty. Name another one: --into <new folder>.`);
}

function refuseRunning(dataDir: string) {
  const cluster = join(dataDir, "postgres", "cluster");
  const record = join(cluster, "postmaster.pid");
  const pid = existsSync(record) ? Number.parseInt(readFileSync(record, "utf8"), 10) || 0 : 0;
  if (isAlive(pid) && isPostmasterOf(pid, cluster) !== false)
    throw new CannotRecover(
      `Cadenza is running on ${dataDir}. Stop it first, or recover into a new folder with --into.`,
    );
}

/** The data folder itself stays, with the key and all settings: it may be a mounted disk. */
async function putInPlace(dataDir: string, draft: string, stamp: string) {
  const kept = `postgres-before-${stamp}`;
  if (existsSync(join(dataDir, kept)))
    throw new CannotRecover(`${join(dataDir, kept)} exists already. Move it away.`);
  const hadOne = existsSync(join(dataDir, "postgres"));
  await switchDatabase(dataDir, { from: join(basename(draft), "postgres"), kept });
  await rm(draft, { recursive: true, force: true });
  return (
    `The database in ${dataDir} is the one of the time that you named. ` +
    (hadOne
      ? `The one before is kept in ${join(dataDir, kept)}: delete it when you no longer need it.\n`
      : "\n") +
    `Start Cadenza as before. ${HELD}`
  );
}

main(process.argv.slice(2)).catch((error) => process.exit(tellWhyNot("Nothing was recovered.", error)));
