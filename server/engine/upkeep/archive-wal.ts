// Point-in-time recovery of the embedded database: its WAL goes into the archive every minute, and once a day a base backup. The process
// that runs the database does it, whatever its role is.
//
// What is easy to get wrong: a full or lost archive must not stop email. So the WAL that waits for it has a limit, and is given up when
// the database's own disk is nearly full. The gap is told, and the next base backup ends it.

import { statfs } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import type { ConnectionOptions } from "../../db/connect.ts";
import { preparePlaces } from "../../db/embedded/places.ts";
import { archiveFolder } from "../../db/wal-archive/archive-folder.ts";
import { type Archived, archiveWal, type WalSource } from "../../db/wal-archive/archive-wal.ts";
import { takeBase } from "../../db/wal-archive/base-backup.ts";
import { readCatalogue } from "../../db/wal-archive/catalogue.ts";
import { periodsOf } from "../../db/wal-archive/choosing.ts";
import { segmentAt } from "../../db/wal-archive/names.ts";
import { prune } from "../../db/wal-archive/pruning.ts";
import { whyNotArchived } from "../../db/wal-archive/refusals.ts";
import { readSystemId, withClient } from "../../db/wal-archive/sessions.ts";
import { dropSlots, slotName } from "../../db/wal-archive/slot.ts";
import type { WalArchiveStatus } from "../../db/wal-archive/status.ts";
import { nextBackupAt } from "../../domain/time/backup-schedule.ts";
import { findInstallation } from "../../features/administration/installation/store.ts";
import { VERSION } from "../../kernel/version.ts";
import { goRound } from "../running/engine.ts";

const EVERY_MS = 60_000;
const STOP_GRACE_MS = 3_000;
/** With less on the disk of the database, the WAL is not kept for an archive that fails. */
const LEAST_FREE_BYTES = 2 ** 30;

type WalArchive = {
  status(): WalArchiveStatus;
  /** One round, and a base backup if one is due. Answers how many base backups were made. */
  archiveOnce(): Promise<number>;
  stop(): Promise<void>;
};

type Plan = NonNullable<App["config"]["walArchive"]>;

