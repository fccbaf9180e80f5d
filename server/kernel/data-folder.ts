// Whether the data folder and the folder of backups can be used. Nothing is created here: where the data folder is missing, the
// nearest parent that exists must let us create it. That of backups must exist: a disk that is not mounted is no place for them.

import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The message says what happened and what to do: people read it. */
export class CannotUseFolder extends Error {}

export function refuseUnusableFolder(folder: string) {
  const place = nearestExisting(folder);
  if (!statSync(place).isDirectory())
    throw new CannotUseFolder(`The data folder ${folder} cannot be used: ${place} is a file. ${TODO}`);
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === "EROFS";
    const why = isReadOnly ? `${place} is on a read-only disk` : `this user may not write to ${place}`;
    throw new CannotUseFolder(`The data folder ${folder} cannot be used: ${why}. ${TODO}`, { cause: error });
  }
}

export function refuseUnusableBackupFolder(folder: string) {
  const why = whyNoBackups(folder);
  if (why) throw new CannotUseFolder(`The backup folder ${folder} cannot be used: ${why} ${BACKUP_TODO}`);
}

export function refuseUnusableWalFolder(folder: string) {
  const why = whyNoBackups(folder);
  if (why) throw new CannotUseFolder(`The WAL folder ${folder} cannot be used: ${why} ${WAL_TODO}`);
}

function whyNoBackups(folder: string) {
  try {
    if (!statSync(folder).isDirectory()) return "it is a file.";
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "it does not exist.";
    return code === "EROFS" ? "it is on a read-only disk." : "this user may not write to it.";
  }
}

const BACKUP_TODO = "Create it for the user that runs Cadenza, or set CADENZA_BACKUP_DIR to another folder.";

const WAL_TODO = "Create it for the user that runs Cadenza, or set CADENZA_WAL_DIR to another folder.";

const TODO = "Run Cadenza as the user that owns the folder, or set CADENZA_DATA_DIR to another folder.";

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}
