// Deletes the backups that the rule does not keep. What cannot be deleted is told and left: the new backup is good all the same.

import type { App } from "../../../app.ts";
import { type BackupFolder, deleteBackupFile, listBackupFiles } from "../../../db/backup-file.ts";
import { backupsToDelete, type Keep } from "../../../domain/time/backup-keeping.ts";

/** Never the one that was just made, also where a clock was set back since the others. Answers how many it deleted. */
export async function deleteOlderBackups(
  { log }: Pick<App, "log">,
  folder: BackupFolder,
  keep: Keep,
  made: string,
) {
  let deleted = 0;
  try {
    const files = await listBackupFiles(folder);
    const old = new Set(
      backupsToDelete(
        files.map(({ at }) => at),
        keep,
      ),
    );
    for (const { file, at } of files) {
      if (!old.has(at) || file === made) continue;
      await deleteBackupFile(folder, file);
      deleted += 1;
    }
  } catch (error) {
    log.error({ err: error, folder: folder.path }, "older backups could not be deleted");
  }
  return deleted;
}
