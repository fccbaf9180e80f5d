// Copies a backup into the bucket: aborts what killed processes left there, uploads the file, reads the copy back, and deletes the
// copies that the rule does not keep. Only the process that holds the lock of copies does it.

import { join } from "node:path";
import type { App } from "../../../app.ts";
import { timeOfBackup } from "../../../db/backup-file.ts";
import { backupsToDelete, type Keep } from "../../../domain/time/backup-keeping.ts";
import type { Bucket } from "../../../object-storage/bucket.ts";
import { copyIntoBucket } from "../../../object-storage/upload-file.ts";
import type { RunRow } from "./store.ts";

/** Of the folder and the bucket alike. `of`: the installation, which the names have. */
type CopyPlan = { folder: string; of: string; keep: Keep };

export async function copyBackup(
  { log }: Pick<App, "log">,
  bucket: Bucket,
  { folder, of }: CopyPlan,
  { file, bytes, sha256 }: RunRow,
  stopping?: AbortSignal,
) {
  if (file === null || bytes === null || sha256 === null) throw new Error("this run made no backup");
  await bucket.check(stopping); // its refusals have a reason, those of a request for the head alone have none
  await abortLeftUploads({ log }, bucket, of, stopping);
  await copyIntoBucket(bucket, { path: join(folder, file), name: file, bytes, sha256 }, stopping);
}

/** They are invisible in the bucket, and cost as much as files. What cannot be aborted is left. */
async function abortLeftUploads(
  { log }: Pick<App, "log">,
  bucket: Bucket,
  of: string,
  stopping?: AbortSignal,
) {
  try {
    const uploads = (await bucket.listUploads(stopping)) ?? [];
    for (const { name, uploadId } of uploads)
      if (timeOfBackup(name, of)) await bucket.abortUpload(name, uploadId);
  } catch (error) {
    log.warn({ err: error, bucket: bucket.address }, "unfinished uploads of backups could not be aborted");
  }
}

/** Never the one that was just copied. The copy is good all the same where older ones cannot be deleted. Answers how many it deleted. */
export async function deleteOlderCopies(
  { log }: Pick<App, "log">,
  bucket: Bucket,
  { of, keep }: CopyPlan,
  copied: string,
) {
  let deleted = 0;
  try {
    const copies = (await bucket.list()).flatMap(({ name }) => {
      const at = timeOfBackup(name, of);
      return at ? [{ name, at }] : [];
    });
    const old = new Set(
      backupsToDelete(
        copies.map(({ at }) => at),
        keep,
      ),
    );
    for (const { name, at } of copies) {
      if (!old.has(at) || name === copied) continue;
      await bucket.delete(name);
      deleted += 1;
    }
  } catch (error) {
    log.error({ err: error, bucket: bucket.address }, "older copies of backups could not be deleted");
  }
  return deleted;
}
