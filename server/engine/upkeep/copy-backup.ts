// Copies the newest backup into the bucket of an S3-compatible storage, where one is set. It has a lock of its own, so a copy that takes
// hours holds up no backup, and a storage that cannot be reached costs no backup: the file in the folder stays as it is.

import { setTimeout as sleep } from "node:timers/promises";
import type { App } from "../../app.ts";
import { type CopyFacts, isCopyDue } from "../../domain/time/backup-copying.ts";
import { backupPlan, copyFactsOf } from "../../features/administration/backups/commands.ts";
import * as copies from "../../features/administration/backups/copy-store.ts";
import { copyBackup, deleteOlderCopies } from "../../features/administration/backups/copying.ts";
import * as store from "../../features/administration/backups/store.ts";
import { whyNotCopied } from "../../features/administration/backups/why-failed.ts";
import type { Bucket } from "../../object-storage/bucket.ts";
import { crashPoint } from "../../seams.ts";
import { goRound } from "../running/engine.ts";

const EVERY_MS = 5_000;
const STOP_GRACE_MS = 2_000;

/** Answers what stops it. */
export function startBackupCopies(app: App): () => Promise<void> {
  const { bucket } = app;
  if (!bucket || !backupPlan(app)) return async () => {};
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = goRound({ app, stopping: signal }, { everyMs: EVERY_MS, what: "copying the backup" }, () =>
    copyBackupOnce(app, bucket, signal),
  );
  void tellUnreachable(app, bucket, signal);
  return async () => {
    stopping.abort();
    await Promise.race([running, sleep(STOP_GRACE_MS, undefined, { ref: false })]);
  };
}

/** A wrong key is told at the start, and not only after the next backup. */
async function tellUnreachable({ log }: App, bucket: Bucket, stopping: AbortSignal) {
  try {
    await bucket.check(stopping);
  } catch (error) {
    if (!stopping.aborted)
      log.error({ bucket: bucket.address }, `backups cannot be copied: ${whyNotCopied(error)}`);
  }
}

/** Answers how many it tried: none or one. */
export async function copyBackupOnce(app: App, bucket: Bucket, stopping?: AbortSignal) {
  if (!(await findDue(app, bucket))) return 0;
  const letGo = await app.db.holdAlone("copy of the backup");
  if (!letGo) return 0; // another process is at it
  try {
    const run = await findDue(app, bucket);
    if (!run) return 0; // another process has done it meanwhile
    await app.db.inTransaction((db) => copies.beginCopy(db, run.id, app.now()));
    await carryOut(app, bucket, run, stopping);
    return 1;
  } finally {
    await letGo();
  }
}

async function findDue(app: App, { address }: Bucket): Promise<store.RunRow | null> {
  const [good, facts] = await app.db.inTransaction(async (db): Promise<[store.RunRow | null, CopyFacts]> => {
    const lastGood = await store.findLastGood(db);
    return [lastGood, copyFactsOf(lastGood, await store.findLastCopied(db, address))];
  });
  return isCopyDue(facts, app.now()) ? good : null;
}

async function carryOut(app: App, bucket: Bucket, run: store.RunRow, stopping?: AbortSignal) {
  const settings = backupPlan(app);
  if (!settings) return;
  const { file, id } = run;
  const { address } = bucket;
  try {
    const of = (await app.db.inTransaction(store.readInstallationId)).slice(-8);
    const plan = { folder: settings.folder, of, keep: settings.keep };
    await copyBackup(app, bucket, plan, run, stopping);
    await crashPoint("copy-before-record");
    await app.db.inTransaction((db) => copies.endCopied(db, id, app.now(), address));
    app.log.info({ bucket: address, file }, "the backup was copied into the bucket and read back");
    const deleted = await deleteOlderCopies(app, bucket, plan, file ?? "");
    await app.db.inTransaction((db) => copies.writeCopiesDeleted(db, id, deleted));
  } catch (error) {
    const why = stopping?.aborted ? STOPPED : whyNotCopied(error);
    app.log.error(
      { err: error, bucket: address },
      "the backup was not copied; it is tried again in 15 minutes",
    );
    await app.db.inTransaction((db) => copies.endCopyFailed(db, id, app.now(), why));
  }
}

const STOPPED = "Cadenza was stopped before the copy was complete.";
