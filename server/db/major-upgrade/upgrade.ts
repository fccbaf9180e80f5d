// A data folder of an earlier PostgreSQL becomes one of this version, at the start and by itself: the old database is read, a new one is
// filled beside it and compared, and only then the folders are exchanged. The old one is kept under another name, unchanged.
//
// What is easy to get wrong: a kill at any moment. Until the exchange is written down, the new folder counts for nothing and the next
// start begins again; from then on the next start finishes the exchange. And two starts at once: only one of them may do this.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { crashPoint } from "../../seams.ts";
import { MAJOR_VERSION } from "../embedded/cluster.ts";
import { CannotStartDatabase, codeOf } from "../embedded/errors.ts";
import { syncTree } from "../embedded/prepared-cluster.ts";
import type { Log } from "../embedded/site.ts";
import { finishSwitch, isSwitchNoted, switchDatabase } from "../embedded/switching.ts";
import { removeDraft } from "../wal-archive/recovering.ts";
import { clusterIn, olderMajorIn } from "./majors.ts";
import { type Moved, moveContents } from "./move-contents.ts";
import { findOldPrograms, missingPrograms, type OldPrograms } from "./old-programs.ts";
import { durationText, keptName, measureRoom, megabytes, refuseNoRoom } from "./room.ts";
import { clusterOf, connectTo, openNew, openOld, proveNew, rootOf, type Serving } from "./servers.ts";
import { type Changes, readChanges, writeChanges } from "./settings-files.ts";
import { toldToStop } from "./stopping.ts";
import { lockFolder } from "./upgrade-lock.ts";

/** What a waiting page shows. */
export type UpgradeProgress = { from: string; to: string; step: string; percent: number };

type Upgrade = {
  dataDir: string;
  /** Of the old PostgreSQL, if the operator names it. */
  oldPrograms: string | null;
  log: Log;
  show?(progress: UpgradeProgress): void;
};

const SAY_EVERY_MS = 5_000;
const DRAFT = `postgres-${MAJOR_VERSION}.part`;

/** Nothing to do, as a rule: null. Answers from which version it came. Throws `CannotStartDatabase` where it cannot be done. */
export async function upgradeMajor(upgrade: Upgrade): Promise<string | null> {
  const { dataDir } = upgrade;
  if (!isWorkWaiting(dataDir)) return null;
  const unlock = await lockFolder(dataDir);
  try {
    await finishSwitch(dataDir);
    const major = olderMajorIn(dataDir);
    if (major !== null) await carryOut(upgrade, major);
    else await removeDraft(join(dataDir, DRAFT));
    return major;
  } finally {
    await unlock();
  }
}

function isWorkWaiting(dataDir: string) {
  return isSwitchNoted(dataDir) || existsSync(join(dataDir, DRAFT)) || olderMajorIn(dataDir) !== null;
}

async function carryOut(upgrade: Upgrade, major: string) {
  const { dataDir, log } = upgrade;
  const draft = join(dataDir, DRAFT);
  await removeDraft(draft); // of a start that was killed
  const programs = await findOldPrograms({ dataDir, major, folder: upgrade.oldPrograms });
  if (!programs) throw missingPrograms(dataDir, major);
  const room = await measureRoom(dataDir);
  refuseNoRoom(dataDir, room);
  const kept = keptName(dataDir, major);
  log(`moving the database from PostgreSQL ${major} to ${MAJOR_VERSION}. No email is sent meanwhile`, {
    folder: clusterIn(dataDir),
    megabytes: megabytes(room.bytes),
    takesAbout: durationText(room.aboutSeconds),
    with: programs.postgres,
    oldFolderWillBe: join(dataDir, kept),
  });
  upgrade.show?.({ from: major, to: MAJOR_VERSION, step: WORDS.copying, percent: 0 });
  try {
    const moved = await listening(async (isStopping) => {
      const moved = await fillDraft(upgrade, { major, programs, draft, isStopping });
      if (isStopping()) throw toldToStop();
      await crashPoint("upgrade-before-switch");
      await switchDatabase(dataDir, { from: join(DRAFT, "postgres"), kept });
      return moved;
    });
    await crashPoint("upgrade-after-switch");
    await removeDraft(draft);
    log(
      `the database is PostgreSQL ${MAJOR_VERSION} now. The one before is kept in ${join(dataDir, kept)}: delete it when you no longer need it`,
      { ...moved },
    );
  } catch (error) {
    const isFull = await isDiskFull(dataDir, error);
    if (!isSwitchNoted(dataDir)) await removeDraft(draft);
    throw isFull ? fullDisk(dataDir) : error;
  }
}

