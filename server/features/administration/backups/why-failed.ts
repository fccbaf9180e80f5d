// Why a backup failed, as a sentence for the operator.

import { BadBackupFile } from "../../../db/backup-file.ts";
import { CannotRestore } from "../../../db/snapshot-refusals.ts";
import { StorageFailure } from "../../../object-storage/storage-failure.ts";

const WORDS: Record<string, string> = {
  ENOSPC: "The disk of the backup folder is full.",
  EDQUOT: "The disk space that this user may use is full.",
  EFBIG: "The disk of the backup folder takes no file of this size.",
  ENOENT: "The backup folder does not exist.",
  ENOTDIR: "The backup folder is a file.",
  EACCES: "Cadenza may not write to the backup folder.",
  EPERM: "Cadenza may not write to the backup folder.",
  EROFS: "The backup folder is on a read-only disk.",
  EIO: "The disk of the backup folder cannot be read or written.",
};

/** A backup was made, and lies in the folder. */
export function whyNotCopied(error: unknown): string {
  if (error instanceof StorageFailure) return error.message;
  if ((error as { code?: string }).code === "ENOENT")
    return "The file is not in the backup folder of this machine. Engines on several machines need the same folder.";
  return whyFailed(error);
}

export function whyFailed(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (error instanceof BadBackupFile) return `The backup was damaged when it was read back. ${message}`;
  if (error instanceof CannotRestore) return `The backup was damaged when it was read back. ${message}`;
  return WORDS[code ?? ""] ?? `${message ?? "An unknown error."} The server log has the details.`;
}
