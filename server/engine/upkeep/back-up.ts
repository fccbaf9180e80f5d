// Backs up the installation once a day into a folder. Of all processes one does it: it holds a lock of its own connection, in no
// transaction, and loses it at once when it is killed.
//
// What is easy to get wrong: a failure must not be silent, and must not delete what was good before. So older files go only after a
// backup that was read back, and each failure is a row, a line of the log and an alert.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { type BackupFolder, deleteParts, writeBackupFile } from "../../db/backup-file.ts";
import type { ConnectionOptions } from "../../db/connect.ts";
import { nextBackupAt } from "../../domain/time/backup-schedule.ts";
import { backupPlan, type Plan } from "../../features/administration/backups/commands.ts";
import { deleteOlderBackups } from "../../features/administration/backups/deleting.ts";
import { beginRun } from "../../features/administration/backups/running.ts";
import * as store from "../../features/administration/backups/store.ts";
import { whyFailed } from "../../features/administration/backups/why-failed.ts";
import { VERSION } from "../../kernel/version.ts";
import { goRound } from "../running/engine.ts";

const EVERY_MS = 5_000;
const STOP_GRACE_MS = 2_000;

/** Not part of the mail loops: an engine that sends no mail makes backups too. Answers what stops it. */
export function startBackups(app: App, owner: ConnectionOptions): () => Promise<void> {
  if (!backupPlan(app)) return async () => {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = goRound({ app, stopping: signal }, { everyMs: EVERY_MS, what: "the backup" }, () =>
    backUpOnce(app, owner, signal),
  );
  return async () => {
    stopping.abort();
    await Promise.race([running, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  };
}

/** Answers how many it tried: none or one. */
export async function backUpOnce(app: App, owner: ConnectionOptions, stopping?: AbortSignal) {
  const plan = backupPlan(app);
  if (!plan || !(await isDue(app, plan))) return 0;
  const letGo = await app.db.holdAlone("backup of the installation");
  if (!letGo) return 0; // another process is at it
  try {
    if (!(await isDue(app, plan))) return 0; // another process has done it meanwhile
    const at = app.now();
    const run = await app.db.inTransaction((db) => beginRun(db, at));
    if (run === null) return 0;
    const folder = { path: plan.folder, of: run.of };
    await carryOut(app, owner, { ...plan, folder }, { id: run.id, at }, stopping);
    return 1;
  } finally {
    await letGo();
  }
}

async function isDue(app: App, { hour }: Plan) {
  const facts = await app.db.inTransaction(store.readFacts);
  const now = app.now();
  return Temporal.Instant.compare(nextBackupAt(facts, hour, now), now) <= 0;
}

async function carryOut(
  app: App,
  owner: ConnectionOptions,
  { folder, keep, recipients }: Omit<Plan, "folder"> & { folder: BackupFolder },
  { id, at }: { id: string; at: Temporal.Instant },
  stopping?: AbortSignal,
) {
  try {
    await deleteParts(folder);
    const written = await writeBackupFile(owner, folder, { at, version: VERSION, recipients }, stopping);
    const now = app.now();
    await app.db.inTransaction((db) => store.endGood(db, id, now, { ...written, verifiedAt: now }));
    app.log.info({ folder: folder.path, ...written }, "a backup was made and read back");
    const deleted = await deleteOlderBackups(app, folder, keep, written.file);
    await app.db.inTransaction(async (db) => {
      await store.writeDeleted(db, id, deleted);
      await store.forgetOldRuns(db);
    });
  } catch (error) {
    app.log.error({ err: error, folder: folder.path }, "the backup failed and is tried again in 15 minutes");
    await app.db.inTransaction(async (db) => {
      await store.endFailed(db, id, app.now(), stopping?.aborted ? STOPPED : whyFailed(error));
      await store.forgetOldRuns(db);
    });
  }
}

const STOPPED = "Cadenza was stopped before the backup was complete.";