type Filling = { major: string; programs: OldPrograms; draft: string; isStopping: () => boolean };

async function fillDraft(upgrade: Upgrade, filling: Filling): Promise<Moved> {
  const { dataDir, log } = upgrade;
  const { programs, draft, isStopping } = filling;
  const running: Serving[] = [];
  const stopAll = async () => {
    for (const one of running.splice(0).reverse()) await one.stop();
  };
  try {
    const asked = { log, isStopping };
    const old = await openOld(dataDir, programs, asked);
    running.push(old);
    const fresh = await openNew(dataDir, draft, asked);
    running.push(fresh);
    const moved = await moveContents({ old, fresh, tell: teller(upgrade, filling.major), isStopping });
    const changes = await changesBetween(old, fresh);
    await stopAll();
    await settleFiles(old, fresh, changes, { log, isStopping });
    await syncTree(rootOf(draft));
    return moved;
  } finally {
    await stopAll();
  }
}

async function changesBetween(old: Serving, fresh: Serving) {
  const [from, to] = [await connectTo(old, "postgres"), await connectTo(fresh, "postgres")];
  try {
    return await readChanges(from, to);
  } finally {
    await from.end();
    await to.end();
  }
}

/** A setting that the new PostgreSQL does not take must not keep Cadenza from starting. */
async function settleFiles(
  old: Serving,
  fresh: Serving,
  changes: Changes,
  { log, isStopping }: { log: Log; isStopping: () => boolean },
) {
  const takeBack = await writeChanges(clusterOf(old), clusterOf(fresh), changes, log);
  try {
    await proveNew(fresh, isStopping);
  } catch (error) {
    if (isStopping()) throw toldToStop();
    await takeBack();
    log("settings of the database were left out, because the new PostgreSQL does not start with them", {
      settings: changes.settings.map(({ name }) => name),
      reason: (error as Error).message,
    });
    await proveNew(fresh, isStopping);
  }
}

const WORDS = {
  copying: "copying the rows",
  indexing: "building indexes",
  checking: "comparing the copy with the original",
};
/** Of the whole, roughly: where each step begins, and its share. */
const SHARES = { copying: [0, 50], indexing: [50, 30], checking: [80, 20] } as const;

function teller({ log, show }: Upgrade, from: string) {
  let saidAt = 0;
  return (step: keyof typeof WORDS, share: number) => {
    const [begin, part] = SHARES[step];
    const progress = {
      from,
      to: MAJOR_VERSION,
      step: WORDS[step],
      percent: Math.floor(begin + part * Math.min(1, share)),
    };
    show?.(progress);
    if (performance.now() - saidAt < SAY_EVERY_MS) return;
    saidAt = performance.now();
    log(`moving the database to PostgreSQL ${MAJOR_VERSION}: ${WORDS[step]}`, { percent: progress.percent });
  };
}

/** While it works, a signal stops it at the next table, with both servers. */
async function listening<T>(work: (isStopping: () => boolean) => Promise<T>): Promise<T> {
  let isStopping = false;
  const stop = () => {
    isStopping = true;
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
  try {
    return await work(() => isStopping);
  } catch (error) {
    throw isStopping ? toldToStop() : error;
  } finally {
    process.off("SIGTERM", stop).off("SIGINT", stop);
  }
}

const FULL = ["ENOSPC", "EDQUOT", "53100"];
/** With less, PostgreSQL may have ended without a reason: it cannot write its log any more. */
const LEAST_BYTES = 32 * 2 ** 20;

async function isDiskFull(dataDir: string, error: unknown) {
  if (FULL.includes(codeOf(error))) return true;
  const { freeBytes } = await measureRoom(dataDir).catch(() => ({ freeBytes: LEAST_BYTES }));
  return freeBytes < LEAST_BYTES;
}

function fullDisk(dataDir: string) {
  return new CannotStartDatabase(
    `The disk of ${dataDir} became full while the database was moved to PostgreSQL ${MAJOR_VERSION}. Nothing was changed, and what was written was removed. ` +
      "Free space, and start again.",
  );
}