/** It works by itself from the next moment on. */
export async function startWalArchive(app: App, owner: ConnectionOptions, plan: Plan): Promise<WalArchive> {
  const archive = await openWalArchive(app, owner, plan);
  const running = goRound(
    { app, stopping: archive.stopping },
    { everyMs: EVERY_MS, what: "the WAL archive" },
    async () => {
      await archive.archive().catch(() => undefined); // told already
      archive.backUp().catch(() => undefined); // beside the rounds: it may take hours
      return 0;
    },
  );
  return {
    status: archive.status,
    async archiveOnce() {
      await archive.archive();
      return archive.backUp();
    },
    async stop() {
      archive.abort();
      const ended = Promise.allSettled([running, archive.ended()]).then(() =>
        archive.archive().catch(() => undefined),
      );
      await Promise.race([ended, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
    },
  };
}

async function openWalArchive(app: App, owner: ConnectionOptions, plan: Plan) {
  const places = preparePlaces(app.config.dataDir);
  const systemId = await withClient(owner, readSystemId);
  const source: WalSource = {
    cluster: places.cluster,
    archive: archiveFolder(plan.folder, systemId),
    slot: slotName(plan.folder),
  };
  const stopping = new AbortController();
  let archived: Archived | null = null;
  let failure: WalArchiveStatus["failure"] = null;
  let bases: WalArchiveStatus["bases"] = { from: null, lastAt: null, failure: null, isRunning: false };
  let mustBackUp = true;
  let queue: Promise<unknown> = Promise.resolve();
  let backingUp: Promise<number> | null = null;

  async function archiveRound() {
    const isFirst = archived === null;
    try {
      const round = await withClient(owner, (client) => archiveWal(client, source, archived));
      if (round.hasGap) app.log.error({ folder: plan.folder }, GAP);
      if (isFirst || round.hasGap) await lookAtBases(round);
      archived = round;
      if (failure) app.log.info({ folder: plan.folder }, "the WAL is archived again");
      failure = null;
      return round;
    } catch (error) {
      app.log.error(
        { err: error, folder: plan.folder },
        "the WAL could not be archived and is tried again in a minute",
      );
      failure = { since: failure?.since ?? app.now(), says: whyNotArchived(error) };
      await giveUpWhereFull();
      throw error;
    }
  }

  /** Two at once would write the same file. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined);
    return next;
  }

  const archive = () => inTurn(archiveRound);

  async function lookAtBases({ timeline, lsn }: Archived) {
    const { spans } = await readCatalogue(source.archive);
    const reaches = spans.filter(
      ({ base, segments }) =>
        base.manifest.timeline === timeline && (segments.at(-1)?.segment ?? -1) >= segmentAt(lsn),
    );
    mustBackUp = reaches.length === 0;
    const last = reaches.at(-1)?.base.manifest.started_at;
    bases = {
      ...bases,
      from: periodsOf(spans).at(-1)?.from ?? null,
      lastAt: last ? Temporal.Instant.from(last) : null,
    };
  }

  /** A full disk would stop the database, and with it all email. */
  async function giveUpWhereFull() {
    try {
      const { bavail, bsize } = await statfs(places.dataDir);
      if (bavail * bsize >= LEAST_FREE_BYTES) return;
      await withClient(owner, dropSlots);
      mustBackUp = true;
      app.log.error({ folder: plan.folder }, GAP);
    } catch (error) {
      app.log.warn({ err: error }, "the WAL that waits for the archive could not be given up");
    }
  }

  function isDue() {
    if (mustBackUp) return !bases.failure || isPast(bases.failure.at.add({ minutes: RETRY_MINUTES }));
    const facts = {
      goodAt: bases.lastAt,
      failedAt: bases.failure?.at ?? null,
      begunAt: null,
      isAsked: false,
    };
    return isPast(nextBackupAt(facts, plan.hour, app.now()));
  }

  const isPast = (at: Temporal.Instant) => Temporal.Instant.compare(at, app.now()) <= 0;

  async function backUp(): Promise<number> {
    if (backingUp || archived === null || stopping.signal.aborted || !isDue()) return 0;
    bases = { ...bases, isRunning: true };
    backingUp = makeBase();
    try {
      return await backingUp;
    } finally {
      backingUp = null;
      bases = { ...bases, isRunning: false };
    }
  }

  async function makeBase() {
    try {
      const base = await withClient(owner, async (client) =>
        takeBase(
          {
            client,
            cluster: places.cluster,
            credentials: places.credentials,
            archive: source.archive,
            archiveNow: archive,
          },
          await factsNow(),
          stopping.signal,
        ),
      );
      app.log.info(
        { folder: plan.folder, base: base.name, bytes: base.manifest.tar_bytes },
        "a base backup was made and read back",
      );
      bases = { ...bases, failure: null };
      await deleteOlder();
      await inTurn(async () => archived && lookAtBases(archived));
      return 1;
    } catch (error) {
      if (stopping.signal.aborted) return 0;
      app.log.error(
        { err: error, folder: plan.folder },
        "the base backup failed and is tried again in 15 minutes",
      );
      bases = { ...bases, failure: { at: app.now(), says: whyNotArchived(error) } };
      return 0;
    }
  }

  async function factsNow() {
    const known = await app.db.inTransaction(findInstallation);
    return {
      system_id: systemId,
      cadenza_version: VERSION ?? null,
      key_fingerprint: known?.keyFingerprint?.toString("hex") ?? null,
    };
  }

  async function deleteOlder() {
    try {
      const deleted = await prune(source.archive, plan.keepDays, app.now());
      if (deleted.bases + deleted.files > 0) app.log.info(deleted, "older base backups and WAL were deleted");
    } catch (error) {
      app.log.error({ err: error, folder: plan.folder }, "older base backups and WAL could not be deleted");
    }
  }

  return {
    archive,
    backUp,
    stopping: stopping.signal,
    abort: () => stopping.abort(),
    ended: async () => void (await backingUp),
    status: (): WalArchiveStatus => ({
      folder: source.archive.root,
      keepDays: plan.keepDays,
      until: archived?.until ?? null,
      failure,
      bases,
    }),
  };
}

const RETRY_MINUTES = 15;
const GAP =
  "WAL was lost before it could be archived. Times between the last archived change and the next base backup cannot be recovered";
